"""The days of a request in words, for a line of the home page and for the news."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from services.leave.domain.parts import share_of
from services.leave.domain.wording import days_number, listed
from services.leave.web.words import in_part
from shared.web.words import short_day

MOST_DAYS: Final = 3
"""Days of one request that are named each; more are told by how many they are, the first and the last."""


def dates_words(days: Sequence[tuple[str, str]]) -> str:
    """Of (ISO date, part): 12 March 2026 and 13 March 2026 (morning). Of more than three: 4 days between … and …."""
    if len(days) <= MOST_DAYS:
        return listed([date_words(on, part) for on, part in days])
    number = sum((share_of(part) for _, part in days), Fraction(0))
    return f"{days_number(number)} between {short_day(days[0][0])} and {short_day(days[-1][0])}"


def date_words(on: str, part: str) -> str:
    """13 March 2026 (morning)."""
    return in_part(short_day(on), part)
