"""Minutes of working time, exact, and the working patterns that schedule them.

A number of minutes is a ``Fraction`` while computing. As JSON it is an integer where it is whole, else ``"n/d"``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from shared.kernel.calendars import Calendar
from shared.kernel.errors import InvalidError
from shared.kernel.events import Payload

MINUTES_IN_A_DAY: Final = 24 * 60
LONGEST_CYCLE: Final = 728
"""Days in the longest cycle accepted: two years of weeks."""

_FRACTION = re.compile(r"(-?[0-9]{1,18})(?:/([0-9]{1,18}))?", re.ASCII)


def fraction_text(value: Fraction | int) -> str:
    """The number as ``"n/d"`` in lowest terms; a whole number is ``"n/1"``."""
    return f"{value.numerator}/{value.denominator}"


def parse_fraction(text: str) -> Fraction:
    """The number written ``"n/d"`` or ``"n"``. Raises InvalidError for other text and for a zero denominator."""
    match = _FRACTION.fullmatch(text)
    if match is None or (match[2] is not None and int(match[2]) == 0):
        raise InvalidError(f"'{text}' is not a fraction. Write it like 3/5.", code="bad-fraction")
    return Fraction(int(match[1]), int(match[2] or 1))


def minutes_json(value: Fraction | int) -> int | str:
    """Minutes as JSON: an integer where whole, else ``"n/d"`` text."""
    return value.numerator if value.denominator == 1 else fraction_text(value)


def parse_minutes(value: object) -> Fraction:
    """Minutes from JSON, an integer or ``"n/d"`` text. Raises InvalidError for anything else, floats too."""
    if isinstance(value, str):
        return parse_fraction(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    raise InvalidError(f"{value!r} is not a number of minutes. Write a whole number or a fraction.", code="bad-minutes")


@dataclass(frozen=True)
class Sessions:
    """The scheduled minutes of one date, by morning and afternoon. A shift over midnight belongs to its first date.

    Raises InvalidError where a part is negative or the day has more than 24 hours.
    """

    am: Fraction = Fraction(0)
    pm: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.am < 0 or self.pm < 0 or self.am + self.pm > MINUTES_IN_A_DAY:
            raise InvalidError("A day's minutes must lie between 0 and 1440.", code="bad-minutes")

    @property
    def total(self) -> Fraction:
        """Minutes of the whole date."""
        return self.am + self.pm

    @property
    def both(self) -> bool:
        """Whether the date is worked in two sessions."""
        return self.am > 0 and self.pm > 0

    def without(self, parts: frozenset[str]) -> Sessions:
        """The same date with the named parts, of "am" and "pm", not worked."""
        none = Fraction(0)
        return Sessions(none if "am" in parts else self.am, none if "pm" in parts else self.pm)


@dataclass(frozen=True)
class WorkingPattern:
    """A cycle of days that repeats from ``starts``, its anchor: from when it is in force is told elsewhere.

    ``days``: one ``Sessions`` for each day of the cycle. ``varies``: the hours differ from week to week in a way
    that the cycle does not tell, so that no week can be read from it.
    Raises InvalidError where the cycle is empty or longer than ``LONGEST_CYCLE``.
    """

    starts: date
    days: tuple[Sessions, ...]
    works_bank_holidays: bool = False
    varies: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= LONGEST_CYCLE:
            raise InvalidError(
                f"A working pattern has between 1 and {LONGEST_CYCLE} days, not {len(self.days)}.", code="bad-pattern"
            )

    @classmethod
    def from_json(cls, pattern: Payload) -> WorkingPattern:
        """The pattern from the JSON of an employment event. Raises InvalidError where a part is missing or wrong."""
        try:
            days = tuple(Sessions(parse_minutes(am), parse_minutes(pm)) for am, pm in pattern["days"])
            return cls(
                date.fromisoformat(pattern["starts"]),
                days,
                bool(pattern["works_bank_holidays"]),
                bool(pattern["varies"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidError(
                "A working pattern needs starts (a date), days (pairs of minutes), works_bank_holidays and varies.",
                code="bad-pattern",
            ) from error

    def to_json(self) -> dict[str, object]:
        """The pattern as the JSON of an employment event."""
        return {
            "starts": self.starts.isoformat(),
            "days": [[minutes_json(day.am), minutes_json(day.pm)] for day in self.days],
            "works_bank_holidays": self.works_bank_holidays,
            "varies": self.varies,
        }

    def planned(self, day: date) -> Sessions:
        """What the cycle has for the date, whatever the calendar says. Before ``starts`` it runs backwards."""
        return self.days[(day - self.starts).days % len(self.days)]

    def scheduled(self, day: date, calendar: Calendar) -> Sessions:
        """What is worked on the date: the cycle's day less bank holidays and the employer's closures."""
        return self.planned(day).without(calendar.parts_off(day, works_bank_holidays=self.works_bank_holidays))

    @cached_property
    def weekly_minutes(self) -> Fraction:
        """Minutes of a week on the average of the cycle; bank holidays neither added nor deducted."""
        return sum((day.total for day in self.days), Fraction(0)) * 7 / len(self.days)

    @cached_property
    def same_every_week(self) -> bool:
        """Whether every week counted from ``starts`` has the same minutes: fixed hours."""
        if self.varies or len(self.days) % 7:
            return False
        weeks = {sum(day.total for day in self.days[at : at + 7]) for at in range(0, len(self.days), 7)}
        return len(weeks) == 1
