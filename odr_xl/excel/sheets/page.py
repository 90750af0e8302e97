"""A workbook written in a language: the sheets' code has the English texts, the catalogue in ``labels`` the others.

What is translated: texts of cells and links, notes, buttons, messages and words of drop-downs, names in charts, and
literals in formulas. What a formula of this package is given, as in ``ODR(…,"amazon")``, never is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import xlsxwriter
from xlsxwriter.worksheet import Worksheet, convert_cell_args, convert_range_args

from odr_xl.errors import WorkbookError
from odr_xl.excel.functions import FORMULAS
from odr_xl.labels import Language
from odr_xl.labels.workbook import CHOICES, FORMATS, KEPT, KEPT_CHOICES, TEXTS

_Method = TypeVar("_Method", bound=Callable[..., Any])
#: XlsxWriter's own for subclasses, with types: they turn ``"B2"`` into row and column.
_at_cell: Callable[[_Method], _Method] = convert_cell_args
_at_range: Callable[[_Method], _Method] = convert_range_args

#: English text to the English and the Chinese one in its place.
Instead = Mapping[str, tuple[str, str]]

_ENGLISH: Final = re.compile(r"[A-Za-z]{2,}")
#: A literal, the beginning of a call, or a bracket.
_PARTS: Final = re.compile(r'"(?P<literal>(?:[^"]|"")*)"|(?P<name>[A-Za-z_][\w.]*)?(?P<bracket>[()])')
_OURS: Final = frozenset(function.__name__ for function in FORMULAS)
#: Excel's limit for the title of a message; the sheets cut a longer one.
_TITLE: Final = 32


class Texts:
    """The texts of one workbook in its language.

    Parameters
    ----------
    language : "en" or "zh"
    instead : mapping, optional
        English texts that this workbook says in other words, in English and in Chinese; "" for what it hasn't at all.

    Attributes
    ----------
    missing : list of str
        English texts that have no Chinese ones and aren't among those that stay.

    Examples
    --------
    >>> texts = Texts("zh")
    >>> texts("Settings"), texts.formula('=IF(ODR(A1:B9,"amazon")>Target,"Alert","quiet")')
    ('设置', '=IF(ODR(A1:B9,"amazon")>Target,"警报","正常")')
    >>> texts("Good morning"), texts.missing
    ('Good morning', ['Good morning'])
    """

    def __init__(self, language: Language, instead: Instead = MappingProxyType({})) -> None:
        self.language = language
        self.missing: list[str] = []
        self._instead = instead

    def __call__(self, text: str) -> str:
        """A whole text."""
        if text in self._instead:
            return self._instead[text][self.language == "zh"]
        if self.language == "en":
            return text
        if text in TEXTS:
            return TEXTS[text]
        self._note(text, text in KEPT)
        return text

    def title(self, text: str) -> str:
        """The title of a message, which is the beginning of a label when the label is longer than Excel allows."""
        if self.language == "en" or text in TEXTS:
            return self(text)
        return self(next((label for label in TEXTS if len(text) == _TITLE and label.startswith(text)), text))

    def formula(self, formula: str) -> str:
        """A formula with its literals in the language, but for those that a formula of this package is given."""
        if self.language == "en" and not self._instead:
            return formula
        calls: list[str] = []

        def replaced(part: re.Match[str]) -> str:
            if part["bracket"] == "(":
                calls.append(part["name"] or "")
            elif part["bracket"]:
                calls.pop()
            elif _OURS.isdisjoint(calls):
                text = self(part["literal"].replace('""', '"')).replace('"', '""')
                return f'"{text}"'
            return part[0]

        return _PARTS.sub(replaced, formula)

    def choices(self, words: Sequence[str]) -> list[str]:
        """The words of a drop-down: all of them in the language, or all of them as they are."""
        if self.language == "en":
            return list(words)
        if all(word in CHOICES for word in words):
            return [CHOICES[word] for word in words]
        for word in words:
            self._note(word, word in KEPT_CHOICES)
        return list(words)

    def check(self) -> None:
        """Raise `WorkbookError` with every text that has no translation."""
        if self.missing:
            listed = "; ".join(f'"{text}"' for text in self.missing)
            raise WorkbookError(
                f"Texts without Chinese ones: {listed}. Add each to TEXTS in odr_xl/labels/workbook.py (a word of a "
                "drop-down to CHOICES), or to KEPT (KEPT_CHOICES) there when it stays as it is."
            )

    def _note(self, text: str, stays: bool) -> None:
        if not stays and _ENGLISH.search(text) and text not in self.missing:
            self.missing.append(text)


class Page(Worksheet):  # type: ignore[misc]
    """A worksheet that takes English texts and writes them in the workbook's language."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    @_at_cell
    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        """A text."""
        return super().write_string(row, col, self.texts(string), cell_format)

    @_at_cell
    def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> Any:
        """A formula of Excel's own functions."""
        return super().write_formula(row, col, self.texts.formula(formula), cell_format, value)

    @_at_range
    def write_dynamic_array_formula(
        self, first_row: int, first_col: int, last_row: int, last_col: int, formula: str, *rest: Any
    ) -> Any:
        """A formula whose result may fill several cells."""
        cells = (first_row, first_col, last_row, last_col)
        return super().write_dynamic_array_formula(*cells, self.texts.formula(formula), *rest)

    @_at_cell
    def write_url(self, row: int, col: int, url: str, cell_format: Any = None, string: str = "", tip: str = "") -> Any:
        """A link with what it says."""
        return super().write_url(row, col, url, cell_format, self.texts(string) or None, self.texts(tip) or None)

    @_at_cell
    def write_comment(self, row: int, col: int, comment: str, options: Any = None) -> Any:
        """A note on a cell."""
        return super().write_comment(row, col, self.texts(comment), options)

    @_at_cell
    def insert_button(self, row: int, col: int, options: Any = None) -> Any:
        """A button with its caption, unless this workbook hasn't got it."""
        told = self._told(options, "caption")
        return super().insert_button(row, col, told) if told.get("caption") else 0

    @_at_cell
    def insert_chart(self, row: int, col: int, chart: Any, options: Any = None) -> Any:
        """A chart with what a screen reader says."""
        return super().insert_chart(row, col, chart.drawn, self._told(options, "description"))

    @_at_range
    def merge_range(
        self, first_row: int, first_col: int, last_row: int, last_col: int, data: Any, cell_format: Any = None
    ) -> Any:
        """Merged cells."""
        shown = self.texts(data) if isinstance(data, str) else data
        return super().merge_range(first_row, first_col, last_row, last_col, shown, cell_format)

    @_at_range
    def data_validation(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: dict[str, Any]
    ) -> Any:
        """What may be typed: messages, and the words of a drop-down."""
        told = dict(options)
        for key, meaning in (
            ("input_title", self.texts.title), ("error_title", self.texts.title),
            ("input_message", self.texts), ("error_message", self.texts),
        ):  # fmt: skip
            if key in told:
                told[key] = meaning(told[key])
        if isinstance(told.get("source"), list):
            told["source"] = self.texts.choices(told["source"])
        return super().data_validation(first_row, first_col, last_row, last_col, told)

    @_at_range
    def conditional_format(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: dict[str, Any]
    ) -> Any:
        """A format under a condition."""
        # A condition that compares with a literal has to see the literal that the cells show.
        told = {k: self.texts.formula(v) if k in ("criteria", "value") and isinstance(v, str) else v
                for k, v in options.items()}  # fmt: skip
        if told["type"] == "text":
            told["value"] = self.texts(told["value"])
        return super().conditional_format(first_row, first_col, last_row, last_col, told)

    def _told(self, options: dict[str, Any] | None, key: str) -> dict[str, Any]:
        told = dict(options or {})
        return told | {key: self.texts(told[key])} if key in told else told


class NamedChart:
    """A chart of XlsxWriter that takes English names and shows them in the workbook's language.

    Attributes
    ----------
    drawn
        The chart itself.
    """

    def __init__(self, drawn: Any, texts: Texts) -> None:
        self.drawn = drawn
        self._texts = texts

    def __getattr__(self, name: str) -> Any:
        return getattr(self.drawn, name)

    def add_series(self, options: dict[str, Any]) -> None:
        """A series with its name."""
        self.drawn.add_series(self._named(options))

    def set_title(self, options: dict[str, Any]) -> None:
        """The title."""
        self.drawn.set_title(self._named(options))

    def set_x_axis(self, options: dict[str, Any]) -> None:
        """The axis of the categories."""
        self.drawn.set_x_axis(self._named(options))

    def set_y_axis(self, options: dict[str, Any]) -> None:
        """The axis of the values."""
        self.drawn.set_y_axis(self._named(options))

    def set_x2_axis(self, options: dict[str, Any]) -> None:
        """The second axis of the categories."""
        self.drawn.set_x2_axis(self._named(options))

    def set_y2_axis(self, options: dict[str, Any]) -> None:
        """The second axis of the values."""
        self.drawn.set_y2_axis(self._named(options))

    def combine(self, other: NamedChart) -> None:
        """Another chart in the same frame."""
        self.drawn.combine(other.drawn)

    def _named(self, options: dict[str, Any]) -> dict[str, Any]:
        named = dict(options)
        name = named.get("name")
        if isinstance(name, str) and not name.startswith("="):
            named["name"] = self._texts(name)
        if self._texts.language == "zh" and named.get("num_format") in FORMATS:
            named["num_format"] = FORMATS[named["num_format"]]
        return named


class Book(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook of pages. It isn't written while a text has no translation.

    Parameters
    ----------
    path : Path
    options : dict
        XlsxWriter's.
    language : "en" or "zh"
    instead : mapping, optional
        As for `Texts`.
    """

    def __init__(
        self,
        path: Path,
        options: dict[str, Any],
        language: Language,
        instead: Instead = MappingProxyType({}),
    ) -> None:
        super().__init__(path, options)
        self.texts = Texts(language, instead)

    def add_page(self, name: str) -> Page:
        """A new sheet whose texts are for people."""
        page: Page = self.add_worksheet(name, lambda: Page(self.texts))
        return page

    def add_chart(self, options: dict[str, Any]) -> NamedChart:
        """A new chart, to be placed on a page."""
        return NamedChart(super().add_chart(options), self.texts)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        """Write the file, unless something went wrong before."""
        if error is None:
            self.close()

    def close(self) -> None:
        """Write the file; raises `WorkbookError` and writes nothing when texts have no translation."""
        self.texts.check()
        super().close()
