"""References as rectangles, in a workbook with the table tblOrders in Orders!B3:D7 (header, totals row) and names."""

import io

import pytest
import xlsxwriter

from odr_xl.headless.package import Package
from odr_xl.headless.references import Cell, Place, References, Spill, address

HERE = Cell("Dash", 5, 5)


@pytest.fixture(scope="module")
def references() -> References:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Orders")
    columns = [{"header": "id"}, {"header": "a[x]"}, {"header": "n", "total_function": "sum"}]
    sheet.add_table("B3:D7", {"name": "tblOrders", "columns": columns, "total_row": True})
    book.add_worksheet("Dash")
    book.add_worksheet("O'Brien")
    book.define_name("everything", "=Orders!$B$3:$D$7")
    book.define_name("twice", "=everything")
    book.define_name("Dash!here", "=Dash!$A$1")
    book.define_name("rate", "=0.01")
    book.define_name("moving", "=OFFSET(Orders!$B$3,0,0,2,2)")
    book.close()
    return References(Package.from_bytes(buffer.getvalue()))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A1:B2", "Dash!A1:B2"),
        ("(A1)", "Dash!A1"),
        ("'O''Brien'!$C$3", "O'Brien!C3"),
        ("orders!A:C", "Orders!A1:C1048576"),
        # Data rows are 4 to 6: row 3 is the header, row 7 the total.
        ("tblOrders", "Orders!B4:D6"),
        ("tblOrders[]", "Orders!B4:D6"),
        ("TBLORDERS[#All]", "Orders!B3:D7"),
        ("tblOrders[[#All],[id]:[a'[x']]]", "Orders!B3:C7"),
        ("tblOrders[n]", "Orders!D4:D6"),
        ("tblOrders[a'[x']]", "Orders!C4:C6"),
        ("tblOrders[[#Headers],[n]]", "Orders!D3"),
        ("tblOrders[#Totals]", "Orders!B7:D7"),
        ("tblOrders[[#Headers],[#Data],[id]]", "Orders!B3:B6"),
        ("twice", "Orders!B3:D7"),
        ("here", "Dash!A1"),
    ],
)
def test_a_reference_is_the_rectangle_that_excel_means(references: References, text: str, place: str) -> None:
    found = references.target(text, HERE)
    assert isinstance(found, Place)
    assert f"{found.sheet}!{found.area.ref}" == place


@pytest.mark.parametrize("text", ["A4#", "_xlfn.ANCHORARRAY(A4)", "Dash!$A$4#"])
def test_a_spill_is_known_by_its_cell(references: References, text: str) -> None:
    assert references.target(text, HERE) == Spill(Cell("Dash", 4, 1))


@pytest.mark.parametrize(
    "text",
    ["B2-59", "rate", "moving", "tblOrders[none]", "Nowhere!A1", "[1]Orders!A1", "Orders:Dash!A1", "unknown", "A1,B1"],
)
def test_what_must_be_calculated_is_no_rectangle(references: References, text: str) -> None:
    assert references.target(text, HERE) is None


def test_this_row_of_a_table_is_the_formulas_row(references: References) -> None:
    in_table = Cell("Orders", 5, 3)
    assert references.target("tblOrders[[#This Row],[n]]", in_table) == Place("Orders", Cell("Orders", 5, 4).place.area)
    assert references.target("[@n]", in_table) == Place("Orders", Cell("Orders", 5, 4).place.area)
    assert references.target("[@n]", HERE) is None


def test_a_formula_moved_to_another_sheet_means_the_same(references: References) -> None:
    moved = references.portable('SUM(A1:B2,tblOrders[n],Orders!A1,here)+ROW()&"A1"', HERE)
    assert moved == "SUM('Dash'!A1:B2,'Orders'!$D$4:$D$6,Orders!A1,'Dash'!here)+5&\"A1\""


def test_everything_a_formula_mentions_is_found_also_through_names(references: References) -> None:
    found = references.mentions("COUNTA(everything)+SUM(A1,tblOrders[n])+moving", HERE)
    assert [address(place) for place in found.places] == [
        "'Orders'!$B$3:$D$7",
        "'Dash'!$A$1",
        "'Orders'!$D$4:$D$6",
        "'Orders'!$B$3",
    ]
    assert found.anywhere  # OFFSET can go where no text says


def test_indirect_can_reach_anywhere_and_a_sum_cannot(references: References) -> None:
    assert references.mentions('INDIRECT("Orders!A1")', HERE).anywhere
    assert not references.mentions("SUM(Orders!A1)", HERE).anywhere


def test_tables_and_names_that_are_no_ranges_are_spelled_out(references: References) -> None:
    assert references.spelled_out("SUM(tblOrders[n])+tbl[n]", HERE) == "SUM('Orders'!$D$4:$D$6)+tbl[n]"
    # `everything` is a range, `twice` a name of a name, `rate` a number.
    assert references.spelled_out("rate*2+SUM(twice,everything)", HERE) == "0.01*2+SUM(everything,everything)"
    assert references.spelled_out("SUM(moving)", HERE) == "SUM((OFFSET(Orders!$B$3,0,0,2,2)))"
