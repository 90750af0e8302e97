"""Point-by-point checks of a VBA project against MS-CFB and MS-OVBA, for what only Excel could say otherwise.

Each check returns its faults as sentences; an empty list is a project that keeps to the specifications. The
readers are olefile and oletools and the few lines here, never the library that wrote the project.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from typing import NamedTuple

import olefile
from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # oletools' own, from the pyparsing that it uses
    from oletools.olevba import VBA_Parser, decompress_stream

END_OF_CHAIN = 0xFFFFFFFE
NO_STREAM = 0xFFFFFFFF
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# MS-OVBA 2.3.4.2.1: the records of PROJECTINFORMATION in their order; 0x4A, COMPATVERSION, may be absent.
INFORMATION = [0x01, 0x4A, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C]
# MS-OVBA 2.3.4.2.3.2: the records of one MODULE; the last is the type and then the terminator 0x2B.
MODULE = [0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C]
HOST = re.compile(
    r"\r\n\r\n\[Host Extender Info\]\r\n"
    r"&H00000001=\{3832D640-CF90-11CF-8E43-00A0C911005A\};VBE;&H00000000\r\n\r\n\[Workspace\]\r\n"
)
BASES = {  # VB_Base by the kind of document; MS-OVBA 2.3.4.3 leaves it to the host, these are Excel's
    "ThisWorkbook": "0{00020819-0000-0000-C000-000000000046}",
    "sheet": "0{00020820-0000-0000-C000-000000000046}",
    "class": "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
}


class Entry(NamedTuple):
    name: str
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int


def streams(container: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(container)) as ole:
        return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


def decompressed(stream: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(stream)))


def sources(container: bytes) -> dict[str, str]:
    """Every module's source; only right for modules whose MODULEOFFSET is 0, which `directory_faults` checks."""
    return {
        name[4:]: decompressed(stream).decode("cp1252")
        for name, stream in streams(container).items()
        if name.startswith("VBA/") and name not in {"VBA/dir", "VBA/_VBA_PROJECT"} and "__SRP_" not in name
    }


def macros(name: str, workbook: bytes) -> dict[str, str]:
    """Every module's source as oletools reads it from a workbook, with LF line ends."""
    parser = VBA_Parser(name, data=workbook)
    found = {stream.rsplit("/", 1)[-1]: code.replace("\r\n", "\n") for _, stream, _, code in parser.extract_macros()}
    parser.close()
    return found


def declarations(container: bytes) -> list[tuple[str, str]]:
    text = streams(container)["PROJECT"].decode("cp1252")
    return re.findall(r"^(Document|Module|Class)=([^/\r]+)", text, re.MULTILINE)


def records(directory: bytes) -> list[tuple[int, bytes]]:
    """The records of `dir`; bytes that are no record come last, as one of number -1."""
    found, position = [], 0
    while position < len(directory):
        if len(directory) - position < 6:
            found.append((-1, directory[position:]))
            break
        record, size = struct.unpack_from("<HI", directory, position)
        size = 6 if record == 0x09 else size  # PROJECTVERSION's size field lies, MS-OVBA 2.3.4.2.1.11
        found.append((record, directory[position + 6 : position + 6 + size]))
        position += 6 + size
    return found


def decrypted(text: str) -> tuple[int, int, bytes]:
    """Version, project key and data of a CMG, DPB or GC field (MS-OVBA 2.4.3.3)."""
    raw = bytes.fromhex(text)
    seed, version_enc, key_enc = raw[:3]
    previous, plain, before = key_enc, seed ^ key_enc, version_enc
    out = bytearray()
    for byte in raw[3:]:
        plain = byte ^ ((before + plain) & 0xFF)
        before, previous = previous, byte
        out.append(plain)
    ignored = (seed & 6) // 2
    (length,) = struct.unpack_from("<I", out, ignored)
    data = bytes(out[ignored + 4 :])
    assert len(data) == length
    return seed ^ version_enc, seed ^ key_enc, data


# -- the container ----------------------------------------------------------------------------------------------


def _fat(container: bytes) -> tuple[list[int], list[int]]:
    count = struct.unpack_from("<I", container, 44)[0]
    sectors = list(struct.unpack_from("<109I", container, 76)[:count])
    return sectors, [link for s in sectors for link in struct.unpack_from("<128I", container, 512 * (s + 1))]


def _chain(fat: list[int], sector: int) -> list[int]:
    found = []
    while sector != END_OF_CHAIN:
        found.append(sector)
        sector = fat[sector]
    return found


def entries(container: bytes) -> list[Entry]:
    _, fat = _fat(container)
    (first,) = struct.unpack_from("<I", container, 48)
    raw = b"".join(container[512 * (s + 1) : 512 * (s + 2)] for s in _chain(fat, first))
    found = []
    for at in range(0, len(raw), 128):
        length, kind, colour, left, right, child = struct.unpack_from("<HBBIII", raw, at + 64)
        start, size = struct.unpack_from("<IQ", raw, at + 116)
        name = raw[at : at + max(length - 2, 0)].decode("utf-16-le")
        found.append(Entry(name, kind, colour, left, right, child, start, size))
    return found


def container_faults(container: bytes) -> list[str]:
    faults = []
    if container[:8].hex() != "d0cf11e0a1b11ae1":
        return ["no OLE container"]
    if struct.unpack_from("<HHHHH", container, 24) != (0x3E, 3, 0xFFFE, 9, 6):
        faults.append("container header isn't version 3 with 512-byte sectors")
    if len(container) % 512:
        faults.append("container ends inside a sector")
    with olefile.OleFileIO(io.BytesIO(container), raise_defects=olefile.DEFECT_FATAL) as ole:
        faults += [f"olefile: {text}" for _, text in ole.parsing_issues]
    faults += _tree_faults(entries(container))
    faults += _sector_faults(container)
    return faults


def _tree_faults(found: list[Entry]) -> list[str]:
    """MS-CFB 2.6.4: names in order, no red below red, and as many black entries on every way down.

    The last is the red-black tree's own rule; the specification frees a tree from it whose entries are all black.
    """
    faults = []
    free = all(entry.colour == 1 for entry in found if entry.kind)

    def rank(name: str) -> tuple[int, str]:
        return len(name), name.upper()

    def height(index: int, low: tuple[int, str], high: tuple[int, str], below_red: bool) -> int:
        if index == NO_STREAM:
            return 0
        entry = found[index]
        if not low < rank(entry.name) < high:
            faults.append(f"directory tree: {entry.name} is out of order")
        if entry.colour == 0 and below_red:
            faults.append(f"directory tree: {entry.name} is red below red")
        left = height(entry.left, low, rank(entry.name), entry.colour == 0)
        right = height(entry.right, rank(entry.name), high, entry.colour == 0)
        if left != right and not free:
            faults.append(f"directory tree: black heights {left} and {right} below {entry.name}")
        return left + (entry.colour == 1)

    for entry in found:
        if entry.kind in (1, 5):
            height(entry.child, (0, ""), (99, ""), False)
    return faults


def _sector_faults(container: bytes) -> list[str]:
    fat_sectors, fat = _fat(container)
    directory, mini = struct.unpack_from("<I", container, 48)[0], struct.unpack_from("<I", container, 60)[0]
    used = fat_sectors + _chain(fat, directory) + _chain(fat, mini)
    for entry in entries(container):
        if entry.kind == 5 or (entry.kind == 2 and entry.size >= 4096):
            used += _chain(fat, entry.start)
    everything = list(range(len(container) // 512 - 1))
    return [] if sorted(used) == everything else ["sectors are lost, or belong to two streams"]


# -- the project ------------------------------------------------------------------------------------------------


def storage_faults(container: bytes) -> list[str]:
    found = streams(container)
    faults = []
    if {name for name in found if "/" not in name} != {"PROJECT", "PROJECTwm"}:
        faults.append("the root holds other streams than PROJECT and PROJECTwm")
    faults += [f"{name} is a cache of compiled code" for name in found if "__SRP_" in name]
    if found["VBA/_VBA_PROJECT"].hex() != "cc61ffff000100":
        faults.append("_VBA_PROJECT isn't version 0xFFFF without a cache (MS-OVBA 2.3.4.1)")
    return faults


def directory_faults(container: bytes) -> list[str]:
    found = streams(container)
    all_records = records(decompressed(found["VBA/dir"]))
    order = [record for record, _ in all_records]
    faults = []
    if all_records[-1] != (0x10, b"") or order.count(0x10) != 1:
        faults.append("dir doesn't end with its terminator")
    head = order[: order.index(0x16)]
    if head not in (INFORMATION, [record for record in INFORMATION if record != 0x4A]):
        faults.append("PROJECTINFORMATION is out of order")
    values = dict(all_records[: len(head)])
    wanted = {0x01: "03000000", 0x02: "09040000", 0x14: "09040000", 0x03: "e404", 0x07: "00000000", 0x08: "00000000"}
    faults += [f"record 0x{r:02x} isn't {v}" for r, v in wanted.items() if values[r].hex() != v]
    references = [body for record, body in all_records if record == 0x0D]
    named = [body[4 : 4 + struct.unpack("<I", body[:4])[0]].split(b"#")[-1] for body in references]
    if named != [b"OLE Automation", b"Microsoft Office 16.0 Object Library"]:
        faults.append(f"references are {named}")
    start = order.index(0x0F)
    (count,) = struct.unpack("<H", all_records[start][1])
    if all_records[start + 1] != (0x13, b"\xff\xff"):
        faults.append("PROJECTCOOKIE isn't FFFF")
    modules = _modules(all_records[start + 2 :])
    if len(modules) != count:
        faults.append(f"PROJECTMODULES says {count} and {len(modules)} follow")
    kinds = {name: kind for kind, name in declarations(container)}
    names = []
    for module in modules:
        name = module[0x19].decode("ascii")
        names.append(name)
        if list(module)[:9] != MODULE or len(module) != 11:
            faults.append(f"the records of {name} are out of order")
        twins = {name, module[0x47].decode("utf-16-le"), module[0x1A].decode(), module[0x32].decode("utf-16-le")}
        if twins != {name}:
            faults.append(f"{name} has other names too: {sorted(twins)}")
        if module[0x31] != bytes(4) or module[0x2C] != b"\xff\xff" or module[0x1E] != bytes(4):
            faults.append(f"{name}: MODULEOFFSET isn't 0, or MODULECOOKIE isn't FFFF")
        if (kinds.get(name) == "Module") != (0x21 in module):
            faults.append(f"{name} has another kind in dir than in PROJECT")
    if [name for _, name in declarations(container)] != names:
        faults.append("PROJECT and dir declare other modules")
    if {name[4:] for name in found if name.startswith("VBA/")} - {"dir", "_VBA_PROJECT"} != set(names):
        faults.append("dir and the streams of VBA don't match")
    return faults


def _modules(body: list[tuple[int, bytes]]) -> list[dict[int, bytes]]:
    modules: list[dict[int, bytes]] = []
    current: dict[int, bytes] = {}
    for record, data in body:
        current[record] = data
        if record == 0x2B:
            modules.append(current)
            current = {}
    return modules


def project_faults(container: bytes) -> list[str]:
    found = streams(container)
    raw = found["PROJECT"]
    text = raw.decode("cp1252")
    faults = []
    if b"\n" in raw.replace(b"\r\n", b"") or not raw.endswith(b"\r\n"):
        faults.append("PROJECT has other line ends than CRLF")
    documents = re.findall(r"^Document=(.*)\r", text, re.MULTILINE)
    if documents != [f"{name}/&H00000000" for kind, name in declarations(container) if kind == "Document"]:
        faults.append("a Document= line lacks its /&H00000000")
    identity = re.search(r'^ID="(\{[0-9A-F-]{36}\})"', text)
    if identity is None:
        return [*faults, "PROJECT doesn't begin with its ID"]
    key = sum(identity[1].encode()) & 0xFF  # MS-OVBA 2.4.3.2: the sum of the ID's characters
    for field, data in (("CMG", bytes(4)), ("DPB", b"\0"), ("GC", b"\xff")):
        value = re.search(field + '="([0-9A-F]+)"', text)
        if value is None or decrypted(value[1]) != (2, key, data):
            faults.append(f"{field} isn't encrypted for this ID, or protects the project")
    if HOST.search(text) is None:
        faults.append("PROJECT lacks the host extender or the workspace")
    names = [name for _, name in declarations(container)]
    plain = b"".join(name.encode() + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names) + b"\0\0"
    if found["PROJECTwm"] != plain:
        faults.append("PROJECTwm isn't the plain list of the modules")
    return faults


def source_faults(container: bytes) -> list[str]:
    faults = []
    texts = sources(container)
    for kind, name in declarations(container):
        text = texts.get(name, "")
        if not text.startswith(f'Attribute VB_Name = "{name}"\r\n'):
            faults.append(f"{name} doesn't begin with its VB_Name")
        if "\n" in text.replace("\r\n", "") or "\0" in text or not text.isascii():
            faults.append(f"{name} has other line ends than CRLF, or letters outside ASCII")
        if max((len(line) for line in text.splitlines()), default=0) > 1023:
            faults.append(f"{name} has a line of more than 1023 characters")
        base = BASES["class"] if kind == "Class" else BASES.get(name, BASES["sheet"])
        if kind != "Module" and f'Attribute VB_Base = "{base}"\r\n' not in text:
            faults.append(f"{name} has another VB_Base than {base}")
        if "VERSION 1.0 CLASS" in text:
            faults.append(f"{name} is in the form of an exported file")
    return faults


def structure_faults(container: bytes) -> list[str]:
    """All checks of `vbaProject.bin`."""
    return [
        fault
        for check in (container_faults, storage_faults, directory_faults, project_faults, source_faults)
        for fault in check(container)
    ]


# -- the workbook around it -------------------------------------------------------------------------------------


def workbook_faults(workbook: bytes) -> list[str]:
    """All checks of an .xlsm: its project, and what ties the workbook to it."""
    package = zipfile.ZipFile(io.BytesIO(workbook))
    container = package.read("xl/vbaProject.bin")
    faults = structure_faults(container)
    book = etree.fromstring(package.read("xl/workbook.xml"))
    codes = [book.find(f"{MAIN}workbookPr").get("codeName")]
    numbers = range(1, len(book.findall(f"{MAIN}sheets/{MAIN}sheet")) + 1)
    for number in numbers:
        properties = etree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml")).find(f"{MAIN}sheetPr")
        codes.append(None if properties is None else properties.get("codeName"))
    if codes != [name for kind, name in declarations(container) if kind == "Document"]:
        faults.append(f"the code names {codes} aren't the project's document modules")
    types = package.read("[Content_Types].xml").decode()
    if "application/vnd.ms-excel.sheet.macroEnabled.main+xml" not in types:
        faults.append("the workbook's content type isn't the macro-enabled one")
    if 'Extension="bin" ContentType="application/vnd.ms-office.vbaProject"' not in types:
        faults.append("the project has no content type")
    relations = package.read("xl/_rels/workbook.xml.rels").decode()
    if "http://schemas.microsoft.com/office/2006/relationships/vbaProject" not in relations:
        faults.append("the workbook has no relationship to its project")
    return faults
