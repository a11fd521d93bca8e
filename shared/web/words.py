"""Dates, times and lengths of time as people read them (GOV.UK style)."""

from __future__ import annotations

import datetime as dt
from calendar import day_name, month_name
from typing import Final

from shared.kernel.clock import LONDON

_NAMES: Final = frozenset((*day_name, *month_name)) - {""}
"""Words that keep their capital letter."""

_ROUND: Final = {0: "midnight", 12: "midday"}
"""What GOV.UK style calls these two hours, which "12am" and "12pm" leave open."""


def long_day(value: dt.date | str | None) -> str:
    """Friday 13 March 2026."""
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B} {day.year}" if day else ""


def short_day(value: dt.date | str | None) -> str:
    """13 March 2026."""
    day = _day(value)
    return f"{day.day} {day:%B} {day.year}" if day else ""


def moment(value: dt.datetime | str | None) -> str:
    """13 March 2026 at 9:05am, in London."""
    return f"{short_day(_in_london(value).date())} at {clock_time(value)}" if value else ""


def clock_time(value: dt.datetime | str) -> str:
    """9:05am, midday or midnight, in London."""
    local = _in_london(value)
    return _time(local, f"{local:%M}")


def second(value: dt.datetime | str) -> str:
    """13 March, 9:05:07am, in London."""
    local = _in_london(value)
    return f"{local.day} {local:%B}, {_time(local, f'{local:%M:%S}')}"


def hours(minutes: int) -> str:
    """3 hours 42 minutes."""
    whole, rest = divmod(abs(minutes), 60)
    parts = [_counted(whole, "hour")] if whole else []
    if rest or not whole:
        parts.append(_counted(rest, "minute"))
    return ("minus " if minutes < 0 else "") + " ".join(parts)


def month(value: str) -> str:
    """November 2026, of ``2026-11``."""
    return f"{dt.date.fromisoformat(f'{value}-01'):%B %Y}"


def slug_words(slug: str) -> str:
    """A short name in words, for want of the real one: Hm revenue and customs."""
    return slug.replace("-", " ").capitalize()


def in_sentence(text: str) -> str:
    """What begins with a capital letter, inside a sentence. Names of days and months, and abbreviations, stay.

    >>> in_sentence("Last day"), in_sentence("Thursday 10 December 2026"), in_sentence("HR"), in_sentence("9 to 5")
    ('last day', 'Thursday 10 December 2026', 'HR', '9 to 5')
    """
    first = text.split(" ", 1)[0]
    keeps = first.strip(",.:") in _NAMES or any(letter.isupper() for letter in first[1:])
    return text if keeps else text[:1].lower() + text[1:]


def ago(seconds: float) -> str:
    """The age of something in the one unit that says enough: 4 seconds, 12 minutes, 3 hours."""
    whole = int(seconds)
    if whole < 120:
        return _counted(whole, "second")
    return _counted(whole // 60, "minute") if whole < 7200 else _counted(whole // 3600, "hour")


def _in_london(value: dt.datetime | str) -> dt.datetime:
    instant = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return instant.astimezone(LONDON)


def _time(local: dt.datetime, past: str) -> str:
    """A time of day. ``past``: the minutes, and the seconds where they are told too, as text."""
    if not past.strip("0:") and local.hour in _ROUND:
        return _ROUND[local.hour]
    return f"{local.hour % 12 or 12}:{past}{'am' if local.hour < 12 else 'pm'}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _day(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None
