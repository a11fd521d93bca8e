"""Whole and half days: what a part of a date amounts to, which parts a date offers, when one begins.

A half is exactly half of the date's scheduled minutes, whichever part of the day it is: "am" and "pm" only say
which. A date worked in one session offers the whole of it or a half, without saying which.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final

from services.leave.domain.law import Law
from shared.kernel.clock import LONDON
from shared.kernel.working_time import Sessions

WHOLE: Final = "whole"
MORNING: Final = "am"
AFTERNOON: Final = "pm"
HALF: Final = "half"
PARTS: Final = (WHOLE, MORNING, AFTERNOON, HALF)


def share_of(part: str) -> Fraction:
    """How much of a date the part is: 1 or 1/2."""
    return Fraction(1) if part == WHOLE else Fraction(1, 2)


def minutes_of(part: str, sessions: Sessions) -> Fraction:
    """The minutes of leave in the part of a date with these sessions."""
    return share_of(part) * sessions.total


def parts_offered(sessions: Sessions) -> tuple[str, ...]:
    """The parts that can be asked of a date with these sessions; none where it is not worked."""
    if not sessions.total:
        return ()
    return (WHOLE, MORNING, AFTERNOON) if sessions.both else (WHOLE, HALF)


def begins_at(day: date, part: str, sessions: Sessions, law: Law) -> datetime:
    """The instant (UTC) at which the part of the date begins: until then it can be given back."""
    in_the_afternoon = part == AFTERNOON or not sessions.am
    begins = law.afternoon_begins if in_the_afternoon else law.morning_begins
    return datetime.combine(day, begins, tzinfo=LONDON).astimezone(UTC)


def clash(part: str, others: frozenset[str]) -> bool:
    """Whether a part cannot stand beside the other parts already held of the same date and post."""
    if not others:
        return False
    if WHOLE in (part, *others) or len(others) > 1:
        return True
    return (part == MORNING and MORNING in others) or (part == AFTERNOON and AFTERNOON in others)
