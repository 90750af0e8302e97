"""Packs our formulas as a LibreOffice extension: the interface, the function list and the Python component."""

from __future__ import annotations

import inspect
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

#: Parameters that are ranges in our formulas; the others are single cells.
RANGES = frozenset(("orders", "defects", "feedback", "claims", "chargebacks", "returns", "account_health", "days"))
SERVICE = "net.odrxl.AddIn"

Formulas = Sequence[Callable[..., object]]

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
<manifest:file-entry manifest:full-path="XOdr.idl" manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
<manifest:file-entry manifest:full-path="odr_component.py" manifest:media-type="application/vnd.sun.star.uno-component;type=Python"/>
<manifest:file-entry manifest:full-path="CalcAddIns.xcu" manifest:media-type="application/vnd.sun.star.configuration-data"/>
</manifest:manifest>
"""  # noqa: E501
_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
<identifier value="net.odrxl.addin"/><version value="1.0"/>
</description>
"""


def method_name(function: Callable[..., object]) -> str:
    """Name of a formula's method in the interface: letters and digits only, so DEFECT_BREAKDOWN is defectbreakdown."""
    return function.__name__.lower().replace("_", "")


@dataclass(frozen=True)
class CalcName:
    """The only name that Calc knows a formula by in a workbook of Excel's format, and its number of parameters."""

    full: str
    parameters: int


def calc_names(formulas: Formulas) -> dict[str, CalcName]:
    """What Calc calls each formula."""
    return {
        f.__name__: CalcName(f"{SERVICE}.{method_name(f)}".upper(), len(inspect.signature(f).parameters))
        for f in formulas
    }


def returns_rows(function: Callable[..., object]) -> bool:
    """Whether a formula gives rows of cells; Calc wants that in the interface, it doesn't look into an `any`."""
    return inspect.get_annotations(getattr(function, "plain", function)).get("return") == "Rows"


def write_extension(path: Path, formulas: Formulas) -> None:
    """Write the extension (.oxt) for a list of functions that LibreOffice's Python can import by module and name."""
    table = {
        method_name(f): [f.__module__, f.__name__, list(inspect.signature(f).parameters), returns_rows(f)]
        for f in formulas
    }
    component = (Path(__file__).with_name("component.py")).read_text(encoding="utf-8")
    empty = "METHODS = {}"
    if component.count(empty) != 1:
        raise ValueError(f"component.py must contain {empty!r} once")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("description.xml", _DESCRIPTION)
        archive.writestr("XOdr.idl", _interface(table))
        archive.writestr("CalcAddIns.xcu", _function_list(table))
        archive.writestr("odr_component.py", component.replace(empty, f"METHODS = {table!r}"))


def _interface(table: dict[str, list]) -> str:
    # A range as XCellRange tells where it stands and lets cells with an error through; an `any` does neither, but
    # takes a number or a text as well. Names in this language have no underscores.
    def parameter(name: str) -> str:
        return f"[in] {'com::sun::star::table::XCellRange' if name in RANGES else 'any'} {name.replace('_', '')}"

    methods = "\n".join(
        f"    {'sequence< sequence< any > >' if rows else 'any'} {method}({', '.join(map(parameter, names))});"
        for method, (_, _, names, rows) in table.items()
    )
    return f"module net {{ module odrxl {{\ninterface XOdr {{\n{methods}\n}};\n}}; }};\n"


def _function_list(table: dict[str, list]) -> str:
    def text(name: str, value: str) -> str:
        return f'<prop oor:name={quoteattr(name)}><value xml:lang="en">{value}</value></prop>'

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="CalcAddIns" '
        'oor:package="org.openoffice.Office">',
        f'<node oor:name="AddInInfo"><node oor:name="{SERVICE}" oor:op="replace"><node oor:name="AddInFunctions">',
    ]
    for method, (_, shown, names, _) in table.items():
        lines.append(f'<node oor:name="{method}" oor:op="replace">')
        lines.extend(text(name, shown) for name in ("DisplayName", "Description", "CompatibilityName"))
        lines.append('<prop oor:name="Category"><value>Add-In</value></prop><node oor:name="Parameters">')
        for name in (name.replace("_", "") for name in names):
            described = text("DisplayName", name) + text("Description", name)
            lines.append(f'<node oor:name="{name}" oor:op="replace">{described}</node>')
        lines.append("</node></node>")
    lines.append("</node></node></node></oor:component-data>")
    return "\n".join(lines)
