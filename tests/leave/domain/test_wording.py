"""Durations as people read them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.leave.domain.wording import amount_text, time_text

MINUTES = st.fractions(Fraction(1, 100), Fraction(6000), max_denominator=700)


@pytest.mark.parametrize(
    ("minutes", "day", "words"),
    [
        (Fraction(1332), 444, "3 days (22 hours 12 minutes)"),
        (Fraction(444), 444, "1 day (7 hours 24 minutes)"),
        (Fraction(222), 444, "half a day (3 hours 42 minutes)"),
        (Fraction(666), 444, "1 and a half days (11 hours 6 minutes)"),
        (Fraction(555, 2), 555, "half a day (about 4 hours 38 minutes)"),
        (Fraction(555), 444, "about 1.3 days (9 hours 15 minutes)"),
        (Fraction(440), 444, "about 1 day (7 hours 20 minutes)"),
        (Fraction(9, 2), 492, "less than half a day (about 5 minutes)"),
        (Fraction(1, 9), 444, "less than half a day (about 1 minute)"),
        (Fraction(0), 444, "none"),
        (Fraction(1332), None, "22 hours 12 minutes"),
        (Fraction(60), None, "1 hour"),
    ],
)
def test_days_come_first_and_hours_second(minutes: Fraction, day: int | None, words: str) -> None:
    assert amount_text(minutes, None if day is None else Fraction(day)) == words


@given(MINUTES, st.none() | st.integers(60, 720).map(Fraction))
def test_no_part_of_a_minute_and_no_zero_is_ever_told(minutes: Fraction, day: Fraction | None) -> None:
    words = amount_text(minutes, day)
    assert not re.search(r"[0-9]\.[0-9]+ minute|\b0 (days?|hours?|minutes?)\b", words)
    assert ("about" in time_text(minutes)) == (minutes.denominator != 1)


@given(MINUTES)
def test_what_is_told_is_within_half_a_minute(minutes: Fraction) -> None:
    told = {unit: int(number) for number, unit in re.findall(r"([0-9]+) (hour|minute)", time_text(minutes))}
    said = 60 * told.get("hour", 0) + told.get("minute", 0)
    assert said == 1 or abs(said - minutes) <= Fraction(1, 2)
