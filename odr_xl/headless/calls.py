"""Our functions' calls, found anywhere in a formula's text.

A formula is cut into tokens that join to the same text again, so that a call can be replaced without touching the
rest. Excel's own parser isn't needed: no formula is evaluated here, only its brackets, commas and names are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from odr_xl.headless.address import MAX_COLUMN, MAX_ROW, column_letters

Kind = Literal[
    "text", "space", "error", "cell", "table", "function", "name", "number", "array", "(", ")", ",", "#", "other"
]

_PREFIX = r"(?:'(?:[^']|'')+'!|(?:\[\d+\])?[\w.\\]+(?::[\w.\\]+)?!|\[\d+\]!)"
_COLUMN, _ROW = r"\$?[A-Za-z]{1,3}", r"\$?\d{1,7}"
_CELL = rf"(?:{_COLUMN}{_ROW}(?::{_COLUMN}{_ROW})?|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW})"
_NAME = r"[^\W\d][\w.\\?]*"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<space>\s+)
    |(?P<error>(?:{_PREFIX})?\#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA))
    |(?P<cell>(?:{_PREFIX})?{_CELL})(?![\w.(!\[\\?])
    |(?P<function>(?:{_PREFIX})?{_NAME})(?=\()
    |(?P<name>(?:{_PREFIX})?{_NAME})
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<other><=|>=|<>|.)""",
    re.VERBOSE | re.DOTALL,
)
_LAST_COLUMN = column_letters(MAX_COLUMN)
# Excel stores newer functions and functions of add-ins behind such words.
_STORED = re.compile(r"^(?:_xlfn\.|_xlws\.|_xldudf_|_xludf\.|_xll\.)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a formula; `start` counts characters from the formula's beginning."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next token starts."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one of our functions.

    Attributes
    ----------
    name : str
        The function's name in capitals, without what Excel stores before it.
    start, end : int
        Where the call's text begins and ends in the formula.
    arguments : tuple of str
        Each argument's text without outer spaces; ``""`` for one that is left out.
    spans : tuple of (int, int)
        Where each of them stands.
    variables : tuple of (str, str)
        Names that enclosing LETs define before this call, with their formulas, outermost first.
    parameters : frozenset of str
        Names (lower case) that an enclosing LAMBDA gives a value only when it runs.
    """

    name: str
    start: int
    end: int
    arguments: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    variables: tuple[tuple[str, str], ...] = ()
    parameters: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Bracket:
    """An open bracket: a function's (with its name) or a plain one, and where its arguments begin and end."""

    name: str
    start: int
    cuts: list[int]
    inside: list[_Bracket] = field(default_factory=list)
    end: int = -1


@lru_cache(maxsize=1024)
def tokens(formula: str) -> tuple[Token, ...]:
    """The formula's words, in order; joined they are the formula, however broken it is."""
    return tuple(_words(formula))


def function_name(token_text: str) -> str:
    """A function's name in capitals, without sheet, add-in or version marks: ``_xlfn._xlws.FILTER`` is ``FILTER``."""
    return _STORED.sub("", token_text.rpartition("!")[2]).upper()


def find_calls(formula: str, names: Collection[str]) -> list[Call]:
    """Calls of the functions in `names` (capitals), inner calls before the calls that contain them."""
    written = formula.upper()
    if not any(name in written for name in names):
        return []  # most formulas of a workbook hold none
    top = _Bracket("", 0, [])
    _nest(formula, top)
    found: list[Call] = []
    for bracket in top.inside:
        _collect(formula, bracket, names, (), frozenset(), found)
    return found


def replace_spans(formula: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    """The formula with pieces exchanged; the pieces ``(start, end, new text)`` must not overlap."""
    for start, end, new in sorted(replacements, reverse=True):
        formula = formula[:start] + new + formula[end:]
    return formula


def expand_variables(text: str, variables: Sequence[tuple[str, str]]) -> str:
    """`text` with each LET variable replaced by its formula, so that it means the same outside the LET."""
    known: dict[str, str] = {}
    for name, formula in variables:
        known[name.lower()] = _exchange(formula, known)
    return _exchange(text, known)


def variable_names(text: str) -> set[str]:
    """Every plain name in `text`, in lower case (``_xlpm.r`` is Excel's stored form of the variable ``r``)."""
    return {token.text.lower() for token in tokens(text) if token.kind == "name"}


def _exchange(text: str, known: dict[str, str]) -> str:
    if not known:
        return text
    swaps = [
        (word.start, word.end, enclosed(known[word.text.lower()]))
        for word in tokens(text)
        if word.kind == "name" and word.text.lower() in known
    ]
    return replace_spans(text, swaps)


def enclosed(text: str) -> str:
    """`text` in brackets unless it is one word or one call: `r*2` with r = `1+2` must become `(1+2)*2`."""
    words = [word for word in tokens(text) if word.kind != "space"]
    return text.strip() if len(words) == 1 else f"({text.strip()})"


def _words(formula: str) -> Iterator[Token]:
    position = 0
    while position < len(formula):
        char = formula[position]
        if char == "{":
            end = _array_end(formula, position)
            yield Token("array" if end > position + 1 else "other", formula[position:end], position)
            position = end
            continue
        match = _TOKEN.match(formula, position)
        if match is None:  # can't be: the last alternative takes any character
            raise AssertionError(formula)
        kind, text = match.lastgroup or "other", match.group()
        if kind == "cell" and not is_cell(text):
            # `ODR60` is a cell, but `ABCD1` and `A9999999` are names.
            name = re.match(rf"(?:{_PREFIX})?{_NAME}", text)
            kind, text = ("name", name.group()) if name else ("number", re.match(r"\$?\d*", text).group() or char)  # type: ignore[union-attr]
        if kind in ("name", "other") and formula.startswith("[", position + len(text) * (kind == "name")):
            start = position + len(text) * (kind == "name")
            end = _bracket_end(formula, start)
            if end > start:
                kind, text = "table", formula[position:end]
        if kind == "other" and text in "(),#":
            kind = text
        yield Token(kind, text, position)  # type: ignore[arg-type]
        position += len(text)


def is_cell(text: str) -> bool:
    """Whether `text` (with or without a sheet) is a cell or a rectangle that fits on a sheet."""
    for end in text.rpartition("!")[2].replace("$", "").split(":"):
        letters = end.rstrip("0123456789")
        digits = end[len(letters) :]
        if digits and not 1 <= int(digits) <= MAX_ROW:
            return False
        if len(letters) > 2 and letters.upper() > _LAST_COLUMN:
            return False
    return True


def _bracket_end(formula: str, start: int) -> int:
    """Just after the ``]`` that closes the ``[`` at `start`; `start` itself if none does. ``'`` escapes in names."""
    depth, position = 0, start
    while position < len(formula):
        char = formula[position]
        if char == "'":
            position += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return start


def _array_end(formula: str, start: int) -> int:
    """Just after the ``}`` of an array constant, which can hold texts but no brackets of its own."""
    match = re.compile(r'\{(?:[^"{}]|"(?:[^"]|"")*")*\}').match(formula, start)
    return match.end() if match else start + 1


def _nest(formula: str, top: _Bracket) -> None:
    open_brackets = [top]
    function: Token | None = None
    for token in tokens(formula):
        if token.kind == "(":
            name, start = (function_name(function.text), function.start) if function else ("", token.start)
            bracket = _Bracket(name, start, [token.end])
            open_brackets[-1].inside.append(bracket)
            open_brackets.append(bracket)
        elif token.kind == "," and len(open_brackets) > 1:
            open_brackets[-1].cuts.append(token.end)
        elif token.kind == ")" and len(open_brackets) > 1:
            bracket = open_brackets.pop()
            bracket.end = token.end
            bracket.cuts.append(token.end)
        function = token if token.kind == "function" else None


def _collect(
    formula: str,
    bracket: _Bracket,
    names: Collection[str],
    variables: tuple[tuple[str, str], ...],
    parameters: frozenset[str],
    found: list[Call],
) -> None:
    if bracket.end < 0:
        # A bracket that is never closed: its own calls can still be found inside it.
        spans: tuple[tuple[int, int], ...] = ()
    else:
        spans = tuple((a, b - 1) for a, b in zip(bracket.cuts, bracket.cuts[1:], strict=False))
    texts = tuple(formula[a:b].strip() for a, b in spans)
    inner_parameters = parameters
    if bracket.name == "LAMBDA" and texts:
        inner_parameters = parameters | {text.lower().strip("[]") for text in texts[:-1]}
    for inner in bracket.inside:
        inner_variables = variables
        if bracket.name == "LET":
            before = sum(1 for _, end in spans if end <= inner.start) // 2
            inner_variables += tuple((texts[2 * i], texts[2 * i + 1]) for i in range(before))
        _collect(formula, inner, names, inner_variables, inner_parameters, found)
    if bracket.name in names and bracket.end > 0:
        arguments = () if texts == ("",) else texts
        found.append(
            Call(bracket.name, bracket.start, bracket.end, arguments, spans if arguments else (), variables, parameters)
        )
