"""The settings of the alerts: thresholds from a workbook and from a TOML file, the file before the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from odr_xl import rules
from odr_xl.core.alerts import Limits
from odr_xl.errors import InputError, WorkbookError
from odr_xl.excel.sheets.alerts import ALERTS, FIRST, SHEET
from odr_xl.headless.package import Package
from odr_xl.headless.sheet import Sheet
from odr_xl.labels import Language, language_named
from odr_xl.labels.workbook import TEXTS
from odr_xl.monitor.receivers import check_reference
from odr_xl.sources import named_value

#: The rows of the sheet Alerts, in their order there.
_ROWS: Final = ("accounts", "headroom", "forecast", "estimate", "creep", "feedback", "data")
_LABELS: Final = {
    text: name
    for name, alert in zip(_ROWS, ALERTS, strict=True)
    for text in (alert.label, TEXTS.get(alert.label, alert.label))
}
#: The sheet watches the rise in 8 days, since its trend has every second day.
_SHEET_CREEP_DAYS: Final = 8
_SEARCHED: Final = 60

_RATES: Final = ("target", "warning", "forecast", "estimate", "creep")
_COUNTS: Final = ("accounts", "headroom", "feedback", "feedback_days", "stale_days", "plan_days_left", "data")
_DAYS: Final = {"ahead": (1, 400), "creep_days": (1, 400), "window_days": (1, 3660), "lag_days": (0, 3660),
                "plan_days": (1, 400)}  # fmt: skip
#: What can't be turned off.
_NEEDED: Final = ("target", "feedback")


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds, and what else a workbook or a file says about alerts.

    Attributes
    ----------
    limits : Limits
    window, lag, plan_days : int
    notice : datetime.date or None
        Date of Amazon's request for a plan of action.
    language : "en", "zh" or None
        ``None`` where nothing says it.
    receivers : tuple of str
        References to addresses, never the addresses themselves.
    """

    limits: Limits = field(default_factory=Limits)
    window: int = rules.WINDOW_DAYS
    lag: int = rules.LAG_DAYS
    plan_days: int = rules.PLAN_DAYS
    notice: date | None = None
    language: Language | None = None
    receivers: tuple[str, ...] = ()


def workbook_settings(path: Path) -> Settings:
    """Settings of a workbook: its sheets Alerts and Settings; a blank threshold turns its rule off."""
    package = Package.open(path)
    limits = Limits()
    target, warning = (_number(named_value(package, name)) for name in ("Target", "WarnLevel"))
    if target is not None:
        limits = replace(limits, target=_fraction("Target", target, path.name))
    limits = replace(limits, warning=None if not warning else _fraction("WarnLevel", warning, path.name))
    if any(sheet.name == SHEET for sheet in package.sheets):
        limits = _sheet_limits(Sheet(package, SHEET), limits, path.name)
    numbers = {name: _number(named_value(package, name)) for name in ("WindowDays", "LagDays", "PlanDays")}
    notice, language = named_value(package, "NoticeDate"), named_value(package, "Lang")
    return Settings(
        limits,
        int(numbers["WindowDays"] or rules.WINDOW_DAYS),
        rules.LAG_DAYS if numbers["LagDays"] is None else int(numbers["LagDays"]),
        int(numbers["PlanDays"] or rules.PLAN_DAYS),
        notice.date() if isinstance(notice, datetime) else None,
        language_named(language) if isinstance(language, str) and language.strip() else None,
    )


def _sheet_limits(sheet: Sheet, limits: Limits, file: str) -> Limits:
    found: dict[str, Any] = {"creep_days": _SHEET_CREEP_DAYS}
    for row in range(FIRST, FIRST + _SEARCHED):
        label = sheet.get(f"A{row}")
        name = _LABELS.get(label.strip()) if isinstance(label, str) else None
        if name is None:
            continue
        place, value = f"{file}, {SHEET}!B{row}", sheet.get(f"B{row}")
        if value is None or value == "":
            found |= {"feedback_days": None} if name == "feedback" else {name: None}
            continue
        number = _number(value)
        if number is None or number < 0:
            raise WorkbookError(f'{place}: "{value}" isn\'t a threshold. Type a number from 0, or leave it blank.')
        found[name] = _fraction(f"{SHEET}!B{row}", number, file) if name in _RATES else int(number)
    return replace(limits, **found)


def file_settings(path: Path, start: Settings) -> Settings:
    """Settings of a TOML file over those that were there before.

    Raises
    ------
    InputError
        When the file isn't TOML, or a line names no rule or gives it what it can't be.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} isn't a TOML file: {error}. Mend that line, or see docs/alerts.md.") from error
    limits, rest = {}, {}
    names = {each.name for each in fields(Limits)}
    for name, value in told.items():
        place = f"{path.name}, {name}"
        if name in names:
            limits[name] = _limit(name, value, place)
        elif name in _OTHERS:
            key, read = _OTHERS[name]
            rest[key] = read(value, place)
        else:
            choices = ", ".join([*(each.name for each in fields(Limits)), *_OTHERS])
            raise InputError(f'{path.name}: "{name}" isn\'t a setting. Choose from: {choices}.')
    if "target" in limits:  # a rule that nobody set follows the target
        limits = {"forecast": limits["target"], "estimate": limits["target"]} | limits
    return replace(start, limits=replace(start.limits, **limits), **rest)


def _limit(name: str, value: object, place: str) -> Any:
    if name == "defects":
        if isinstance(value, bool):
            return value
        raise InputError(f"{place}: {value!r} is neither true nor false. Write one of them.")
    if value is False and name not in (*_NEEDED, *_DAYS):
        return None
    if name in _RATES:
        return _fraction(name, _number(value), place)
    return _whole(value, place, *_DAYS.get(name, (0, 10**6)))


def _fraction(name: str, value: float | None, place: str) -> float:
    if value is None or not 0 < value < 1:
        raise InputError(f"{place}: {name} is a fraction between 0 and 1, such as 0.01 for 1%, not {value}. Mend it.")
    return value


def _whole(value: object, place: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(f"{place}: {value!r} isn't a whole number from {least} to {most}. Mend it, or take it out.")
    return value


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(value: object, place: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise InputError(f"{place}: {value!r} isn't a date. Write it without quotes: 2026-11-20.")


def _language(value: object, place: str) -> Language:
    return language_named(str(value))


def _receivers(value: object, place: str) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise InputError(f'{place}: write a list of references: ["keyring:mail"].')
    for each in listed:
        check_reference(each, place)
    return tuple(listed)


def _days(name: str) -> Callable[[object, str], int]:
    return lambda value, place: _whole(value, place, *_DAYS[name])


#: Settings of the file that are no thresholds: where they go, and how they are read.
_OTHERS: Final[Mapping[str, tuple[str, Callable[[object, str], Any]]]] = {
    "window_days": ("window", _days("window_days")),
    "lag_days": ("lag", _days("lag_days")),
    "plan_days": ("plan_days", _days("plan_days")),
    "notice_date": ("notice", _day),
    "language": ("language", _language),
    "notify": ("receivers", _receivers),
}
