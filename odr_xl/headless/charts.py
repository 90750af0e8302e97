"""The values that charts keep of the cells they show, so that viewers without Excel draw the new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from odr_xl.headless.package import Package, parse_part, xml_bytes
from odr_xl.headless.values import ERRORS, number_text

_CHART_PART = re.compile(r"xl/charts/chart[^/]*\.xml$")
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_LABELS = frozenset({"cat", "tx"})  # what may be text: categories and names; values are numbers


def chart_references(package: Package) -> list[str]:
    """Every formula that a chart refers to, each once."""
    found: dict[str, None] = {}
    for _, root in _charts(package):
        for formula in _formulas(root):
            found[formula.text or ""] = None
    return list(found)


def update_charts(package: Package, values: Mapping[str, Sequence[object] | None]) -> int:
    """Write new values into every chart; how many chart parts changed.

    Parameters
    ----------
    package : Package
        The workbook; charts whose values are the same keep their bytes.
    values : mapping
        By formula, the cells' values in order (numbers, text, bools, errors as text, None); a formula that isn't
        there or is None keeps its old values.
    """
    changed = 0
    for part, root in _charts(package):
        before = etree.tostring(root, method="c14n")
        for formula in _formulas(root):
            series = values.get(formula.text or "")
            parent = formula.getparent()
            if series is not None and parent is not None:
                _renew(parent, series)
        if etree.tostring(root, method="c14n") != before:
            package.replace(part, xml_bytes(root))
            changed += 1
    return changed


def _charts(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for part in list(package.parts):
        if _CHART_PART.match(part):
            yield part, parse_part(package.parts[part], part)


def _formulas(root: etree._Element) -> list[etree._Element]:
    return [
        element
        for element in root.iter(_tag("f"))
        if etree.QName(element.getparent()).localname in ("numRef", "strRef")
    ]


def _renew(reference: etree._Element, values: Sequence[object]) -> None:
    holder = reference.getparent()
    label = holder is not None and etree.QName(holder).localname in _LABELS
    is_text = etree.QName(reference).localname == "strRef"
    if not is_text and label and any(isinstance(value, str) and value and value not in ERRORS for value in values):
        # Numbers have become text: the reference must say so, or the labels are lost.
        reference.tag = _tag("strRef")
        _remove_cache(reference, "numCache")
        is_text = True
    kind = "strCache" if is_text else "numCache"
    cache = reference.find(_tag(kind))
    code = cache.find(_tag("formatCode")) if cache is not None else None
    kept = _point_formats(cache)
    if cache is None:
        cache = etree.Element(_tag(kind))
        reference.insert(1, cache)  # after c:f, before c:extLst
    for child in list(cache):
        if etree.QName(child).localname in ("ptCount", "pt", "formatCode"):
            cache.remove(child)
    new: list[etree._Element] = []
    if not is_text:
        if code is None:
            code = etree.Element(_tag("formatCode"))
            code.text = "General"
        code.tail = None
        new.append(code)
    new.append(etree.Element(_tag("ptCount"), val=str(len(values))))
    for position, value in enumerate(values):
        text = _text(value) if is_text else _number(value)
        if text is not None:
            point = etree.Element(_tag("pt"), idx=str(position))
            if not is_text and position in kept:
                point.set("formatCode", kept[position])
            etree.SubElement(point, _tag("v")).text = text
            new.append(point)
    for place, element in enumerate(new):
        cache.insert(place, element)


def _point_formats(cache: etree._Element | None) -> dict[int, str]:
    """Number formats of single points, which differ from the whole series'."""
    if cache is None:
        return {}
    return {
        int(point.get("idx", "-1")): point.get("formatCode", "")
        for point in cache.findall(_tag("pt"))
        if point.get("formatCode")
    }


def _number(value: object) -> str | None:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float | int):
        return number_text(value)
    # Excel keeps errors in the cache too: it's how a line knows its gaps.
    return value if isinstance(value, str) and value in ERRORS else None


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return number_text(value)
    return str(value) if value else None


def _remove_cache(reference: etree._Element, name: str) -> None:
    cache = reference.find(_tag(name))
    if cache is not None:
        reference.remove(cache)


def _tag(name: str) -> str:
    return f"{{{_CHART}}}{name}"
