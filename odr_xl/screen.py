"""What the commands show in a terminal: the dashboard, what a refresh changed, and what couldn't be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from odr_xl import rules
from odr_xl.amazon.fetch import Outcome
from odr_xl.core.groups import Group
from odr_xl.core.rate import rate_status
from odr_xl.doctor.findings import Finding
from odr_xl.errors import Problem
from odr_xl.excel.merge import Merged
from odr_xl.headless.plain import Plain
from odr_xl.history.trend import SeenPoint
from odr_xl.labels import Language, say, word
from odr_xl.monitor.watch import Told
from odr_xl.summary import Summary

#: Colours that stay apart for colour-blind readers; the words say the same.
_STYLES = {"healthy": "bold blue", "at_risk": "bold yellow", "over_target": "bold red", "no_orders": "bold"}
#: Problems shown before the rest is counted.
MOST_PROBLEMS = 10


def percent(rate: float | None) -> str:
    """A fraction as a percentage with two decimals; #N/A when there is none.

    >>> percent(0.00996), percent(None)
    ('1.00 %', '#N/A')
    """
    return "#N/A" if rate is None else f"{100 * rate:.2f} %"


def show_summary(console: Console, summary: Summary) -> None:
    """The dashboard: window, orders, rate and status, then channels, marketplaces and causes."""
    window = summary.window
    console.print()
    console.print(Text.assemble(("Order Defect Rate", "bold"), f"  orders from {window.start} to {window.end}"))
    status = Text(word(summary.status), style=_STYLES[summary.status])
    console.print(
        Text.assemble(
            (percent(summary.rate), _STYLES[summary.status]), "  ", status,
            f"  (target: under {percent(rules.TARGET)})",
        )
    )  # fmt: skip
    console.print(
        f"{summary.defective:,} defective of {summary.orders:,} orders by the definition “{summary.definition}”; "
        f"with every cause {percent(summary.rate_all)}"
    )
    tables = (("Account", summary.accounts), ("Channel", summary.channels), ("Marketplace", summary.marketplaces))
    for title, groups in tables:
        if groups:
            console.print(_groups(title, groups))
    if summary.standings:
        console.print(_standings(summary))
    if summary.causes:
        console.print(_causes(summary))
    notes = []
    if summary.left_out:
        notes.append(f"Orders left out, not Amazon's (Non-Amazon channel or S01-): {summary.left_out:,}.")
    if summary.unmatched:
        notes.append(f"Defects whose order isn't here, so they don't count yet: {summary.unmatched:,}.")
    if summary.flagged:
        notes.append(f"Events that deserve a look (sheet Defects, column Rule): {summary.flagged:,}.")
    for note in notes:
        console.print(note)


def show_merged(console: Console, merged: Sequence[Merged]) -> None:
    """What each report did to its table."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Report", "Into", "Added", "Updated", "Unchanged", "Not usable"):
        table.add_column(name, justify="left" if name in ("Report", "Into") else "right")
    for part in merged:
        numbers = (part.added, part.updated, part.unchanged, part.unusable)
        table.add_row(part.source, part.table.removeprefix("tbl"), *(f"{n:,}" for n in numbers))
    console.print(table)
    show_problems(console, [problem for part in merged for problem in part.problems])


def show_problems(console: Console, problems: Iterable[Problem]) -> None:
    """The first problems as sentences, and how many more there are."""
    found = list(problems)
    for problem in found[:MOST_PROBLEMS]:
        console.print(Text(f"• {problem}"))
    if len(found) > MOST_PROBLEMS:
        console.print(f"… and {len(found) - MOST_PROBLEMS} more.")


def show_copy(console: Console, copy: Path, told: Plain) -> None:
    """What a copy of values holds, and what was taken out."""
    hidden = f", {len(told.hidden)} hidden sheets ({', '.join(told.hidden)})" if told.hidden else ""
    console.print(
        f"{copy}: {len(told.sheets)} sheets. Left out: {told.formulas:,} formulas (their values stay), macros and "
        f"buttons, {told.personal:,} cells with what buyers wrote or who they are{hidden}."
    )


def show_unknown(console: Console, workbook: Path, told: Plain) -> None:
    """That some formulas had no value to copy."""
    if told.unknown:
        console.print(
            f"{told.unknown:,} formulas of {workbook.name} have no stored value; their cells are blank in the copy. "
            f"Calculate it first with: odr-xl calc {workbook}"
        )


def show_history(console: Console, points: Sequence[SeenPoint]) -> None:
    """The snapshots of a history, a line each: our rate as it was seen, and what Amazon printed."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Seen on", "Revision", "Orders", "Defective", "ODR", "Wider", "Status", "Amazon's"):
        table.add_column(name, justify="left" if name in ("Seen on", "Status") else "right", no_wrap=True)
    for seen in points:
        point, status = seen.point, rate_status(seen.point.rate_amazon)
        numbers = (f"{point.orders:,}", f"{point.defective_amazon:,}", percent(point.rate_amazon), percent(point.rate))
        printed = f"{seen.printed[0]:,} of {seen.printed[1]:,}" if seen.printed else ""
        state = Text(word(status), style=_STYLES[status])
        table.add_row(seen.day.isoformat(), str(seen.revision), *numbers, state, printed)
    console.print(table)


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """A diagnosis: each failure with ok, look or can't tell, what was found, and below it what to do."""
    styles = {"ok": ("ok", "bold blue"), "look": ("look", "bold red"), "unknown": ("can't tell", "bold yellow")}
    for each in findings:
        name, style = styles[each.status]
        console.print(Text.assemble((f"{name:<12}", style), (f"{each.check}: ", "bold"), f"{each.found}."))
        if each.action:
            console.print(Text(f"{'':12}→ {each.action}"))


def show_fetched(console: Console, errors: Console, outcomes: Sequence[Outcome]) -> None:
    """What became of each report that was asked of Amazon; what the seller should know goes to the other console."""
    words = {
        "fetched": "fetched",
        "kept": "there already",
        "no_data": "no data",
        "failed": "failed",
        "waiting": "not ready yet",
    }
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Report", "Status", "File"):
        table.add_column(name, no_wrap=True)
    for each in outcomes:
        there = each.status in ("fetched", "kept")
        table.add_row(each.request.shown, words[each.status], each.request.file_name if there else "")
    console.print(table)
    for each in outcomes:
        if each.note:
            errors.print(Text(f"• {each.note}"))


def _groups(title: str, groups: Sequence[Group]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(title)
    for name in ("Orders", "Defective", "ODR", "95 % interval"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    table.add_column("")
    for group in groups:
        status = rate_status(group.rate)
        interval = f"{100 * group.low:.2f} – {percent(group.high)}"
        note = word("small") if group.small else ""
        numbers = (f"{group.orders:,}", f"{group.defective:,}", percent(group.rate), interval)
        table.add_row(group.name or word("none"), *numbers, Text(word(status), style=_STYLES[status]), note)
    return table


def _standings(summary: Summary) -> Table:
    """How far each account is from the target, and when it gets there with no further defect."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("From the target")
    for name in ("Further defects allowed", "Orders needed", "Under it on"):
        table.add_column(name, justify="right")
    for account in summary.standings:
        day = account.recovery.day
        numbers = (f"{account.now.headroom:,}", f"{account.now.orders_needed:,}", day.isoformat() if day else "#N/A")
        table.add_row(account.name or word("account_all"), *numbers)
    return table


def _causes(summary: Summary) -> Table:
    names = {"several": "several_causes", "defective": "defective_orders", "orders": "all_orders"}
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("Cause")
    table.add_column("Orders", justify="right")
    table.add_column("Rate", justify="right")
    table.add_column(word("amazon"))
    for row in summary.causes:
        amazon = "" if row.amazon is None else word("yes" if row.amazon else "no")
        table.add_row(word(names.get(row.key, row.key)), f"{row.orders:,}", percent(row.rate), amazon)
    return table


def show_told(console: Console, told: Told, language: Language) -> None:
    """Alerts that are new in full, those that go on by their headline, and who was told."""
    for part in told.fresh:
        console.print(Text(part.headline, style="bold"))
        for line in part.lines:
            console.print(f"  {line}")
        console.print()
    for part in told.going_on:
        console.print(say("alert_goes_on", language, headline=part.headline))
    if not told.fresh and not told.going_on:
        console.print(word("alert_nothing", language))
    for name, count in told.confirmed.items():
        console.print(say("alert_sent", language, count=count, name=name))
