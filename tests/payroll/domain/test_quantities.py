"""Units of time on pay lines."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payroll.domain.quantities import (
    amount,
    quantity_text,
    shared_out,
    sums_by_unit,
    two_decimals,
)
from shared.kernel.errors import InvalidError

fractions = st.fractions(min_value=0, max_value=24, max_denominator=1440)


@pytest.mark.parametrize(
    ("unit", "minutes", "scheduled", "expected"),
    [
        ("days", 222, 444, "0.50"),
        ("days", 444, 444, "1.00"),
        ("days", Fraction(555, 2), 555, "0.50"),
        ("hours", 444, 444, "7.40"),
        ("hours", Fraction(555, 2), 555, "4.63"),  # 4.625 hours, half up
        ("hours", 222, 444, "3.70"),
        ("days", 1, 3, "0.33"),
        ("days", 2, 3, "0.67"),
        ("days", 0, 0, "0.00"),
    ],
)
def test_a_quantity_is_minutes_in_its_unit_to_two_decimals(
    unit: str, minutes: int | Fraction, scheduled: int, expected: str
) -> None:
    assert quantity_text(two_decimals(amount(unit, Fraction(minutes), Fraction(scheduled)))) == expected


def test_minutes_on_a_date_with_none_scheduled_are_refused() -> None:
    with pytest.raises(InvalidError, match="none scheduled"):
        amount("days", Fraction(60), Fraction(0))


def test_money_is_no_unit() -> None:
    with pytest.raises(InvalidError, match="days, hours"):
        amount("pounds", Fraction(60), Fraction(444))


@given(fractions)
def test_rounding_is_half_up_and_never_further_off_than_half_a_hundredth(value: Fraction) -> None:
    error = Fraction(two_decimals(value)) - value
    assert Fraction(-1, 200) < error <= Fraction(1, 200)


@given(fractions, fractions)
def test_two_shares_add_up_to_the_rounded_whole_and_neither_is_negative(first: Fraction, second: Fraction) -> None:
    shares = shared_out([first, second])
    assert sum(shares) == two_decimals(first + second)
    assert min(shares) >= 0


def test_the_last_share_takes_the_remainder() -> None:
    assert shared_out([Fraction(1, 3), Fraction(2, 3)]) == [Decimal("0.33"), Decimal("0.67")]
    assert shared_out([Fraction(1, 8), Fraction(1, 8)]) == [Decimal("0.13"), Decimal("0.12")]
    assert shared_out([]) == []


def test_sums_are_signed_and_kept_apart_by_unit() -> None:
    sums = sums_by_unit([("hours", "7.40"), ("days", "1.00"), ("days", "-0.50"), ("hours", "-7.40")])
    assert sums == {"days": "0.50", "hours": "0.00"}
