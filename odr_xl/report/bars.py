"""A chart of bars, each with its name and its number above it: it needs no axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from odr_xl.report.markup import Element, element
from odr_xl.report.wording import Wording

WIDTH: Final = 338
_ROW: Final = 35
_BAR: Final = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    name : str
        What it is about.
    length : int
        Its number.
    text : str
        The number in words.
    kind : str
        Its look: ``amazon``, ``wider`` or ``marked``.
    """

    name: str
    length: int
    text: str
    kind: str


def draw_bars(bars: Sequence[Bar], title: str, alternative: str, words: Wording) -> Element:
    """The drawing; ``alternative`` has ``{list}`` for the names and numbers of all bars."""
    parts = words("report_semicolon").join(words("report_item", name=bar.name, value=bar.text) for bar in bars)
    text = words(alternative, list=parts)
    height = _ROW * len(bars)
    drawing = element(
        "svg",
        element("title", title),
        _stripes(),
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=text,
        class_="bars",
    )
    longest = max(bar.length for bar in bars) or 1
    for place, bar in enumerate(bars):
        top = _ROW * place
        width = max(WIDTH * bar.length / longest, 1.5 if bar.length else 0.0)
        drawing.append(element("text", bar.name, x=0, y=top + 12, class_="bar-name"))
        drawing.append(element("text", bar.text, x=WIDTH, y=top + 12, text_anchor="end", class_="bar-value"))
        drawing.append(element("rect", x=0, y=top + 17, width=WIDTH, height=_BAR, rx=2, class_="bar-ground"))
        drawing.append(element("rect", x=0, y=top + 17, width=width, height=_BAR, rx=2, class_=f"bar-{bar.kind}"))
    return drawing


def _stripes() -> Element:
    """Stripes tell the wider rate's bars from Amazon's without colour."""
    return element(
        "defs",
        element(
            "pattern",
            element("rect", width=6, height=6, class_="stripe-ground"),
            element("rect", width=3, height=6, class_="stripe"),
            id="stripes",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )
