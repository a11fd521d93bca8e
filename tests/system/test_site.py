"""Stories of whole systems begin on a day on which nothing of the calendar's can befall them by chance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.kernel.clock import start_of_day
from shared.kernel.periods import month_of
from tests.system.site import story_day

STORY = timedelta(days=21)
"""As long as a story's first days are: later ones are chosen by month."""


@pytest.mark.parametrize("first", [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)], ids=lambda day: str(day.year))
def test_whatever_the_date_a_story_begins_within_two_months_and_stays_in_its_month_and_time_of_year(
    first: date,
) -> None:
    for after in range(366):
        day = first + timedelta(days=after)
        begins = story_day(day)
        ends = begins + STORY - timedelta(days=1)

        assert timedelta(days=4) < begins - day < timedelta(days=36)
        assert month_of(begins) == month_of(ends)
        assert start_of_day(ends) - start_of_day(begins) == ends - begins
