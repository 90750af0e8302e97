"""Engines: DuckDB on this computer, or whatever a connection URL names."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl

from odr_xl.errors import InputError, ProgramMissing

#: DuckDB's optimizers that stay on. The others fold the steps in which a date is read from a text into one expression,
#: and planning it then takes longer than counting (10 s against 0.3 s, DuckDB 2.0).
OPTIMIZERS = frozenset(
    {
        "column_lifetime", "compressed_materialization", "cte_inlining", "expression_rewriter", "filter_pushdown",
        "row_group_pruner", "statistics_propagation", "unused_columns",
    }
)  # fmt: skip
#: What DuckDB may hold in memory before it goes on with files beside it.
MEMORY = "4GB"


def require_packages(*names: str, extra: str = "portfolio") -> None:
    """Raise `ProgramMissing`, with what to type, when a package of an extra isn't installed."""
    for name in names:
        try:
            import_module(name)
        except ImportError as error:
            raise ProgramMissing(
                f"odr-xl portfolio needs {name}, which isn't installed. In the folder of odr-xl, type: "
                f'python3 -m pip install ".[{extra}]"'
            ) from error


@dataclass(frozen=True, slots=True)
class Engine:
    """A connection.

    Attributes
    ----------
    connection : ibis backend
    name : str
        ``duckdb``, ``pyspark``, …
    bit_or : callable
        How it joins the bits of a group's numbers.
    """

    connection: Any
    name: str
    bit_or: Callable[[Any], Any]

    @property
    def reads_files(self) -> bool:
        """Whether a source may be files; other engines know tables only."""
        return self.name in ("duckdb", "pyspark")


def connect(url: str = "", *, memory: str = MEMORY, threads: int | None = None, scratch: str = "") -> Engine:
    """Connection to an engine.

    Parameters
    ----------
    url : str
        "" for DuckDB in this process. ``pyspark://MASTER`` starts Spark with that master (``pyspark://local[4]``,
        ``pyspark://spark://host:7077``, ``pyspark://yarn``); settings of Spark may follow after a question mark. Any
        other URL is given to Ibis.
    memory : str
        DuckDB's limit, such as ``4GB``; beyond it, it uses files.
    threads : int, optional
        DuckDB's; as many as there are processors when left out.
    scratch : str
        Folder of those files; DuckDB's own choice when "".

    Raises
    ------
    ProgramMissing
        The engine's packages aren't installed.
    InputError
        The engine can't be reached; the text doesn't repeat the URL, which may hold a password.
    """
    require_packages("ibis", "pyarrow")
    scheme, _, rest = url.partition("://")
    if scheme in ("", "duckdb"):
        return _duckdb(rest, memory, threads, scratch)
    if scheme in ("pyspark", "spark"):
        return _spark(rest if scheme == "pyspark" else url)
    import ibis

    try:
        connection = ibis.connect(url)
    except (ImportError, AttributeError) as error:
        raise ProgramMissing(
            f'The packages for {scheme} aren\'t installed. Type: python3 -m pip install "ibis-framework[{scheme}]"'
        ) from error
    except Exception as error:  # each engine has errors of its own
        raise InputError(f"{scheme} can't be reached: {first_line(error)}. Check the URL and the network.") from error
    return Engine(connection, connection.name, lambda flags: flags.bit_or())


def first_line(error: BaseException) -> str:
    """The first line of an engine's message, with passwords in URLs taken out, without its full stop.

    >>> first_line(ValueError("no route to pg://me:secret@host/db.\\nmore"))
    'no route to pg://me:…@host/db'
    """
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return re.sub(r"(://[^:/@\s]+):[^@\s]+@", r"\1:…@", lines[0]).strip().rstrip(".")[:300]


def _duckdb(path: str, memory: str, threads: int | None, scratch: str) -> Engine:
    require_packages("duckdb")
    import ibis

    config: dict[str, Any] = {
        "memory_limit": memory,
        # Nothing is fetched from a network unasked.
        "autoinstall_known_extensions": False,
        # The counts don't depend on the order of the rows, and keeping it costs memory.
        "preserve_insertion_order": False,
    }
    config |= {"threads": threads} if threads else {}
    config |= {"temp_directory": scratch} if scratch else {}
    try:
        connection = ibis.duckdb.connect(path or ":memory:", read_only=bool(path), **config)
    except Exception as error:
        raise InputError(f"DuckDB can't start: {first_line(error)}. Check the file and the memory limit.") from error
    names = {name for (name,) in connection.con.execute("SELECT name FROM duckdb_optimizers()").fetchall()}
    connection.con.execute(f"SET disabled_optimizers = '{','.join(sorted(names - OPTIMIZERS))}'")
    return Engine(connection, "duckdb", lambda flags: flags.bit_or())


def _spark(rest: str) -> Engine:
    require_packages("pyspark", extra="spark")
    import ibis
    from pyspark.sql import SparkSession

    master, _, query = rest.partition("?")
    builder = SparkSession.builder.appName("odr-xl portfolio")
    builder = builder.master(master) if master else builder
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"} | dict(parse_qsl(query))
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        with contextlib.redirect_stdout(sys.stderr):  # Spark's start talks
            session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        connection = ibis.pyspark.connect(session)
    except Exception as error:
        raise InputError(f"Spark can't start: {first_line(error)}. Is Java installed, and the master right?") from error

    # Ibis has no translation of this aggregate for Spark, though Spark has it under this name.
    def joined_bits(flags: int) -> int:
        raise NotImplementedError  # Spark has it

    joined = ibis.udf.agg.builtin(joined_bits, name="bit_or")
    return Engine(connection, "pyspark", lambda flags: joined(flags))
