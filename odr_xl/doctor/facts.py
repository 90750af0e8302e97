"""The facts that a diagnosis rests on. ``None`` is a fact that couldn't be learnt, and never counts as good."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Excel:
    """The Excel of this computer.

    Attributes
    ----------
    path : str or None
        Its program file.
    store : bool or None
        Whether it is the Microsoft Store's edition.
    bits : int or None
        32 or 64.
    macros : int or None
        The Trust Center's choice: 1 all macros run, 2 Excel asks, 3 only signed ones run, 4 none runs.
    """

    path: str | None = None
    store: bool | None = None
    bits: int | None = None
    macros: int | None = None


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python that the workbook starts.

    Attributes
    ----------
    path : str or None
        Its program file; ``None`` when none is named and none was found.
    named_by : str
        Where it is named, as words in a sentence.
    exists : bool or None
        Whether the file is there; ``None`` for a path of another system.
    ours : bool or None
        Whether it is the Python that runs this command.
    store : bool or None
        Whether it is the Microsoft Store's Python.
    bits : int or None
        32 or 64.
    odr_xl, xlwings : str or None
        Versions of the packages it has; ``""`` when it lacks one.
    dlls : frozenset of str or None
        xlwings' DLLs where the workbook looks for them.
    missing : tuple of str or None
        Files that were installed with the two packages and are gone.
    """

    path: str | None = None
    named_by: str = ""
    exists: bool | None = None
    ours: bool | None = None
    store: bool | None = None
    bits: int | None = None
    odr_xl: str | None = None
    xlwings: str | None = None
    dlls: frozenset[str] | None = None
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook says.

    Attributes
    ----------
    name : str
        Its path as it was given.
    settings : dict
        Rows of its sheet ``xlwings.conf`` that xlwings reads, keys in capitals.
    xlwings : str or None
        Version of xlwings whose DLL its VBA loads; ``""`` when it has no such module.
    wrappers : str or None
        Hash of its wrappers; ``""`` when it has none.
    zone : int or None
        Windows' mark of where the file came from: 3 the internet, 4 a restricted site, -1 no mark.
    cloud : bool or None
        Whether it lies in a folder of OneDrive or SharePoint.
    """

    name: str
    settings: dict[str, str] = field(default_factory=dict)
    xlwings: str | None = None
    wrappers: str | None = None
    zone: int | None = None
    cloud: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a diagnosis looks at.

    Attributes
    ----------
    system : str
        ``Windows``, ``Darwin`` (a Mac) or another.
    wrappers : str
        Hash of the wrappers that this version writes.
    excel : Excel
    interpreter : Interpreter
    workbook : Workbook or None
        ``None`` when none was given.
    mac_script : str or None
        Version of xlwings whose script is installed for the buttons of Excel for Mac; ``""`` when there is none.
    """

    system: str
    wrappers: str
    excel: Excel = field(default_factory=Excel)
    interpreter: Interpreter = field(default_factory=Interpreter)
    workbook: Workbook | None = None
    mac_script: str | None = None

    @property
    def on_windows(self) -> bool:
        """Whether this is Windows, the only system where Excel's cells call Python."""
        return self.system == "Windows"

    @property
    def on_mac(self) -> bool:
        """Whether this is a Mac."""
        return self.system == "Darwin"
