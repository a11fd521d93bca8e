"""Working patterns as people type them: in the staff file, in forms, in the API.

A week is days with their hours, weeks are parted by ``|``::

    mon-fri 7:24
    mon-wed 7:24  thu 3:42/
    mon-fri 8:12 | mon-thu 8:15 from 2026-01-05
    39x mon-fri 7:24 | 13x off

- Hours are ``H:MM``. Alone they are halved between morning and afternoon; ``4:00/3:24`` says both; ``3:42/`` is a
  morning, ``/3:42`` an afternoon.
- Days are ``mon`` to ``sun``, a range ``mon-fri`` or a list ``mon,wed,fri``. A day not named is not worked; ``off``
  is a week without work; ``39x`` repeats a week.
- The first week is the one in which the employment starts, unless ``from`` and a Monday say which week is first.
- ``+holidays`` at the end: bank holidays are worked. ``+varies``: hours differ from week to week in a way that the
  pattern does not tell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from shared.kernel.errors import InvalidError
from shared.kernel.working_time import MINUTES_IN_A_DAY, Sessions, WorkingPattern

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_TEXT = 400
"""Characters of a pattern, at most."""

_HOLIDAYS = "+holidays"
_VARIES = "+varies"
_NONE = Sessions()
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_DAYS = re.compile(rf"{_DAY}(?:-{_DAY}|(?:,{_DAY})+)?")
_TIME = r"[0-9]{1,2}:[0-5][0-9]"
_HOURS = re.compile(rf"({_TIME})|({_TIME})?/({_TIME})?")
_REPEATED = re.compile(r"([1-9][0-9]{0,2})x")
_FROM = re.compile(r"\s+from\s+([0-9]{4}-[0-9]{2}-[0-9]{2})$")


def parse_pattern(text: str, starts: date) -> WorkingPattern:
    """The pattern of an employment that starts on this day; its cycle begins on a Monday.

    Raises InvalidError, code ``bad-pattern``, with a sentence that says which part cannot be read.
    """
    days, anchor, holidays, varies = _read(text)
    return WorkingPattern(anchor or monday_of(starts), days, holidays, varies)


def pattern_text(pattern: WorkingPattern, starts: date) -> str:
    """The shortest text that ``parse_pattern`` reads as this pattern, for an employment that starts on this day.

    Raises InvalidError where the pattern has no whole weeks or minutes that ``H:MM`` cannot say.
    """
    if len(pattern.days) % 7:
        raise _bad("The pattern has no whole weeks")
    weeks = [pattern.days[at : at + 7] for at in range(0, len(pattern.days), 7)]
    runs = [(week, len(list(same))) for week, same in groupby(weeks)]
    texts = [_week_text(week) if times == 1 else f"{times}x {_week_text(week)}" for week, times in runs]
    words = [" | ".join(texts)]
    if pattern.starts != monday_of(starts):
        words.append(f"from {pattern.starts.isoformat()}")
    words += [_HOLIDAYS] * pattern.works_bank_holidays + [_VARIES] * pattern.varies
    return " ".join(words)


def monday_of(day: date) -> date:
    """The Monday on or before the day."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[tuple[Sessions, ...], date | None, bool, bool]:
    """Days of the cycle, the first week's Monday where it is said, and the two flags."""
    if len(text) > LONGEST_TEXT:
        raise _bad(f"The pattern is longer than {LONGEST_TEXT} characters")
    words = text.lower().split()
    rest, anchor = _anchor(" ".join(word for word in words if word not in (_HOLIDAYS, _VARIES)))
    days = tuple(day for week in rest.split("|") for day in _weeks(week.split()))
    if not any(day.total for day in days):
        raise _bad("The pattern has no working hours")
    return days, anchor, _HOLIDAYS in words, _VARIES in words


def _anchor(text: str) -> tuple[str, date | None]:
    match = _FROM.search(text)
    if match is None:
        return text, None
    try:
        first = date.fromisoformat(match[1])
    except ValueError:
        raise _bad(f"‘{match[1]}’ is not a date") from None
    if first.weekday() != 0:
        raise _bad(f"{match[1]} is not a Monday; after ‘from’ comes the Monday of the first week")
    return text[: match.start()], first


def _weeks(words: list[str]) -> list[Sessions]:
    times = 1
    if words and (match := _REPEATED.fullmatch(words[0])):
        times, words = int(match[1]), words[1:]
    if words == ["off"]:
        return [_NONE] * (7 * times)
    if not words or len(words) % 2:
        raise _bad("Each week needs days and hours in turn, such as mon-fri 7:24, or the word off")
    week = [_NONE] * 7
    for days, hours in zip(words[::2], words[1::2], strict=True):
        sessions = _sessions(hours)
        for day in _named_days(days):
            if week[day] is not _NONE:
                raise _bad(f"The same week says {DAY_NAMES[day]} twice")
            week[day] = sessions
    return week * times


def _named_days(text: str) -> list[int]:
    if not _DAYS.fullmatch(text):
        raise _bad(f"‘{text}’ is not a day, a range such as mon-fri or a list such as mon,wed")
    first, dash, last = text.partition("-")
    if not dash:
        return [DAY_NAMES.index(name) for name in text.split(",")]
    if DAY_NAMES.index(last) <= DAY_NAMES.index(first):
        raise _bad(f"‘{text}’ runs backwards; a week begins with mon")
    return list(range(DAY_NAMES.index(first), DAY_NAMES.index(last) + 1))


def _sessions(text: str) -> Sessions:
    match = _HOURS.fullmatch(text)
    if match is None or text == "/":
        raise _bad(f"‘{text}’ are not hours; write hours and minutes such as 7:24, or 4:00/3:24 for both halves")
    whole, am, pm = match.groups()
    if whole:
        half = Fraction(_minutes(whole), 2)
        morning, afternoon = half, half
    else:
        morning, afternoon = Fraction(_minutes(am)), Fraction(_minutes(pm))
    if not 0 < morning + afternoon <= MINUTES_IN_A_DAY:
        raise _bad(f"‘{text}’ is not between one minute and 24 hours; leave out a day that is not worked")
    return Sessions(morning, afternoon)


def _minutes(text: str | None) -> int:
    if not text:
        return 0
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _week_text(week: tuple[Sessions, ...]) -> str:
    worked = [(index, day) for index, day in enumerate(week) if day.total]
    runs: list[tuple[int, int, Sessions]] = []
    for index, day in worked:
        if runs and runs[-1][1] == index - 1 and runs[-1][2] == day:
            runs[-1] = (runs[-1][0], index, day)
        else:
            runs.append((index, index, day))
    parts = [f"{_run_text(first, last)} {_hours_text(day)}" for first, last, day in runs]
    return " ".join(parts) or "off"


def _run_text(first: int, last: int) -> str:
    return DAY_NAMES[first] if first == last else f"{DAY_NAMES[first]}-{DAY_NAMES[last]}"


def _hours_text(day: Sessions) -> str:
    if day.am == day.pm:
        return _time_text(day.total)
    return "/".join(_time_text(part) if part else "" for part in (day.am, day.pm))


def _time_text(minutes: Fraction) -> str:
    if minutes.denominator != 1:
        raise _bad("The pattern has parts of a minute")
    hours, rest = divmod(int(minutes), 60)
    return f"{hours}:{rest:02d}"


def _bad(why: str) -> InvalidError:
    return InvalidError(f"{why}. Write it like ‘mon-fri 7:24’ or ‘mon-wed 7:24 thu 3:42/’.", code="bad-pattern")
