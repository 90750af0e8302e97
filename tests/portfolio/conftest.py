"""Engines for the tests of many accounts."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest


@pytest.fixture(scope="session")
def duckdb(require):
    """DuckDB in this process."""
    require("portfolio", find_spec("ibis") and find_spec("duckdb"), 'Type: python3 -m pip install ".[portfolio]"')
    from odr_xl.portfolio.engine import connect

    return connect(memory="1GB", threads=2)


@pytest.fixture(scope="session")
def spark(require):
    """Spark with a driver and two workers, each a process of its own: what is shuffled goes over sockets and files."""
    found = find_spec("ibis") and find_spec("pyspark") and shutil.which("java")
    require("spark", found, 'Install Java 17 and type: python3 -m pip install ".[portfolio,spark]"')
    from odr_xl.portfolio.engine import connect

    engine = connect("pyspark://local-cluster[2,1,1024]?spark.sql.shuffle.partitions=4&spark.driver.host=127.0.0.1")
    yield engine
    engine.connection.disconnect()


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request):
    """Each engine in turn."""
    return request.getfixturevalue(request.param)
