"""Dates and times as people read them."""

from __future__ import annotations

import datetime as dt

import pytest

from shared.web import words


def test_days() -> None:
    assert words.long_day(dt.date(2026, 3, 3)) == words.long_day("2026-03-03") == "Tuesday 3 March 2026"
    assert words.short_day("2026-03-13") == "13 March 2026"
    assert words.long_day(None) == words.short_day("") == ""


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        ("2026-03-13T09:05:00+00:00", "13 March 2026 at 9:05am"),
        ("2026-06-30T23:30:00+00:00", "1 July 2026 at 12:30am"),
        ("2026-03-13T00:00:00+00:00", "13 March 2026 at midnight"),
        ("2026-06-30T23:00:00+00:00", "1 July 2026 at midnight"),
        ("2026-03-13T12:00:00+00:00", "13 March 2026 at midday"),
    ],
)
def test_moments_are_told_in_london(instant: str, text: str) -> None:
    assert words.moment(instant) == text


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        ("2026-03-13T09:05:07+00:00", "13 March, 9:05:07am"),
        ("2026-03-13T00:00:00+00:00", "13 March, midnight"),
        ("2026-03-13T00:00:07+00:00", "13 March, 12:00:07am"),
        ("2026-03-13T12:00:00.400000+00:00", "13 March, midday"),
    ],
)
def test_moments_are_told_to_the_second(instant: str, text: str) -> None:
    assert words.second(instant) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (222, "3 hours 42 minutes"), (-90, "minus 1 hour 30 minutes")],
)
def test_lengths_of_time(minutes: int, text: str) -> None:
    assert words.hours(minutes) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(1.9, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7200, "2 hours")]
)
def test_ages(seconds: float, text: str) -> None:
    assert words.ago(seconds) == text


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Last day", "last day"),
        ("Thursday 10 December 2026, morning", "Thursday 10 December 2026, morning"),
        ("March 2027", "March 2027"),
        ("New day for Thursday 10 December 2026", "new day for Thursday 10 December 2026"),
        ("HR", "HR"),
        ("", ""),
    ],
)
def test_inside_a_sentence_names_of_days_and_months_keep_their_capital(text: str, inside: str) -> None:
    assert words.in_sentence(text) == inside
