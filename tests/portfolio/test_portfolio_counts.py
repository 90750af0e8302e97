"""One definition: the core, DuckDB and Spark give every count alike."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from portfolios import AS_OF, core_days, frame, portfolio_rows, tidy, write_files

from odr_xl import rules
from odr_xl.marketplaces import MARKETPLACES


def run(engine, *sources, by=("account",), **options):
    from odr_xl.portfolio.run import run_portfolio

    return run_portfolio(engine, [str(source) for source in sources], by=by, as_of=AS_OF, **options)


def counted(engine, *sources, by=("account",), **options):
    return tidy(run(engine, *sources, by=by, **options).days, by)


BY = ("account", "channel", "marketplace")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_count_of_an_engine_is_the_cores(engine, tmp_path, seed):
    rows = portfolio_rows(seed)
    folder = write_files(tmp_path / "orders", frame(rows), 5)
    expected = core_days(rows, BY)
    assert expected["several"].sum() and expected["left_out"].sum() and expected["order_date"].isna().any()
    pd.testing.assert_frame_equal(counted(engine, folder, by=BY), expected)


@pytest.mark.parametrize("omit", [("cancelled",), ("pending",), ("cancelled", "pending")])
def test_orders_that_are_left_out_are_the_cores(duckdb, tmp_path, omit):
    rows = portfolio_rows(3)
    folder = write_files(tmp_path / "orders", frame(rows), 2)
    pd.testing.assert_frame_equal(counted(duckdb, folder, omit=omit), core_days(rows, ("account",), omit=omit))


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
def test_text_files_give_the_same_counts_as_parquet(engine, tmp_path, suffix):
    rows = portfolio_rows(4)
    folder = write_files(tmp_path / "orders", frame(rows), 3, suffix)
    pd.testing.assert_frame_equal(counted(engine, folder, by=BY), core_days(rows, BY))


def test_amazons_own_headers_are_known(engine, tmp_path):
    """All Orders as downloaded, in a folder an account; the id of every order is in two of its rows."""
    lines = ["amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tsku"]
    for number in range(4):
        line = f"900-000000{number}-0000001\t2026-10-01T12:00:00+00:00\tShipped\tAmazon\tAmazon.com\tMUG"
        lines += [line, line]
    for account in ("north", "south"):
        (tmp_path / account).mkdir()
        (tmp_path / account / "orders.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "defects.csv").write_text(
        "account,order_id,cause,counts\nnorth,900-0000001-0000001,a_to_z_claim,amazon\n"
        "north,900-0000001-0000001,chargeback,no\nsouth,900-0000009-0000001,chargeback,amazon\n",
        "utf-8",
    )
    found = run(
        engine,
        tmp_path / "*" / "orders.txt",
        by=("account", "channel", "marketplace"),
        defects=[str(tmp_path / "defects.csv")],
        mapping={"account": "@folder"},
    )
    told = found.days.set_index("account")[
        ["channel", "marketplace", "orders", "defective", "a_to_z_claim", "chargeback"]
    ]
    # By hand: four orders each; the chargeback of "north" doesn't count, the one of "south" is of no order.
    assert told.loc["north"].tolist() == ["AFN", "US", 4, 1, 1, 0]
    assert told.loc["south"].tolist() == ["AFN", "US", 4, 0, 0, 0]
    assert found.unmatched == 1


#: Moments at which the day differs between zones, and the marketplaces' midnights in winter and in summer.
MOMENTS = [
    datetime(2026, 11, 2, 7, 30), datetime(2026, 11, 2, 8, 30), datetime(2026, 10, 31, 15, 0),
    datetime(2026, 10, 25, 22, 59), datetime(2026, 10, 25, 23, 1),
    datetime(2026, 7, 14, 6, 59), datetime(2026, 7, 14, 7, 1),
    datetime(2026, 7, 14, 22, 30),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["stamp", "text", "naive"])
def test_a_day_ends_at_the_marketplaces_midnight(engine, tmp_path, kind):
    """Expected: zoneinfo's own conversion of the moment; a time without an offset keeps its day."""
    rows, expected = [], {}
    for n, moment in enumerate(MOMENTS):
        for m, code in enumerate(("US", "DE", "JP", "IN", "")):
            zone = MARKETPLACES[code].zone if code else "UTC"
            order_id = f"900-{n:07d}-{m:07d}"
            aware = moment.replace(tzinfo=ZoneInfo("UTC"))
            written = {"stamp": aware, "text": aware.isoformat(), "naive": moment}[kind]
            day = moment.date() if kind == "naive" else aware.astimezone(ZoneInfo(zone)).date()
            rows.append(
                {
                    "account": order_id,
                    "order_id": order_id,
                    "order_date": written,
                    "marketplace": code,
                    "chargeback": False,
                }
            )
            expected[order_id] = day
    found = run(engine, write_files(tmp_path / "orders", pd.DataFrame(rows), 2))
    assert {row.account: row.order_date.date() for row in found.days.itertuples()} == expected


TEXTS = {
    "2026-10-01": date(2026, 10, 1), " 2026-10-01 ": date(2026, 10, 1), "2026-10-01 23:59": date(2026, 10, 1),
    "2026-10-01T23:30:00Z": date(2026, 10, 1), "2026-10-01T23:30:00-01:00": date(2026, 10, 2),
    "2026-10-01T00:30:00.123+0100": date(2026, 9, 30), "2026-06-31": None, "2026-13-01": None, "01.10.2026": None,
    "2026-10-01T25:00:00Z": None, "soon": None, "1894-10-01": None,
}  # fmt: skip


def test_texts_are_read_as_days_or_counted_as_unreadable(engine, tmp_path):
    rows = [
        {"account": "a", "order_id": f"900-{n:07d}-0000001", "order_date": text, "chargeback": "no"}
        for n, text in enumerate(TEXTS)
    ]
    found = run(engine, write_files(tmp_path / "orders", pd.DataFrame(rows), 1, ".csv"))
    days = {None if pd.isna(r.order_date) else r.order_date.date(): r.orders for r in found.days.itertuples()}
    expected = {day: list(TEXTS.values()).count(day) for day in TEXTS.values()}
    assert days == expected
    assert [(faults.rows, faults.bad_date) for faults in found.faults] == [(len(TEXTS), expected[None])]


def test_rows_of_one_order_that_disagree_take_the_earliest_date(duckdb, tmp_path):
    rows = [
        {"account": "a", "order_id": "900-0000001-0000001", "order_date": day, "chargeback": False}
        for day in (date(2026, 10, 2), date(2026, 10, 1))
    ]
    assert counted(duckdb, write_files(tmp_path / "orders", pd.DataFrame(rows), 2))["order_date"].dt.day.tolist() == [1]


def test_listed_defects_count_as_the_core_counts_them(engine, tmp_path):
    rows = portfolio_rows(5)
    ids = sorted({(row["account"] or "", row["order_id"]) for row in rows})
    defects = [
        {"account": account, "order_id": order_id, "cause": rules.CAUSES[n % 5], "counts": ("amazon", "no")[n % 3 == 0]}
        for n, (account, order_id) in enumerate(ids[::7])
    ]
    strangers = [
        {"account": "north", "order_id": f"911-000000{n}-0000001", "cause": "chargeback", "counts": "amazon"}
        for n in range(3)
    ]
    orders = write_files(tmp_path / "orders", frame(rows), 2)
    listed = write_files(tmp_path / "defects", frame([*defects, *strangers]), 2)
    found = run(engine, orders, defects=[str(listed)])
    pd.testing.assert_frame_equal(tidy(found.days, ("account",)), core_days(rows, ("account",), defects=defects))
    assert found.unmatched == 3
