"""What in training and awards happens next: what is foretold for a day is what the clock then does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.accreditation.builders import CARER, MANAGER
from tests.accreditation.house import House

pytestmark = pytest.mark.parametrize(
    "house", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def foretold(house: House) -> list[tuple[str, str]]:
    return [(item.on.isoformat(), item.what) for item in house.wiring.upcoming()]


def test_awards_end_after_their_last_day_and_completions_on_the_first_day_without_them(house: House) -> None:
    house.course()
    house.due()
    house.award(until=date(2026, 6, 30))
    for person in (CARER, MANAGER):
        house.complete(person)
    assert foretold(house) == [
        ("2026-07-01", "an award is recorded as ended"),
        ("2027-02-02", "2 completed courses expire"),
    ]
    for item in house.wiring.upcoming():
        assert house.until(item.on - timedelta(days=1)) == 0
        house.days_later(1)
        assert house.due() > 0
    assert foretold(house) == []


def test_what_has_no_end_and_who_was_erased_are_left_out(house: House) -> None:
    house.course(validity_months=None)
    house.course("yearly")
    house.complete()
    house.complete(MANAGER, code="yearly")
    house.forget(MANAGER)
    assert foretold(house) == []
