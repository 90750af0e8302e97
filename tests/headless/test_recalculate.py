"""A workbook without Excel: our functions by fakes, Excel's by the engine.

The orders: 200 rows, order number i (from 0), dated 2026-01-01 plus i days modulo 90 (serial 46023 + i mod 90); every
100th has negative feedback (0, 100), order 1 a claim. Three defective orders of 200: 1.5 %. All other expected values
are computed from these by hand, beside each.
"""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from lxml import etree

from odr_xl.errors import InputError, NoOrders, WorkbookError
from odr_xl.headless.address import parse_cell
from odr_xl.headless.package import Package
from odr_xl.headless.recalculate import Recalculation, cell_values, recalculate

FIRST = datetime(2026, 1, 1)
HEADERS = ["id", "date", "asin", "negative", "claim"]
MARKS = ("negative", "claim")
Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]


def body(orders: list[list[object]]) -> list[list[object]]:
    return [row for row in orders[1:] if row[0]]


def odr(orders: list[list[object]], *_: object) -> float:
    marks = [orders[0].index(name) for name in MARKS]
    rows = body(orders)
    return sum(any(row[mark] for mark in marks) for row in rows) / len(rows)


def breakdown(orders: list[list[object]]) -> list[list[object]]:
    rows = body(orders)
    counts = [sum(bool(row[orders[0].index(name)]) for row in rows) for name in MARKS]
    lines = [[name, count, count / len(rows)] for name, count in zip(MARKS, counts, strict=True)]
    return [["Cause", "Orders", "Rate"], *lines, ["all", len(rows), 1.0]]


def fails(*_: object) -> object:
    raise ValueError("no such thing")


def unreadable(*_: object) -> object:
    raise InputError('Orders!C17: "31/02/2026" isn\'t a date. Use YYYY-MM-DD.')


def nothing(*_: object) -> object:
    raise NoOrders("There are no orders between 2026-01-01 and 2026-01-02.")


def shape(argument: object) -> str:
    return f"{len(argument)}x{len(argument[0])}" if isinstance(argument, list) else repr(argument)


FUNCTIONS: dict[str, Callable[..., object]] = {
    "ODR": odr,
    "DEFECT_BREAKDOWN": breakdown,
    "DOUBLE": lambda x: 2 * x,
    "SHAPES": lambda *arguments: " ".join(map(shape, arguments)),
    "LIST": lambda count: [[float(number)] for number in range(1, int(count) + 1)],
    "ERROR": lambda text: text,
    "FAILS": fails,
    "UNREADABLE": unreadable,
    "NOTHING": nothing,
}


def orders_sheet(made: xlsxwriter.Workbook, count: int = 200) -> None:
    sheet = made.add_worksheet("Orders")
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    table = {"name": "tblOrders", "columns": [{"header": header} for header in HEADERS]}
    sheet.add_table(0, 0, count, len(HEADERS) - 1, table)
    for number in range(count):
        row = number + 1
        sheet.write_string(row, 0, f"O-{number:05d}")
        sheet.write_datetime(row, 1, FIRST + timedelta(days=number % 90), day)
        sheet.write_string(row, 2, f"B{number % 7}")
        sheet.write_number(row, 3, int(number % 100 == 0))
        sheet.write_number(row, 4, int(number == 1))


def book(fill: Fill, *, orders: int = 200) -> Package:
    """A workbook with Orders, a sheet Dash that `fill` writes, and `O'Brien` with 21 in A1."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer)
    dash = made.add_worksheet("Dash")
    if orders:
        orders_sheet(made, orders)
    made.add_worksheet("O'Brien").write("A1", 21)
    fill(made, dash)
    made.close()
    return Package.from_bytes(buffer.getvalue())


def dash(result: Recalculation | Package, ref: str) -> object:
    package = result if isinstance(result, Package) else result.package
    return cell_values(package)["Dash"].get(parse_cell(ref))


def cell_xml(package: Package, ref: str) -> etree._Element:
    root = etree.fromstring(package.parts["xl/worksheets/sheet1.xml"])
    return next(cell for cell in root.iter("{*}c") if cell.get("r") == ref)


# -- our functions anywhere in a formula -----------------------------------------------------------------------------

ANYWHERE = [
    ("=ODR(tblOrders[#All])", 0.015),
    ("=ODR(Orders!A1:E201)", 0.015),
    ("=ODR(Orders!A:E)", 0.015),
    ("=ODR(everything)", 0.015),
    ("=DOUBLE(limit)", 0.02),
    ("=limit*3", 0.03),
    ("=SUM(moving)", 1.0),  # negative marks of orders 100, 101, 102
    ("=rate", 0.015),
    ("=DOUBLE('O''Brien'!A1)", 42.0),
    ('=IFERROR(ODR(Orders!A1:C5),"no marks")', "no marks"),
    ('=ROUND(ODR(tblOrders[#All])*100,2)&"% / "&TEXT(ODR(Orders!A1:E201),"0.0%")', "1.5% / 1.5%"),
    ("=DOUBLE(DOUBLE(1.5))", 6.0),
    ("=INDEX(DEFECT_BREAKDOWN(Orders!A1:E201),2,2)", 2.0),
    ("=SUM(DEFECT_BREAKDOWN(tblOrders[#All]))", 204.015),  # 2+1+200 orders, rates 0.01+0.005+1; texts don't count
    ("=IF(1>2,DOUBLE(1),DOUBLE(2))", 4.0),
    ("=ODR(tblOrders[#All])/0", "#DIV/0!"),
    ('=IFERROR(ERROR("#N/A"),"caught")', "caught"),
    ('=IFERROR(FAILS(1),"caught")', "caught"),
    ('=ISNA(ERROR("#N/A"))', True),
    ('=ERROR("#VALUE!")', "#VALUE!"),
    ('=ERROR("no error")', "no error"),
    # From 2026-03-01 (46082 = 46023+59) on: the marked orders 0, 1 and 100 fall on days 0, 1 and 10, before it.
    ("=ODR(_xlfn.VSTACK(Orders!A1:E1,_xlfn._xlws.FILTER(Orders!A2:E201,Orders!B2:B201>=46082)))", 0.0),
    ("=_xlfn.LET(_xlpm.r,tblOrders[#All],_xlpm.k,2,DOUBLE(_xlpm.k+1)+ODR(_xlpm.r))", 6.015),
    ("=_xlfn.LET(_xlpm.x,DOUBLE(2),DOUBLE(_xlpm.x)+_xlpm.x)", 12.0),
    ("=SHAPES(tblOrders[[id]:[asin]],,B90-59,B90)", "200x3 None -58.0 1.0"),
    ('=SHAPES("ama""zon",TRUE,-1.5,50%)', "'ama\"zon' True -1.5 0.5"),
    ("=SHAPES(tblOrders[#Headers],tblOrders[id],ROW(),#N/A)", "1x5 200x1 {row} '#N/A'"),
    ("=SHAPES({1,2;3,4})", "2x2"),
    ("=SHAPES(B91)", "None"),
    ("=COUNTA(tblOrders[id])", 200.0),
    ('=IF(ODR(tblOrders[#All])>0.01,"At risk","OK")', "At risk"),
]


@pytest.fixture(scope="module")
def anywhere() -> Recalculation:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        made.define_name("everything", "=Orders!$A$1:$E$201")
        made.define_name("limit", "=0.01")
        made.define_name("moving", "=OFFSET(Orders!$D$2,100,0,3,1)")
        made.define_name("rate", "=ODR(tblOrders[#All])")
        sheet.write("B90", 1)
        for row, (formula, _) in enumerate(ANYWHERE):
            sheet.write_formula(row, 0, formula)

    return recalculate(book(fill), FUNCTIONS)


@pytest.mark.parametrize("row", range(len(ANYWHERE)), ids=[formula for formula, _ in ANYWHERE])
def test_our_functions_work_anywhere_in_a_formula(anywhere: Recalculation, row: int) -> None:
    expected = ANYWHERE[row][1]
    if isinstance(expected, str):
        expected = expected.replace("{row}", f"{row + 1:.1f}")
    found = dash(anywhere, f"A{row + 1}")
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected
    assert type(found) is type(expected) or isinstance(expected, str)


def test_chains_through_native_formulas_come_to_rest_whatever_their_order() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("B1", "=DOUBLE(B2)")  # 2 * 13
        sheet.write_formula("B2", "=B3+1")  # 12 + 1
        sheet.write_formula("B3", "=DOUBLE(B4)")  # 2 * 6
        sheet.write_formula("B4", "=DOUBLE(B5*1)")  # 2 * 3
        sheet.write("B5", 3)

    result = recalculate(book(fill), FUNCTIONS)
    assert [dash(result, f"B{row}") for row in range(1, 5)] == [26.0, 13.0, 12.0, 6.0]


def test_a_call_with_the_same_arguments_is_made_once() -> None:
    calls: list[object] = []

    def count(orders: list[list[object]]) -> int:
        calls.append(orders)
        return len(orders)

    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in range(5):
            sheet.write_formula(row, 0, "=COUNT_ROWS(tblOrders[#All])+0")

    result = recalculate(book(fill), {"count_rows": count})
    assert dash(result, "A5") == 201.0
    assert len(calls) == 1


# -- what our functions are given ------------------------------------------------------------------------------------


def test_a_range_arrives_as_excel_gives_it_and_knows_its_place() -> None:
    seen: list[list[list[object]]] = []

    def look(rows: list[list[object]]) -> float:
        seen.append(rows)
        return 0.0

    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write("C3", "text")
        sheet.write("D3", True)
        sheet.write_datetime("C4", datetime(2026, 8, 1), day)
        sheet.write_formula("D4", "=C4+1", day)
        sheet.write_formula("C5", "=NA()", None, "#N/A")
        sheet.write_formula("A1", "=LOOK(C3:D6)")

    recalculate(book(fill, orders=0), {"LOOK": look})
    # 2026-08-02 is serial 46236: a formula's result is a number, a date typed by the seller a datetime.
    assert seen == [[["text", True], [datetime(2026, 8, 1), 46236.0], ["#N/A", None], [None, None]]]
    assert (seen[0].sheet, seen[0].row, seen[0].column) == ("Dash", 3, 3)  # type: ignore[attr-defined]


def test_a_failing_function_shows_value_and_is_listed_with_its_cell() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("B1", "=FAILS(1)")
        sheet.write_formula("B2", "=UNREADABLE(1)")
        sheet.write_formula("B3", "=NOTHING(1)")

    result = recalculate(book(fill, orders=0), FUNCTIONS)
    assert [dash(result, ref) for ref in ("B1", "B2", "B3")] == ["#VALUE!", "#VALUE!", "#N/A"]
    assert [(problem.place, problem.severity) for problem in result.failures] == [
        ("Dash!B1", "error"),
        ("Dash!B2", "error"),
        ("Dash!B3", "note"),
    ]
    assert str(result.failures[0]) == 'Dash!B1: "FAILS" failed: ValueError: no such thing.'
    assert str(result.failures[1]).endswith('Orders!C17: "31/02/2026" isn\'t a date. Use YYYY-MM-DD.')


# -- spills -----------------------------------------------------------------------------------------------------------


def spilling(count: int, *, old: str = "A4:A6", obstacle: str = "") -> Package:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write("A1", count)
        sheet.write_dynamic_array_formula(old, "=LIST(A1)")
        sheet.write_dynamic_array_formula("C1", "=ROWS(_xlfn.ANCHORARRAY(A4))")
        sheet.write_dynamic_array_formula("C2", "=SUM(A4#)")
        sheet.write_formula("C3", "=SHAPES(_xlfn.ANCHORARRAY(A4))")
        sheet.write_dynamic_array_formula("E4:E5", "=_xlfn.ANCHORARRAY(A4)*10")
        if obstacle:
            sheet.write(obstacle, "in the way")

    return book(fill, orders=0)


@pytest.mark.parametrize("count", [5, 2, 1])
def test_a_spill_grows_and_shrinks_and_all_see_its_new_size(count: int) -> None:
    result = recalculate(spilling(count), FUNCTIONS)
    numbers = [float(number) for number in range(1, count + 1)]
    assert [dash(result, f"A{row}") for row in range(4, 10)] == numbers + [None] * (6 - count)
    assert (dash(result, "C1"), dash(result, "C2")) == (count, sum(numbers))
    assert dash(result, "C3") == (f"{count}x1" if count > 1 else "1.0")
    assert [dash(result, f"E{row}") for row in range(4, 10)] == [n * 10 for n in numbers] + [None] * (6 - count)
    last = 3 + count
    assert cell_xml(result.package, "A4").find("{*}f").get("ref") == ("A4" if count == 1 else f"A4:A{last}")
    assert cell_xml(result.package, "E4").find("{*}f").get("ref") == ("E4" if count == 1 else f"E4:E{last}")
    assert result.failures == ()


def test_a_spill_without_room_is_an_error_and_overwrites_nothing() -> None:
    result = recalculate(spilling(5, obstacle="A7"), FUNCTIONS)
    # In the file #SPILL! is #VALUE!, as Excel stores it.
    assert [dash(result, f"A{row}") for row in (4, 5, 6, 7)] == ["#VALUE!", None, None, "in the way"]
    assert cell_xml(result.package, "A4").find("{*}f").get("ref") == "A4"
    assert [str(problem) for problem in result.failures] == [
        'Dash!A4: "#SPILL!" has no room for its result: A7 is in the way. Clear it or move it.'
    ]


def test_a_native_array_without_room_is_reported_too() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_dynamic_array_formula("A1", "=SEQUENCE(3)")
        sheet.write("A3", "in the way")

    result = recalculate(book(fill), FUNCTIONS)
    assert dash(result, "A3") == "in the way"
    assert [problem.place for problem in result.failures] == ["Dash!A1"]


def test_two_spills_do_not_overwrite_each_other() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_dynamic_array_formula("A1", "=LIST(4)")
        sheet.write_dynamic_array_formula("A3", "=LIST(2)")

    result = recalculate(book(fill), FUNCTIONS)
    assert [dash(result, f"A{row}") for row in (1, 2, 3, 4)] == ["#VALUE!", None, 1.0, 2.0]
    assert [problem.place for problem in result.failures] == ["Dash!A1"]


def test_a_spill_into_a_table_has_no_room() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_dynamic_array_formula("A1", "=LIST(4)")
        sheet.add_table("A3:A5", {"name": "small"})

    result = recalculate(book(fill), FUNCTIONS)
    assert "the table small is in the way" in str(result.failures[0])


def test_a_spill_inside_a_formula_is_given_to_the_cells_below() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_dynamic_array_formula("A1", "=LIST(3)*2")
        sheet.write_dynamic_array_formula("C1", "=SEQUENCE(DOUBLE(1))")

    result = recalculate(book(fill), FUNCTIONS)
    assert [dash(result, f"A{row}") for row in (1, 2, 3)] == [2.0, 4.0, 6.0]
    assert [dash(result, f"C{row}") for row in (1, 2, 3)] == [1.0, 2.0, None]


def test_an_array_formula_of_fixed_size_keeps_it() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_array_formula("A1:B3", "{=LIST(2)}")
        sheet.write_array_formula("D1:D2", "{=LIST(3)*2}")

    result = recalculate(book(fill), FUNCTIONS)
    # Cells beyond the result show #N/A in Excel.
    assert [[dash(result, f"{column}{row}") for column in "AB"] for row in (1, 2, 3)] == [
        [1.0, "#N/A"],
        [2.0, "#N/A"],
        ["#N/A", "#N/A"],
    ]
    assert [dash(result, f"D{row}") for row in (1, 2, 3)] == [2.0, 4.0, None]


def test_an_ordinary_formula_shows_the_first_cell_of_a_table() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=LIST(3)")
        sheet.write_formula("B1", "=LIST(3)*10")

    result = recalculate(book(fill), FUNCTIONS)
    assert [[dash(result, f"{column}{row}") for column in "AB"] for row in (1, 2)] == [[1.0, 10.0], [None, None]]


# -- what can't be calculated ----------------------------------------------------------------------------------------

REFUSED = [
    ({"B1": "=DOUBLE(B2)", "B2": "=B1+1"}, "Dash!B1"),
    ({"B1": "=DOUBLE(B2)", "B2": "=DOUBLE(B1)"}, "Dash!B1.*Dash!B2|Dash!B2.*Dash!B1"),
    ({"B1": "=B2", "B2": "=B1"}, "Dash!B1, Dash!B2"),
    ({"B1": "=DOUBLE(1)", "B7": "=AGGREGATE(9,4,A1:A3)"}, r"Dash!B7 \(AGGREGATE\)"),
    ({"B7": '=IFERROR(GETPIVOTDATA("x",A1),0)'}, r"Dash!B7 \(GETPIVOTDATA\)"),
    ({"B7": "=MyMacro(A1)+ODR_UNKNOWN(1)"}, r"Dash!B7 \(MYMACRO\), Dash!B7 \(ODR_UNKNOWN\)"),
    ({"B1": "=_xlfn.MAP(A1:A3,_xlfn.LAMBDA(_xlpm.x,DOUBLE(_xlpm.x)))"}, "Dash!B1: DOUBLE.*LAMBDA"),
]


@pytest.mark.parametrize(("formulas", "message"), REFUSED)
def test_what_needs_excel_is_refused_by_cell_and_leaves_the_workbook_alone(
    formulas: dict[str, str], message: str
) -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for ref, formula in formulas.items():
            sheet.write_formula(ref, formula)

    package = book(fill, orders=0)
    with pytest.raises(WorkbookError, match=message):
        recalculate(package, FUNCTIONS)
    assert package.changed == frozenset()


def test_a_function_that_never_gives_the_same_twice_is_called_once_an_argument() -> None:
    numbers = iter(range(1000))

    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=NEXT(1)")
        sheet.write_formula("A2", "=A1+NEXT(1)")

    result = recalculate(book(fill, orders=0), {"NEXT": lambda _: next(numbers)})
    assert [dash(result, "A1"), dash(result, "A2")] == [0.0, 0.0]


# -- what is written -------------------------------------------------------------------------------------------------


def full(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_formula("B2", "=ODR(tblOrders[#All])", made.add_format({"num_format": "0.00%"}))
    sheet.write_formula("B3", '=IF(B2>0.01,"At risk","OK")')
    sheet.write_formula("B4", "=B2>0.01")
    sheet.write_formula("B5", "=NA()")
    sheet.write_dynamic_array_formula("A9:C12", "=DEFECT_BREAKDOWN(tblOrders[#All])")
    sheet.conditional_format("B2:B5", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("E6", {"validate": "list", "source": ["a", "b"]})
    sheet.add_sparkline("F1", {"range": "Dash!B10:B12"})
    sheet.write_comment("B2", "a note")
    sheet.insert_textbox("H2", "text")
    chart = made.add_chart({"type": "column"})
    chart.add_series({"categories": "=Dash!$A$10:$A$11", "values": "=Dash!$B$10:$B$11"})
    sheet.insert_chart("H9", chart)


def test_only_the_sheet_and_its_charts_change() -> None:
    package = book(full)
    before = dict(package.parts)
    result = recalculate(package, FUNCTIONS)
    assert package.changed == {"xl/worksheets/sheet1.xml", "xl/charts/chart1.xml"}
    assert list(package.parts) == list(before)
    assert {name for name in before if package.parts[name] != before[name]} == package.changed
    # 4 cells, 4 rows of 3.
    assert (result.cells, result.charts, result.failures) == (16, 1, ())


def test_everything_else_on_the_sheet_stays() -> None:
    package = book(full)
    before = etree.fromstring(package.parts["xl/worksheets/sheet1.xml"])
    recalculate(package, FUNCTIONS)
    after = etree.fromstring(package.parts["xl/worksheets/sheet1.xml"])
    for root in (before, after):
        for element in (root.find("{*}sheetData"), root.find("{*}dimension")):
            root.remove(element)
    assert etree.tostring(after, method="c14n") == etree.tostring(before, method="c14n")


def test_each_result_has_its_type_in_the_file() -> None:
    package = recalculate(book(full), FUNCTIONS).package
    kinds = {ref: (cell_xml(package, ref).get("t", "n"), cell_xml(package, ref).findtext("{*}v")) for ref in
             ("B2", "B3", "B4", "B5", "B10", "C11")}  # fmt: skip
    # 3 of 200 orders; 2 with negative feedback; 1 claim of 200.
    assert kinds == {
        "B2": ("n", "0.015"),
        "B3": ("str", "At risk"),
        "B4": ("b", "1"),
        "B5": ("e", "#N/A"),
        "B10": ("n", "2"),
        "C11": ("n", "0.005"),
    }
    assert cell_xml(package, "B2").get("s") is not None  # the percent format


def test_a_recalculated_workbook_recalculates_to_itself() -> None:
    package = recalculate(book(full), FUNCTIONS).package
    once = package.to_bytes()
    result = recalculate(package, FUNCTIONS)
    assert (result.changed, result.charts) == (0, 0)
    assert package.to_bytes() == once


def test_a_workbook_without_our_functions_is_recalculated_too() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", '=COUNTIFS(tblOrders[date],">="&46082)')

    # 31 days from 59 to 89 in each of the two full rounds of 90 days, 20 orders left on days 0 to 19.
    assert dash(recalculate(book(fill), {}), "A1") == 62.0


def test_a_cell_with_another_workbooks_value_keeps_it() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=[1]Prices!A1*2", None, 7)
        sheet.write_formula("A2", "=A1+1")
        sheet.write_formula("A3", "=DOUBLE(A1)")

    result = recalculate(book(fill), FUNCTIONS)
    assert [dash(result, f"A{row}") for row in (1, 2, 3)] == [7.0, 8.0, 14.0]


def test_todays_date_can_be_given() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=TODAY()-15")
        sheet.write_formula("A2", "=DOUBLE(A1+TODAY())")

    result = recalculate(book(fill), FUNCTIONS, today=date(2026, 1, 31))
    # 2026-01-31 is serial 46053: 46053-15, and 2*(46038+46053) = 184182.
    assert [dash(result, "A1"), dash(result, "A2")] == [46038.0, 184182.0]


def test_the_clock_is_read_once() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=DOUBLE(NOW())-2*NOW()")

    assert dash(recalculate(book(fill, orders=0), FUNCTIONS), "A1") == 0.0


def test_formulas_that_never_rest_are_named() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=DOUBLE(RAND())")

    with pytest.raises(WorkbookError, match=r"another result each time: Dash!A1\."):
        recalculate(book(fill, orders=0), FUNCTIONS)


def test_one_function_reads_anothers_spill_without_another_evaluation() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("A1", "=SHAPES(_xlfn.ANCHORARRAY(A4))")
        sheet.write_dynamic_array_formula("A4", "=LIST(3)")

    result = recalculate(book(fill, orders=0), FUNCTIONS)
    assert dash(result, "A1") == "3x1"
    assert result.rounds == 2  # one to compute, one to see that nothing changes


def test_a_large_result_that_nobody_refers_to_is_written_all_the_same() -> None:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_dynamic_array_formula("A1", "=LIST(25000)")

    result = recalculate(book(fill, orders=0), FUNCTIONS)
    assert (dash(result, "A25000"), dash(result, "A25001")) == (25000.0, None)


def test_a_function_may_be_named_in_a_defined_name_and_in_an_implicit_intersection() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        made.define_name("rate", "=ODR(tblOrders[#All])")
        sheet.write_formula("A1", "=rate*100")
        sheet.write_formula("A2", "=_xlfn.SINGLE(ODR(tblOrders[#All]))")

    result = recalculate(book(fill), FUNCTIONS)
    assert [dash(result, "A1"), dash(result, "A2")] == [1.5, 0.015]


def test_progress_is_told_in_sentences() -> None:
    told: list[str] = []
    recalculate(book(full), FUNCTIONS, progress=told.append)
    assert told[0] == "Loading the formulas"
    assert told[-1] == "Writing the results"
