"""Fetching: every report is asked for, waited for and written, and what an earlier run did isn't done again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, Protocol

from odr_xl.amazon.service import Gone, Refused
from odr_xl.amazon.state import Entry, State, digest, is_there, read_state, write_state, write_whole
from odr_xl.amazon.wanted import Report, Request

#: Seconds between two looks at the reports that Amazon is making: the first, and the longest.
_FIRST_LOOK: Final = 5.0
_LONGEST: Final = 60.0

Status = Literal["fetched", "kept", "no_data", "failed", "waiting"]


class Asked(Protocol):
    """What fetching asks of Amazon; `odr_xl.amazon.service.Service` is one."""

    def create(self, report: Report, since: datetime | None, until: datetime | None) -> str:
        """Ask for a report; its id."""

    def look(self, report_id: str) -> tuple[str, str]:
        """Status of a report, and the id of its document."""

    def document(self, document_id: str) -> bytes:
        """A document as the bytes of its file."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request.

    Attributes
    ----------
    request : Request
    status : str
        ``fetched``; ``kept``: the file was there; ``no_data``: Amazon has nothing for the period; ``failed``;
        ``waiting``: Amazon is still making it.
    note : str
        A sentence for the seller, "" when there is nothing to say.
    """

    request: Request
    status: Status
    note: str = ""


def fetch(
    service: Asked,
    requests: Sequence[Request],
    folder: Path,
    *,
    patience: float = 1800,
    again: bool = False,
    pause: Callable[[float], None] = time.sleep,
    progress: Callable[[str, float], None] = lambda step, done: None,
) -> tuple[Outcome, ...]:
    """Fetch reports into a folder.

    Parameters
    ----------
    service : Asked
    requests : sequence of Request
    folder : Path
        Made when it doesn't exist. Its state is written after every step, so a run that ends early, however it ends,
        is taken up by the next.
    patience : float
        Seconds that Amazon's making of the reports is waited for.
    again : bool
        Ask for every report anew.
    pause, progress : callable
        Waits for a number of seconds; is told the step and the share done.

    Returns
    -------
    tuple of Outcome
        One for each request, in their order. A report that Amazon refuses doesn't keep the others from coming.

    Raises
    ------
    InputError
        The folder's state can't be read.
    ServiceFailed
        Amazon can't be reached, or doesn't accept the keys.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(service, folder, {} if again else read_state(folder))
    for number, request in enumerate(requests):
        progress(f"asking for {request.shown}", 0.2 * number / len(requests))
        run.begin(request)
    waited, wait = 0.0, _FIRST_LOOK
    while True:
        for request in [each for each in requests if each not in run.outcomes]:
            progress(f"looking for {request.shown}", 0.2 + 0.8 * len(run.outcomes) / len(requests))
            run.step(request)
        left = [each for each in requests if each not in run.outcomes]
        if not left or waited >= patience:
            break
        progress(f"Amazon is making {len(left)} report(s)", 0.2 + 0.8 * len(run.outcomes) / len(requests))
        pause(wait)
        waited, wait = waited + wait, min(1.5 * wait, _LONGEST)
    for request in left:
        note = f"{request.shown}: Amazon is still making it. Run the same command later; it is taken up again."
        run.outcomes[request] = Outcome(request, "waiting", note)
    return tuple(run.outcomes[request] for request in requests)


class _Run:
    """One run: the state, and the outcomes so far."""

    def __init__(self, service: Asked, folder: Path, state: State) -> None:
        self.service, self.folder, self.state = service, folder, state
        self.outcomes: dict[Request, Outcome] = {}
        self.changed: set[Request] = set()
        self.renewed: set[Request] = set()

    def begin(self, request: Request) -> None:
        """Ask for a report, unless it was asked for before."""
        entry = self.state.get(request.file_name)
        if entry is None:
            self._create(request)
        elif is_there(self.folder / request.file_name, entry):
            self.outcomes[request] = Outcome(request, "kept")
        elif entry.sha256 and (self.folder / request.file_name).exists():
            self.changed.add(request)

    def step(self, request: Request) -> None:
        """Look at a report once, and write its file when there is one."""
        entry = self.state[request.file_name]
        try:
            if not entry.document:
                status, document = self.service.look(entry.report)
                if status == "DONE" and document:
                    entry = replace(entry, document=document)
                    self._keep(request, entry)
                elif status in ("DONE", "CANCELLED"):
                    self._end(
                        request,
                        "no_data",
                        "Amazon has no data for it, or was asked for the same report a short time ago.",
                    )
                elif status == "FATAL":
                    self._end(
                        request, "failed", "Amazon failed to make it. Run the command again, or try fewer --days."
                    )
                if not entry.document:
                    return
            self._write(request, entry)
        except Gone:  # Amazon keeps reports for some time only, and a state may be older
            if request in self.renewed:
                self._end(request, "failed", "Amazon doesn't know its own report. Run the command again later.")
                return
            self.renewed.add(request)
            self._forget(request)
            self._create(request)
        except Refused as refusal:
            self._end(request, "failed", f"{refusal}.")

    def _create(self, request: Request) -> None:
        try:
            report = self.service.create(request.report, request.since, request.until)
        except Refused as refusal:
            self.outcomes[request] = Outcome(request, "failed", f"{request.shown}: {refusal}.")
            return
        self._keep(request, Entry(report))

    def _write(self, request: Request, entry: Entry) -> None:
        data = self.service.document(entry.document)
        if not data.strip():
            self._end(request, "no_data", "the document is empty: Amazon has no data for it.")
            return
        write_whole(self.folder / request.file_name, data)
        self._keep(request, replace(entry, sha256=digest(data)))
        note = f"{request.file_name} was changed since its download, and was fetched again."
        self.outcomes[request] = Outcome(request, "fetched", note if request in self.changed else "")

    def _end(self, request: Request, status: Status, note: str) -> None:
        """Nothing comes of the request; the next run asks anew."""
        self._forget(request)
        self.outcomes[request] = Outcome(request, status, f"{request.shown}: {note}")

    def _keep(self, request: Request, entry: Entry) -> None:
        self.state[request.file_name] = entry
        write_state(self.folder, self.state)

    def _forget(self, request: Request) -> None:
        self.state.pop(request.file_name, None)
        write_state(self.folder, self.state)
