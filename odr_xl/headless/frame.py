"""A worksheet part in two pieces: its frame, a small tree, and its rows as bytes, a hundred megabytes perhaps."""

from __future__ import annotations

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless import markup

_OPEN = b"<sheetData"
_EMPTY = b"<sheetData/>"
_CLOSE = b"</sheetData>"


class Frame:
    """A worksheet's XML without its rows.

    Parameters
    ----------
    data : bytes
        The part.
    place : str
        What to call it in sentences.

    Attributes
    ----------
    root : element
        The tree, with an empty ``sheetData``.
    rows : bytes
        What stands inside ``sheetData``: no comments, no CDATA, no namespace declarations of its own.
    """

    def __init__(self, data: bytes, place: str) -> None:
        self.place = place
        self.root: etree._Element
        self.rows: bytes
        data = markup.utf8(data, place)
        if not self._cut(data):
            self._parse_all(data)

    def _cut(self, data: bytes) -> bool:
        """Cut the rows out as bytes if the part is written the way spreadsheet programs write it."""
        start, end = data.find(_OPEN), data.rfind(_CLOSE)
        opening = data.find(b">", start) + 1
        if start < 0 or end < opening or data[opening - 2 : opening - 1] == b"/":
            return False
        rows = data[opening:end]
        if b"<!" in rows or b"<?" in rows or b"xmlns" in rows:  # comments or CDATA could hide a </row>
            return False
        try:
            root = markup.parse(data[:start] + _EMPTY + data[end + len(_CLOSE) :], self.place)
        except WorkbookError:
            return False
        if not _is_worksheet(root) or root.prefix is not None or len(root.findall("{*}sheetData")) != 1:
            return False
        self.root, self.rows = root, rows
        return True

    def _parse_all(self, data: bytes) -> None:
        root = markup.parse(data, self.place)
        if not _is_worksheet(root):
            raise WorkbookError(f"{self.place} isn't a worksheet with cells. Name a sheet that has cells.")
        if root.prefix is not None:
            root = _without_prefix(root)
        sheet_data = root.find("{*}sheetData")
        if sheet_data is None:
            raise WorkbookError(f"{self.place} has no cells. Open the workbook in Excel and save it.")
        etree.strip_tags(sheet_data, etree.Comment, etree.ProcessingInstruction)
        self.rows = inner(sheet_data)
        tail = sheet_data.tail
        sheet_data.clear()
        sheet_data.tail = tail
        self.root = root

    def tree(self, rows: bytes) -> etree._Element:
        """Rows as a ``sheetData`` element, in the worksheet's namespaces."""
        opening = etree.tostring(markup.element(self.root.tag, self.root.nsmap))
        root = markup.parse(opening[:-2] + b"><sheetData>" + rows + b"</sheetData></worksheet>", self.place)
        return root[0]

    def column_style(self, column: int) -> int | None:
        """The style that cells of a column have while they aren't there, or None."""
        for element in self.root.iterfind("{*}cols/{*}col"):
            if int(element.get("min", "0")) <= column <= int(element.get("max", "0")) and element.get("style"):
                return int(element.get("style", "0"))
        return None

    def to_bytes(self) -> bytes:
        """The whole part."""
        frame = markup.to_bytes(self.root)
        if not self.rows:
            return frame
        before, _, after = frame.partition(_EMPTY)
        return b"".join((before, _OPEN, b">", self.rows, _CLOSE, after))


def inner(element: etree._Element) -> bytes:
    """What stands between an element's tags, without the namespace declarations that its tag carries."""
    whole = etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False)
    if whole.endswith(b"/>") and len(element) == 0:
        return b""
    return bytes(whole[whole.index(b">") + 1 : whole.rindex(b"</")])


def _is_worksheet(root: etree._Element) -> bool:
    name = etree.QName(root)
    return name.localname == "worksheet" and name.namespace in (markup.MAIN, markup.STRICT)


def _without_prefix(root: etree._Element) -> etree._Element:
    """The same tree with the spreadsheet namespace as the default one, as the row writer needs."""
    namespace = etree.QName(root).namespace or markup.MAIN
    others = {prefix: uri for prefix, uri in root.nsmap.items() if uri != namespace}
    plain = markup.element(root.tag, {None: namespace, **others})
    for name, value in root.attrib.items():
        plain.set(name, value)
    for child in list(root):
        plain.append(child)
    etree.cleanup_namespaces(plain, keep_ns_prefixes=[prefix for prefix in others if prefix])
    return plain
