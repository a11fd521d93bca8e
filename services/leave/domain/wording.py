"""Dates and durations as people read them: days before hours, whole minutes, nothing as "none"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import floor

_TENTHS = 10


def day_text(day: date) -> str:
    """A date in words.

    >>> day_text(date(2026, 3, 13))
    'Friday 13 March 2026'
    """
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def time_text(minutes: Fraction) -> str:
    """A duration in hours and whole minutes; "about" where it was rounded, and "none" for nothing.

    >>> time_text(Fraction(555, 2))
    'about 4 hours 38 minutes'
    """
    if not minutes:
        return "none"
    whole = max(1, floor(minutes + Fraction(1, 2)))
    about = "" if whole == minutes else "about "
    hours, rest = divmod(whole, 60)
    units = ((hours, "hour"), (rest, "minute"))
    return about + " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in units if number)


def amount_text(minutes: Fraction, day: Fraction | None) -> str:
    """A duration in days of ``day`` minutes, and in brackets in hours; in hours alone where no day is known.

    Days that are no halves are told to a tenth, after "about".

    >>> amount_text(Fraction(1332), Fraction(444))
    '3 days (22 hours 12 minutes)'
    >>> amount_text(Fraction(555, 2), Fraction(555))
    'half a day (about 4 hours 38 minutes)'
    """
    time = time_text(minutes)
    if not day or not minutes:
        return time
    days = minutes / day
    if days < Fraction(1, 2):
        return f"less than half a day ({time})"
    exact = (2 * days).denominator == 1
    return f"{days_number(days) if exact else _tenths(days)} ({time})"


def listed(words: Sequence[str]) -> str:
    """Words in a row, the last joined by "and"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def days_number(days: Fraction) -> str:
    """A number of days that is whole or ends with a half: half a day, 2 and a half days."""
    whole, half = divmod(int(2 * days), 2)
    if not whole:
        return "half a day"
    return f"{whole} and a half days" if half else f"{whole} day{'' if whole == 1 else 's'}"


def _tenths(days: Fraction) -> str:
    tenths = floor(days * _TENTHS + Fraction(1, 2))
    if tenths == _TENTHS // 2:
        return "about half a day"
    whole, rest = divmod(tenths, _TENTHS)
    number = f"{whole}.{rest}" if rest else str(whole)
    return f"about {number} day{'' if tenths == _TENTHS else 's'}"
