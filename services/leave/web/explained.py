"""How a decision was worked out, in sentences: the last day to ask by each reading, what each day uses, the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.leave.domain.law import law_named
from services.leave.domain.notice_periods import last_in_time
from services.leave.domain.wording import amount_text, day_text, listed
from services.leave.read.notices import DayShown
from services.leave.web.states import standing
from shared.kernel.working_time import parse_minutes
from shared.web.words import short_day, slug_words

_READINGS: Final = {"text": "the text of the law", "acas": "the guidance of Acas", "govuk": "the guidance on GOV.UK"}

_CALENDAR: Final = re.compile(r"(?P<nation>[a-z-]+): holidays (?P<list>[^ ,]+), corrections (?P<corrections>[^ ]+)")
"""A list of bank holidays as decisions store it."""


def last_day_in_time(latest: Mapping[str, str], law: str) -> str:
    """The last day to ask in time (ISO): of the last days by each reading the one that counts under a law."""
    return last_in_time(_dates(latest), law_named(law)).isoformat()


def readings_words(latest: Mapping[str, str], law: str) -> str:
    """The last day to ask by each reading of regulation 7, and which of them counts."""
    days = _dates(latest)
    named = listed([f"{day_text(days[reading])} by {words}" for reading, words in _READINGS.items() if reading in days])
    counts = day_text(last_in_time(days, law_named(law)))
    return f"The last day to ask in time is {named}. The one that counts is {counts}."


def days_used(days: Sequence[DayShown], today: date) -> list[str]:
    """What each day that stands uses of the week, or used of it where it is over."""
    return [_used(day, today) for day in days if standing(day) and parse_minutes(day.counted_minutes)]


def rules_words(law: str, calendar: str) -> str:
    """The version of the rules and of the list of bank holidays, in words."""
    return f"The rules are {law_words(law)}. {_calendar(calendar)}"


def law_words(law: str) -> str:
    """A version of the law: its regulations, and since when they have been so."""
    return f"those of the Carer’s Leave Regulations 2024, in force since {short_day(law_named(law).in_force)}"


def _used(day: DayShown, today: date) -> str:
    counted, whole = parse_minutes(day.counted_minutes), parse_minutes(day.scheduled_minutes)
    on = date.fromisoformat(day.date)
    verb, was = ("used", "was") if on < today else ("uses", "is")
    only = counted < parse_minutes(day.minutes) and not day.corrected
    rest = f" (only this much {was} left, so the rest of it does not count)" if only else ""
    return (
        f"{day_text(on)} {verb} {amount_text(counted, whole)} of the week in the 12 months to "
        f"{short_day(day.window_last)}{rest}."
    )


def _calendar(stored: str) -> str:
    found = _CALENDAR.fullmatch(stored)
    if found is None:
        return f"Bank holidays: {stored}."
    return (
        f"Bank holidays are those of {slug_words(found['nation'])}, by release {found['list']} of the published list "
        f"and release {found['corrections']} of this service’s corrections to it."
    )


def _dates(latest: Mapping[str, str]) -> dict[str, date]:
    return {reading: date.fromisoformat(day) for reading, day in latest.items()}
