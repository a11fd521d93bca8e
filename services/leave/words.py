"""The words that leave's pages use. What a colleague can see says "away" and nothing of why."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

from services.leave.domain.wording import time_text
from shared.kernel.working_time import parse_minutes

PART_WORDS: Final = {"whole": "Whole day", "am": "Morning", "pm": "Afternoon", "half": "Half of the day"}

NOTICE_WORDS: Final = {
    "late": ("Came late, waits for an answer", "orange"),
    "given": ("Given in time", "blue"),
    "confirmed": ("Confirmed", "green"),
    "lapsed": ("Lapsed", "grey"),
    "withdrawn": ("Given back", "grey"),
}
"""A notice's state: what it is called, and the colour of its tag."""

DAY_WORDS: Final = {
    "booked": ("Booked", "blue"),
    "taken": ("Taken", "green"),
    "withdrawn": ("Given back", "grey"),
    "lapsed": ("Lapsed", "grey"),
}
"""A day's state: what it is called, and the colour of its tag."""

CONFIRMED_BY: Final = {"manager": "the manager", "hr": "HR", "clock": "silence"}


def time_of(minutes: int | str) -> str:
    """Minutes as the lists hold them, in hours and minutes."""
    return time_text(parse_minutes(minutes))


def register_words(blueprint: Blueprint) -> None:
    """Give leave's templates these words."""
    blueprint.add_app_template_filter(time_of, "time_of")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {
            "part_words": PART_WORDS,
            "notice_words": NOTICE_WORDS,
            "day_words": DAY_WORDS,
            "confirmed_by_words": CONFIRMED_BY,
        }
