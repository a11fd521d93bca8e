"""The words that leave's pages use. What a colleague can see says "away" and nothing of why."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from flask import Blueprint

from services.leave.domain.wording import day_text, time_text
from shared.kernel.working_time import parse_minutes

PART_WORDS: Final = {"whole": "Whole day", "am": "Morning", "pm": "Afternoon", "half": "Half of the day"}

NOTICE_WORDS: Final = {
    "late": ("Came late, waits for an answer", "orange"),
    "given": ("Given in time", "blue"),
    "confirmed": ("Confirmed", "green"),
    "lapsed": ("Lapsed", "grey"),
    "not-waived": ("Came late, does not stand", "grey"),
    "withdrawn": ("Given back", "grey"),
}
"""A notice's state: what it is called, and the colour of its tag."""

DAY_WORDS: Final = {
    "booked": ("Booked", "blue"),
    "taken": ("Taken", "green"),
    "withdrawn": ("Given back", "grey"),
    "lapsed": ("Lapsed", "grey"),
    "not-waived": ("Came late", "grey"),
    "postponed": ("Postponed", "orange"),
}
"""A day's state: what it is called, and the colour of its tag."""

CONFIRMED_BY: Final = {"manager": "the manager", "hr": "HR", "clock": "silence"}


def time_of(minutes: int | str) -> str:
    """Minutes as the lists hold them, in hours and minutes."""
    return time_text(parse_minutes(minutes))


def day_words(on: date | str, part: str) -> str:
    """A day and its part: Friday 13 March 2026, morning."""
    day = day_text(date.fromisoformat(on) if isinstance(on, str) else on)
    return day if part == "whole" else f"{day}, {PART_WORDS[part].lower()}"


def days_too(minutes: int | str, day: int | str | None) -> str:
    """Minutes in hours and, in whole and half days of one's own, in days: 22 hours 12 minutes (3 days of 7 hours …).

    ``day``: the minutes of one's working day, or None where the days differ.
    """
    time = time_of(minutes)
    halves = 2 * parse_minutes(minutes) / parse_minutes(day) if day else Fraction(0)
    if not halves or halves.denominator != 1:
        return time
    return f"{time} ({_days(int(halves))} of {time_of(day)})" if day else time


def _days(halves: int) -> str:
    whole, half = divmod(halves, 2)
    if not whole:
        return "half a day"
    number = f"{whole} and a half" if half else str(whole)
    return f"{number} day{'' if halves == 2 else 's'}"


def register_words(blueprint: Blueprint) -> None:
    """Give leave's templates these words."""
    blueprint.add_app_template_filter(time_of, "time_of")
    blueprint.add_app_template_filter(days_too, "days_too")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {
            "part_words": PART_WORDS,
            "notice_words": NOTICE_WORDS,
            "day_words": DAY_WORDS,
            "confirmed_by_words": CONFIRMED_BY,
            "day_words_of": day_words,
        }
