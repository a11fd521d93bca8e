"""The days of a notice in words, for a line of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.leave.words import PART_WORDS
from shared.web.words import short_day

MOST_DAYS: Final = 3
"""Days of one notice that are named each; more are told by their number, the first and the last."""


def dates_words(days: Sequence[tuple[str, str]]) -> str:
    """Of (ISO date, part): 12 March 2026; 13 March 2026, morning. More than three: 5 days or parts of days, from …"""
    if len(days) <= MOST_DAYS:
        return "; ".join(date_words(on, part) for on, part in days)
    first, last = short_day(days[0][0]), short_day(days[-1][0])
    return f"{len(days)} days or parts of days, from {first} to {last}"


def date_words(on: str, part: str) -> str:
    """13 March 2026, morning."""
    return short_day(on) if part == "whole" else f"{short_day(on)}, {PART_WORDS[part].lower()}"
