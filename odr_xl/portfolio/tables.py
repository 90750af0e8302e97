"""Tables: a portfolio's sources as tables of an engine, each with its columns found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from odr_xl import rules
from odr_xl.errors import InputError
from odr_xl.portfolio.columns import ACCOUNT, FOLDER, find_columns
from odr_xl.portfolio.counts import Part
from odr_xl.portfolio.engine import Engine, first_line
from odr_xl.portfolio.files import PARQUET, TEXT, Alike, find_files, sort_files

#: Column with the name of the file that a row is from.
FILE = "odr_xl_file"


def open_parts(
    engine: Engine,
    sources: Sequence[str],
    *,
    by: Iterable[str],
    mapping: Mapping[str, str],
    defects: bool = False,
) -> list[Part]:
    """The sources as parts of a portfolio.

    Parameters
    ----------
    engine : Engine
    sources : sequence of str
        Files, folders and patterns, or names of tables (``orders``, ``schema.orders``) in the engine.
    by : iterable of str
        Columns to group by; each must be in at least one part.
    mapping : mapping of str to str
        Field to column, as `columns.find_columns` takes it.
    defects : bool
        The sources list defects.

    Raises
    ------
    InputError
        A source that isn't there, can't be read, or lacks a column.
    """
    parts = []
    files = [source for source in sources if engine.reads_files and _is_file(source)]
    for source in sources:
        if source not in files:
            table = _table(engine, source)
            columns = find_columns(table.columns, by, mapping, name=source, defects=defects)
            parts.append(Part(table, columns, source, defects=defects))
    for alike in sort_files(find_files(files)):
        name = alike.paths[0]
        columns = find_columns([*alike.headers, *alike.folders], by, mapping, name=name, defects=defects)
        parts.append(Part(read_files(engine, alike, columns.found), columns, name, FILE, defects, alike))
    _check(parts, by, defects)
    return parts


def read_files(engine: Engine, alike: Alike, found: Mapping[str, str]) -> ir.Table:
    """Files that are alike as one table with the columns that are found, and `FILE`."""
    table = _duckdb_files(engine, alike) if engine.name == "duckdb" else _spark_files(engine, alike)
    columns = {FILE: table[FILE]}
    for name in dict.fromkeys(found.values()):
        if name in alike.headers:
            columns[name] = table[name]
        elif name != FOLDER:
            columns[name] = table[FILE].re_extract(f"[/\\\\]{name}=([^/\\\\]*)[/\\\\]", 1)
    return table.select(**columns)


def parts_of_files(engine: Engine, part: Part) -> Iterator[tuple[str, Part]]:
    """Each file of a part as a part of its own, to find the one that fails."""
    for path in part.paths:
        assert part.alike is not None
        alone = replace(part.alike, paths=(path,))
        yield path, replace(part, table=read_files(engine, alone, part.columns.found), alike=alone)


def _duckdb_files(engine: Engine, alike: Alike) -> ir.Table:
    options: dict[str, Any] = {"filename": FILE, "hive_partitioning": False}
    if not alike.delimiter:
        return engine.connection.read_parquet(list(alike.paths), **options)
    # Every column is text: a guess by the first rows would make another type of the next file.
    return engine.connection.read_csv(
        list(alike.paths), delim=alike.delimiter, header=True, all_varchar=True, quote='"', escape='"', **options
    )


def _spark_files(engine: Engine, alike: Alike) -> ir.Table:
    session = engine.connection._session
    paths = [str(Path(path).resolve()) for path in alike.paths]
    # Folders named key=value are read from the path by us, as on the other engines.
    reader = session.read.option("recursiveFileLookup", "true")
    if alike.delimiter:
        reader = reader.option("header", "true").option("sep", alike.delimiter).option("escape", '"')
        frame = reader.option("mode", "FAILFAST").csv(paths)
    else:
        frame = reader.parquet(*paths)
    frame = frame.selectExpr("*", f"_metadata.file_path AS {FILE}")
    name = f"odr_xl_{abs(hash(alike.paths)):x}"
    frame.createOrReplaceTempView(name)
    return _moments(engine, name, engine.connection.table(name))


def _is_file(source: str) -> bool:
    return (
        Path(source).expanduser().exists()
        or any(c in source for c in "*?/\\")
        or source.lower().endswith(PARQUET + TEXT)
    )


def _table(engine: Engine, source: str) -> ir.Table:
    *place, name = source.split(".")
    try:
        table: ir.Table = engine.connection.table(name, database=tuple(place) if place else None)
    except Exception as error:  # each engine has errors of its own
        told = f"{engine.name} has no such table ({first_line(error)})"
        raise InputError(f"{source}: there is no such file, and {told}. Check the name.") from error
    return _moments(engine, source, table) if engine.name == "pyspark" else table


def _moments(engine: Engine, name: str, table: ir.Table) -> ir.Table:
    """The table with Spark's time stamps as what they are, moments; Ibis takes them for times without a zone."""
    kinds = {field.name: field.dataType.typeName() for field in engine.connection._session.table(name).schema}
    moments = [column for column in table.columns if kinds[column] == "timestamp"]
    return table.mutate(**{column: table[column].cast("timestamp('UTC')") for column in moments}) if moments else table


def _check(parts: Sequence[Part], by: Iterable[str], defects: bool) -> None:
    if defects:
        return
    for key in by:
        if not any(key in part.columns or (key == "marketplace" and "sales_channel" in part.columns) for part in parts):
            seen = ", ".join(dict.fromkeys(name for part in parts for name in part.columns.found))
            raise InputError(
                f'There is no column "{key}" to count by; found: {seen}. Name it with --map {key}=COLUMN'
                f"{f' (or --map {ACCOUNT}={FOLDER})' if key == ACCOUNT else ''}."
            )


def check_defects(parts: Sequence[Part], listed: Sequence[Part]) -> None:
    """Refuse a portfolio in which nothing can be a defect, or its defects can't find their accounts.

    Raises
    ------
    InputError
        A rate of 0 % would then only mean that the marks are missing.
    """
    accounts = any(ACCOUNT in part.columns for part in parts)
    for part in listed:
        if accounts and ACCOUNT not in part.columns:
            raise InputError(
                f"The defects don't say their account, and the orders do. Name it with --map {ACCOUNT}=COLUMN."
            )
        if "cause" not in part.columns and not part.columns.causes:
            raise InputError(f"The defects name no cause. Add a column cause, or marks: {', '.join(rules.CAUSES)}.")
    if not listed and not any(part.columns.causes for part in parts):
        raise InputError(
            "No column marks a defect, so every rate would be 0 %. Name the columns with --map "
            "a_to_z_claim=COLUMN, or list the defects with --defects."
        )
