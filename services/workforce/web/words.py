"""Working patterns and shares of full time as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from services.workforce.read.held import Held
from shared.kernel.working_time import Sessions
from shared.web.words import hours

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_WEEKS: Final = 4
"""Weeks of a cycle that are told in words; a longer one is shown as it is typed."""


def pattern_words(held: Held) -> str:
    """Monday to Wednesday 7 hours 24 minutes a day, Thursday morning 3 hours 42 minutes; also on bank holidays."""
    days = held.pattern.days
    weeks = [days[at : at + 7] for at in range(0, len(days), 7)]
    if len(weeks) > _MOST_WEEKS or any(day.total.denominator != 1 for day in days):
        return held.pattern_text
    told = [_week(week) for week in weeks]
    words = told[0] if len(told) == 1 else "; ".join(f"Week {at}: {week}" for at, week in enumerate(told, 1))
    if held.pattern.works_bank_holidays:
        words += "; also on bank holidays"
    if held.pattern.varies:
        words += "; hours vary from week to week"
    return words


def fte_words(fte: Fraction) -> str:
    """1, 0.6, or where two decimals do not say it all: 0.61 (exactly 45/74)."""
    rounded = f"{float(fte):.2f}".rstrip("0").rstrip(".")
    return rounded if Fraction(rounded) == fte else f"{rounded} (exactly {fte})"


def _week(week: Sequence[Sessions]) -> str:
    runs = [(sessions, [at for at, _ in same]) for sessions, same in groupby(enumerate(week), key=lambda day: day[1])]
    return ", ".join(_run(sessions, at) for sessions, at in runs if sessions.total) or "no work"


def _run(sessions: Sessions, at: Sequence[int]) -> str:
    part = "" if sessions.both else " morning" if sessions.am else " afternoon"
    time = hours(int(sessions.total))
    if len(at) == 1:
        return f"{_DAYS[at[0]]}{part} {time}"
    days = f"{_DAYS[at[0]]} {'and' if len(at) == 2 else 'to'} {_DAYS[at[-1]]}"
    return f"{days}{f'{part}s' if part else ''} {time} a day"
