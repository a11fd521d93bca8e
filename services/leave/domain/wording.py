"""Dates and durations as people read them, for the sentences of refusals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction


def day_text(day: date) -> str:
    """A date in words.

    >>> day_text(date(2026, 3, 13))
    'Friday 13 March 2026'
    """
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def time_text(minutes: Fraction) -> str:
    """A duration in hours and minutes; a part of a minute is shown as its decimals, at most two.

    >>> time_text(Fraction(555, 2))
    '4 hours 37.5 minutes'
    """
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(f"{hours} hour{'s' if hours != 1 else ''}")
    if rest or not hours:
        number = str(rest.numerator) if rest.denominator == 1 else f"{float(rest):.2f}".rstrip("0").rstrip(".")
        parts.append(f"{number} minute{'s' if rest != 1 else ''}")
    return " ".join(parts)


def listed(words: Sequence[str]) -> str:
    """Words in a row, the last joined by "and"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
