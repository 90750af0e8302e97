"""The notice: findings in a seller's words, as one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from odr_xl.core.alerts import ITEMS, KINDS, Finding, Kind, Limits
from odr_xl.labels import WORDS, Language, say, word

#: Order ids that a paragraph names before the rest is counted.
MOST_ORDERS = 5


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One alert in words.

    Attributes
    ----------
    kind : str
    headline : str
    lines : tuple of str
        What changed, the numbers, the orders, the next action.
    keys : tuple of str
        Of the findings that it tells.
    """

    kind: Kind
    headline: str
    lines: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message."""

    title: str
    body: str


def paragraphs(found: Sequence[Finding], limits: Limits, language: Language = "en") -> tuple[Paragraph, ...]:
    """Findings in words, in the order of `KINDS`: single orders of one kind together, an account's nearness once."""
    at_risk = {finding.account: finding for finding in found if finding.kind == "warning"}
    written = []
    for kind in KINDS:
        own = [finding for finding in found if finding.kind == kind]
        if kind == "headroom":
            own = [finding for finding in own if finding.account not in at_risk]
        if own and kind in ITEMS:
            written.append(_items(kind, own, language))
            continue
        for finding in own:
            keys = [finding.key]
            if kind == "warning":  # it says the headroom, too
                keys += [f.key for f in found if f.kind == "headroom" and f.account == finding.account]
            lines = tuple(_lines(finding, limits, language))
            written.append(Paragraph(kind, _headline(finding, limits, language), lines, tuple(keys)))
    return tuple(written)


def notice(written: Sequence[Paragraph], as_of: date, language: Language = "en") -> Notice:
    """One message of some paragraphs."""
    if len(written) == 1:
        title = say("alert_title_one", language, headline=written[0].headline)
    else:
        title = say("alert_title", language, count=len(written))
    texts = ["\n".join((paragraph.headline, *paragraph.lines)) for paragraph in written]
    return Notice(title, "\n\n".join((*texts, say("alert_looked", language, day=as_of))))


def percent(rate: float, limit: float) -> str:
    """A rate with as many digits as show on which side of its limit it is.

    >>> percent(0.012, 0.01), percent(0.009999, 0.01)
    ('1.20%', '0.9999%')
    """
    for digits in range(2, 8):
        shown = f"{100 * rate:.{digits}f}"
        if (float(shown) >= round(100 * limit, 9)) == (rate >= limit):
            break
    return f"{shown}%"


def _headline(finding: Finding, limits: Limits, language: Language) -> str:
    now = finding.standing.rate if finding.standing else 0.0
    return say(
        _form(f"alert_{finding.kind}", round(finding.number)),
        language,
        account=finding.account or word("alert_shop", language),
        rate=percent(now, limits.target) if finding.kind == "creep" else percent(finding.number, finding.limit),
        limit=f"{100 * finding.limit:.4g}%",
        number=f"{finding.number:,.0f}",
        rise=f"{100 * finding.number:.2f}",
        days=limits.creep_days,
        day=finding.day,
    )


def _lines(finding: Finding, limits: Limits, language: Language) -> Iterator[str]:
    now, change = finding.standing, finding.change
    if now is not None:
        counts = {"defective": f"{now.defective:,}", "orders": f"{now.orders:,}"}
        yield say(_form("alert_counts", now.defective), language, **counts)
        if finding.kind == "warning":
            yield say(_form("alert_room", now.headroom), language, count=f"{now.headroom:,}")
    if change is not None:
        fewer = change.orders_after < change.orders_before
        volume = "heavier" if fewer else "lighter" if change.orders_after > change.orders_before else "same"
        yield say(
            "alert_change", language, days=limits.creep_days, before=percent(change.rate_before, limits.target),
            came=_counted("measure_came", change.new, language), left=_counted("measure_left", change.aged, language),
            volume=word(f"measure_{volume}", language),
        )  # fmt: skip
    if finding.kind == "over_target" and finding.day is not None:
        yield say("alert_back", language, day=finding.day)
    if finding.orders:
        yield say("alert_orders", language, orders=_listed(finding.orders, language))
    action = f"alert_{finding.kind}_next"
    if finding.kind == "forecast" and not finding.orders:
        action += "_none"
    yield say("alert_next", language, action=word(action, language))


def _items(kind: Kind, found: Sequence[Finding], language: Language) -> Paragraph:
    lines = []
    if kind == "feedback":
        lines.append(say("alert_feedback_oldest", language, day=min(f.day for f in found if f.day is not None)))
        told = [order for finding in found for order in finding.orders]
    else:
        told = [_item(finding, language) for finding in sorted(found, key=lambda f: f.day or date.min, reverse=True)]
    lines.append(say("alert_orders", language, orders=_listed(told, language)))
    lines.append(say("alert_next", language, action=word(f"alert_{kind}_next", language)))
    count, days = len(found), f"{found[0].limit:.0f}"
    headline = say(_form(f"alert_{kind}", count), language, count=f"{count:,}", days=days)
    return Paragraph(kind, headline, tuple(lines), tuple(finding.key for finding in found))


def _item(finding: Finding, language: Language) -> str:
    key = "alert_defect_item" + ("" if not finding.account else "_account" if finding.day is None else "_day")
    values = {"order": finding.orders[0], "account": finding.account, "day": finding.day}
    return say(key, language, cause=word(finding.cause, language), **values)


def _listed(orders: Sequence[str], language: Language) -> str:
    shown = word("alert_between", language).join(orders[:MOST_ORDERS])
    rest = len(orders) - MOST_ORDERS
    return say("alert_more", language, orders=shown, count=f"{rest:,}") if rest > 0 else shown


def _form(key: str, count: int) -> str:
    """The key for a number: its form for 0 or 1 where there is one."""
    own = f"{key}_none" if count == 0 else f"{key}_one" if count == 1 else key
    return own if own in WORDS else key


def _counted(key: str, count: int, language: Language) -> str:
    return say(_form(key, count), language, count=f"{count:,}")
