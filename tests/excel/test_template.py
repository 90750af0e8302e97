"""The template workbook, read back from its parts: what a seller's Excel would find in the file."""

from __future__ import annotations

import inspect
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries
from vba_structure import declarations, sources

from odr_xl import rules
from odr_xl.excel import checks, functions, merge
from odr_xl.excel.sheets import forecast, selftest, settings
from odr_xl.excel.sheets.configuration import configuration
from odr_xl.excel.sheets.dashboard import ACCOUNTS, CAUSES, CHANNELS
from odr_xl.excel.sheets.drivers import PRODUCTS
from odr_xl.excel.sheets.styles import FONT
from odr_xl.excel.sheets.template import CODE_NAMES, SHEETS, TABLES, build_workbook
from odr_xl.labels import word
from odr_xl.readers.headers import recognise

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OURS = {function.__name__ for function in functions.FORMULAS}
#: What else a formula in the workbook may call; each is in Excel since long ago and in the headless engine.
NATIVE = {
    "IF",
    "INDEX",
    "IFERROR",
    "OR",
    "SUM",
    "MAX",
    "COUNT",
    "ROWS",
    "COUNTIF",
    "COUNTIFS",
    "COUNTA",
    "ISNUMBER",
    "ISNA",
    "ERROR.TYPE",
    "EXACT",
    "ABS",
    "ROUND",
    "DATE",
    "MID",
    "RIGHT",
    "_xlfn.IFNA",
    "_xlfn.ANCHORARRAY",
}


def parse_area(ref: str) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of an area."""
    left, top, right, bottom = range_boundaries(ref)
    return top, left, bottom, right


class Book:
    """The parts of a built workbook."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.names = package.namelist()
            self.parts = {name: package.read(name) for name in self.names}

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    def sheet(self, name: str) -> Any:
        return self.xml(f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml")

    def cells(self, name: str) -> dict[str, Any]:
        return {cell.get("r"): cell for cell in self.sheet(name).iter(f"{MAIN}c")}

    def value(self, sheet: str, place: str) -> str:
        cell = self.cells(sheet)[place]
        text = cell.findtext(f"{MAIN}v") or ""
        if cell.get("t") != "s":
            return text
        return "".join(self.xml("xl/sharedStrings.xml")[int(text)].itertext())

    def formulas(self) -> Iterator[tuple[str, str, Any]]:
        for name in SHEETS:
            for place, cell in self.cells(name).items():
                if cell.find(f"{MAIN}f") is not None:
                    yield name, place, cell


def _built(path: Path, interpreter: str | None = None) -> Book:
    build_workbook(path, interpreter=interpreter)
    return Book(path.read_bytes())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return _built(tmp_path_factory.mktemp("template") / "ODR.xlsm")


def test_sheets_stand_in_the_order_that_the_documentation_names(book: Book) -> None:
    # Order and names: design, "the workbook".
    expected = ["Start", "Dashboard", "Orders", "Feedback", "Claims", "Chargebacks", "Returns", "AccountHealth"]
    expected += ["Listings", "Reconcile", "Defects", "Days", "Trend", "Drivers", "Forecast"]
    expected += ["Actions", "Plan", "Appeals", "Replies", "Alerts"]
    expected += ["SelfTest", "Settings", "xlwings.conf", "_IntelliSense_"]
    sheets = book.xml("xl/workbook.xml").find(f"{MAIN}sheets")
    assert [sheet.get("name") for sheet in sheets] == expected
    assert [sheet.get("name") for sheet in sheets if sheet.get("state") == "hidden"] == expected[-2:]


# Amazon's own headers, as its reports and pages write them; Status and Fulfilled By of returns are the template's.
HEADERS = {
    "tblOrders": "amazon-order-id|purchase-date|order-status|fulfillment-channel|sales-channel|ship-service-level|"
    "product-name|sku|asin|item-status|quantity|ship-state",
    "tblFeedback": "Date|Rating|Comments|Your Response|Order ID|Status",
    "tblClaims": "Order ID|Claim Date|Claim Status|Reason",
    "tblChargebacks": "Order ID|Chargeback Date|Type|Status",
    "tblReturns": "return-date|order-id|sku|asin|quantity|detailed-disposition|reason|customer-comments|A-to-z Claim|"
    "Fulfilled By",
    "tblAccountHealth": "Order ID|Order Date|Fulfilled By|Negative Feedback|A-to-z Guarantee claim|Chargeback claim|"
    "Late Shipment|Pre-fulfillment Cancellation",
}


@pytest.mark.parametrize("name", HEADERS)
def test_input_table_has_the_headers_of_amazons_report_and_one_blank_row(book: Book, name: str) -> None:
    tables = [book.xml(part) for part in book.names if part.startswith("xl/tables/")]
    table = next(t for t in tables if t.get("name") == name)
    headers = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
    assert "|".join(headers) == HEADERS[name] == "|".join(TABLES[name].headers)
    top, left, bottom, right = parse_area(table.get("ref"))
    assert (top, left, bottom, right) == (4, 1, 5, len(headers))
    shown = [book.value(TABLES[name].sheet, f"{chr(ord('A') + i)}4") for i in range(len(headers))]
    assert shown == headers
    data = [cell for place, cell in book.cells(TABLES[name].sheet).items() if place.endswith("5")]
    assert [cell.findtext(f"{MAIN}v") for cell in data] == [None] * len(headers)


@pytest.mark.parametrize("name", HEADERS)
def test_readers_recognise_each_input_table_by_its_headers(name: str) -> None:
    assert recognise(TABLES[name].headers).kind == TABLES[name].kind


def test_refresh_knows_every_input_table() -> None:
    assert {table.kind: name for name, table in TABLES.items()} == dict(merge.TABLES)


def test_ids_are_text_and_dates_are_iso_in_every_input_table(book: Book) -> None:
    styles = book.xml("xl/styles.xml")
    custom = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{MAIN}numFmt")} | {"49": "@"}
    formats = [custom.get(xf.get("numFmtId"), "") for xf in styles.find(f"{MAIN}cellXfs")]
    for table in TABLES.values():
        cells = book.cells(table.sheet)
        for position, column in enumerate(table.columns):
            shown = formats[int(cells[f"{chr(ord('A') + position)}5"].get("s"))]
            header = column.header.lower()
            if header.replace("-", " ").endswith("order id") or header in ("sku", "asin"):
                assert shown == "@", column.header
            if header.endswith("date"):
                assert shown == "yyyy-mm-dd", column.header


def test_each_status_has_a_drop_down_over_the_tables_column(book: Book) -> None:
    for table in TABLES.values():
        rules_ = {v.get("sqref"): v for v in book.sheet(table.sheet).iter(f"{MAIN}dataValidation")}
        wanted = {f"{chr(ord('A') + i)}5": c.choices for i, c in enumerate(table.columns) if c.choices}
        found = {
            place: tuple(v.findtext(f"{MAIN}formula1").strip('"').split(","))
            for place, v in rules_.items()
            if v.get("type") == "list"
        }
        assert found == wanted
        # A stop would refuse a status that Amazon invents tomorrow.
        assert {v.get("errorStyle") for v in rules_.values()} <= {"warning"}


# Which of them count: Amazon's help page G202041210 for claims, 48781 for chargebacks, 20231 for feedback.
@pytest.mark.parametrize(
    ("name", "header", "counting"),
    [
        ("tblClaims", "Claim Status", {"Open", "Granted", "Refunded after claim"}),
        ("tblFeedback", "Status", set()),
    ],
)
def test_every_choice_of_a_drop_down_has_its_own_rule(name: str, header: str, counting: set[str]) -> None:
    choices = next(column.choices for column in TABLES[name].columns if column.header == header)
    judged = {
        choice: rules.claim_rule(choice) if name == "tblClaims" else rules.feedback_rule(1.0, choice)
        for choice in choices
    }
    assert {choice for choice, rule in judged.items() if rule.counts == "amazon"} == counting
    assert [choice for choice, rule in judged.items() if rule.flagged] == []


def test_every_choice_of_chargebacks_has_its_own_rule() -> None:
    types, statuses = (TABLES["tblChargebacks"].columns[i].choices for i in (2, 3))
    counts = {(t, s): rules.chargeback_rule(t, s).counts for t in types for s in statuses}
    # Service and unknown ones count unless they are won; fraud never does (help page 48781).
    assert {key for key, value in counts.items() if value == "amazon"} == {
        (t, s) for t in ("Service", "Unknown") for s in ("Open", "Lost")
    }


def test_every_header_with_a_note_shows_it(book: Book) -> None:
    notes = "".join("".join(book.xml(part).itertext()) for part in book.names if re.match(r"xl/comments", part))
    missing = [c.header for t in TABLES.values() for c in t.columns if c.note and c.note not in notes]
    assert missing == []


def test_formulas_call_only_our_functions_and_known_ones(book: Book) -> None:
    called: set[str] = set()
    for _, _, cell in book.formulas():
        text = re.sub(r'"[^"]*"', '""', cell.findtext(f"{MAIN}f"))
        called |= set(re.findall(r"([A-Za-z_][A-Za-z0-9_.]*)\(", text))
    assert called - OURS - NATIVE == set()
    assert called & OURS == OURS, "a formula of the package that the workbook never shows"


def test_only_four_formulas_read_all_orders(book: Book) -> None:
    readers = [(sheet, place) for sheet, place, c in book.formulas() if "tblOrders[#" in c.findtext(f"{MAIN}f")]
    assert readers == [
        *(("Defects", "A4"), ("Days", "A4"), ("Drivers", f"A{PRODUCTS.row}")),
        ("Settings", f"A{settings.CHECK_ROW}"),
    ]


def test_our_formulas_spill_and_get_no_at_sign(book: Book) -> None:
    # Without the cell metadata Excel 365 shows =@ODR_DAYS(…) and cuts the result to one cell.
    ours = [c for _, _, c in book.formulas() if set(re.findall(r"[A-Z_]+(?=\()", c.findtext(f"{MAIN}f"))) & OURS]
    kinds = {(c.get("cm"), c.find(f"{MAIN}f").get("t"), c.find(f"{MAIN}f").get("ref") == c.get("r")) for c in ours}
    assert kinds == {("1", "array", True)}
    assert "xl/metadata.xml" in book.names


def test_no_spilling_formula_stands_in_merged_cells(book: Book) -> None:
    # Excel answers #SPILL! there, and for a one-cell array formula it refuses the file's formula.
    for name in SHEETS:
        merged = [parse_area(m.get("ref")) for m in book.sheet(name).iter(f"{MAIN}mergeCell")]
        for place, cell in book.cells(name).items():
            if cell.find(f"{MAIN}f") is not None and cell.get("cm"):
                row, column, _, _ = parse_area(place)
                assert not [m for m in merged if m[0] <= row <= m[2] and m[1] <= column <= m[3]], place


def test_no_formula_of_the_empty_workbook_shows_a_number(book: Book) -> None:
    # A 0 would read as 0 %, which is "healthy": the worst wrong answer for a workbook that nobody calculated.
    assert [(s, p) for s, p, cell in book.formulas() if cell.findtext(f"{MAIN}v")] == []


def test_results_beside_or_above_others_have_room_for_their_results(book: Book) -> None:
    breakdown = 1 + len(rules.CAUSES) + 3  # header, causes, three totals
    assert CHANNELS + 1 + 3 < CAUSES - 1  # AFN, MFN and orders without a channel, then the next title
    assert CAUSES + breakdown - 1 < ACCOUNTS - 1
    assert settings.CHECK_ROWS == checks.MOST_SENTENCES + 1  # and the line that says how many more there are
    assert '"account",WindowStart,WindowEnd,12,,,Lang)' in book.cells("Dashboard")[f"B{ACCOUNTS}"].findtext(f"{MAIN}f")


def test_names_of_the_settings_point_to_their_cells(book: Book) -> None:
    names = {
        d.get("name"): d.text
        for d in book.xml("xl/workbook.xml").iter(f"{MAIN}definedName")
        if not d.get("name").startswith("_xlnm")
    }
    expected = {e.name: f"Forecast!$B${5 + position}" for position, e in enumerate(forecast.EXPECTATIONS)}
    expected[selftest.RESULT_NAME] = selftest.SELFTEST_CELL
    assert names == {s.name: f"Settings!{settings.cell(s.name)}" for s in settings.SETTINGS} | expected
    values = {s.name: book.value("Settings", settings.cell(s.name).replace("$", "")) for s in settings.SETTINGS}
    assert values.pop("Lang") == "en"
    # 1 % and 60 days: Amazon, G200285170. 15 days: Amazon's example report. 0.75 %: ours. 17 days: the article.
    assert {k: float(v) for k, v in values.items() if v} == {
        "LagDays": 15,
        "WindowDays": 60,
        "Target": 0.01,
        "WarnLevel": 0.0075,
        "PlanDays": 17,
    }


def test_orders_to_leave_out_are_chosen_from_cells_because_one_choice_has_a_comma(book: Book) -> None:
    place = settings.cell("Omit").replace("$", "")
    rule = next(v for v in book.sheet("Settings").iter(f"{MAIN}dataValidation") if v.get("sqref") == place)
    top, left, bottom, _ = parse_area(rule.findtext(f"{MAIN}formula1").replace("$", ""))
    assert left == 5
    assert [book.value("Settings", f"E{row}") for row in range(top, bottom + 1)] == [
        "cancelled",
        "pending",
        "cancelled, pending",
    ]
    assert rules.OMITTABLE == ("cancelled", "pending")


def test_configuration_has_no_gap_and_no_empty_value(book: Book) -> None:
    # xlwings reads down to the first gap, and an empty value hides the user's own setting.
    cells = book.cells("xlwings.conf")
    assert list(cells) == ["A1", "B1", "A2", "B2", "A3", "B3"]
    assert [book.value("xlwings.conf", place) for place in cells] == [
        *("UDF Modules", "odr_xl.excel.functions"),
        *("ADD_WORKBOOK_TO_PYTHONPATH", "0"),
        *("Show Console", "0"),
    ]
    assert {cells[place].get("t") for place in ("B2", "B3")} == {"b"}


@pytest.mark.parametrize(
    ("interpreter", "key"),
    [(r"C:\Python\python.exe", "Interpreter_Win"), ("/usr/local/bin/python3", "Interpreter_Mac")],
)
def test_workbook_for_this_computer_names_its_python_first(tmp_path: Path, interpreter: str, key: str) -> None:
    made = _built(tmp_path / "ODR.xlsm", interpreter)
    assert (made.value("xlwings.conf", "A1"), made.value("xlwings.conf", "B1")) == (key, interpreter)
    assert len(made.cells("xlwings.conf")) == 2 * len(configuration(interpreter)) == 8


def test_sheets_and_macros_are_those_of_the_vba_project(book: Book) -> None:
    project = book.parts["xl/vbaProject.bin"]
    documents = [name.partition("/")[0] for kind, name in declarations(project) if kind == "Document"]
    assert documents == ["ThisWorkbook", *CODE_NAMES.values()]
    assert [book.sheet(name).find(f"{MAIN}sheetPr").get("codeName") for name in SHEETS] == list(CODE_NAMES.values())
    drawings = b"".join(book.parts[name] for name in book.names if "vmlDrawing" in name).decode()
    macros = re.findall(r"\[0\]!(\w+)", drawings)
    code = "\n".join(sources(project).values())
    assert macros == ["RefreshODR", "RefreshFolderODR", "RecalculateODR"] * 2  # on Start and on the Dashboard
    assert [macro for macro in macros if f"Public Sub {macro}()" not in code] == []


def test_charts_show_ranges_that_exist_and_say_what_they_show(book: Book) -> None:
    charts = {name: book.parts[name].decode() for name in book.names if re.fullmatch(r"xl/charts/chart\d+\.xml", name)}
    references = sorted(set(re.findall(r"<c:f>([^<]+)</c:f>", "".join(charts.values()))))
    last = CAUSES + len(rules.CAUSES)
    assert references == [
        f"Dashboard!$B${CAUSES + 1}:$B${last}",
        f"Dashboard!$C${CAUSES + 1}:$C${last}",
        *(f"Drivers!${column}$6:${column}$20" for column in "ACK"),  # the first 15 products
        *(f"Forecast!${column}$37:${column}$112" for column in "AEFGHI"),  # today and 75 days
        *(f"Trend!${column}$5:${column}$64" for column in "ABDEFG"),  # header in row 4, then the formula's 60 points
    ]
    assert ",60,2,WindowDays,,Lang)" in book.cells("Trend")["A4"].findtext(f"{MAIN}f")
    drawings = "".join(book.parts[name].decode() for name in sorted(book.names) if "drawings/drawing" in name)
    descriptions = re.findall(r'descr="([^"]+)"', drawings)
    # Dashboard: three; Trend, Drivers, Forecast: one each.
    kinds = ["Line chart", "Line chart", "Bar chart", "Column chart", "Column chart", "Line chart"]
    assert [d.partition(":")[0] for d in descriptions] == kinds


def test_dashboard_prints_on_one_page(book: Book) -> None:
    sheet = book.sheet("Dashboard")
    setup = sheet.find(f"{MAIN}pageSetup")
    assert (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
    assert sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr").get("fitToPage") == "1"
    assert (setup.get("fitToWidth", "1"), setup.get("fitToHeight", "1")) == ("1", "1")
    assert sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView").get("showGridLines") == "0"


def test_status_is_shown_in_words_and_each_word_has_a_colour(book: Book) -> None:
    conditions = [f.text for f in book.sheet("Dashboard").iter(f"{MAIN}formula")]
    for key in ("healthy", "at_risk", "over_target"):
        assert f'OR($B$7="{word(key)}",$B$7="{word(key, "zh")}")' in conditions


def test_workbook_uses_one_font(book: Book) -> None:
    styles = book.xml("xl/styles.xml")
    fonts = styles.find(f"{MAIN}fonts")
    used = {fonts[int(xf.get("fontId"))].find(f"{MAIN}name").get("val") for xf in styles.find(f"{MAIN}cellXfs")}
    assert used == {FONT}
    # A scheme would let Excel show the theme's font instead.
    assert list(styles.iter(f"{MAIN}scheme")) == []
    notes = [book.xml(name) for name in book.names if name.startswith("xl/comments")]
    assert {f.get("val") for note in notes for f in note.iter(f"{MAIN}rFont")} == {FONT}
    charts = "".join(book.parts[name].decode() for name in book.names if name.startswith("xl/charts/"))
    assert set(re.findall(r'<a:latin typeface="([^"]+)"', charts)) == {FONT}


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsm", "b.xlsm"):
        build_workbook(tmp_path / name)
    assert (tmp_path / "a.xlsm").read_bytes() == (tmp_path / "b.xlsm").read_bytes()


def test_file_names_nothing_of_the_computer_that_built_it(book: Book) -> None:
    everything = b"\n".join(book.parts.values()) + "\n".join(sources(book.parts["xl/vbaProject.bin"]).values()).encode()
    places = {str(Path.home()), str(Path.cwd()), sys.prefix, str(Path(__file__).parents[2])} - {"/"}
    for place in places:
        assert place.encode() not in everything
        assert place.encode("utf-16-le") not in everything
    core = book.parts["docProps/core.xml"].decode()
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", core) == ["odr_xl"]
    assert re.findall(r"<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", core) == ["odr_xl"]


def test_excel_is_not_told_to_calculate_on_opening(book: Book) -> None:
    """Where Python isn't connected, a calculation on opening would replace the stored values by errors."""
    (calculation,) = book.xml("xl/workbook.xml").iter(f"{MAIN}calcPr")
    assert calculation.get("fullCalcOnLoad") is None
    assert int(calculation.get("calcId")) >= 191029


def test_help_while_typing_names_every_formula_and_every_argument(book: Book) -> None:
    # The form that Excel-DNA's IntelliSense reads: FunctionInfo, then name, description, help page, arguments in pairs.
    assert book.value("_IntelliSense_", "A1") == "FunctionInfo"
    for row, function in enumerate(functions.FORMULAS, start=2):
        assert book.value("_IntelliSense_", f"A{row}") == function.__name__
        names = list(inspect.signature(function).parameters)
        pairs = [
            (book.value("_IntelliSense_", f"{get_column_letter(4 + 2 * i)}{row}"),
             book.value("_IntelliSense_", f"{get_column_letter(5 + 2 * i)}{row}"))
            for i in range(len(names))
        ]  # fmt: skip
        assert pairs == [(name, functions.ARGUMENT_HELP[name]) for name in names]
        assert f"{get_column_letter(4 + 2 * len(names))}{row}" not in book.cells("_IntelliSense_")
        assert len(book.value("_IntelliSense_", f"B{row}")) <= 255
