"""Who is in an audience, and since when."""

from __future__ import annotations

from datetime import date

from services.accreditation.domain.audience import audience_spans, in_since, joined, out_since
from services.accreditation.domain.courses import ALL_STAFF, LINE_MANAGERS, NEW_JOINERS
from shared.kernel.periods import Span
from tests.accreditation.builders import FOREVER

JANUARY = Span(date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = Span(date(2026, 2, 1), date(2026, 2, 28))
APRIL_ON = Span(date(2026, 4, 1), FOREVER)


def test_times_that_touch_are_one_and_those_with_a_gap_are_not() -> None:
    assert joined([APRIL_ON, FEBRUARY, JANUARY]) == [Span(date(2026, 1, 1), date(2026, 2, 28)), APRIL_ON]


def test_a_time_inside_another_adds_nothing() -> None:
    assert joined([APRIL_ON, Span(date(2026, 5, 1), date(2026, 5, 2))]) == [APRIL_ON]


def test_all_staff_are_in_as_long_as_they_are_there() -> None:
    spans = audience_spans(ALL_STAFF, [JANUARY, APRIL_ON], [])
    assert in_since(spans, date(2026, 1, 31)) == date(2026, 1, 1)
    assert in_since(spans, date(2026, 2, 1)) is None
    assert in_since(spans, date(2030, 1, 1)) == date(2026, 4, 1)


def test_a_line_manager_is_in_while_there_and_managing_somebody() -> None:
    stays = [Span(date(2025, 1, 1), FOREVER)]
    spans = audience_spans(LINE_MANAGERS, stays, [JANUARY, APRIL_ON])
    assert in_since(spans, date(2025, 12, 31)) is None
    assert in_since(spans, date(2026, 1, 15)) == date(2026, 1, 1)
    assert in_since(spans, date(2026, 3, 31)) is None
    assert in_since(spans, date(2026, 4, 1)) == date(2026, 4, 1)


def test_who_managed_before_they_came_is_in_from_their_first_day() -> None:
    spans = audience_spans(LINE_MANAGERS, [APRIL_ON], [Span(date(2020, 1, 1), FOREVER)])
    assert in_since(spans, date(2026, 4, 1)) == date(2026, 4, 1)
    assert in_since(spans, date(2026, 3, 31)) is None


def test_a_new_joiner_is_in_for_twelve_months() -> None:
    spans = audience_spans(NEW_JOINERS, [APRIL_ON], [])
    assert in_since(spans, date(2027, 3, 31)) == date(2026, 4, 1)
    assert in_since(spans, date(2027, 4, 1)) is None


def test_a_new_joiner_who_leaves_sooner_is_in_until_then() -> None:
    assert audience_spans(NEW_JOINERS, [JANUARY], []) == [JANUARY]


def test_who_left_is_out_from_the_day_after_and_who_never_was_in_from_the_first() -> None:
    assert out_since([JANUARY], date(2026, 1, 1), date(2026, 3, 1)) == date(2026, 2, 1)
    assert out_since([APRIL_ON], date(2026, 1, 1), date(2026, 3, 1)) == date(2026, 1, 1)
