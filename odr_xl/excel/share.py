"""What a seller gives to others: a copy of the workbook with values only, and its result sheets as PDF."""

from __future__ import annotations

from pathlib import Path

from odr_xl.errors import InputError, UsageError
from odr_xl.excel.functions import FORMULAS
from odr_xl.excel.sheets.tables import TABLES
from odr_xl.headless.package import Package
from odr_xl.headless.pdf import write_pdf
from odr_xl.headless.plain import Plain, keep_values

#: Input tables that also have results beside them: their sheets are worth printing.
_WITH_RESULTS = ("tblListings", "tblAmazon")
#: What a PDF leaves out besides the input sheets: instructions, settings, checks, and a row for each day of months.
_NOT_PRINTED = ("Start", "Settings", "SelfTest", "Days")
#: Functions of this package: nobody who gets a copy has them.
_FUNCTIONS = tuple(function.__name__ for function in FORMULAS)


def share_paths(workbook: Path, out: Path | None = None) -> tuple[Path, Path]:
    """Where the copy of values and the PDF go.

    Parameters
    ----------
    workbook : Path
        The workbook.
    out : Path, optional
        A folder, or one of the two files; beside the workbook when left out.

    Raises
    ------
    UsageError
        If `out` is neither, or the workbook itself.

    Examples
    --------
    >>> [path.name for path in share_paths(Path("ODR.xlsm"))]
    ['ODR values.xlsx', 'ODR.pdf']
    >>> [path.name for path in share_paths(Path("ODR.xlsm"), Path("November.pdf"))]
    ['November.xlsx', 'November.pdf']
    """
    if out is None or out.is_dir():
        folder = workbook.parent if out is None else out
        paths = (folder / f"{workbook.stem} values.xlsx", folder / f"{workbook.stem}.pdf")
    elif out.suffix.lower() in (".xlsx", ".pdf"):
        paths = (out.with_suffix(".xlsx"), out.with_suffix(".pdf"))
    else:
        raise UsageError(f"{out} must be a folder that exists, or end in .xlsx or .pdf.")
    if workbook.resolve() in [path.resolve() for path in paths]:
        raise UsageError(f"{workbook.name} can't be replaced by its own copy. Choose another name.")
    return paths


def refuse_existing(*paths: Path) -> None:
    """Do nothing if none of these files is there.

    Raises
    ------
    InputError
        If one is.
    """
    for path in paths:
        if path.exists():
            raise InputError(f"{path} exists already. Choose another name, or add --force to replace it.")


def share_values(workbook: Path, target: Path) -> Plain:
    """Write a copy with values only; what was left out. An existing file is replaced."""
    package = Package.open(workbook)
    told = keep_values(package, functions=_FUNCTIONS)
    package.save(target, backup=False)
    return told


def share_pdf(workbook: Path, target: Path) -> Plain:
    """Write the result sheets as PDF; what was left out. An existing file is replaced."""
    package = Package.open(workbook)
    inputs = {name.lower() for name in TABLES if name not in _WITH_RESULTS}
    without = {table.sheet for table in package.tables if table.name.lower() in inputs}
    told = keep_values(package, without=without.union(_NOT_PRINTED), functions=_FUNCTIONS)
    write_pdf(package.to_bytes(), target)
    return told
