"""The same expression in other engines' SQL: compiled and compared with stored text. None of it ran on those engines.

After a meant change: ODR_XL_STORE=1 python -m pytest tests/portfolio/test_sql.py, and read the difference.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from odr_xl import rules

STORED = Path(__file__).parent / "sql"
COLUMNS = {
    "account": "string",
    "order_id": "string",
    "order_date": "timestamp('UTC')",
    "order_status": "string",
    "channel": "string",
    "sales_channel": "string",
} | dict.fromkeys(rules.CAUSES, "boolean")


@pytest.fixture
def expression(duckdb):
    """Counts an account and marketplace of a warehouse's table, with defects listed in another."""
    import ibis

    from odr_xl.portfolio.columns import find_columns
    from odr_xl.portfolio.counts import Part, Question, count_expression

    by = ("account", "marketplace")
    orders = ibis.table(COLUMNS, name="orders")
    listed = ibis.table(
        {"account": "string", "order_id": "string", "cause": "string", "counts": "string"}, name="defects"
    )
    parts = [
        Part(orders, find_columns(orders.columns, by, {}, name="orders"), "orders"),
        Part(listed, find_columns(listed.columns, by, {}, name="defects", defects=True), "defects", defects=True),
    ]
    return count_expression(parts, Question(by, (date(2026, 5, 4), date(2026, 11, 20)), zone="America/Los_Angeles"))


@pytest.mark.parametrize("dialect", ["bigquery", "snowflake"])
def test_the_sql_of_a_warehouse_is_the_stored_one(expression, dialect):
    import ibis
    import sqlglot

    sql = ibis.to_sql(expression, dialect=dialect)
    path = STORED / f"{dialect}.sql"
    if os.environ.get("ODR_XL_STORE"):
        path.write_text(str(sql) + "\n", "utf-8")
    # The layout of the text is the compiler's own affair, and changes with its version.
    read = [sqlglot.parse_one(text, dialect=dialect) for text in (str(sql), path.read_text("utf-8"))]
    assert read[0] == read[1]


@pytest.mark.parametrize("dialect", ["bigquery", "snowflake"])
def test_the_sql_groups_by_account_and_id_before_it_counts(expression, dialect):
    """Read from the parsed text: three groupings, the innermost by account and order id, and no join anywhere."""
    import ibis
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(str(ibis.to_sql(expression, dialect=dialect)), dialect=dialect)
    assert len(list(tree.find_all(exp.Group))) == 3
    assert not list(tree.find_all(exp.Join))
    deepest = max(tree.find_all(exp.Group), key=lambda group: group.depth)
    grouped = deepest.parent
    names = [grouped.expressions[int(str(n)) - 1].alias_or_name for n in deepest.expressions]
    assert names == ["account", "order_id"]
