"""What the Refresh buttons show: questions, reports, errors; against the stand-in of `standin.py`, not Excel."""

from pathlib import Path

import pytest
from standin import Book

from odr_xl.errors import OdrError, Problem
from odr_xl.excel import buttons
from odr_xl.excel.buttons import LONGEST_MESSAGE, report, shortened
from odr_xl.excel.merge import Merged
from odr_xl.excel.refresh import Changes


@pytest.fixture
def press(monkeypatch):
    """Press the button in a workbook; returns what was handed on to the refresh, which does ``work``."""

    def run(book, work=lambda: Changes((), None), *, mac=False):
        handed = []

        def refreshed(caller, files, *, as_of, skip_bad_rows):
            handed.append((caller, files))
            if problems := getattr(book, "problems", None):
                handed.append(skip_bad_rows(problems))
            return work()

        monkeypatch.setattr(buttons, "refresh_reopened" if mac else "refresh_running", refreshed)
        monkeypatch.setattr(buttons, "on_mac", lambda: mac)
        monkeypatch.setattr(buttons.xw.Book, "caller", staticmethod(lambda: book))
        buttons.refresh()
        return handed

    return run


def chosen(text):
    book = Book()
    book.chosen = text
    return book


def bad(number):
    return Problem(f"orders.txt, line {number}", "31/31/2026", "isn't a date", "Use YYYY-MM-DD.")


def merged(name="orders.txt", problems=(), **counts):
    numbers = {"added": 0, "updated": 0, "unchanged": 0, "unusable": 0} | counts
    return Merged(name, "orders", "tblOrders", problems=tuple(problems), **numbers)


def test_the_workbook_is_asked_for_the_files_and_refreshed(press):
    book = chosen("C:\\reports\\orders.txt\nC:\\reports\\退货.csv")
    assert press(book) == [(book, [Path("C:\\reports\\orders.txt"), Path("C:\\reports\\退货.csv")])]


@pytest.mark.parametrize("answer", ["", None, "\n"])
def test_nothing_happens_without_files(press, answer):
    book = chosen(answer)
    assert press(book) == []
    assert book.app.said == []


def test_an_error_that_the_seller_can_mend_is_shown_as_its_sentence(press):
    def fails():
        raise OdrError("orders.txt has no header row. Download it again.")

    book = chosen("orders.txt")
    press(book, fails)
    assert book.app.said == ["orders.txt has no header row. Download it again."]


def test_the_report_has_one_sentence_a_file_with_its_duplicates(press):
    book = chosen("orders.txt")
    parts = (merged(added=2, updated=1, unchanged=3), merged("feedback.txt", added=1, unusable=1, problems=[bad(7)]))
    press(book, lambda: Changes(parts, None, ("colours.csv",)))
    assert book.app.said == [
        "orders.txt: 2 added, 1 updated, 3 duplicates, 0 not usable.\n"
        "feedback.txt: 1 added, 0 updated, 0 duplicates, 1 not usable.\n"
        "colours.csv: left out, it is no report of Amazon's.\n"
        'orders.txt, line 7: "31/31/2026" isn\'t a date. Use YYYY-MM-DD.'
    ]


def test_of_many_rows_that_cannot_be_used_three_are_shown_and_the_rest_counted():
    lines = report(Changes((merged(unusable=9, problems=[bad(n) for n in range(1, 10)]),), None)).split("\n")
    assert [line.split(":")[0] for line in lines[1:4]] == [f"orders.txt, line {n}" for n in (1, 2, 3)]
    assert lines[4:] == ["There are 6 more of these."]


def test_a_note_about_a_file_is_no_row_that_cannot_be_used():
    note = Problem("orders.txt", "", "has a header and no rows", "That is right.", "note")
    assert report(Changes((merged(problems=[note]),), None)).count("\n") == 0


def test_a_report_of_a_hundred_files_fits_into_a_message_box():
    text = report(Changes(tuple(merged(f"orders {n}.txt", added=n) for n in range(100)), None))
    assert len(text) == LONGEST_MESSAGE
    assert text.endswith("…")
    assert shortened("x" * LONGEST_MESSAGE) == "x" * LONGEST_MESSAGE


@pytest.mark.parametrize(("button", "used"), [("yes", True), ("no", False)])
def test_the_seller_is_asked_whether_the_other_rows_are_used(press, button, used):
    book = chosen("orders.txt")
    book.app.answer, book.problems = button, [bad(7)]
    assert press(book)[1] is used
    assert book.app.said[0] == (
        'orders.txt, line 7: "31/31/2026" isn\'t a date. Use YYYY-MM-DD.\n\nUse all other rows?'
    )


def test_the_question_is_never_cut_off(press):
    book = chosen("orders.txt")
    book.app.answer = "no"
    book.problems = [Problem("orders.txt", "x", "is wrong " * 200, "Mend it.")]
    press(book)
    assert len(book.app.said[0]) <= LONGEST_MESSAGE
    assert book.app.said[0].endswith("\n\nUse all other rows?")


@pytest.mark.parametrize(("button", "done"), [("ok", 1), ("cancel", 0)])
def test_on_a_mac_the_seller_is_asked_before_the_workbook_is_closed(press, button, done):
    book = chosen("/reports/orders.txt")
    book.app.answer = button
    assert len(press(book, mac=True)) == done
    assert book.app.said[0].startswith("On a Mac the workbook is saved, closed, refreshed and opened again")


def test_the_button_refreshes_a_workbook_from_the_dialog_to_the_report(tmp_path, monkeypatch):
    path = tmp_path / "orders.txt"
    path.write_text("amazon-order-id\tpurchase-date\tsku\n911-0000001-0000001\t2026-10-01\tMUG\n", "utf-8")
    book = chosen(str(path))
    sheet = book.add_sheet("Orders")
    sheet.add_table("tblOrders", ["amazon-order-id", "purchase-date", "sku"], [[None] * 3])
    settings = book.add_sheet("Settings")
    book.names._found["AsOf"] = type("Name", (), {"refers_to_range": settings.range((5, 2, 1, 1))})()
    monkeypatch.setattr(buttons, "on_mac", lambda: False)
    monkeypatch.setattr(buttons.xw.Book, "caller", staticmethod(lambda: book))
    buttons.refresh()
    path.write_bytes(b"")
    buttons.refresh()
    assert book.app.said[0] == "orders.txt: 1 added, 0 updated, 0 duplicates, 0 not usable."
    assert "orders.txt" in book.app.said[1]
    assert "empty" in book.app.said[1]
    assert sheet.cells[5, 1] == "911-0000001-0000001"
