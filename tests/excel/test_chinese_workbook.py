"""The workbook in Chinese: the English one with other words, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pandas as pd
import pytest
from lxml import etree
from test_template import MAIN, OURS, Book

from odr_xl import rules
from odr_xl.core.events import decided_events
from odr_xl.core.grounds import claim_ground
from odr_xl.errors import WorkbookError
from odr_xl.excel.sheets import page
from odr_xl.excel.sheets.page import Texts
from odr_xl.excel.sheets.results import DECISIONS
from odr_xl.excel.sheets.selftest import texts_as_they_are
from odr_xl.excel.sheets.template import CONFIGURATION, INTELLISENSE, SHEETS, TABLES, build_workbook
from odr_xl.labels.workbook import CHOICES, KEPT, KEPT_CHOICES, TEXTS
from odr_xl.readers.marks import parse_marks
from odr_xl.readers.ranges import read_range

LITERAL = re.compile(r'"((?:[^"]|"")*)"')
SEEN = [name for name in SHEETS if name not in (CONFIGURATION, INTELLISENSE)]
#: Amazon's own headers, and ours of the decisions, which readers and formulas know by these names.
HEADERS = {header for table in TABLES.values() for header in table.headers} | {header for header, _, _ in DECISIONS}
#: English in a Chinese sentence: names of sheets and menus, codes, and words that a report has in its cells.
ALLOWED = re.compile(
    r"（[A-Z][A-Za-z -]*(?: > [A-Z][A-Za-z -]*)*）|（(?:cancelled|pending)）|\bAmazon(?:\.com|\.de)?\b|\bMerchant\b|"
    r"\b(?:Shipped|Pending|Cancelled|YYYY-MM-DD|Excel|Python|JSON|XML|SKU|ASIN|FBA|AFN|MFN|US|DE|JP|OK|en|zh|A-to-z)\b|"
    + "|".join(rf"\b{re.escape(name)}\b" for name in sorted({*SHEETS, *HEADERS, *KEPT_CHOICES}, key=len, reverse=True))
)

#: What our formulas are given: definitions and columns, as their documentation names them.
ARGUMENTS = {"amazon", "all", "channel", "account", "topic", "sku"}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("languages")
    for language in ("en", "zh"):
        build_workbook(folder / f"{language}.xlsm", language=language)  # type: ignore[arg-type]
    return {language: Book((folder / f"{language}.xlsm").read_bytes()) for language in ("en", "zh")}


def formulas(sheet: Any) -> Iterator[Any]:
    """Elements that hold a formula; a drop-down's own words aren't one."""
    for tag in ("f", "formula", "formula1", "formula2"):
        for element in sheet.iter(f"{MAIN}{tag}"):
            if not (tag == "formula1" and element.text.startswith('"')):
                yield element


def without_words(sheet: Any) -> bytes:
    """A sheet's part with every text and every literal taken out."""
    for cell in sheet.iter(f"{MAIN}c"):
        if cell.get("t") == "s":
            cell.find(f"{MAIN}v").text = ""
    for element in formulas(sheet):
        element.text = LITERAL.sub('""', element.text)
    for link in sheet.iter(f"{MAIN}hyperlink"):
        link.set("display", "")
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        for name in ("errorTitle", "error", "promptTitle", "prompt"):
            if name in rule.attrib:
                rule.set(name, "")
        first = rule.find(f"{MAIN}formula1")
        if first is not None and first.text.startswith('"'):
            first.text = "," * first.text.count(",")
    return etree.tostring(sheet)


def texts(book: Book) -> Iterator[tuple[str, str]]:
    """Every text that a seller can see before a formula is worked out, with where it stands."""
    strings = ["".join(item.itertext()) for item in book.xml("xl/sharedStrings.xml")]
    for name in SEEN:
        sheet = book.sheet(name)
        for place, cell in book.cells(name).items():
            if cell.get("t") == "s":
                yield f"{name}!{place}", strings[int(cell.findtext(f"{MAIN}v"))]
        for element in formulas(sheet):
            for literal in LITERAL.findall(element.text):
                yield f"{name}, {element.text[:40]}", literal
        for rule in sheet.iter(f"{MAIN}dataValidation"):
            yield from ((f"{name}, {key}", rule.get(key)) for key in ("errorTitle", "error") if rule.get(key))
            first = rule.find(f"{MAIN}formula1")
            if first is not None and first.text.startswith('"'):
                yield from ((f"{name}, choice", word) for word in first.text.strip('"').split(","))
        for element in sheet.iter(f"{MAIN}oddHeader", f"{MAIN}oddFooter"):
            yield f"{name}, page", element.text
    for part in book.names:
        content = book.parts[part].decode() if part.endswith((".xml", ".vml")) else ""
        if part.startswith("xl/comments"):
            yield from ((part, "".join(note.itertext())) for note in book.xml(part).iter(f"{MAIN}text"))
        elif "vmlDrawing" in part:
            yield from ((part, caption) for caption in re.findall(r"<font [^>]*>([^<]+)</font>", content))
        elif part.startswith("xl/charts/"):
            yield from ((part, name) for name in re.findall(r"<(?:a:t|c:v)>([^<]*[^\d.<][^<]*)<", content))
        elif part.startswith("xl/drawings/drawing"):
            yield from ((part, unescape(told)) for told in re.findall(r'descr="([^"]+)"', content))


def test_both_workbooks_have_the_same_parts(books):
    assert books["en"].names == books["zh"].names


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_differ_in_nothing_but_words(books, sheet):
    english, chinese = (without_words(books[language].sheet(sheet)) for language in ("en", "zh"))
    assert english == chinese


def test_names_tables_styles_and_macros_are_the_same(books):
    for part in books["en"].names:
        same = ("xl/workbook.xml", "xl/styles.xml", "xl/vbaProject.bin", "xl/metadata.xml", "xl/theme/theme1.xml")
        if part in same or part.startswith("xl/tables/") or part.endswith(".rels"):
            assert books["en"].parts[part] == books["zh"].parts[part], part


def test_notes_stand_at_the_same_cells(books):
    parts = [part for part in books["en"].names if part.startswith("xl/comments")]
    assert len(parts) >= 8  # each input sheet
    for part in parts:
        english, chinese = (
            [note.get("ref") for note in books[language].xml(part).iter(f"{MAIN}comment")] for language in ("en", "zh")
        )
        assert english == chinese


def test_no_english_is_left_but_names_and_codes(books):
    found = list(texts(books["zh"]))
    stays = KEPT | KEPT_CHOICES | HEADERS | ARGUMENTS | texts_as_they_are()
    assert len(found) > 400
    left = [(place, text) for place, text in found if text not in stays]
    assert [pair for pair in left if re.search(r"[A-Za-z]{2,}", ALLOWED.sub("", pair[1]))] == []


def test_what_our_formulas_are_given_is_never_translated():
    texts_ = Texts("zh")
    formula = '=IF(Alerts="Alert",ODR_BY(Days,,"Alert",(1)),IF(("Alert"),ODR(A1:B2,IF(1,"Alert","quiet")),"Alert"))'
    assert texts_.formula(formula) == (
        '=IF(Alerts="警报",ODR_BY(Days,,"Alert",(1)),IF(("警报"),ODR(A1:B2,IF(1,"Alert","quiet")),"警报"))'
    )


def test_every_formula_of_the_package_gets_the_same_words_in_both_workbooks(books):
    def calls(book: Book) -> list[tuple[str, str, list[str]]]:
        found = []
        for sheet, place, cell in book.formulas():
            text = cell.findtext(f"{MAIN}f")
            for call in re.finditer(rf"\b(?:{'|'.join(OURS)})\((?:[^()]|\([^()]*\))*\)", text):
                found.append((sheet, place, LITERAL.findall(call[0])))
        return found

    assert calls(books["en"]) == calls(books["zh"])
    assert len(calls(books["zh"])) > 40


def test_every_text_of_the_catalogue_stands_somewhere(books):
    """A text that was changed in the sheets' code leaves a translation behind that nobody sees."""
    shown = {text for _, text in texts(books["en"])}
    shown |= {label for label in TEXTS if label[:32] in shown}  # titles of messages are cut
    assert sorted(set(TEXTS) - shown) == []
    assert sorted(set(CHOICES) - shown) == []
    assert sorted((KEPT | KEPT_CHOICES) - shown - {"en", "zh"}) == []


def test_a_forgotten_text_is_named_with_every_other_and_nothing_is_written(monkeypatch, tmp_path):
    forgotten = ("Days in the window", "Refresh…", "Every cause", "every order received")
    monkeypatch.setattr(page, "TEXTS", {text: said for text, said in TEXTS.items() if text not in forgotten})
    monkeypatch.setattr(page, "CHOICES", {word: said for word, said in CHOICES.items() if word != "Denied"})
    with pytest.raises(WorkbookError) as error:
        build_workbook(tmp_path / "ODR.xlsm", language="zh")
    for text in (*forgotten, "Denied"):
        assert f'"{text}"' in str(error.value)
    assert "odr_xl/labels/workbook.py" in str(error.value)
    assert list(tmp_path.iterdir()) == []
    build_workbook(tmp_path / "ODR.xlsm")  # English needs no catalogue


def test_chinese_texts_fit_into_excels_limits(books):
    # Excel: 32 characters for a message's title, 255 for the message, for a drop-down's words and for a literal.
    for name in SEEN:
        sheet = books["zh"].sheet(name)
        for rule in sheet.iter(f"{MAIN}dataValidation"):
            assert len(rule.get("errorTitle", "")) <= 32
            assert len(rule.get("error", "")) <= 255
        assert max((len(text) for e in formulas(sheet) for text in LITERAL.findall(e.text)), default=0) <= 255


@pytest.mark.parametrize(
    ("name", "header"),
    [(name, column.header) for name, table in TABLES.items() for column in table.columns if column.choices],
)
def test_chinese_choices_are_the_english_ones_or_mean_the_same(books, name, header):
    table = TABLES[name]
    position = table.headers.index(header)
    place = f"{chr(ord('A') + position)}5"
    shown = next(
        rule.findtext(f"{MAIN}formula1").strip('"').split(",")
        for rule in books["zh"].sheet(table.sheet).iter(f"{MAIN}dataValidation")
        if rule.get("sqref") == place
    )
    pairs = list(zip(table.columns[position].choices, shown, strict=True))
    if header not in ("Status", "Claim Status", "Type") and "Yes" not in dict(pairs):
        assert [english for english, _ in pairs] == shown  # codes, stars, and the metrics that a refresh looks for
        return
    assert [pair for pair in pairs if re.search(r"[A-Za-z]", pair[1])] == []
    for english, chinese in pairs:
        if name == "tblClaims":
            assert rules.claim_rule(chinese) == rules.claim_rule(english)
            assert claim_ground(chinese) == claim_ground(english)
        elif name == "tblFeedback":
            assert rules.feedback_rule(1.0, chinese) == rules.feedback_rule(1.0, english)
        elif name == "tblChargebacks":
            for other in ("Open", "Lost", "Won") if header == "Type" else ("Service", "Fraud", "Unknown"):
                twins = [(english, other), (chinese, CHOICES[other])]
                judged = [rules.chargeback_rule(*(pair if header == "Type" else pair[::-1])) for pair in twins]
                assert judged[0] == judged[1]
        else:
            assert parse_marks([chinese])[0].tolist() == parse_marks([english])[0].tolist()


def test_chinese_decisions_are_read_like_english_ones():
    causes, answers = DECISIONS[1][2], DECISIONS[2][2]
    assert (len(causes), len(answers)) == (5, 2)
    events = pd.DataFrame(
        [{"order_id": "1", "cause": cause, "counts": "", "rule": "", "flagged": True} for cause in rules.CAUSES]
    )
    for cause in causes:
        for answer in answers:
            decided = [
                decided_events(
                    events,
                    read_range([["Order ID", "Cause", "Counts", "Why"], ["1", *words, ""]], kind="events").table,
                )
                for words in ((cause, answer), (CHOICES[cause], CHOICES[answer]))
            ]
            pd.testing.assert_frame_equal(*decided)
            assert decided[0]["flagged"].sum() == 4  # the one that is decided is no longer to be checked


def test_title_of_a_message_that_was_cut_finds_its_label():
    label = "Days between the window's end and that day"
    assert Texts("zh").title(label[:32]) == TEXTS[label] == "窗口截止日与该日相隔的天数"
    assert Texts("en").title(label[:32]) == label[:32]


def test_alert_in_chinese_is_the_word_that_its_colour_and_its_count_look_for(books):
    book = books["zh"]
    state = book.cells("Alerts")["D5"].findtext(f"{MAIN}f")
    assert '"警报","正常"' in state
    assert '$D5="警报"' in [f.text for f in book.sheet("Alerts").iter(f"{MAIN}formula")]
    assert 'COUNTIF(Alerts!$D$5:$D$11,"警报")' in book.cells("Start")["D4"].findtext(f"{MAIN}f")


def test_two_chinese_builds_are_the_same_bytes(tmp_path: Path):
    for name in ("a.xlsm", "b.xlsm"):
        build_workbook(tmp_path / name, language="zh")
    assert (tmp_path / "a.xlsm").read_bytes() == (tmp_path / "b.xlsm").read_bytes()
