"""The chart of the rate: past days, the day of looking, and what is expected, against the target and the warning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from odr_xl import rules
from odr_xl.core.forecast import ForecastPoint
from odr_xl.core.trend import TrendPoint
from odr_xl.report.axes import Scale, month_starts, rate_marks
from odr_xl.report.markup import Element, element, number
from odr_xl.report.wording import Wording

WIDTH: Final = 700
HEIGHT: Final = 262
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 14, 26

Placed = Sequence[tuple[date, float | None]]


def draw_timeline(
    past: Sequence[TrendPoint], future: Sequence[ForecastPoint], *, recovery: date | None, words: Wording
) -> Element:
    """The drawing; its alternative text says what it shows in numbers.

    Parameters
    ----------
    past : sequence of TrendPoint
        Oldest first, at least one.
    future : sequence of ForecastPoint
        From the day of looking on, at least one.
    recovery : datetime.date or None
        The day under the target, marked when it lies ahead.
    """
    lag = timedelta(days=rules.LAG_DAYS)
    before: Placed = [(point.end + lag, point.rate_amazon) for point in past]
    after: Placed = [(point.day, point.rate) for point in future]
    later: Placed = [(point.day, point.rate_later) for point in future]
    first, today, last = before[0][0], future[0].day, future[-1].day
    highest = _highest(past, future)
    x = Scale(first.toordinal(), last.toordinal(), _LEFT, WIDTH - _RIGHT)
    y = Scale(0, highest, HEIGHT - _BOTTOM, _TOP)

    def at(day: date, rate: float) -> tuple[float, float]:
        return x(day.toordinal()), y(rate)

    drawing = element(
        "svg",
        element("title", words("report_rate")),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=timeline_text(before, after, words),
        class_="timeline",
    )
    drawing.extend(_grounds(x, y))
    drawing.extend(_axes(x, y, first, last, today, highest, words))
    drawing.extend(_range(future, at))
    lines = {"later": later, "future": after, "past": before}
    for name, points in lines.items():
        drawing.extend(_lines(points, at, name))
    drawing.extend(_levels(x, y, words))
    busy = [at(day, rate) for points in lines.values() for day, rate in points if rate is not None]
    now = before[-1][1]
    if now is not None:
        text = f"{words.percent(now)} · {words('report_seen', day=words.short(today))}"
        drawing.extend(_point(at(today, now), text, "now", busy, y))
    if recovery is not None and today < recovery <= last:
        rate = next(rate for day, rate in after if day == recovery)
        text = words("report_under", day=words.short(recovery))
        drawing.extend(_point(at(recovery, rate or 0.0), text, "recovery", busy, y))
    return drawing


def timeline_text(before: Placed, after: Placed, words: Wording) -> str:
    """What the chart shows, for those who don't see it."""
    known = [(day, rate) for day, rate in before if rate is not None]
    top, high = max(known, key=lambda point: point[1])
    text = words(
        "report_rate_alt",
        first=words.percent(known[0][1]),
        start=words.day(known[0][0]),
        last=words.percent(known[-1][1]),
        day=words.day(known[-1][0]),
        high=words.percent(high),
        top=words.day(top),
        target=words.level(rules.TARGET),
        warning=words.level(rules.WARNING),
    )
    ahead = [(day, rate) for day, rate in after if rate is not None]
    day, rate = ahead[-1]
    gap = " " if words.language == "en" else ""
    return text + gap + words("report_rate_ahead_alt", rate=words.percent(rate), day=words.day(day))


def _highest(past: Sequence[TrendPoint], future: Sequence[ForecastPoint]) -> float:
    """Top of the axis: all lines fit in; of the range only as much as doesn't flatten them."""
    lines = [point.rate_amazon for point in past] + [
        rate for point in future for rate in (point.rate, point.rate_later)
    ]
    top = max([rules.TARGET, *(rate for rate in lines if rate is not None)])
    widest = max((point.high for point in future if point.high is not None), default=0.0)
    return 1.18 * max(top, min(widest, 1.5 * top))


def _grounds(x: Scale, y: Scale) -> Iterator[Element]:
    """The areas over the target and over the warning level."""
    for name, low, high in (("over", rules.TARGET, y.high), ("warn", rules.WARNING, rules.TARGET)):
        top, bottom = y(high), y(low)
        yield element("rect", x=x.start, y=top, width=x.end - x.start, height=bottom - top, class_=f"ground-{name}")


def _axes(
    x: Scale, y: Scale, first: date, last: date, today: date, highest: float, words: Wording
) -> Iterator[Element]:
    for rate in rate_marks(highest):
        yield element("line", x1=x.start, x2=x.end, y1=y(rate), y2=y(rate), class_="grid")
        yield element("text", words.level(rate), x=x.start - 6, y=y(rate) + 3.5, text_anchor="end", class_="mark")
    for day in month_starts(first, last):
        place = x(day.toordinal())
        yield element("line", x1=place, x2=place, y1=y.start, y2=y.start + 4, class_="tick")
        # January says its year, so the others need not.
        text = words("report_month", month=words.month(day), year=day.year) if day.month == 1 else words.month(day)
        if place < x.end - 16:
            yield element("text", text, x=place, y=y.start + 16, text_anchor="middle", class_="mark")
    yield element("line", x1=x.start, x2=x.end, y1=y.start, y2=y.start, class_="axis")
    place = x(today.toordinal())
    yield element("line", x1=place, x2=place, y1=y.end, y2=y.start, class_="today")


def _levels(x: Scale, y: Scale, words: Wording) -> Iterator[Element]:
    """Target and warning, named above; where they are close the lower name goes below, so that they don't meet."""
    room = y(rules.WARNING) - y(rules.TARGET)
    for name, rate, down in (("target", rules.TARGET, -4.0), ("warning", rules.WARNING, -4.0 if room > 16 else 12.0)):
        yield element("line", x1=x.start, x2=x.end, y1=y(rate), y2=y(rate), class_=name)
        text = words(f"report_{name}", rate=words.level(rate))
        yield element("text", text, x=x.end - 4, y=y(rate) + down, text_anchor="end", class_=f"{name}-name")


def _range(future: Sequence[ForecastPoint], at: Callable[[date, float], tuple[float, float]]) -> Iterator[Element]:
    for known, run in groupby(future, key=lambda point: point.low is not None and point.high is not None):
        points = list(run)
        if known and len(points) > 1:
            upper = [at(point.day, point.high or 0.0) for point in points]
            lower = [at(point.day, point.low or 0.0) for point in reversed(points)]
            yield element("path", d=_path([*upper, *lower]) + "Z", class_="range")


def _lines(points: Placed, at: Callable[[date, float], tuple[float, float]], name: str) -> Iterator[Element]:
    """A line with gaps where there is no rate."""
    for known, run in groupby(points, key=lambda point: point[1] is not None):
        if known:
            yield element("path", d=_path([at(day, rate or 0.0) for day, rate in run]), class_=name)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(left)} {number(top)}" for left, top in points)


def _point(
    place: tuple[float, float], text: str, name: str, busy: Sequence[tuple[float, float]], y: Scale
) -> Iterator[Element]:
    """A dot with its name beside it, where the name hides the least."""
    width = sum(13.0 if ord(character) > 0x2E7F else 7.2 for character in text)
    levels = [y(rules.TARGET), y(rules.WARNING)]

    def hidden(spot: tuple[int, float]) -> float:
        side, down = spot
        left = place[0] + 9 if side > 0 else place[0] - 9 - width
        bottom = place[1] + down
        outside = left < _LEFT or left + width > WIDTH - _RIGHT or bottom - 12 < y.end or bottom + 4 > y.start
        points = sum(left - 3 < x < left + width + 3 and bottom - 14 < top < bottom + 5 for x, top in busy)
        crossed = sum(bottom - 12 < level < bottom + 3 for level in levels)
        return points + 2 * crossed + 100 * outside + abs(down) / 100

    side, down = min(((side, down) for side in (1, -1) for down in (4.0, -9.0, 18.0, -24.0, 34.0, 50.0)), key=hidden)
    yield element("circle", cx=place[0], cy=place[1], r=4.5, class_=name)
    anchor = "start" if side > 0 else "end"
    at = {"x": place[0] + side * 9, "y": place[1] + down}
    yield element("text", text, **at, text_anchor=anchor, class_=f"{name}-name")
