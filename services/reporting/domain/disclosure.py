"""The tests that a sensitive figure passes before it may be shown, and how it is rounded then.

Tests look at unrounded distinct people; rounding comes after, each number on its own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

THRESHOLD: Final = 10
"""Distinct people who must stand behind a count, and behind what is left of its denominator."""

SMALLEST_DENOMINATOR: Final = 30
"""A rate over less than this, unrounded, says nothing reliable."""

SMALLEST_EXTREME_GROUP: Final = 50
"""In a group of fewer people, 0 % or 100 % would say something about each of them."""

_STEP: Final = 5


def enough_people(people: int, population: Fraction) -> bool:
    """Whether at least ten people contribute and at least ten of the population do not. Zero never passes."""
    return people >= THRESHOLD and population - people >= THRESHOLD


def safe_share(people: int, others: int) -> bool:
    """Whether at least ten people are on each side of a sensitive share. Zero never passes."""
    return people >= THRESHOLD and others >= THRESHOLD


def safe_people(people: int, others: int) -> bool:
    """Whether each side of a share of people, which is not sensitive, has nobody or at least ten."""
    return all(side == 0 or side >= THRESHOLD for side in (people, others))


def nobody_dominates(largest: Fraction, total: Fraction) -> bool:
    """Whether no one person contributed over half of a volume."""
    return 2 * largest.numerator * total.denominator <= total.numerator * largest.denominator


def nearest(value: Fraction, step: int = 1) -> int:
    """The value, 0 or more, to the nearest multiple of the step; halves go away from zero.

    >>> nearest(Fraction(25, 2), 5)
    15
    """
    whole = step * value.denominator
    return (2 * value.numerator + whole) // (2 * whole) * step


def rounded_count(value: Fraction) -> int:
    """A count or a number of days as released: to the nearest 5."""
    return nearest(value, _STEP)


def rounded_percentage(numerator: Fraction, denominator: Fraction, group: Fraction) -> int | None:
    """A whole percentage of rounded counts, or None where it may not be shown. ``group``: the people it is about."""
    rate = rounded_rate(numerator, denominator)
    return None if rate in (0, 100) and group < SMALLEST_EXTREME_GROUP else rate


def rounded_rate(numerator: Fraction, denominator: Fraction) -> int | None:
    """How many for each hundred, whole, of rounded counts, or None where the denominator is too small."""
    if denominator < SMALLEST_DENOMINATOR:
        return None
    over, under = 100 * rounded_count(numerator), rounded_count(denominator)
    return (2 * over + under) // (2 * under)
