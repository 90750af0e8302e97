"""A copy of values: what the sheets showed is there, what acts, connects or names people isn't."""

import re

import openpyxl
import pytest
import xlsxwriter
from books import edit_part, parts_of
from lxml import etree
from shared_book import COMMENT, SECRETS, shared_book

from odr_xl.errors import WorkbookError
from odr_xl.headless.frame import Frame
from odr_xl.headless.package import Package
from odr_xl.headless.plain import keep_values


def copied(source, target, **options):
    package = Package.open(source)
    told = keep_values(package, functions=("ODR", "DEFECT_LEDGER"), **options)
    package.save(target, backup=False)
    return told


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """(workbook, its copy, what was told)."""
    folder = tmp_path_factory.mktemp("plain")
    source = shared_book(folder / "Mine.xlsm")
    target = folder / "Mine values.xlsx"
    return source, target, copied(source, target)


def everything(path):
    """All parts as one text: each secret is looked for in it."""
    return "\n".join(f"{name}\n{data.decode('utf-8', 'replace')}" for name, data in parts_of(path).items())


def values(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_that_names_a_person_or_a_place_is_in_any_part(pair, secret):
    assert secret in everything(pair[0])
    assert secret not in everything(pair[1])


def test_no_part_that_acts_or_connects_is_left(pair):
    names = "\n".join(parts_of(pair[1])).lower()
    text = everything(pair[1])
    for word in ("vbaproject", "calcchain", "metadata", "printersettings", "custom.xml", "threadedcomment"):
        assert word in "\n".join(parts_of(pair[0])).lower()
        assert word not in names
    for word in ("<f>", "<f ", "macroEnabled", ' cm="', "FmlaMacro", "Button", "Amberley"):
        assert word not in text, word
    assert "spreadsheetml.sheet.main+xml" in text


def test_values_are_the_stored_ones_except_those_about_buyers(pair):
    before = {place: value for place, value in values(pair[0]).items() if place[0] != "Hidden"}
    after = values(pair[1])
    gone = {place: value for place, value in before.items() if place not in after}
    # Planted: the comments, the reply and the address in the table, the lookup, the detail, two cells of the pasted
    # report.
    assert gone == {
        ("Feedback", "C2"): COMMENT, ("Feedback", "C3"): "Fine", ("Feedback", "D2"): "Our reply to Ms Quill",
        ("Feedback", "E2"): "quill@mail.example", ("Result", "C2"): COMMENT, ("Result", "C11"): f"1★ {COMMENT}",
        ("Pasted", "C4"): "raw@mail.example", ("Pasted", "D4"): "Quillfeather",
    }  # fmt: skip
    changed = {place: after[place] for place, value in before.items() if place in after and after[place] != value}
    assert changed == {("Pasted", "B6"): "Ask … about it"}
    assert set(after) <= set(before)
    assert pair[2].personal == len(gone)


def test_types_of_values_stay(pair):
    sheet = openpyxl.load_workbook(pair[1])["Result"]
    assert [sheet[f"B{row}"].value for row in (2, 3, 4, 5)] == [0.5, "At risk", "#DIV/0!", True]
    assert [sheet[f"B{row}"].data_type for row in (2, 3, 4, 5)] == ["n", "s", "e", "b"]
    assert sheet["B2"].number_format == "0.00%"


def test_formulas_without_a_stored_value_are_counted_and_blank(pair):
    # XlsxWriter writes an empty value for C3 and an empty text for B6, which is none.
    sheet = openpyxl.load_workbook(pair[1])["Result"]
    assert sheet["C3"].value in (None, "")
    assert pair[2].formulas == len(re.findall(r"<f[ >]", parts_of(pair[0])["xl/worksheets/sheet1.xml"].decode()))


def test_hidden_sheets_go_and_the_others_keep_their_order(pair):
    assert openpyxl.load_workbook(pair[1]).sheetnames == ["Result", "Feedback", "Pasted"] == pair[2].sheets
    assert pair[2].hidden == ["Hidden"]


def test_names_stay_that_lead_to_cells_of_the_copy(pair):
    book = openpyxl.load_workbook(pair[1])
    assert {name: found.attr_text for name, found in book.defined_names.items()} == {"Rate": "Result!$B$2"}
    assert book["Result"].print_area == "'Result'!$A$1:$F$20"


def test_an_address_goes_from_a_page_header_and_its_place_stays(pair):
    (part,) = [data.decode() for name, data in parts_of(pair[1]).items() if name.endswith("sheet3.xml")]
    assert "<oddHeader>&amp;L…</oddHeader>" in part


def test_charts_refer_to_sheets_of_the_copy_or_keep_their_values(pair):
    found = [data.decode() for name, data in parts_of(pair[1]).items() if name.startswith("xl/charts/chart")]
    assert len(found) == 2
    assert re.findall(r"<c:f>(.*?)</c:f>", "".join(found)) == ["Result!$B$2:$B$3"]
    (frozen,) = [text for text in found if "numLit" in text]
    assert "<c:v>7</c:v>" in frozen
    assert "<c:tx><c:v>Line</c:v></c:tx>" in frozen


def test_rules_stay_that_need_nothing_that_is_gone(pair):
    text = parts_of(pair[1])["xl/worksheets/sheet1.xml"].decode()
    assert re.findall(r"<formula>(.*?)</formula>", text) == ['$B$3="At risk"']
    assert re.findall(r"<formula1>(.*?)</formula1>", text) == ['"a,b"']
    assert '<dataValidations count="1">' in text


def test_links_to_pages_stay_and_links_to_files_mail_and_hidden_sheets_go(pair):
    sheet = openpyxl.load_workbook(pair[1])["Result"]
    links = {ref: sheet[ref].hyperlink and sheet[ref].hyperlink.target for ref in ("E2", "E3", "E4", "E5")}
    assert links == {"E2": None, "E3": "https://sellercentral.amazon.com/", "E4": None, "E5": None}


def test_notes_stay_without_their_authors(pair):
    sheet = openpyxl.load_workbook(pair[1])["Feedback"]
    assert {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment} == {
        "A1": "The order", "B1": "Stars from 1 to 5",
    }  # fmt: skip
    vml = next(data.decode() for name, data in parts_of(pair[1]).items() if name.endswith(".vml"))
    assert vml.count("<x:ClientData") == 2


def test_tables_stay_as_tables(pair):
    table = openpyxl.load_workbook(pair[1])["Feedback"].tables["tblFeedback"]
    assert (table.ref, [column.name for column in table.tableColumns][2]) == ("A1:E3", "Comments")


def test_every_part_is_xml_and_every_relationship_leads_to_a_part(pair):
    package = Package.open(pair[1])
    for name, data in package.parts.items():
        if not name.endswith((".vml", ".bin")):
            etree.fromstring(data)
        for relationship in package.relationships(name):
            assert relationship.external or relationship.target in package.parts, (name, relationship)
        ids = set(re.findall(rb' r:id="(.*?)"', data))
        assert ids <= {relationship.id.encode() for relationship in package.relationships(name)}, name
    types = parts_of(pair[1])["[Content_Types].xml"].decode()
    overrides = set(re.findall(r'PartName="/(.*?)"', types))
    assert overrides <= set(package.parts)


def test_the_workbook_itself_stays_as_it_was(tmp_path):
    source = shared_book(tmp_path / "Mine.xlsm")
    before = source.read_bytes()
    copied(source, tmp_path / "copy.xlsx")
    assert source.read_bytes() == before


def test_sheets_can_be_left_out(tmp_path):
    source = shared_book(tmp_path / "Mine.xlsm")
    told = copied(source, tmp_path / "copy.xlsx", without=["Feedback"])
    assert told.sheets == ["Result", "Pasted"]
    assert COMMENT not in everything(tmp_path / "copy.xlsx")  # known from the sheet that went
    assert "tblFeedback" not in everything(tmp_path / "copy.xlsx")


def test_a_workbook_without_a_visible_sheet_to_copy_is_refused(tmp_path):
    source = shared_book(tmp_path / "Mine.xlsm")
    with pytest.raises(WorkbookError, match="no visible sheet"):
        copied(source, tmp_path / "copy.xlsx", without=["Result", "Feedback", "Pasted"])
    assert not (tmp_path / "copy.xlsx").exists()


def test_texts_that_only_personal_cells_used_leave_the_shared_texts(tmp_path):
    """Excel keeps every text once, in a part of its own; XlsxWriter does so for typed cells."""
    source = shared_book(tmp_path / "Mine.xlsm")
    assert COMMENT in parts_of(source)["xl/sharedStrings.xml"].decode()
    copied(source, tmp_path / "copy.xlsx")
    texts = parts_of(tmp_path / "copy.xlsx")["xl/sharedStrings.xml"].decode()
    assert COMMENT not in texts
    assert "911-0000001-0000001" in texts


def test_local_names_follow_their_sheet_when_one_before_it_goes(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    gone, kept = book.add_worksheet("Gone"), book.add_worksheet("Kept")
    kept.activate()
    gone.hide()
    kept.write("A1", 1)
    kept.repeat_rows(0)
    book.close()
    copied(path, tmp_path / "copy.xlsx")
    text = parts_of(tmp_path / "copy.xlsx")["xl/workbook.xml"].decode()
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="0">Kept!$1:$1</definedName>' in text
    assert 'activeTab="0"' in text


def test_a_filter_on_a_personal_column_goes_with_its_choices(tmp_path):
    source = shared_book(tmp_path / "Mine.xlsm")
    part = next(name for name in parts_of(source) if name.startswith("xl/tables/"))
    edit_part(source, part, '<autoFilter ref="A1:E3"/>',
              f'<autoFilter ref="A1:E3"><filterColumn colId="2"><filters><filter val="{COMMENT}"/></filters>'
              '</filterColumn><filterColumn colId="1"><filters><filter val="1"/></filters></filterColumn>'
              "</autoFilter>")  # fmt: skip
    copied(source, tmp_path / "copy.xlsx")
    table = parts_of(tmp_path / "copy.xlsx")[part].decode()
    assert re.findall(r'colId="(\d)"', table) == ["1"]
    assert COMMENT not in table


def test_rows_with_nothing_to_take_out_are_not_taken_apart(tmp_path, monkeypatch):
    """100,000 orders stay bytes; only the first rows, which may hold headers, become trees."""
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Orders")
    for row in range(6000):
        sheet.write_row(row, 0, [f"911-{row:07d}-0000000", row, "MUG"])
    book.add_worksheet("Other").write("A1", "only here")
    book.close()
    taken = []
    tree = Frame.tree
    monkeypatch.setattr(Frame, "tree", lambda self, rows: taken.append(rows.count(b"<row")) or tree(self, rows))
    copied(path, tmp_path / "copy.xlsx", without=["Other"])
    assert sum(taken) == 1000  # two chunks of 500 rows
    assert values(tmp_path / "copy.xlsx") == {p: v for p, v in values(path).items() if p[0] == "Orders"}
    assert "only here" not in everything(tmp_path / "copy.xlsx")


def test_a_formula_far_below_gives_way_to_its_value(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Orders")
    for row in range(3000):
        sheet.write(row, 0, row)
    sheet.write_formula("B2990", "=A2990*2", None, 5978)
    sheet.write_string("A2995", "joe@mail.example")
    book.close()
    copied(path, tmp_path / "copy.xlsx")
    assert "<f>" not in everything(tmp_path / "copy.xlsx")
    assert "@mail" not in everything(tmp_path / "copy.xlsx")
    assert values(tmp_path / "copy.xlsx")["Orders", "B2990"] == 5978
