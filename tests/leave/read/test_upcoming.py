"""What in leave happens next: what is foretold for a day is what the clock then does, and nothing before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.leave.rig import FRIDAY, Rig

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def foretold(rig: Rig) -> list[tuple[str, str]]:
    return [(item.on.isoformat(), item.what) for item in rig.wiring.upcoming()]


def test_where_nobody_asked_for_leave_nothing_happens(rig: Rig) -> None:
    assert foretold(rig) == []


def test_a_notice_in_time_is_confirmed_and_its_day_counts_as_taken(rig: Rig) -> None:
    rig.give(FRIDAY)
    assert foretold(rig) == [
        ("2026-03-10", "a request is confirmed automatically"),
        ("2026-03-14", "a day of leave counts as taken"),
    ]


def test_a_late_notice_ends_when_its_first_booked_day_begins(rig: Rig) -> None:
    rig.days_later(9)
    rig.withdraw(rig.give(date(2026, 3, 12), FRIDAY).data["notice"], date(2026, 3, 12))
    assert foretold(rig) == [
        (
            "2026-03-13",
            "a late request that nobody answered has ended, on 13 March 2026 at 9:00am, when its first day began",
        )
    ]


def test_equal_things_of_one_day_are_counted_and_of_each_kind_only_the_soonest_is_told(rig: Rig) -> None:
    rig.give(FRIDAY, date(2026, 3, 26))
    rig.confirm(rig.give(date(2026, 3, 27)).data["notice"])
    rig.confirm(rig.give(date(2026, 3, 12)).data["notice"])
    assert [what for _, what in foretold(rig)] == [
        "a request is confirmed automatically",
        "a day of leave counts as taken",
    ]
    assert foretold(rig)[1][0] == "2026-03-13"


@pytest.mark.parametrize("late", [False, True])
def test_what_is_foretold_for_a_day_happens_on_it_and_not_before(rig: Rig, late: bool) -> None:
    if late:
        rig.days_later(9)
        rig.give(FRIDAY)
    else:
        rig.give((FRIDAY, "am"), (date(2026, 3, 16), "pm"), date(2026, 3, 31))
    happened = 0
    while coming := rig.wiring.upcoming():
        nearest = min(item.on for item in coming)
        assert rig.until(nearest - timedelta(days=1)) == 0
        rig.days_later(1)
        assert rig.due() > 0
        happened += 1
    assert happened == (1 if late else 4)
