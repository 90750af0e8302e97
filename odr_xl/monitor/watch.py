"""The watch: look once, tell each receiver what it is owed, and remember who has confirmed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from odr_xl.core.alerts import ITEMS, Finding, Watched, findings, over_target
from odr_xl.core.counts import count_days
from odr_xl.core.episodes import SCREEN, confirm, due, ended, look
from odr_xl.errors import UsageError
from odr_xl.labels import Language, word
from odr_xl.monitor.memory import Stored, alone, read_memory, write_memory
from odr_xl.monitor.notice import Notice, Paragraph, notice, paragraphs
from odr_xl.monitor.receivers import Receiver, open_receivers, send
from odr_xl.monitor.settings import Settings, file_settings, workbook_settings
from odr_xl.sources import WORKBOOKS, read_sources
from odr_xl.summary import ledger_of

#: How a notice is sent: "" when it was confirmed, else why not.
Send = Callable[[Receiver, Notice], str]


@dataclass(frozen=True, slots=True)
class Looked:
    """One day's look at some sources."""

    as_of: date
    settings: Settings
    findings: tuple[Finding, ...]
    over: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a look.

    Attributes
    ----------
    fresh : tuple of Paragraph
        What at least one receiver was owed.
    going_on : tuple of Paragraph
        What holds still and is owed to nobody; single orders aside.
    confirmed : mapping of str to int
        Receivers by name, and how many alerts each has confirmed.
    failed : mapping of str to str
        Receivers by name, and why they weren't reached.
    ended : tuple of str
        Keys of the episodes that are over.
    """

    fresh: tuple[Paragraph, ...]
    going_on: tuple[Paragraph, ...]
    confirmed: Mapping[str, int]
    failed: Mapping[str, str]
    ended: tuple[str, ...]


def read_settings(sources: Sequence[Path], file: Path | None) -> Settings:
    """Settings of the sources' workbook, if there is one, and of the file over them."""
    books = [path for path in sources if path.suffix.lower() in WORKBOOKS]
    settings = workbook_settings(books[0]) if books else Settings()
    return settings if file is None else file_settings(file, settings)


def look_at(
    sources: Sequence[Path],
    settings: Settings,
    as_of: date,
    *,
    marketplace: str | None = None,
    language: Language | None = None,
) -> Looked:
    """Read the sources and find what is to be told."""
    source = read_sources(sources, marketplace=marketplace)
    feedback = [reading.table for reading in source.readings if reading.kind == "feedback"]
    unusable = sum(problem.severity == "error" for reading in source.readings for problem in reading.problems)
    ledger = ledger_of(source.readings, marketplace=marketplace, decisions=source.decisions)
    watched = Watched(
        as_of,
        count_days(ledger),
        ledger.events,
        pd.concat(feedback, ignore_index=True) if feedback else None,
        unusable,
        settings.window,
        settings.lag,
        settings.notice,
        settings.plan_days,
    )
    found = findings(watched, settings.limits)
    over = over_target(watched, settings.limits.target)
    return Looked(as_of, settings, found, over, language or settings.language or "en")


def tell(looked: Looked, state: Path | None, addresses: Sequence[str], *, post: Send = send) -> Told:
    """Tell the receivers; without any, whoever reads the screen.

    Parameters
    ----------
    state : Path or None
        The memory's file; ``None`` remembers nothing.
    addresses : sequence of str
        Addresses or references.

    Notes
    -----
    The memory is written after each receiver, so a run that is killed repeats at most the notice it was sending.
    """
    if state is None:
        return _tell(looked, Stored(), (), lambda stored: None, post)
    state = state.resolve()
    with alone(state):
        stored = read_memory(state)
        receivers = open_receivers(addresses, stored.salt) if addresses else ()
        return _tell(looked, stored, receivers, lambda after: write_memory(state, after), post)


def send_test(addresses: Sequence[str], language: Language, *, post: Send = send) -> dict[str, str]:
    """Send a test message; the receivers that weren't reached, and why.

    Raises
    ------
    UsageError
        When there is no receiver.
    """
    if not addresses:
        raise UsageError("There is nobody to send a test to. Name a receiver: --notify keyring:mail")
    message = Notice(word("alert_test_title", language), word("alert_test", language))
    results = {receiver.name: post(receiver, message) for receiver in open_receivers(addresses, b"")}
    return {name: reason for name, reason in results.items() if reason}


def _tell(
    looked: Looked, stored: Stored, receivers: Sequence[Receiver], keep: Callable[[Stored], None], post: Send
) -> Told:
    by_key = {finding.key: finding for finding in looked.findings}
    names = [receiver.key for receiver in receivers] or [SCREEN]
    memory = look(stored.memory, looked.findings, names, looked.as_of)
    over = ended(stored.memory, memory)
    keep(Stored(memory, stored.salt))

    def written(keys: Sequence[str]) -> tuple[Paragraph, ...]:
        found = [finding for finding in looked.findings if finding.key in set(keys)]
        return paragraphs(found, looked.settings.limits, looked.language)

    fresh = written([key for key, episode in memory.episodes.items() if episode.waiting])
    known = [
        key
        for key, episode in memory.episodes.items()
        if key in by_key and _goes_on(by_key[key]) and not episode.waiting
    ]
    confirmed: dict[str, int] = {}
    failed: dict[str, str] = {}
    if not receivers:
        memory = confirm(memory, SCREEN, due(memory, SCREEN))
        keep(Stored(memory, stored.salt))
    for receiver in receivers:
        keys = due(memory, receiver.key)
        parts = written(keys)
        if not parts:
            if receiver.problem:
                failed[receiver.name] = receiver.problem
            continue
        reason = post(receiver, notice(parts, looked.as_of, looked.language))
        if reason:
            failed[receiver.name] = reason
            continue
        confirmed[receiver.name] = len(parts)
        memory = confirm(memory, receiver.key, keys)
        keep(Stored(memory, stored.salt))
    return Told(fresh, written(known), MappingProxyType(confirmed), MappingProxyType(failed), over)


def _goes_on(finding: Finding) -> bool:
    return finding.raised and not finding.muted and finding.kind not in ITEMS


def as_json(looked: Looked, told: Told) -> dict[str, Any]:
    """Plain values for ``json.dumps``."""

    def plain(parts: Sequence[Paragraph]) -> list[dict[str, Any]]:
        return [asdict(part) for part in parts]

    numbers = [
        {
            "key": finding.key,
            "kind": finding.kind,
            "account": finding.account,
            "number": finding.number,
            "limit": finding.limit,
            "muted": finding.muted,
            "day": finding.day.isoformat() if finding.day else None,
            "orders": list(finding.orders),
        }
        for finding in looked.findings
        if finding.raised
    ]
    return {
        "as_of": looked.as_of.isoformat(),
        "over_target": list(looked.over),
        "new": plain(told.fresh),
        "going_on": plain(told.going_on),
        "ended": list(told.ended),
        "sent": dict(told.confirmed),
        "failed": dict(told.failed),
        "raised": numbers,
    }
