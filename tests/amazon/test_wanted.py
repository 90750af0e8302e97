"""Which reports are asked for, and for which days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.amazon.wanted import REPORTS, requests_for
from odr_xl.errors import UsageError
from odr_xl.marketplaces import MARKETPLACES

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@given(
    st.sampled_from(sorted(MARKETPLACES)),
    st.integers(1, 365),
    st.dates(date(2026, 1, 1), date(2026, 11, 23)),
)
def test_the_periods_of_a_report_are_the_days_without_gap_or_overlap(code, days, as_of):
    asked = requests_for(code, as_of, days, NOW)
    for report in REPORTS:
        own = [request for request in asked if request.report == report]
        if not report.longest:
            assert len(own) == 1
            continue
        covered = [
            request.first + timedelta(days=n) for request in own for n in range((request.last - request.first).days + 1)
        ]
        assert covered == [as_of - timedelta(days=days - 1 - n) for n in range(days)]
        assert all((request.last - request.first).days < report.longest for request in own)
        assert all(request.since < request.until < NOW for request in own)
    assert len({request.file_name for request in asked}) == len(asked)


def test_today_ends_two_minutes_ago():
    # By hand: 24 November 12:00 UTC less 2 minutes.
    assert requests_for("US", date(2026, 11, 24), 1, NOW)[0].until == datetime(2026, 11, 24, 11, 58, tzinfo=UTC)


def test_a_day_that_has_not_begun_there_is_refused():
    early = datetime(2026, 11, 24, 7, tzinfo=UTC)  # 23 November 23:00 in Los Angeles, 16:00 in Tokyo
    assert requests_for("JP", date(2026, 11, 24), 1, early)
    with pytest.raises(UsageError, match="hasn't begun in marketplace US"):
        requests_for("US", date(2026, 11, 24), 1, early)


def test_later_runs_sort_after_earlier_ones_in_a_folder():
    first = requests_for("US", date(2026, 11, 20), 90, NOW)
    later = requests_for("US", date(2026, 11, 23), 30, NOW)
    assert max(request.file_name for request in first) < min(request.file_name for request in later)
