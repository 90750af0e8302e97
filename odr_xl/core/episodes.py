"""Episodes: from the moment a condition begins to hold until it has clearly ended. Each is told once to each receiver.

A pure function from the old memory and today's findings to the new memory; ``monitor.memory`` keeps it in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from odr_xl.core.alerts import ITEMS, Finding

#: An episode ends when its condition is well away, or after so many days on the good side: a rate that comes back
#: over its threshold after a quiet week is news, one that trembles around it isn't.
QUIET_DAYS: Final = 7
#: A single order stays known longer than any window and lag, so that a report left out for a while repeats nothing.
ITEM_DAYS: Final = 120
#: The terminal. Whoever looked there by hand hasn't told the receivers.
SCREEN: Final = "screen"


@dataclass(frozen=True, slots=True)
class Episode:
    """One condition that holds, or has only just stopped.

    Attributes
    ----------
    since : datetime.date
        Day on which it was first seen to hold.
    told : frozenset of str
        Receivers that have confirmed it.
    waiting : frozenset of str
        Receivers that are still owed it.
    quiet : date or None
        Day since which it no longer holds; ``None`` while it does.
    """

    since: date
    told: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    quiet: date | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """All episodes by their finding's key, and the day of the last look; ``None`` before the first one."""

    episodes: Mapping[str, Episode] = field(default_factory=lambda: MappingProxyType({}))
    looked: date | None = None


def look(memory: Memory, found: Iterable[Finding], receivers: Sequence[str], as_of: date) -> Memory:
    """The memory after a look: episodes begun, going on, ended; nobody is told by this alone.

    Parameters
    ----------
    memory : Memory
    found : iterable of Finding
        All conditions of today.
    receivers : sequence of str
        Names of those who are to be told.
    as_of : datetime.date

    Notes
    -----
    A condition that a graver one covers begins an episode that is owed to nobody: when the graver one ends, falling
    back to it is no news. Receivers that are new owe their place to those that went: they are told what these
    never got, and what nobody was told.

    Examples
    --------
    >>> over = Finding("over_target|US MFN", "over_target", "US MFN", True, False, 0.012, 0.01)
    >>> first = look(Memory(), [over], ["mail"], date(2026, 11, 20))
    >>> due(first, "mail")
    ('over_target|US MFN',)
    >>> second = look(confirm(first, "mail", due(first, "mail")), [over], ["mail"], date(2026, 11, 21))
    >>> due(second, "mail")
    ()
    """
    today = {finding.key: finding for finding in found}
    episodes = {}
    for key in [*memory.episodes, *(key for key in today if key not in memory.episodes)]:
        after = _after(memory, memory.episodes.get(key), key, today.get(key), frozenset(receivers), as_of)
        if after is not None:
            episodes[key] = after
    return Memory(MappingProxyType(episodes), as_of)


def _after(
    memory: Memory, before: Episode | None, key: str, finding: Finding | None, receivers: frozenset[str], as_of: date
) -> Episode | None:
    if finding is not None and finding.raised:
        covered = finding.muted or (memory.looked is None and finding.old)
        if before is None:
            return Episode(as_of, waiting=frozenset() if covered else receivers)
        waiting = frozenset() if covered else _owed(before, receivers)
        return replace(before, waiting=waiting, quiet=None)
    if before is None:
        return None
    quiet = before.quiet or as_of
    most = ITEM_DAYS if key.split("|", 1)[0] in ITEMS else QUIET_DAYS
    ended = (finding is not None and finding.clear) or (as_of - quiet).days >= most
    # What no longer holds isn't told late: the next look would contradict it.
    return None if ended else replace(before, quiet=quiet, waiting=frozenset())


def _owed(episode: Episode, receivers: frozenset[str]) -> frozenset[str]:
    gone = episode.waiting - receivers
    only_seen = episode.told == {SCREEN}
    fresh = receivers - episode.told if gone or only_seen else frozenset()
    return (episode.waiting & receivers) | fresh


def due(memory: Memory, receiver: str) -> tuple[str, ...]:
    """Keys of the episodes that a receiver is owed."""
    return tuple(key for key, episode in memory.episodes.items() if receiver in episode.waiting)


def confirm(memory: Memory, receiver: str, keys: Iterable[str]) -> Memory:
    """The memory after a receiver has confirmed some episodes."""
    episodes = dict(memory.episodes)
    for key in keys:
        episode = episodes[key]
        episodes[key] = replace(episode, told=episode.told | {receiver}, waiting=episode.waiting - {receiver})
    return Memory(MappingProxyType(episodes), memory.looked)


def ended(before: Memory, after: Memory) -> tuple[str, ...]:
    """Keys of the episodes that were there and are over."""
    return tuple(key for key in before.episodes if key not in after.episodes)
