"""Quantities on a pay line: units of time, never money. Exact fractions in, two decimals out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from shared.kernel.errors import InvalidError

DAYS: Final = "days"
HOURS: Final = "hours"
UNITS: Final = (DAYS, HOURS)


def amount(unit: str, minutes: Fraction, scheduled: Fraction) -> Fraction:
    """Minutes in a unit: days are minutes ÷ that date's scheduled minutes, hours are minutes ÷ 60.

    Raises InvalidError for an unknown unit, and for minutes on a date that has none scheduled.
    """
    if unit == HOURS:
        return minutes / 60
    if unit != DAYS:
        raise InvalidError(f"'{unit}' is not a unit of pay lines. Use one of: {', '.join(UNITS)}.", code="bad-unit")
    if not minutes:
        return Fraction(0)
    if scheduled <= 0:
        raise InvalidError("There are minutes on a date that has none scheduled.", code="nothing-scheduled")
    return minutes / scheduled


def two_decimals(value: Fraction) -> Decimal:
    """The value to two decimals, half up; for values from 0."""
    return Decimal((value * 100 + Fraction(1, 2)).__floor__()).scaleb(-2)


def shared_out(amounts: Sequence[Fraction]) -> list[Decimal]:
    """Each amount to two decimals; the last takes what is left of the rounded sum, so that the date adds up."""
    if not amounts:
        return []
    first = [two_decimals(value) for value in amounts[:-1]]
    return [*first, two_decimals(sum(amounts, Fraction(0))) - sum(first, Decimal(0))]


def quantity_text(value: Decimal) -> str:
    """The stored form of a quantity: two decimals, a minus sign for a reversal."""
    return f"{value:.2f}"


def sums_by_unit(quantities: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Signed sums of (unit, quantity) pairs, by unit in alphabetical order."""
    sums: dict[str, Decimal] = {}
    for unit, quantity in quantities:
        sums[unit] = sums.get(unit, Decimal(0)) + Decimal(quantity)
    return {unit: quantity_text(sums[unit]) for unit in sorted(sums)}
