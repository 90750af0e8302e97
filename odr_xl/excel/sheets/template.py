"""The workbook as code: an empty ODR.xlsm with its sheets, tables, formulas, charts, buttons and macros.

For xlwings Lite the same without buttons and macros, `odr_xl.excel.lite` does the rest.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from xlsxwriter.worksheet import Worksheet

from odr_xl import __version__
from odr_xl.excel.help import write_help
from odr_xl.excel.sheets.alerts import write_alerts
from odr_xl.excel.sheets.charts import place_volume_chart
from odr_xl.excel.sheets.configuration import SHEET as CONFIGURATION
from odr_xl.excel.sheets.configuration import configuration, write_configuration
from odr_xl.excel.sheets.dashboard import write_dashboard
from odr_xl.excel.sheets.drivers import write_drivers
from odr_xl.excel.sheets.forecast import write_forecast
from odr_xl.excel.sheets.inputs import write_input
from odr_xl.excel.sheets.intellisense import SHEET as INTELLISENSE
from odr_xl.excel.sheets.intellisense import write_intellisense
from odr_xl.excel.sheets.listings import write_listing_scores
from odr_xl.excel.sheets.page import Book
from odr_xl.excel.sheets.reconcile import write_reconciliation
from odr_xl.excel.sheets.results import RESULTS, write_result
from odr_xl.excel.sheets.selftest import write_selftest
from odr_xl.excel.sheets.settings import write_settings
from odr_xl.excel.sheets.start import write_start
from odr_xl.excel.sheets.styles import BLUE, BLUE_DARK, GREY, ORANGE, WORKBOOK_OPTIONS, Styles
from odr_xl.excel.sheets.tables import TABLES, ColumnSpec, TableSpec
from odr_xl.excel.vba.project import vba_project
from odr_xl.labels import Language
from odr_xl.labels.lite import INSTEAD

__all__ = ["CODE_NAMES", "SHEETS", "TABLES", "ColumnSpec", "TableSpec", "build_workbook"]

_INPUTS: Final = {table.sheet: name for name, table in TABLES.items()}
_COUNTED: Final = ("Defects", "Days", "Trend")
_ANSWERS: Final = ("Drivers", "Forecast", *(name for name in RESULTS if name not in _COUNTED))
#: Every sheet in its order.
SHEETS: Final = (
    "Start",
    "Dashboard",
    *_INPUTS,
    *_COUNTED,
    *_ANSWERS,
    "Alerts",
    "SelfTest",
    "Settings",
    CONFIGURATION,
    INTELLISENSE,
)
#: How the formulas reach Python: macros and xlwings on this computer, or the add-in xlwings Lite.
Door = Literal["classic", "lite"]
#: What the VBA project calls each sheet. The word before keeps them apart from formulas and macros.
CODE_NAMES: Final = {name: f"Sheet{''.join(filter(str.isalnum, name)).capitalize()}" for name in SHEETS}

#: Sheets that programs read and no seller sees.
_FOR_PROGRAMS: Final = (CONFIGURATION, INTELLISENSE)
#: Sheets of the workbook for xlwings Lite: the programs that read the others aren't there.
LITE_SHEETS: Final = tuple(name for name in SHEETS if name not in _FOR_PROGRAMS)

# A fixed moment, so that two builds are the same file.
_CREATED: Final = datetime(2026, 11, 20)
#: Calculation engine of Excel 2019 to 365, as such files say it. An older one makes Excel calculate on opening.
CALCULATED_BY: Final = 191029
_TABS: Final = (
    {"Start": ORANGE, "Dashboard": BLUE_DARK, "Alerts": BLUE_DARK, "SelfTest": GREY, "Settings": ORANGE}
    | dict.fromkeys(_INPUTS, BLUE)
    | dict.fromkeys(_COUNTED, GREY)
    | dict.fromkeys(_ANSWERS, BLUE_DARK)
)


def build_workbook(
    path: Path, *, interpreter: str | None = None, language: Language = "en", door: Door = "classic"
) -> None:
    """Write an empty workbook. Its formulas have no values yet: Excel, or the headless calculation, works them out.

    Parameters
    ----------
    path : Path
        Where to write; must end in ``.xlsm``, or Excel refuses the macros, and in ``.xlsx`` for xlwings Lite.
    interpreter : str, optional
        This computer's Python, for xlwings. Left out of a workbook that travels: xlwings then finds its own setting.
    language : "en" or "zh"
        Of the sheets' own texts, and of the words that the formulas return; these follow the cell Lang on Settings.
    door : "classic" or "lite"
        For xlwings Lite the workbook has no macros, no buttons, no sheets for programs and nothing of VBA's help.

    Raises
    ------
    WorkbookError
        When a text has no words in the language; it names each, and no file is written.
    """
    macros = door == "classic"
    settings = configuration(interpreter)  # refuses a blank one before there is a file
    with Book(path, dict(WORKBOOK_OPTIONS), language, MappingProxyType({}) if macros else INSTEAD) as workbook:
        workbook.set_properties(
            {
                "title": workbook.texts("Order defect rate"),
                "author": "odr_xl",
                "comments": f"odr_xl {__version__}",
                "created": _CREATED,
            }
        )
        workbook.set_size(1440, 1000)
        # The file carries every value already. Were Excel told to calculate on opening, a computer without our Python
        # (a Mac, a phone, a consultant's) would turn them all into errors.
        workbook.set_calc_mode("auto", CALCULATED_BY)
        workbook.calc_on_load = False
        if macros:
            workbook.add_vba_project(io.BytesIO(vba_project(tuple(CODE_NAMES.values()))), is_stream=True)
            workbook.set_vba_name("ThisWorkbook")
        styles = Styles(workbook)
        sheets = {
            name: workbook.add_worksheet(name, Worksheet) if name in _FOR_PROGRAMS else workbook.add_page(name)
            for name in (SHEETS if macros else LITE_SHEETS)
        }
        for name, sheet in sheets.items():
            if macros:
                sheet.set_vba_name(CODE_NAMES[name])
            if name in _TABS:
                sheet.set_tab_color(_TABS[name])
        # Settings first: the others use its names.
        write_settings(workbook, sheets["Settings"], styles, language)
        for name, table in _INPUTS.items():
            write_input(sheets[name], table, styles)
        write_listing_scores(sheets["Listings"], styles)
        write_reconciliation(sheets["Reconcile"], styles)
        for name in RESULTS:
            write_result(sheets[name], name, styles)
        place_volume_chart(workbook, sheets["Trend"])
        write_drivers(workbook, sheets["Drivers"], styles)
        write_forecast(workbook, sheets["Forecast"], styles)
        write_alerts(sheets["Alerts"], styles)
        write_selftest(workbook, sheets["SelfTest"], styles)
        write_start(sheets["Start"], styles)
        write_dashboard(workbook, sheets["Dashboard"], styles)
        if macros:
            write_configuration(sheets[CONFIGURATION], settings)
            write_intellisense(sheets[INTELLISENSE])
    if macros:
        write_help(path)
