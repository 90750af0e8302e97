"""Write the parts of the guide that the code knows: the reference of the formulas, the columns of the input sheets.

usage: python docs/generate.py
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from odr_xl.excel.functions import ARGUMENT_HELP, FORMULAS
from odr_xl.excel.sheets.tables import TABLES, ColumnSpec

DOCS = Path(__file__).parent
_NOTICE = "<!-- Written by docs/generate.py from the formulas' docstrings: change those. -->"
_BLOCK = re.compile(r"(<!-- columns of (\w+) -->\n).*?(<!-- end of columns -->)", re.S)
_FORMATS = {"text": "text", "date": "date", "whole": "whole number", "percent": "percent", "plain": "as it comes"}


def functions_page() -> str:
    """The page functions.md: every formula with what it answers, its arguments, and the docstring's example."""
    head = (
        f"{_NOTICE}\n\n# Reference of the formulas\n\n"
        "Each formula with its arguments, as Excel's function wizard shows them. Arguments in brackets can be left "
        "out. More examples, the methods and when a number misleads: [The formulas](formulas.md).\n"
    )
    return head + "".join(f"\n{_formula(function)}" for function in FORMULAS)


def inputs_page(text: str) -> str:
    """A page with the columns of each input table between its two marks; everything else stays as it is."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{_columns(found[2])}\n\n{found[3]}", text)


def _formula(function: object) -> str:
    name = function.__name__  # type: ignore[attr-defined]
    given = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    call = ", ".join(p.name if p.default is inspect.Parameter.empty else f"[{p.name}]" for p in given)
    said, _, example = (inspect.getdoc(function) or "").partition("\n\nExamples\n--------\n")
    rows = "\n".join(f"| `{p.name}` | {_cell(ARGUMENT_HELP[p.name])} |" for p in given)
    parts = [f"## {name}", f"`={name}({call})`", said.replace("``", "`"), f"| argument | |\n|---|---|\n{rows}"]
    if example:
        parts.append(f"```python\n{example.rstrip()}\n```")
    parts.append(f"[More about {name}](formulas.md#{name.lower()})")
    return "\n\n".join(parts) + "\n"


def _columns(table: str) -> str:
    spec = TABLES[table]
    rows = "\n".join(
        f"| `{column.header}` | {_FORMATS[column.format]} | {_cell(_note(column))} |" for column in spec.columns
    )
    return f"{spec.hint}\n\n| column | holds | what it is |\n|---|---|---|\n{rows}"


def _note(column: ColumnSpec) -> str:
    choices = f"One of: {', '.join(column.choices)}." if column.choices else ""
    return " ".join(part for part in (column.note, choices) if part)


def _cell(text: str) -> str:
    """Text that doesn't end a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write both pages."""
    (DOCS / "functions.md").write_text(functions_page(), "utf-8")
    inputs = DOCS / "inputs.md"
    inputs.write_text(inputs_page(inputs.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
