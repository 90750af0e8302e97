"""Numbers and dates as a reader of a language expects them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from odr_xl import rules
from odr_xl.labels import Language, say, word

#: A blank that doesn't break a line.
_BOUND = "\u00a0"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text for a key with its values filled in."""
        return say(key, self.language, **values) if values else word(key, self.language)

    def percent(self, rate: float | None, *, decimals: int = 2) -> str:
        """A fraction as a percentage, which never rounds across the target or the warning level.

        >>> english = Wording("en")
        >>> english.percent(0.0123), english.percent(0.00996), Wording("zh").percent(0.01, decimals=0)
        ('1.23\\xa0%', '0.996\\xa0%', '1%')
        >>> english.percent(None)
        '#N/A'
        """
        if rate is None:
            return "#N/A"
        while decimals < 12 and any(
            (float(f"{rate:.{decimals + 2}f}") >= level) != (rate >= level) for level in (rules.TARGET, rules.WARNING)
        ):
            decimals += 1
        gap = _BOUND if self.language == "en" else ""
        return f"{100 * rate:.{decimals}f}{gap}%"

    def level(self, rate: float) -> str:
        """A target as it is spoken of: 1 %, 0.75 %.

        >>> Wording("en").level(0.0075)
        '0.75\\xa0%'
        """
        gap = _BOUND if self.language == "en" else ""
        return f"{100 * rate:.4g}{gap}%"

    def day(self, day: date) -> str:
        """A date with its year.

        >>> Wording("en").day(date(2026, 11, 5)), Wording("zh").day(date(2026, 11, 5))
        ('5\\xa0Nov\\xa02026', '2026年11月5日')
        """
        return self._date("report_day", day)

    def short(self, day: date) -> str:
        """A date without its year.

        >>> Wording("en").short(date(2026, 11, 5)), Wording("zh").short(date(2026, 11, 5))
        ('5\\xa0Nov', '11月5日')
        """
        return self._date("report_short_day", day)

    def month(self, day: date) -> str:
        """The month of a date."""
        return self("report_months").split()[day.month - 1]

    def _date(self, key: str, day: date) -> str:
        return self(key, day=day.day, month=self.month(day), year=day.year).replace(" ", _BOUND)
