"""What a return carries: leave taken over two spans, and the figure of each further measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, Generic, TypeVar, cast

from services.reporting.domain.facts import Facts
from shared.kernel.events import Payload

DEFINITION: Final = 3
"""The version of these definitions; a change of meaning is a new number and revises every open return."""

ZERO: Final = Fraction(0)

F = TypeVar("F")


@dataclass(frozen=True)
class Flow:
    """One organisation's leave over one span of months, exact.

    ``headcount``, ``fte``: means of the month-end stocks of those of the span's months that are not before the
    organisation's first known employment. Days are full-time equivalent days. People are
    distinct within the span and the organisation. ``largest…``: the most days that one person contributed.
    """

    headcount: Fraction = ZERO
    fte: Fraction = ZERO
    people: int = 0
    days: Fraction = ZERO
    largest: Fraction = ZERO
    paid_people: int = 0
    paid_days: Fraction = ZERO
    largest_paid: Fraction = ZERO
    unpaid_people: int = 0
    unpaid_days: Fraction = ZERO
    largest_unpaid: Fraction = ZERO


@dataclass(frozen=True)
class Figures:
    """A return's figures: leave over the month itself and over the rolling twelve months that end with it.

    ``measures``: all else by number, each asked for by its ``Measure``. A return by the definitions of version 1 has
    none; those of version 2 lack 7 and 16.
    """

    month: Flow
    year: Flow
    measures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Measure(Generic[F]):
    """Something that returns carry besides leave taken, and how it is found and travels.

    ``number``: that of its indicator. ``over``: an organisation's figures for months, earliest first, in one pass over
    its facts. ``plain``, ``parse``: a figure as plain JSON and back; raises KeyError or ValueError.
    """

    number: str
    over: Callable[[Facts, Sequence[str]], Sequence[F]]
    plain: Callable[[F], dict[str, Any]]
    parse: Callable[[Payload], F]

    def of(self, figures: Figures) -> F | None:
        """Its figure in a return; None in one of older definitions, which does not have it."""
        return cast("F | None", figures.measures.get(self.number))
