"""What an indicator is: one declaration of what it counts, adds up, releases and says of itself in words.

What the board shows, what is released, the API's schemas, the CSV and the pages' explanations are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Generic, TypeVar

from services.reporting.domain.disclosure import rounded_percentage
from services.reporting.domain.durations import Durations
from services.reporting.domain.figures import Figures

RELEASE: Final = "Everybody sees the figure of a month once it has been released"
BOTH_SIDES: Final = f"{RELEASE}, where there are at least 10 people on either side of it."
MEDIAN_SEEN: Final = f"{RELEASE}, where at least 10 people are behind it and nobody is behind more than half."
ALWAYS: Final = "Everybody sees it at once: it says what an organisation has in place, and nothing about people."

YES: Final = "yes"
NO: Final = "no"

F = TypeVar("F")


class Kind(StrEnum):
    """How an indicator's value reads. ``PRESENT`` and ``LEVELS`` count organisations."""

    PER_CENT = "per cent"
    PER_HUNDRED = "per hundred"
    PRESENT = "present"
    LEVELS = "levels"
    MEDIAN = "median"


_UNITS: Final = {
    Kind.PER_HUNDRED: "days per 100 FTE",
    Kind.PRESENT: "organisations",
    Kind.LEVELS: "organisations",
    Kind.MEDIAN: "days",
}


@dataclass(frozen=True)
class Rate:
    """A figure and what it is divided by, exact."""

    numerator: Fraction
    denominator: Fraction

    @property
    def value(self) -> Fraction | None:
        """Numerator ÷ denominator; None over nothing, where the figure is not applicable."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Indicator(Generic[F]):
    """An indicator.

    ``number``, ``heading``: after the strategy's list of indicators. ``words``: what it counts, in half a sentence.
    ``of``: what a return has for it, None where it has nothing. ``part``: what of that can be added up with other
    organisations'. ``cells``: the names of its cells in what is released, its own last; ``release``: their texts for a
    month, None for one that must not be shown, and none of them where nothing may be.

    ``tells`` and ``silent``: what a figure tells and does not tell, in sentences. ``counted``, ``out_of``: the
    numerator and the denominator, which medians lack; ``dated``: by which date things belong to a month. ``seen``: who
    sees what beside those who see exact figures; ``quarterly``: these others see it for the last month of a quarter
    alone. ``note``: what must be known of every figure that this release can have, where there is such a thing.
    ``public``: made of public headcounts alone.
    """

    number: str
    heading: str
    words: str
    of: Callable[[Figures], F | None]
    part: Callable[[F], Rate | Durations]
    kind: Kind = Kind.PER_CENT
    cells: tuple[str, ...] = ()
    release: Callable[[F, str], Sequence[str | None]] = lambda _figure, _month: ()
    tells: str = ""
    silent: str = ""
    counted: str = ""
    out_of: str = ""
    dated: str = ""
    seen: str = ALWAYS
    quarterly: bool = False
    note: str = ""
    public: bool = False

    @property
    def cell(self) -> str:
        """The name of its own cell in what is released."""
        return self.cells[-1]

    @property
    def unit(self) -> str:
        """What its values count for several organisations; nothing of a percentage."""
        return _UNITS.get(self.kind, "")

    def unit_after(self, value: str) -> str:
        """The unit as it stands after a value: 1 day, 1.0 days, 1 of 1 organisation, 1 of 2 organisations."""
        if value.rpartition(" ")[2] != "1":
            return self.unit
        return self.unit.replace("organisations", "organisation").replace("days", "day")

    @property
    def organisation(self) -> bool:
        """Whether organisations are what it counts."""
        return self.kind in (Kind.PRESENT, Kind.LEVELS)

    @property
    def everybody(self) -> bool:
        """Whether a total of several organisations is for everybody: made of what is public about each of them."""
        return self.organisation or self.public

    def part_of(self, figures: Figures) -> Rate | Durations | None:
        """What a return gives to be added up; None where it has nothing."""
        found = self.of(figures)
        return None if found is None else self.part(found)

    def texts(self, figures: Figures, month: str) -> Sequence[str | None] | None:
        """What of a return may be released, in the order of ``cells``; None where the return has nothing."""
        found = self.of(figures)
        return None if found is None else self.release(found, month)


AnyIndicator = Indicator[Any]
"""An indicator among others."""


def whole(numerator: int, denominator: int) -> Rate:
    """A rate of whole things."""
    return Rate(Fraction(numerator), Fraction(denominator))


def per_cent(numerator: Fraction | int, denominator: Fraction | int, group: Fraction | int) -> str | None:
    """A whole percentage of rounded counts as released, None where it may not be. ``group``: the people it is about."""
    shown = rounded_percentage(Fraction(numerator), Fraction(denominator), group=Fraction(group))
    return None if shown is None else f"{shown}%"
