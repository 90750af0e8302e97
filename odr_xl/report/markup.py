"""Elements of a page, escaped by what writes them: no text of a report can become a tag."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from odr_xl.headless.personal import mask_addresses

Element = etree._Element
#: What an element may hold.
Child = Element | str | None

#: Characters that XML has no place for; a SKU that was pasted from elsewhere may hold one.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Marks that turn the direction of writing, so that a name could hide what follows it.
_TURNING: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def element(tag: str, *children: Child, **attributes: str | float | None) -> Element:
    """An element with its attributes and children; ``None`` leaves either out.

    An underscore in an attribute's name stands for a hyphen, and one at its end is dropped (``class_``).

    Examples
    --------
    >>> page_text(element("p", "a < b ", element("b", "c", class_="x"), data_n=1.50))
    '<p data-n="1.5">a &lt; b <b class="x">c</b></p>'
    """
    found = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            told = number(value) if isinstance(value, float) else _FORBIDDEN.sub("\ufffd", str(value))
            found.set(name.rstrip("_").replace("_", "-"), told)
    for child in children:
        if isinstance(child, str):
            text = _FORBIDDEN.sub("\ufffd", child)
            if len(found):
                found[-1].tail = (found[-1].tail or "") + text
            else:
                found.text = (found.text or "") + text
        elif child is not None:
            found.append(child)
    return found


def number(value: float) -> str:
    """A coordinate with two decimals at most.

    >>> number(1.0), number(2 / 3), number(-0.001)
    ('1', '0.67', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shown_name(text: str, *, longest: int = 32) -> str:
    """A name from a report as a page shows it: on one line, without e-mail addresses, cut when it is long.

    It is cut in the middle, because the SKUs of one family differ at their ends. Characters of Chinese and the like
    take two places.

    Examples
    --------
    >>> shown_name(" KETTLE\\n1.7 l "), shown_name("from j.doe@example.com")
    ('KETTLE 1.7 l', 'from …')
    >>> shown_name("TOWEL-COTTON-BLUE-XL", longest=13), shown_name("长" * 20, longest=10)
    ('TOWEL-…LUE-XL', '长长…长长')
    """
    clean = " ".join(_TURNING.sub("", _FORBIDDEN.sub("", mask_addresses(text))).split())
    if sum(map(_width, clean)) <= longest:
        return clean
    half = (longest - 1) // 2
    return f"{_start(clean, half)}…{_start(clean[::-1], half)[::-1]}"


def _start(text: str, width: int) -> str:
    """As many characters as fit."""
    for place, character in enumerate(text):
        width -= _width(character)
        if width < 0:
            return text[:place]
    return text


def _width(character: str) -> int:
    return 2 if ord(character) > 0x2E7F else 1


def page_text(root: Element, *, doctype: bool = False) -> str:
    """An element and all in it as HTML."""
    text: str = etree.tostring(root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{text}\n" if doctype else text
