"""Single parts without formulas, buttons and names of people: sheets, tables, notes, drawings, charts, properties."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from odr_xl.headless.address import cell_ref
from odr_xl.headless.markup import DECLARATION, element
from odr_xl.headless.markup import parse as parse_part
from odr_xl.headless.markup import to_bytes as xml_bytes
from odr_xl.headless.personal import mask_addresses, mask_tree
from odr_xl.headless.plain_parts import drop_element

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
APP_PROPERTIES = DECLARATION + (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Excel</Application></Properties>"
)
#: Parts of a worksheet's frame that work through what is gone, or that name the person who made them.
_SHEET_GONE = (
    *("controls", "oleObjects", "customProperties", "customSheetViews", "scenarios", "protectedRanges"),
    *("dataConsolidate", "webPublishItems", "cellWatches", "smartTags", "customSheetView"),
)
_RULES = frozenset(("cfRule", "dataValidation", "sparkline"))
_FORMULAS = frozenset(("formula", "formula1", "formula2", "f"))
#: What holds rules, and is against the file format without any.
_HOLDERS = ("{*}conditionalFormatting", "{*}dataValidations", "{*}sparklineGroup")
_TEXT = re.compile(r'"[^"]*"')


class Missing:
    """Tells whether a formula leads to something that isn't in the copy, or out of the workbook.

    Parameters
    ----------
    sheets : iterable of str
        Names of the sheets that are gone.
    words : iterable of str
        Names and functions that are gone.

    Examples
    --------
    >>> missing = Missing(["xlwings.conf"], ["ODR"])
    >>> missing("'xlwings.conf'!A1"), missing("ODR(A1:B2)>1%"), missing("[1]Sheet1!A1"), missing('A1="ODR"')
    (True, True, True, False)
    """

    def __init__(self, sheets: Iterable[str], words: Iterable[str] = ()) -> None:
        names = [re.escape(form) for name in sheets for form in (name, "'" + name.replace("'", "''") + "'")]
        names.append(r"'?[^'!]*\[\d+\][^'!]*'?")  # [1]Sheet: another file
        self._sheets = re.compile(rf"(?<![\w.'])(?:{'|'.join(names)})!", re.IGNORECASE)
        gone = "|".join(map(re.escape, words))
        self._words = re.compile(rf"(?<![\w.])(?:{gone})(?![\w.!])", re.IGNORECASE) if gone else None

    def __call__(self, formula: str) -> bool:
        """Whether this one does."""
        code = _TEXT.sub('""', formula)
        if "#REF!" in code or self._sheets.search(code):
            return True
        return self._words is not None and self._words.search(code) is not None


def clean_sheet(root: etree._Element, missing: Missing, *, active: bool) -> None:
    """A worksheet's frame (without rows), or a chart sheet."""
    for tag in _SHEET_GONE:
        for gone in list(root.iterfind(f".//{{*}}{tag}")):
            drop_element(gone)
    for properties in root.iterfind("{*}sheetPr"):
        properties.attrib.pop("codeName", "")
    for view in root.iterfind("{*}sheetViews/{*}sheetView"):
        view.attrib.pop("tabSelected", "")
        if active:
            view.set("tabSelected", "1")
    for chosen in list(root.iterfind("{*}autoFilter/{*}filterColumn")):  # its choices quote cells
        drop_element(chosen)
    for link in list(root.iterfind("{*}hyperlinks/{*}hyperlink")):
        if missing(link.get("location", "")):
            drop_element(link)
    for formula in list(root.iter(etree.Element)):
        if etree.QName(formula).localname in _FORMULAS and missing(formula.text or ""):
            rule = next((a for a in formula.iterancestors() if etree.QName(a).localname in _RULES), None)
            if rule is not None and rule.getparent() is not None:
                rule.getparent().remove(rule)  # type: ignore[union-attr]  # just checked
    for holder in list(root.iter(*_HOLDERS)):
        if not any(etree.QName(child).localname in _RULES for child in holder.iterdescendants(etree.Element)):
            drop_element(holder)
        elif holder.get("count"):
            holder.set("count", str(len(holder)))
    for text in root.iterfind("{*}headerFooter/*"):  # &L, &C and &R start its three places and aren't part of a word
        text.text = "".join(map(mask_addresses, re.split("(&[LCR])", text.text or "")))
    mask_tree(root)


def clean_table(root: etree._Element, personal: frozenset[int]) -> None:
    """A table without column formulas, query, and filters on personal columns (their choices quote cells)."""
    for name in ("tableType", "connectionId"):
        root.attrib.pop(name, "")
    for column in root.iterfind("{*}tableColumns/{*}tableColumn"):
        for attribute in ("totalsRowFunction", "queryTableFieldId"):
            column.attrib.pop(attribute, "")
        for child in list(column):
            if etree.QName(child).localname in ("calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr"):
                column.remove(child)
    for chosen in list(root.iterfind("{*}autoFilter/{*}filterColumn")):
        if int(chosen.get("colId", "-1")) in personal:
            drop_element(chosen)


def clean_comments(root: etree._Element) -> frozenset[str]:
    """Notes without their authors, whose name Excel also writes as a note's first line.

    Returns
    -------
    frozenset of str
        Cells whose note is gone: what an old Excel shows of a threaded comment, which names its author.
    """
    authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
    gone = set()
    for note in list(root.iterfind("{*}commentList/{*}comment")):
        number = note.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if author.startswith("tc="):
            gone.add(note.get("ref", ""))
            drop_element(note)
            continue
        first = note.find("{*}text//{*}t")
        if author and first is not None and (first.text or "").startswith(f"{author}:"):
            first.text = (first.text or "")[len(author) + 1 :].lstrip("\n")
    for author_element in root.iterfind("{*}authors/{*}author"):
        author_element.text = ""
    mask_tree(root)
    return frozenset(gone)


def clean_drawing(root: etree._Element) -> None:
    """A drawing without shapes that start a macro, form controls, slicers and timelines."""
    for anchor in [child for child in root.iterchildren(etree.Element) if "Anchor" in etree.QName(child).localname]:
        acts = any(
            (etree.QName(e).localname in ("sp", "cxnSp", "grpSp") and e.get("macro"))
            or etree.QName(e).localname == "compatExt"
            or "slicer" in e.get("uri", "")
            for e in anchor.iter(etree.Element)
        )
        if acts:
            root.remove(anchor)
    for other in root.iter(etree.Element):  # a picture or a chart that also starts a macro is still worth seeing
        if other.get("macro"):
            other.set("macro", "")
    mask_tree(root)


def clean_chart(root: etree._Element, missing: Missing) -> None:
    """A chart whose references lead to cells of the copy: where one doesn't, the values it showed stay."""
    for formula in list(root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}*")):
        holder = formula.getparent()
        if etree.QName(formula).localname != "f" or holder is None or not missing(formula.text or ""):
            continue
        kind = etree.QName(holder).localname.removesuffix("Ref")  # num or str; a reference of many levels has no twin
        cache = next(
            (c for c in holder.iterchildren(etree.Element) if etree.QName(c).localname.endswith("Cache")), None
        )
        around = holder.getparent()
        if around is None or cache is None or kind not in ("num", "str"):
            drop_element(holder if around is not None and etree.QName(around).localname == "cat" else formula)
        elif etree.QName(around).localname == "tx":  # a title or a name: one text
            value = etree.Element(holder.tag.removesuffix("strRef") + "v")
            value.text = "".join(v.text or "" for v in cache.iter("{*}v"))
            around.replace(holder, value)
        else:
            cache.tag = holder.tag.removesuffix("Ref") + "Lit"
            around.replace(holder, cache)
    mask_tree(root)


def clean_vml(data: bytes, gone: frozenset[str] = frozenset()) -> bytes | None:
    """Old drawings with their notes (without those of the cells `gone`) and pictures only; None when none is left."""
    # Excel writes an unclosed <br> into the text of a button: such a part is read as well as it can be.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    left = 0
    for shape in list(root.iter("{urn:schemas-microsoft-com:vml}*")):
        if etree.QName(shape).localname not in ("shape", "rect", "group", "oval", "line", "roundrect"):
            continue
        client = shape.find("{*}ClientData")
        place = "" if client is None else _place(client)
        if client is not None and (client.get("ObjectType") != "Note" or place in gone):
            drop_element(shape)
        else:
            left += 1
    return etree.tostring(root, encoding="UTF-8") if left else None


def _place(client: etree._Element) -> str:
    row, column = (client.findtext(f"{{*}}{name}", "0").strip() for name in ("Row", "Column"))
    return cell_ref(int(row) + 1, int(column) + 1) if row.isdigit() and column.isdigit() else ""


def clean_core(data: bytes, place: str) -> bytes:
    """Document properties with the title and the dates; no author, editor, company, keywords."""
    root = parse_part(data, place)
    for child in list(root):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in ("title", "created", "modified"):
            root.remove(child)
    return xml_bytes(root)


def clean_strings(root: etree._Element, used: set[int]) -> None:
    """Shared texts: those that no cell of the copy uses are emptied, so that numbers of the others stay."""
    root.attrib.pop("count", "")
    for number, item in enumerate(root.iterfind("{*}si")):
        if number in used:
            for piece in item.iterfind(".//{*}t"):
                piece.text = mask_addresses(piece.text or "")
        else:
            item.clear()
            item.append(element(item.tag[:-2] + "t", {}))
