"""The page: one file that needs no network and no script, and prints on two sheets of A4."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from odr_xl import __version__, rules
from odr_xl.core.actions import RootCause
from odr_xl.core.groups import Group
from odr_xl.core.recovery import DAYS_AHEAD
from odr_xl.core.standings import AccountStanding
from odr_xl.excel.formulas.future import recovery_words
from odr_xl.excel.formulas.history import change_sentence
from odr_xl.excel.formulas.plan import action_reason, action_text, root_name
from odr_xl.labels import Language
from odr_xl.report.bars import Bar, draw_bars
from odr_xl.report.contents import Contents
from odr_xl.report.markup import Element, element, page_text, shown_name
from odr_xl.report.timeline import draw_timeline
from odr_xl.report.wording import Wording
from odr_xl.summary import Summary

#: How a page is known as ours, so that the next one may replace it.
GENERATOR: Final = f"odr-xl report {__version__}"
#: What fits on two sheets of paper.
MOST_ACCOUNTS: Final = 8
MOST_PRODUCTS: Final = 6
MOST_ROOTS: Final = 4
_LANGUAGES: Final = {"en": "en", "zh": "zh-Hans"}
#: Shapes that say the status without colour.
_SHAPES: Final = {"healthy": "✓", "at_risk": "!", "over_target": "▲", "no_orders": "–"}
#: The browser itself is told to load nothing and run nothing, whatever a name in the page holds.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def report_page(contents: Contents, language: Language = "en") -> str:
    """The report as HTML text.

    Every number is in the page unrounded too, as the value of its ``data`` element, named as in ``odr-xl odr --json``.
    """
    words = Wording(language)
    title = words("report_title")
    style = files("odr_xl.report").joinpath("page.css").read_text("utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("meta", name="generator", content=GENERATOR),
        element("title", f"{title} · {words.day(contents.day)}"),
        element("style", style),
    )
    known = contents.summary.rate is not None
    first = [_headline(contents, words)]
    second: list[Element] = []
    if known:
        first += [_cards(contents, words), _rate(contents, words), _todo(contents, words)]
        second = [_accounts(contents, words), _charts(contents, words)]
    second.append(_notes(contents, words))
    sheets = [element("main", *first, *([] if known else second))]
    if known:
        sheets[0] = element("main", element("div", *first, class_="sheet"), element("div", *second, class_="sheet"))
    root = element("html", head, element("body", *sheets), lang=_LANGUAGES[language])
    return page_text(root, doctype=True)


def _data(name: str, value: float | int | str | None, text: str) -> Element:
    """A number as it is read, and as it is."""
    return element("data", text, value="" if value is None else repr(value) if isinstance(value, float) else str(value),
                   data_name=name)  # fmt: skip


def _status(status: str, words: Wording) -> Element:
    shape = element("span", _SHAPES[status], aria_hidden="true", class_="shape")
    return element("span", shape, words(status), class_=f"status {status}")


def _headline(contents: Contents, words: Wording) -> Element:
    summary, window = contents.summary, contents.summary.window
    dates = {"start": window.start, "end": window.end}
    shown = {key: words.day(day) for key, day in dates.items() if day is not None}
    rate = _data("rate", summary.rate, words.percent(summary.rate))
    rate.set("class", "rate")
    if summary.rate is None:
        told = element("p", words("report_no_orders"), class_="lead")
    else:
        counts = {"defective": f"{summary.defective:,}", "orders": f"{summary.orders:,}"}
        told = element("p", words("report_headline", **counts), class_="lead")
        for name in counts:
            told.set(f"data-{name}", str(getattr(summary, name)))
    limits = {"target": words.level(rules.TARGET), "warning": words.level(rules.WARNING)}
    return element(
        "header",
        element("h1", words("report_title")),
        element("p", words("report_window", **shown, day=words.day(contents.day)), class_="window"),
        element(
            "div",
            element("p", rate, _status(summary.status, words), class_="figure"),
            element("div", told, element("p", words("report_limit", **limits)), _worst(summary, words)),
            class_=f"hero {summary.status}",
        ),
    )


def _worst(summary: Summary, words: Wording) -> Element | None:
    """The account with the highest rate, because the total can look better than what Amazon judges."""
    accounts = summary.standings[1:]
    if len(accounts) < 2:
        return None
    worst = accounts[0]
    text = words("report_each", account=_account(worst.name, words), rate=words.percent(worst.now.rate))
    return element("p", text, " ", _status(worst.status, words))


def _cards(contents: Contents, words: Wording) -> Element:
    """Headroom or orders needed, the day under the target, and the wider rate.

    The first two are those of the account with the highest rate: Amazon has no rate of all accounts together.
    """
    standings = contents.summary.standings
    standing = standings[1] if len(standings) > 2 else standings[0]
    now, found = standing.now, standing.recovery
    name, key, value = ("headroom", "headroom", now.headroom)
    if standing.status == "over_target":
        name, key, value = ("needed", "orders_needed", now.orders_needed)
    if found.day is None:
        day = _data("under_target_on", None, words("report_never"))
    else:
        text = words("report_now") if found.days == 0 else words.day(found.day)
        day = _data("under_target_on", found.day.isoformat(), text)

    def named(text: str) -> str:
        if len(standings) <= 2:
            return text
        return words("report_of_account", account=_account(standing.name, words), name=text)

    wider = contents.summary.rate_all
    cards = element(
        "ul",
        _card(named(words(f"report_{name}")), _data(key, value, f"{value:,}"), words(f"report_{name}_note")),
        _card(named(words("report_recovery")), day, recovery_words(found, DAYS_AHEAD, 0.0, words.language)),
        _card(words("report_wider"), _data("rate_all", wider, words.percent(wider)), words("report_wider_note")),
        class_="cards",
    )
    cards.set("data-account", standing.name if len(standings) > 2 else "")
    return cards


def _card(name: str, value: Element, note: str) -> Element:
    return element("li", element("span", name, class_="name"), value, element("span", note, class_="note"))


def _rate(contents: Contents, words: Wording) -> Element:
    """The chart of the rate, its legend, and why the rate moved."""
    recovery = contents.summary.standings[0].recovery.day
    names = ["past", "future", "range"]
    if any(point.rate_later is not None for point in contents.future):
        names.append("later")
    legend = element("ul", *(element("li", _key(name), words(f"report_{name}")) for name in names), class_="legend")
    if contents.change is not None:
        note = change_sentence(contents.change, words.language)
    else:
        note = words("report_short_past", day=words.day(contents.first)) if contents.first else ""
    together = (
        element("span", words("report_together"), class_="aside") if len(contents.summary.standings) > 2 else None
    )
    drawing = draw_timeline(contents.past, contents.future, recovery=recovery, words=words)
    return element(
        "section",
        element("h2", words("report_rate"), together),
        element("p", note, class_="story"),
        element("div", drawing, class_="scroll", tabindex="0"),
        legend,
    )


def _key(name: str) -> Element:
    """A line or an area as the chart draws it."""
    sample = (
        element("rect", x=0.0, y=1.0, width=24.0, height=10.0, class_="range")
        if name == "range"
        else element("path", d="M0 6L24 6", class_=name)
    )
    return element("svg", sample, viewBox="0 0 24 12", class_="key", aria_hidden="true")


def _todo(contents: Contents, words: Wording) -> Element:
    """The heaviest root causes, each with its first remedy; those of Amazon's rate come first."""
    roots = [*contents.actions.amazon, *contents.actions.early][:MOST_ROOTS]
    body: Element = element("p", words("report_nothing"))
    if roots:
        body = element("ol", *(_root(root, words) for root in roots), class_="todo")
    return element("section", element("h2", words("report_todo")), body)


def _root(root: RootCause, words: Wording) -> Element:
    action = root.actions[0]
    return element(
        "li",
        element("strong", root_name(root, words.language)),
        element("span", action_text(action, words.language), class_="do"),
        element("span", shown_name(action_reason(root, action, True, words.language), longest=1_000), class_="note"),
    )


def _account(name: str, words: Wording) -> str:
    # A name at the end of a line stays whole.
    return shown_name(name, longest=20).replace(" ", "\u00a0") or words("account_none")


def _accounts(contents: Contents, words: Wording) -> Element:
    standings = contents.summary.standings
    total, accounts = standings[0], standings[1:]
    shown = list(accounts[:MOST_ACCOUNTS])
    header = ("account_name", "orders", "measure_defective", "rate", "measure_status", "report_headroom",
              "report_needed", "report_recovery")  # fmt: skip
    cells = (element("th", words(key), scope="col") for key in header)
    rows = [_account_row(each, _account(each.name, words), words) for each in shown]
    if len(accounts) > 1:
        rows.append(_account_row(total, words("account_all"), words, total=True))
    more = len(accounts) - len(shown)
    table = element("table", element("thead", element("tr", *cells)), element("tbody", *rows))
    return element(
        "section",
        element("h2", words("report_accounts")),
        element("div", table, class_="scroll", tabindex="0"),
        element("p", words("report_more", count=f"{more:,}"), class_="note") if more else None,
    )


def _account_row(standing: AccountStanding, name: str, words: Wording, *, total: bool = False) -> Element:
    now, day = standing.now, standing.recovery.day
    text = words("report_never") if day is None else words.day(day)
    if standing.recovery.days == 0:
        text = words("report_now")
    row = element(
        "tr",
        element("th", name, scope="row"),
        element("td", _data("orders", now.orders, f"{now.orders:,}")),
        element("td", _data("defective", now.defective, f"{now.defective:,}")),
        element("td", _data("rate", now.rate, words.percent(now.rate))),
        element("td", _status(standing.status, words)),
        element("td", _data("headroom", now.headroom, f"{now.headroom:,}")),
        element("td", _data("orders_needed", now.orders_needed, f"{now.orders_needed:,}")),
        element("td", _data("under_target_on", None if day is None else day.isoformat(), text)),
        class_="total" if total else None,
    )
    row.set("data-account", shown_name(standing.name, longest=20))
    return row


def _charts(contents: Contents, words: Wording) -> Element:
    return element(
        "div",
        element("section", element("h2", words("report_causes")), *_causes(contents, words)),
        element("section", element("h2", words("report_products")), *_products(contents, words)),
        class_="pair",
    )


def _causes(contents: Contents, words: Wording) -> Iterator[Element]:
    rows = [row for row in contents.summary.causes if row.amazon is not None and row.orders]
    if not rows:
        yield element("p", words("report_causes_none"))
        return
    rows.sort(key=lambda row: (not row.amazon, -row.orders))
    bars = []
    for row in rows:
        key = "report_bar_one" if row.orders == 1 else "report_bar"
        text = words(key, orders=f"{row.orders:,}", rate=words.percent(row.rate))
        bars.append(Bar(words(row.key), row.orders, text, "amazon" if row.amazon else "wider"))
    yield draw_bars(bars, words("report_causes"), "report_causes_alt", words)
    yield element("p", words("report_causes_note"), class_="note")


def _products(contents: Contents, words: Wording) -> Iterator[Element]:
    shown = contents.products[:MOST_PRODUCTS]
    if not shown:
        yield element("p", words("report_products_none"))
        return
    bars = []
    for group in shown:
        counts = {"defective": f"{group.defective:,}", "orders": f"{group.orders:,}"}
        text = words("report_product_bar", **counts, rate=words.percent(group.rate))
        mark = "▲ " if _kind(group) == "marked" else ""
        bars.append(Bar(mark + shown_name(group.name, longest=24), group.defective, text, _kind(group)))
    yield draw_bars(bars, words("report_products"), "report_products_alt", words)
    worse = any(_kind(group) == "marked" for group in shown)
    note = words("report_products_note" if worse else "report_products_plain")
    yield element("p", note, class_="note")


def _kind(group: Group) -> str:
    return "marked" if group.stands_out and group.above else "amazon"


def _notes(contents: Contents, words: Wording) -> Element:
    summary, window = contents.summary, contents.summary.window
    span = (window.end - window.start).days + 1 if window.end and window.start else rules.WINDOW_DAYS
    found = [words("report_note_rule", days=span)]
    if summary.rate is not None:
        found.append(words("report_note_future"))
    for name in ("unmatched", "flagged", "left_out"):
        if count := getattr(summary, name):
            form = "_one" if count == 1 else ""
            found.append(words(f"report_note_{name}{form}", count=f"{count:,}"))
    found += [words("report_note_private"), words("report_note_version", program=f"odr-xl {__version__}")]
    return element(
        "section",
        element("h2", words("report_notes")),
        element("ul", *(element("li", text) for text in found)),
        class_="notes",
    )
