"""What a date's segments come to: the one computation of a pay line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payroll.domain.days import DayTotal, Segment, day_totals
from services.payroll.domain.quantities import two_decimals
from services.payroll.wiring import shipped_mapping
from shared.kernel.errors import InvalidError

PERSON = "aaaaaaaa-0000-4000-8000-000000000001"
DAY = date(2026, 3, 13)
codes_on = shipped_mapping().codes_on

WHOLE = Segment(
    notice="n1",
    date=DAY,
    organisation="works",
    employer="works",
    employment="e1",
    post="P1",
    staff_number="S1",
    minutes=Fraction(444),
    paid_minutes=Fraction(0),
    scheduled_minutes=Fraction(444),
)
HALF = replace(WHOLE, minutes=Fraction(222))


def totals(*segments: Segment) -> list[DayTotal]:
    return list(day_totals(PERSON, segments, codes_on).values())


def sent(*segments: Segment) -> dict[str, str]:
    return {total.element: total.quantity for total in totals(*segments)}


def test_two_halves_by_two_notices_share_one_line() -> None:
    (total,) = totals(HALF, replace(HALF, notice="n2"))
    assert (total.element, total.unit, total.quantity, total.period) == ("unpaid", "days", "1.00", "2026-03")


def test_paid_and_unpaid_time_of_a_date_are_two_lines_that_add_up() -> None:
    assert sent(replace(WHOLE, paid_minutes=Fraction(148))) == {"paid": "0.33", "unpaid": "0.67"}


def test_time_that_was_worked_instead_makes_no_line() -> None:
    assert totals(replace(WHOLE, minutes=Fraction(0), scheduled_minutes=Fraction(0))) == []


def test_a_part_too_small_for_two_decimals_makes_no_line() -> None:
    assert totals(replace(WHOLE, minutes=Fraction(1))) == []


def test_each_post_has_its_own_line() -> None:
    lines = totals(HALF, replace(HALF, notice="n2", post="P2"))
    assert [(line.post, line.quantity) for line in lines] == [("P1", "0.50"), ("P2", "0.50")]
    assert len({line.line for line in lines}) == 2


def test_the_line_of_a_person_post_date_and_element_has_one_name_for_ever() -> None:
    assert totals(HALF)[0].line == "b05dd2ef-2259-5df2-9c66-5064b7f5ca51"
    assert totals(HALF)[0].line == totals(replace(WHOLE, notice="n9", staff_number="S9"))[0].line


def test_parts_of_a_date_are_measured_each_by_its_own_schedule() -> None:
    shorter = replace(HALF, notice="n2", minutes=Fraction(120), scheduled_minutes=Fraction(240))
    assert sent(HALF, shorter) == {"unpaid": "1.00"}


def test_the_staff_number_is_the_one_heard_last() -> None:
    assert totals(HALF, replace(HALF, notice="n2", staff_number="S2"))[0].staff_number == "S2"


@pytest.mark.parametrize(
    "wrong", [{"paid_minutes": Fraction(445)}, {"paid_minutes": Fraction(-1)}, {"scheduled_minutes": Fraction(0)}]
)
def test_minutes_that_do_not_fit_together_are_refused(wrong: dict[str, Fraction]) -> None:
    with pytest.raises(InvalidError):
        replace(WHOLE, **wrong).refuse_impossible()  # type: ignore[arg-type]


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    scheduled = draw(st.integers(1, 720))
    minutes = draw(st.fractions(0, scheduled, max_denominator=2))
    paid = draw(st.fractions(0, minutes, max_denominator=2)) if minutes else Fraction(0)
    return replace(
        WHOLE,
        notice=draw(st.uuids()).hex,
        minutes=minutes,
        paid_minutes=min(paid, minutes),
        scheduled_minutes=Fraction(scheduled),
    )


@given(st.lists(segments(), max_size=4))
def test_the_lines_of_a_date_add_up_to_its_rounded_total(parts: list[Segment]) -> None:
    expected = two_decimals(sum((part.minutes / part.scheduled_minutes for part in parts), Fraction(0)))
    lines = totals(*parts)
    assert sum((Decimal(line.quantity) for line in lines), Decimal(0)) == expected
    assert all(Decimal(line.quantity) > 0 for line in lines)


@given(st.lists(segments(), max_size=4), st.randoms())
def test_the_order_of_notices_does_not_matter(parts: list[Segment], order: object) -> None:
    shuffled = list(parts)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sent(*parts) == sent(*shuffled)
