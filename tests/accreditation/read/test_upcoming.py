"""What in training and awards happens next: what is foretold for a day is what the clock then does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.accreditation.builders import CARER, MANAGER
from tests.accreditation.rig import Rig

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def foretold(rig: Rig) -> list[tuple[str, str]]:
    return [(item.on.isoformat(), item.what) for item in rig.wiring.upcoming()]


def test_awards_end_after_their_last_day_and_completions_on_the_first_day_without_them(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.award(until=date(2026, 6, 30))
    for person in (CARER, MANAGER):
        rig.complete(person)
    assert foretold(rig) == [
        ("2026-07-01", "an award is recorded as ended"),
        ("2027-02-02", "2 completed courses expire"),
    ]
    for item in rig.wiring.upcoming():
        assert rig.until(item.on - timedelta(days=1)) == 0
        rig.days_later(1)
        assert rig.due() > 0
    assert foretold(rig) == []


def test_what_has_no_end_and_who_was_erased_are_left_out(rig: Rig) -> None:
    rig.course(validity_months=None)
    rig.course("yearly")
    rig.complete()
    rig.complete(MANAGER, code="yearly")
    rig.forget(MANAGER)
    assert foretold(rig) == []
