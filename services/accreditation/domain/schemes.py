"""Accreditation schemes as values: levels, areas and criteria, as the data files say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.kernel.periods import DAY, add_months


@dataclass(frozen=True)
class Level:
    """A level of a scheme; a higher ``rank`` is a higher level."""

    level: str
    name: str
    rank: int


@dataclass(frozen=True)
class Criterion:
    """Something that an assessment looks for."""

    criterion: str
    text: str


@dataclass(frozen=True)
class Area:
    """An area of a scheme, with what is looked for in it.

    ``provisions``: the kinds of provision that support it; ``training``: the audiences whose courses do.
    """

    area: str
    name: str
    criteria: tuple[Criterion, ...]
    provisions: tuple[str, ...] = ()
    training: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """A scheme. ``validity_months`` of an award where its certificate says nothing; ``warning_months`` before its end.

    ``about``: what it is and where it comes from, for people.
    """

    scheme: str
    name: str
    about: str
    validity_months: int
    warning_months: int
    levels: tuple[Level, ...]
    areas: tuple[Area, ...]

    def level(self, level: str) -> Level | None:
        """The level of this name."""
        return next((each for each in self.levels if each.level == level), None)

    def area(self, area: str) -> Area | None:
        """The area of this name."""
        return next((each for each in self.areas if each.area == area), None)

    def last_day(self, starts: date) -> date:
        """The last day of an award that begins on a day."""
        return add_months(starts, self.validity_months) - DAY

    def expiring(self, until: date, day: date) -> bool:
        """Whether an award with this last day is to be warned of on a day: it ends in (day, day + warning]."""
        return day < until <= add_months(day, self.warning_months)
