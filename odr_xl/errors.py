"""The errors that leave this package, and the problems that it reports without stopping.

One class per remedy: whoever catches one knows what the seller can do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


class OdrError(Exception):
    """Base of every error raised on purpose; its text is one sentence a seller can act on."""

    excel: ClassVar[str] = "#VALUE!"


class UsageError(OdrError):
    """An option, column or definition that doesn't exist; the text lists the choices."""


class InputError(OdrError):
    """Input that can't be read; the text names the place, the value and the remedy."""


class UnknownReport(InputError):
    """A header row that belongs to no report we know; the text lists what was seen and what is known."""


class NoOrders(OdrError):
    """No order in the window: there is no rate to show, so Excel shows #N/A and never 0 %."""

    excel: ClassVar[str] = "#N/A"


class WorkbookError(OdrError):
    """A workbook that can't be read, calculated or written."""


class WorkbookOpen(WorkbookError):
    """The workbook is open in Excel or locked: close it and run the command again."""


class ProgramMissing(OdrError):
    """A program that a command needs isn't on this computer; the text says what to install."""


class ServiceFailed(OdrError):
    """A service on the network that can't be reached or doesn't accept the keys; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that the seller should know, with its place and its remedy.

    Parameters
    ----------
    place : str
        Sheet and cell (``Orders!C17``) or file and line (``orders.txt, line 17``).
    value : str
        What was found there; long values are shortened.
    reason : str
        Why it can't be used, as the end of the sentence that starts with the value.
    remedy : str
        What to do, as a sentence of its own.
    severity : "error" or "note"
        ``error``: the row isn't counted as meant. ``note``: worth knowing, nothing is wrong.
    """

    place: str
    value: str
    reason: str
    remedy: str
    severity: Literal["error", "note"] = "error"

    @property
    def shown(self) -> str:
        """The value as a sentence shows it: 60 characters at most."""
        return self.value if len(self.value) <= 60 else self.value[:57] + "…"

    def __str__(self) -> str:
        shown = self.shown
        start = f'{self.place}: "{shown}" {self.reason}' if shown else f"{self.place}: {self.reason}"
        return f"{start}. {self.remedy}".strip()
