"""The arguments of our functions' calls, sorted by where their values come from.

A range is read from the file, a constant from the formula's text, and only what Excel would have to calculate
(``B2-59``, ``FILTER(…)``) is given to the engine for native formulas.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from odr_xl.errors import WorkbookError
from odr_xl.headless.calls import (
    Call,
    expand_variables,
    find_calls,
    function_name,
    replace_spans,
    tokens,
    variable_names,
)
from odr_xl.headless.references import Cell, Mentions, Place, References, Spill
from odr_xl.headless.sheet import Formula


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the formula; None for an argument that is left out."""

    value: float | str | bool | None


@dataclass(eq=False, slots=True)
class Template:
    """A formula's text with a marker in place of each of our calls.

    Attributes
    ----------
    text : str
        The text, readable from any sheet.
    slots : tuple of Slot
        The calls, whose markers are `marker(0)`, `marker(1)` …
    mentions : Mentions
        What the rest of the text refers to.
    functions : frozenset of str
        Excel's own functions in it, in capitals.
    """

    text: str
    slots: tuple[Slot, ...]
    mentions: Mentions
    functions: frozenset[str]

    def filled(self, addresses: Sequence[str]) -> str:
        """The text with each call replaced by the address of its result."""
        known = {marker(position): address for position, address in enumerate(addresses)}
        return replace_spans(
            self.text,
            [(word.start, word.end, known[word.text]) for word in tokens(self.text) if word.text in known],
        )


@dataclass(eq=False, slots=True)
class Slot:
    """One call of one of our functions, and its result so far.

    Attributes
    ----------
    cell : Cell
        The cell whose formula holds the call.
    name : str
        The function.
    arguments : tuple
        Where each argument's value comes from.
    rows : list of list, or None
        The result as rows, once computed.
    version : int
        Grows with each new result.
    """

    cell: Cell
    name: str
    arguments: tuple[Argument, ...]
    rows: list[list[object]] | None = None
    version: int = 0


Argument = Constant | Place | Spill | Slot | Template


@dataclass(eq=False, slots=True)
class OwnCell:
    """A cell whose formula calls our functions.

    Attributes
    ----------
    cell : Cell
        The cell.
    formula : Formula
        Its formula as the file has it.
    template : Template
        The formula with its outermost calls taken out.
    """

    cell: Cell
    formula: Formula
    template: Template
    alone: bool = field(init=False)

    def __post_init__(self) -> None:
        # The whole formula is one call: the cell shows its result and needs no engine.
        self.alone = len(self.template.slots) == 1 and self.template.text.strip() == marker(0)

    @property
    def slot(self) -> Slot:
        """The outermost call of a cell that is one call."""
        return self.template.slots[0]


def marker(position: int) -> str:
    """The word that stands for a call in a template."""
    return f"_odr_xl_call_{position}"


def template(text: str, cell: Cell, names: Collection[str], references: References) -> Template:
    """Take our calls out of a formula.

    Raises
    ------
    WorkbookError
        If one of them stands in a LAMBDA and takes its parameter, which has a value only inside Excel.
    """
    calls = find_calls(text, names)
    outer = [call for call in calls if not any(other.start < call.start and call.end <= other.end for other in calls)]
    slots = tuple(_slot(call, cell, names, references) for call in outer)
    rest = replace_spans(text, [(call.start, call.end, marker(i)) for i, call in enumerate(outer)])
    functions = frozenset(function_name(word.text) for word in tokens(rest) if word.kind == "function")
    return Template(references.portable(rest, cell), slots, references.mentions(rest, cell), functions)


def inner_slots(slot: Slot) -> list[Slot]:
    """The calls inside a call's arguments, innermost first, without the call itself."""
    found: list[Slot] = []
    for argument in slot.arguments:
        nested = argument.slots if isinstance(argument, Template) else (argument,) if isinstance(argument, Slot) else ()
        for inner in nested:
            found += [*inner_slots(inner), inner]
    return found


def templates(slot: Slot) -> list[Template]:
    """The arguments, at any depth, that the engine has to calculate, innermost first."""
    found: list[Template] = []
    for argument in slot.arguments:
        if isinstance(argument, Template):
            for inner in argument.slots:
                found += templates(inner)
            found.append(argument)
        elif isinstance(argument, Slot):
            found += templates(argument)
    return found


def _slot(call: Call, cell: Cell, names: Collection[str], references: References) -> Slot:
    arguments: list[Argument] = []
    for text in call.arguments:
        expanded = expand_variables(text, call.variables)
        hidden = variable_names(expanded) & call.parameters
        if hidden:
            raise WorkbookError(
                f'{cell}: {call.name} takes "{text}" from a LAMBDA, which can only be calculated in Excel. '
                "Give it a cell or a range instead."
            )
        arguments.append(_argument(expanded, cell, names, references))
    return Slot(cell, call.name, tuple(arguments))


def _argument(text: str, cell: Cell, names: Collection[str], references: References) -> Argument:
    constant = _constant(text)
    if constant is not None:
        return constant
    target = references.target(text, cell)
    if target is not None:
        return target
    parsed = template(text, cell, names, references)
    return parsed.slots[0] if parsed.text == marker(0) else parsed


def _constant(text: str) -> Constant | None:
    words = [word for word in tokens(text) if word.kind != "space"]
    if not words:
        return Constant(None)
    sign = 1.0
    if len(words) > 1 and words[0].text in "+-":
        sign = -1.0 if words[0].text == "-" else 1.0
        words = words[1:]
        if words[0].kind != "number":
            return None
    if len(words) == 2 and words[0].kind == "number" and words[1].text == "%":
        return Constant(sign * float(words[0].text) / 100)
    if len(words) != 1:
        return None
    word = words[0]
    if word.kind == "number":
        return Constant(sign * float(word.text))
    if word.kind == "text":
        return Constant(word.text[1:-1].replace('""', '"'))
    if word.kind == "error" and "!" not in word.text[:-1]:
        return Constant(word.text)
    if word.kind == "name" and word.text.upper() in ("TRUE", "FALSE"):
        return Constant(word.text.upper() == "TRUE")
    return None
