"""Bank holidays and closures."""

from __future__ import annotations

from datetime import date

import pytest

from shared.kernel.calendars import AFTERNOON, WHOLE_DAY, Calendar
from shared.kernel.errors import InvalidError

SUMMER = date(2026, 8, 31)
CHRISTMAS_EVE = date(2026, 12, 24)
ENGLAND = Calendar("england", "1", "a test's own list", {SUMMER: "Summer bank holiday"}, {CHRISTMAS_EVE: AFTERNOON})


def test_a_bank_holiday_takes_the_whole_day() -> None:
    assert ENGLAND.parts_off(SUMMER) == WHOLE_DAY


def test_who_works_bank_holidays_keeps_the_day() -> None:
    assert ENGLAND.parts_off(SUMMER, works_bank_holidays=True) == frozenset()


def test_an_employers_closure_can_take_an_afternoon_and_holds_for_everyone() -> None:
    assert ENGLAND.parts_off(CHRISTMAS_EVE) == AFTERNOON
    assert ENGLAND.parts_off(CHRISTMAS_EVE, works_bank_holidays=True) == AFTERNOON


def test_any_other_day_is_worked() -> None:
    assert ENGLAND.parts_off(date(2026, 9, 1)) == frozenset()


def test_a_calendar_cannot_be_changed_through_the_mapping_it_was_made_from() -> None:
    days = {SUMMER: "Summer bank holiday"}
    calendar = Calendar("england", "1", "a test's own list", days)
    days.clear()
    assert calendar.parts_off(SUMMER) == WHOLE_DAY


def test_an_unknown_nation_is_refused() -> None:
    with pytest.raises(InvalidError, match="atlantis"):
        Calendar("atlantis", "1", "a test's own list")


@pytest.mark.parametrize("parts", [frozenset[str](), frozenset({"night"})])
def test_a_closure_must_name_a_part_of_the_day(parts: frozenset[str]) -> None:
    with pytest.raises(InvalidError, match="2026-12-24"):
        Calendar("england", "1", "a test's own list", closures={CHRISTMAS_EVE: parts})
