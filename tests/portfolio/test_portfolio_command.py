"""The command: what it shows and writes, what it refuses, and what it says about rows that can't be used."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pandas as pd
import pytest
from portfolios import AS_OF, WINDOW, frame, portfolio_rows, tidy, write_files
from typer.testing import CliRunner

from odr_xl import rules
from odr_xl.cli import app
from odr_xl.core.counts import COUNT_COLUMNS, sum_days
from odr_xl.core.recovery import recovery_date
from odr_xl.errors import InputError, UsageError


def order(number, day=WINDOW.end, account="north", **more):
    row = {"account": account, "order_id": f"900-{number:07d}-0000001", "order_date": day, "channel": "AFN"}
    return row | dict.fromkeys(rules.CAUSES, False) | more


def run(engine, *sources, **options):
    from odr_xl.portfolio.run import run_portfolio

    return run_portfolio(
        engine, [str(source) for source in sources], **({"by": ("account",), "as_of": AS_OF} | options)
    )


def command(*arguments):
    return CliRunner().invoke(app, ["portfolio", *map(str, arguments), "--as-of", AS_OF.isoformat()])


@pytest.fixture
def three_accounts(duckdb, tmp_path):
    """By hand: north 2 of 100, south 0 of 100, west 1 of 125, east without an order in the window."""
    rows = [order(n, chargeback=n < 2) for n in range(100)]
    rows += [order(1000 + n, account="south") for n in range(100)]
    rows += [order(2000 + n, account="west", a_to_z_claim=n == 0) for n in range(125)]
    rows += [order(3000, AS_OF, account="east")]
    return write_files(tmp_path / "orders", pd.DataFrame(rows), 3)


def test_the_worst_account_comes_first_and_one_without_orders_last(duckdb, three_accounts):
    table = run(duckdb, three_accounts).standings
    assert table["account"].tolist() == ["north", "west", "south", "east"]
    assert table["rate"].tolist()[:3] == [0.02, 0.008, 0.0]
    assert table["status"].tolist() == ["over_target", "at_risk", "healthy", "no_orders"]
    # 1 % of 125 is 1.25: one defect is there, and a second one makes 1.6 %. South: 1 of 100 is the target itself.
    assert table["headroom"].tolist()[:3] == [0, 0, 0]
    # 2 / 0.01 = 200 orders are exactly 1 %, so the 101st is the first that is enough.
    assert table["orders_needed"].tolist()[:3] == [101, 0, 0]
    assert pd.isna(table["rate"].iloc[3])


def test_standings_are_the_cores_own_metrics(duckdb, tmp_path):
    rows = portfolio_rows(6, 900)
    found = run(duckdb, write_files(tmp_path / "orders", frame(rows), 2), definition="all")
    for row in found.standings.to_dict("records"):
        days = found.days[found.days["account"] == row["account"]]
        counts = sum_days(days, WINDOW)
        assert (row["orders"], row["defective"]) == (counts["orders"], counts["defective"])
        assert row["rate"] == counts["defective"] / counts["orders"]
        assert [row[cause] for cause in rules.CAUSES] == [counts[cause] for cause in rules.CAUSES]
        recovery = recovery_date(days, AS_OF, definition="all").day
        assert (None if pd.isna(row["under_target_on"]) else row["under_target_on"].date()) == recovery


def test_the_terminal_names_every_account_and_its_status(three_accounts):
    done = command(three_accounts, "--by", "account")
    assert done.exit_code == 0, done.output
    assert "1 Over target, 1 At risk, 1 Healthy, 1 No orders" in done.output
    assert done.output.index("north") < done.output.index("west") < done.output.index("south")


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".xlsx"])
def test_a_file_of_results_has_the_same_rates(duckdb, three_accounts, tmp_path, suffix):
    out = tmp_path / f"result{suffix}"
    assert command(three_accounts, "--by", "account", "--to", out, "--top", 2).exit_code == 0
    read = {".parquet": pd.read_parquet, ".csv": pd.read_csv, ".xlsx": lambda p: pd.read_excel(p, engine="calamine")}
    table = read[suffix](out)
    assert table["account"].tolist() == ["north", "west"]
    assert table["ODR" if suffix == ".xlsx" else "rate"].tolist() == [0.02, 0.008]


def test_a_name_that_looks_like_a_formula_is_a_text_in_the_workbook(duckdb, tmp_path):
    from openpyxl import load_workbook

    folder = write_files(tmp_path / "orders", pd.DataFrame([order(1, account="=1+1")]), 1)
    assert command(folder, "--by", "account", "--to", tmp_path / "x.xlsx").exit_code == 0
    cell = load_workbook(tmp_path / "x.xlsx")["Accounts"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_bad_rows_are_counted_for_each_file(duckdb, tmp_path):
    head = "account,order_id,order_date,channel,chargeback\n"
    (tmp_path / "good.csv").write_text(f"{head}a,900-0000001-0000001,2026-10-01,AFN,no\n", "utf-8")
    (tmp_path / "bad.csv").write_text(
        f"{head}a,,2026-10-01,AFN,no\na,1.11E+16,2026-10-01,AFN,no\na,900-0000002-0000001,soon,AFN,no\n"
        "a,900-0000003-0000001,2026-10-01,Pigeon,no\na,900-0000004-0000001,,,x\n",
        "utf-8",
    )
    found = run(duckdb, tmp_path)
    assert [(f.file, f.rows, f.no_id, f.bad_date, f.bad_channel) for f in found.faults] == [
        (str(tmp_path / "bad.csv"), 5, 2, 1, 1)
    ]
    assert found.days["orders"].sum() == 4  # all but the two without an id
    assert command(tmp_path, "--by", "account").exit_code == 0
    done = command(tmp_path, "--by", "account", "--strict")
    assert done.exit_code == 1
    assert "bad.csv: of 5 rows 2 without a usable order id" in done.stderr


@pytest.mark.parametrize("content", [b"PAR1 this is no Parquet", "header-cut"])
def test_a_file_that_fails_is_named(duckdb, tmp_path, content):
    folder = write_files(tmp_path / "orders", pd.DataFrame([order(n) for n in range(2000)]), 3)
    victim = folder / "part1.parquet"
    whole = victim.read_bytes()
    # The footer says what is in the file, and stays; the pages that hold it are broken.
    victim.write_bytes(content if isinstance(content, bytes) else whole[:4] + b"\xff" * 400 + whole[404:])
    with pytest.raises(InputError, match=r"part1\.parquet: it can't be read"):
        run(duckdb, folder)


def test_a_source_that_marks_no_defect_is_refused(duckdb, tmp_path):
    table = pd.DataFrame([order(1)]).drop(columns=list(rules.CAUSES))
    with pytest.raises(InputError, match="No column marks a defect"):
        run(duckdb, write_files(tmp_path / "orders", table, 1))


def test_a_missing_key_or_file_is_a_sentence(duckdb, three_accounts, tmp_path):
    with pytest.raises(InputError, match='no column "brand" to count by'):
        run(duckdb, three_accounts, by=("brand",))
    with pytest.raises(InputError, match="no Parquet or CSV file"):
        run(duckdb, tmp_path / "nothing" / "*.parquet")


def test_folders_named_key_value_are_columns_and_a_column_can_have_any_name(duckdb, tmp_path):
    for brand in ("red", "blue"):
        table = pd.DataFrame([order(n) for n in range(3)]).rename(columns={"order_id": "Vorgang", "account": "Shop"})
        write_files(tmp_path / f"brand={brand}", table.assign(Shop=brand), 1)
    found = run(duckdb, tmp_path, by=("brand",), mapping={"order_id": "Vorgang", "account": "Shop"})
    assert found.standings[["brand", "orders"]].to_numpy().tolist() == [["blue", 3], ["red", 3]]


def test_a_run_with_a_history_gives_what_a_run_over_everything_gives(duckdb, tmp_path):
    rows = [row for row in portfolio_rows(7, 800) if row["order_date"]]
    past = tmp_path / "counts.parquet"
    week = AS_OF - timedelta(days=7)
    early = [row for row in rows if row["order_date"] <= week]
    old = write_files(tmp_path / "old", frame(early), 2)
    first = run(duckdb, old, as_of=week, history=past)
    everything = write_files(tmp_path / "all", frame(rows), 2)
    second = run(duckdb, everything, history=past)
    # A week later, order dates from 75 days before the first run on are read.
    assert second.first == week - timedelta(days=75) and first.first == week - timedelta(days=200)
    whole = run(duckdb, everything, days_back=207)
    pd.testing.assert_frame_equal(tidy(second.days, ("account",)), tidy(whole.days, ("account",)))
    again = run(duckdb, everything, history=past)
    pd.testing.assert_frame_equal(again.days, second.days)
    with pytest.raises(UsageError, match="another omit"):
        run(duckdb, everything, history=past, omit=("pending",))


def test_counts_add_up_over_any_split_of_the_accounts(duckdb, tmp_path):
    rows = portfolio_rows(8)
    whole = run(duckdb, write_files(tmp_path / "all", frame(rows), 2)).days
    parts = [
        run(duckdb, write_files(tmp_path / str(n), frame([r for r in rows if (r["account"] == "north") is n]), 1)).days
        for n in (True, False)
    ]
    assert whole[list(COUNT_COLUMNS)].sum().tolist() == sum(part[list(COUNT_COLUMNS)].sum() for part in parts).tolist()


def test_without_the_extra_the_command_says_what_to_install():
    code = (
        "import sys; sys.modules['ibis'] = None; sys.argv = ['odr-xl', 'portfolio', 'x.parquet', '--by', 'account']\n"
        "from odr_xl.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs ibis, which isn't installed" in done.stderr
    assert 'pip install ".[portfolio]"' in done.stderr


def test_the_other_commands_import_nothing_of_it():
    code = "import sys, odr_xl.cli; sys.exit(bool({'ibis', 'duckdb', 'pyarrow', 'pyspark'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_window_is_the_cores(duckdb, tmp_path):
    days = [WINDOW.start - timedelta(days=1), WINDOW.start, WINDOW.end, WINDOW.end + timedelta(days=1)]
    folder = write_files(tmp_path / "orders", pd.DataFrame([order(n, day) for n, day in enumerate(days)]), 1)
    assert run(duckdb, folder).standings["orders"].tolist() == [2]
    assert WINDOW.start == date(2026, 9, 7)  # 20 November less 15 and 59 days
