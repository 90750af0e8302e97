"""An Excel workbook as its parts: opened within bounds, changed part by part, saved whole.

Whatever isn't replaced keeps its bytes, its place in the zip, its date: VBA, charts, slicers, parts unknown here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from odr_xl.errors import WorkbookError
from odr_xl.headless import formats
from odr_xl.headless.archive import MAX_TOTAL, read_archive, write_archive
from odr_xl.headless.inventory import DefinedName, Relationship, SheetRef, TableRef, table_ref
from odr_xl.headless.markup import parse as parse_part
from odr_xl.headless.markup import to_bytes as xml_bytes
from odr_xl.headless.parts import Parts
from odr_xl.headless.save import refuse_if_open, write_whole
from odr_xl.headless.values import unescape_text

__all__ = ["DefinedName", "Package", "Relationship", "SheetRef", "TableRef", "parse_part", "xml_bytes"]

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS_URI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class Package:
    """A workbook's parts.

    Parameters
    ----------
    data : bytes
        The file.
    path : Path or None
        Where it came from.
    name : str
        What to call it in sentences.
    """

    def __init__(self, data: bytes, path: Path | None, name: str) -> None:
        self.path = path
        self.name = name
        self._stamp = _stamp(path)
        self._parts = Parts(read_archive(data, name))
        self._removed = False
        self.cache: dict[str, tuple[bytes, object]] = {}
        if self._office_part is None:
            raise WorkbookError(f"{name} isn't an Excel workbook. Use an .xlsx or .xlsm file that Excel saved.")

    @classmethod
    def open(cls, path: str | Path) -> Package:
        """The workbook at `path`; the file isn't kept open.

        Raises
        ------
        WorkbookError
            If it can't be read: no such file, an old .xls, a password, no workbook, a zip bomb.
        """
        path = Path(path)
        try:
            stamp = _stamp(path)
            with path.open("rb") as file:
                data = file.read(MAX_TOTAL + 1)
        except OSError as error:
            reason = "isn't there" if isinstance(error, FileNotFoundError) else f"can't be read ({error.strerror})"
            raise WorkbookError(f"{path} {reason}. Check the name and that nothing else holds the file.") from error
        if len(data) > MAX_TOTAL:
            raise WorkbookError(f"{path.name} is larger than a workbook can be. Use the file that Excel saved.")
        package = cls(data, path, path.name)
        package._stamp = stamp  # taken before reading: a change between the two must show
        return package

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "the workbook") -> Package:
        """The workbook in `data`.

        Raises
        ------
        WorkbookError
            As `open`.
        """
        return cls(data, None, name)

    @property
    def parts(self) -> Mapping[str, bytes]:
        """Contents of each part by name, in the zip's order, unpacked when asked for."""
        return self._parts

    @property
    def changed(self) -> frozenset[str]:
        """Names of the parts whose bytes differ from the file's."""
        return frozenset(self._parts.replaced)

    def replace(self, name: str, data: bytes) -> None:
        """Give a part other contents; the same contents change nothing.

        Raises
        ------
        KeyError
            If there is no such part.
        WorkbookError
            If the workbook would pass the bounds it's opened within.
        """
        self._parts.put(name, data)
        self._forget(name)

    def add(self, name: str, data: bytes, content_type: str | None) -> None:
        """Put a new part into the workbook; whoever refers to it writes the relationship.

        Parameters
        ----------
        name : str
            Path in the zip.
        data : bytes
        content_type : str or None
            ``None`` for a part whose extension has a content type already, such as ``.rels``.

        Raises
        ------
        WorkbookError
            If there is such a part, or the workbook would pass the bounds it's opened within.
        """
        self._parts.add(name, data)
        if content_type is not None:
            types = parse_part(self.parts[_CONTENT_TYPES], _CONTENT_TYPES)
            override = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
            override.set("PartName", f"/{name}")
            override.set("ContentType", content_type)
            self.replace(_CONTENT_TYPES, xml_bytes(types))
        self._forget(name)

    def remove(self, name: str) -> None:
        """Take a part out, with its content type and the relationships that lead to it.

        Raises
        ------
        KeyError
            If there is no such part.
        """
        self._parts.drop(name)
        self._removed = True
        types = parse_part(self.parts[_CONTENT_TYPES], _CONTENT_TYPES)
        for override in types.findall("{*}Override"):
            if override.get("PartName", "").lstrip("/").lower() == name.lower():
                types.remove(override)
        self.replace(_CONTENT_TYPES, xml_bytes(types))
        for holder in [part for part in self.parts if part.endswith(".rels")]:
            root = parse_part(self.parts[holder], holder)
            base = _source_of(holder)
            leading = [r for r in root.iterfind("{*}Relationship") if _target(base, r).lower() == name.lower()]
            for relationship in leading:
                root.remove(relationship)
            if leading:
                self.replace(holder, xml_bytes(root))

    def _forget(self, name: str) -> None:
        self.cache.pop(name, None)
        for attribute in ("_workbook", "sheets", "tables", "defined_names", "date_styles", "_office_part"):
            self.__dict__.pop(attribute, None)
        if "sharedStrings" in name or name.endswith(".rels"):  # a million strings: read again only if need be
            self.__dict__.pop("shared_strings", None)

    @cached_property
    def _office_part(self) -> str | None:
        for relationship in self.relationships(""):
            if relationship.kind == "officeDocument" and relationship.target in self.parts:
                return relationship.target
        return None

    @property
    def workbook_part(self) -> str:
        """Name of the workbook's own part, nearly always ``xl/workbook.xml``."""
        assert self._office_part is not None  # checked when it was opened
        return self._office_part

    @cached_property
    def _workbook(self) -> etree._Element:
        root = parse_part(self.parts[self.workbook_part], self.workbook_part)
        if etree.QName(root).localname != "workbook":
            raise WorkbookError(f"{self.name} isn't an Excel workbook. Use an .xlsx or .xlsm file that Excel saved.")
        return root

    @cached_property
    def sheets(self) -> list[SheetRef]:
        """The sheets in tab order, hidden and chart sheets among them."""
        targets = {r.id: r.target for r in self.relationships(self.workbook_part)}
        found = []
        for element in self._workbook.iterfind("{*}sheets/{*}sheet"):
            identity = element.get(f"{{{_RELATIONSHIPS_URI}}}id") or element.get(f"{{{_RELATIONSHIPS_STRICT}}}id") or ""
            part = targets.get(identity, "")
            if part not in self.parts:
                lost = element.get("name")
                raise WorkbookError(f"{self.name} has lost the contents of sheet {lost}. Repair it in Excel.")
            found.append(SheetRef(unescape_text(element.get("name", "")), part, element.get("state", "visible")))
        return found

    def sheet(self, name: str) -> SheetRef:
        """The sheet of that name; case doesn't matter, as in Excel.

        Raises
        ------
        WorkbookError
            If there is none; the text lists the sheets.
        """
        for sheet in self.sheets:
            if sheet.name.lower() == name.lower():
                return sheet
        known = ", ".join(sheet.name for sheet in self.sheets)
        raise WorkbookError(f'{self.name} has no sheet "{name}". It has: {known}.')

    @cached_property
    def tables(self) -> list[TableRef]:
        """The tables of every sheet, sheet by sheet, as they are now."""
        found = []
        for sheet in self.sheets:
            for relationship in self.relationships(sheet.part):
                if relationship.kind == "table" and relationship.target in self.parts:
                    part = relationship.target
                    found.append(table_ref(parse_part(self.parts[part], part), sheet.name, part))
        return found

    def table(self, name: str) -> TableRef:
        """The table of that name; case doesn't matter.

        Raises
        ------
        WorkbookError
            If there is none; the text lists the tables.
        """
        for table in self.tables:
            if table.name.lower() == name.lower():
                return table
        known = ", ".join(table.name for table in self.tables) or "none"
        raise WorkbookError(f'{self.name} has no table "{name}". Its tables: {known}.')

    @cached_property
    def defined_names(self) -> list[DefinedName]:
        """The defined names, with print areas and the like (``_xlnm.…``)."""
        found = []
        for element in self._workbook.iterfind("{*}definedNames/{*}definedName"):
            local = element.get("localSheetId")
            sheet = self.sheets[int(local)].name if local and int(local) < len(self.sheets) else None
            text = (element.text or "").removeprefix("=")
            found.append(DefinedName(element.get("name", ""), text, sheet, element.get("hidden") in ("1", "true")))
        return found

    @property
    def date1904(self) -> bool:
        """Whether dates count from 1904, as old Macintosh Excels did."""
        properties = self._workbook.find("{*}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    @cached_property
    def shared_strings(self) -> list[str]:
        """The texts that cells refer to by number; phonetic guides are left out."""
        part = self.related(self.workbook_part, "sharedStrings")
        if part is None:
            return []
        root = parse_part(self.parts[part], part)
        found = []
        for item in root.iterfind("{*}si"):
            pieces = (t.text or "" for t in item.iterfind(".//{*}t") if not _phonetic(t))
            found.append(unescape_text("".join(pieces)))
        return found

    @cached_property
    def date_styles(self) -> frozenset[int]:
        """The cell styles (``s``) whose number format shows a date."""
        part = self.related(self.workbook_part, "styles")
        return formats.date_styles(parse_part(self.parts[part], part)) if part else frozenset()

    def relationships(self, part: str) -> list[Relationship]:
        """What a part refers to; for ``""`` what the package itself does. Empty if it refers to nothing."""
        folder, base = posixpath.split(part)
        holder = posixpath.join(folder, "_rels", base + ".rels")
        if holder not in self.parts:
            return []
        lower = {name.lower(): name for name in self.parts}  # part names don't depend on case
        found = []
        for element in parse_part(self.parts[holder], holder).iterfind("{*}Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "") if external else _target(part, element)
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relationship(element.get("Id", ""), kind, lower.get(target.lower(), target), external))
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The first part of that kind that `part` refers to and that is there."""
        for relationship in self.relationships(part):
            if relationship.kind == kind and not relationship.external and relationship.target in self.parts:
                return relationship.target
        return None

    def _pieces(self) -> Iterator[bytes | memoryview]:
        replaced = self._parts.replaced
        return write_archive(
            entry.with_data(replaced[name]) if name in replaced else entry
            for name, entry in self._parts.entries.items()
        )

    def to_bytes(self) -> bytes:
        """The workbook file's bytes as they are now."""
        return b"".join(self._pieces())

    def save(self, path: str | Path | None = None, backup: bool = True) -> Path:
        """Write the workbook, to where it came from if `path` isn't given; the file is whole at every moment.

        Nothing is written over the workbook's own file if nothing changed.

        Parameters
        ----------
        path : str, Path or None
            Where to.
        backup : bool
            Whether the file that is there is kept as ``NAME.backup.xlsm`` beside it.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        WorkbookOpen
            If it's open in another program or write-protected.
        WorkbookError
            If it was changed since it was opened, or can't be written.
        """
        target = Path(path) if path is not None else self.path
        if target is None:
            raise WorkbookError("There is no file name to save the workbook under. Give one.")
        own = self.path is not None and target.resolve() == self.path.resolve()
        if own and _stamp(target) not in (self._stamp, None):
            raise WorkbookError(f"{target.name} was changed by another program meanwhile. Run the command again.")
        if own and not self._removed and not self.changed and target.exists():
            refuse_if_open(target)
            return target  # writing it again would only put the backup of an earlier change at risk
        write_whole(target, self._pieces(), backup=backup)
        if own:
            self._stamp = _stamp(target)
        return target


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """What changes when a file is written again."""
    if path is None or not path.exists():
        return None
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _source_of(holder: str) -> str:
    """The part that a relationships part belongs to."""
    folder, base = posixpath.split(holder)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def _target(part: str, relationship: etree._Element) -> str:
    target = unquote(relationship.get("Target", "").partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _phonetic(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"
