"""What each day of a notice is by now, in words and a colour: one answer for every list, page and tag.

A day's own state says little: one that is booked waits with its notice or is confirmed with it, one that was postponed
has another day in its place, and one that was taken may have been corrected since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.leave.domain.capacities import EXCHANGED
from services.leave.domain.notices import (
    BOOKED,
    CONFIRMED,
    GIVEN,
    LAPSED,
    LATE,
    NOT_WAIVED,
    POSTPONED,
    TAKEN,
    WITHDRAWN,
)
from services.leave.domain.wording import amount_text, listed
from services.leave.read.notices import DayShown, NoticeShown
from shared.kernel.working_time import parse_minutes
from shared.web.words import short_day

_CORRECTED: Final = "corrected"


@dataclass(frozen=True)
class Tag:
    """What is told of a day or of several: the words, and the colour of the tag that holds them."""

    words: str
    colour: str


@dataclass(frozen=True)
class _State:
    """How a state is told: of a single day, and after a number of days."""

    words: str
    counted: str
    colour: str


_STATES: Final = {
    LATE: _State("Late: not answered yet", "late, not answered", "orange"),
    GIVEN: _State("Not confirmed yet", "not confirmed yet", "blue"),
    POSTPONED: _State("Postponed", "postponed", "yellow"),
    CONFIRMED: _State("Confirmed", "confirmed", "green"),
    TAKEN: _State("Taken", "taken", "turquoise"),
    _CORRECTED: _State("Corrected", "corrected", "purple"),
    WITHDRAWN: _State("Cancelled", "cancelled", "grey"),
    LAPSED: _State("Ended: not answered in time", "ended", "grey"),
    NOT_WAIVED: _State("Not accepted: too late", "not accepted", "red"),
}
"""In the order in which several are told: what is still open first."""


def day_tag(notice: NoticeShown, day: DayShown, *, times: bool) -> Tag:
    """What one day of a notice is by now. ``times``: whether the reader may know how much a corrected day holds."""
    state = _state(notice, day)
    words = _STATES[state].words
    if state == POSTPONED and (places := _places(notice, day)):
        words = f"Postponed to {places}"
    elif state == CONFIRMED and day.is_new:
        words = "Confirmed (new day)"
    elif state == WITHDRAWN and day.cause == EXCHANGED:
        words = "Cancelled to make room for other leave"
    elif state == _CORRECTED:
        words = _corrected(day, times=times)
    return Tag(words, _STATES[state].colour)


def notice_tags(notice: NoticeShown, *, times: bool) -> list[Tag]:
    """What a notice is by now: one tag where all of its days are the same, else one for each state with a number.

    A day that was postponed is told once, by the day in its place; until that ends it says to which day.
    """
    days = present_days(notice)
    if len(days) == 1:
        return [_moved_tag(days[0]) or day_tag(notice, days[0], times=times)]
    states = [POSTPONED if _moved_tag(day) else _state(notice, day) for day in days]
    if len(set(states)) == 1 and states[0] not in (POSTPONED, _CORRECTED):
        return [Tag(_STATES[states[0]].words, _STATES[states[0]].colour)]
    return [
        Tag(f"{states.count(state)} {told.counted}", told.colour) for state, told in _STATES.items() if state in states
    ]


def present_days(notice: NoticeShown) -> Sequence[DayShown]:
    """The days by which a list names a notice: those postponed are left out where others have their place."""
    return [day for day in notice.days if day.state != POSTPONED] or notice.days


def standing_days(notice: NoticeShown) -> Sequence[DayShown]:
    """The days that are still asked for, will be taken or were."""
    return [day for day in notice.days if standing(day)]


def standing(day: DayShown) -> bool:
    """Whether a day is still asked for, will be taken or was."""
    return day.state in (BOOKED, TAKEN)


def _state(notice: NoticeShown, day: DayShown) -> str:
    """One of ``_STATES``; a day that is booked waits, or is confirmed, with its notice."""
    if day.state == BOOKED:
        return notice.state if notice.state in (LATE, GIVEN) else CONFIRMED
    return _CORRECTED if day.state == TAKEN and day.corrected else day.state


def _moved_tag(day: DayShown) -> Tag | None:
    """Of a day that has the place of another and is still ahead."""
    if not (day.is_new and day.state == BOOKED):
        return None
    return Tag(f"Postponed to {short_day(day.date)}", _STATES[POSTPONED].colour)


def _places(notice: NoticeShown, day: DayShown) -> str:
    """The day in the place of a postponed one: the first for the first; all where they are not as many."""
    old = [each.date for each in notice.days if each.state == POSTPONED]
    new = [each.date for each in notice.days if each.is_new]
    if len(old) == len(new):
        return short_day(new[old.index(day.date)])
    return listed([short_day(date) for date in new]) if new else ""


def _corrected(day: DayShown, *, times: bool) -> str:
    minutes = parse_minutes(day.minutes)
    if not minutes:
        return "Corrected: worked instead"
    return f"Corrected to {amount_text(minutes, parse_minutes(day.scheduled_minutes))}" if times else "Corrected"
