"""What payroll hears of others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from services.payroll.consumed import CONSUMED, record_day
from services.payroll.domain.commands import RecordDay
from services.payroll.read.tables import forgotten
from shared.contracts.catalogue import contract_of
from shared.contracts.types import LEAVE_CORRECTED, LEAVE_TAKEN, PERSON_FORGOTTEN
from shared.people.questions import employments_on
from tests.payroll.rig import Rig

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
FRIDAY = date(2026, 3, 13)
DAY: dict[str, Any] = {
    "notice": "cccccccc-0000-4000-8000-000000000001",
    "employment": "dddddddd-0000-4000-8000-000000000001",
    "staff_number": "S1",
    "post": "P1",
    "employer": "ministry-of-works",
    "date": "2026-03-13",
    "minutes": "555/2",
    "paid_minutes": 0,
    "scheduled_minutes": 555,
    "full_time_minutes": 2220,
}


class OnlyContract(dict[str, Any]):
    """Data that has what the contract has; reading anything else fails."""

    def __missing__(self, name: str) -> Any:
        raise AssertionError(f"the contract has no field {name}")


def test_subscriptions_keep_their_stored_names() -> None:
    assert [(subscription.name, subscription.source) for subscription in CONSUMED] == [
        ("payroll.people", "workforce"),
        ("payroll.leave", "leave"),
    ]


@pytest.mark.parametrize(
    ("event_type", "extra"),
    [(LEAVE_TAKEN, {"part": "am"}), (LEAVE_CORRECTED, {"previous_minutes": 555, "previous_paid_minutes": 0})],
)
def test_a_day_taken_or_corrected_becomes_what_that_notice_takes_of_that_date(
    event_type: str, extra: dict[str, Any]
) -> None:
    data = OnlyContract(contract_of(event_type).load({**DAY, **extra}))
    assert record_day({"subject": ANNA, "organisation": "ministry-of-works", "data": data}) == [
        RecordDay(
            person=ANNA,
            organisation="ministry-of-works",
            notice=DAY["notice"],
            employment=DAY["employment"],
            employer="ministry-of-works",
            staff_number="S1",
            post="P1",
            date=FRIDAY,
            minutes="555/2",
            paid_minutes=0,
            scheduled_minutes=555,
            by="system",
        )
    ]


def test_requests_and_confirmations_reach_no_line(rig: Rig) -> None:
    notice = {"notice": DAY["notice"], "given_on": "2026-03-01", "late": False, "waived": False}
    days = [{"date": "2026-03-13", "part": "am", "minutes": 222, "scheduled_minutes": 444}]
    rig.leave.publish("requested", ANNA, rig.organisation, {**notice, "employment": DAY["employment"], "days": days})
    rig.leave.publish(
        "confirmed", ANNA, rig.organisation, {**notice, "confirmed_by": "clock", "confirmed_on": "2026-03-08"}
    )
    rig.arrive()
    assert rig.wiring.stores.log.head()[1] == 0


def test_the_people_view_is_kept(rig: Rig) -> None:
    employment = {
        "employment": DAY["employment"],
        "staff_number": "S1",
        "post": "P1",
        "employer": "ministry-of-works",
        "manager": None,
        "nation": "england",
        "status": "employee",
        "fte": "1/1",
        "full_time_minutes": 2220,
        "pattern": {
            "starts": "2026-01-05",
            "days": [[222, 222]] * 5 + [[0, 0]] * 2,
            "works_bank_holidays": False,
            "varies": False,
        },
        "starts": "2026-01-05",
        "ends": None,
        "effective_from": "2026-01-05",
    }
    rig.workforce.publish("employment-recorded", ANNA, rig.organisation, employment)
    rig.arrive()
    with rig.wiring.reading() as connection:
        assert [held.staff_number for held in employments_on(connection, ANNA, FRIDAY)] == ["S1"]


def test_a_forgotten_person_is_noted_once(rig: Rig) -> None:
    assert PERSON_FORGOTTEN in CONSUMED[0].effects
    rig.workforce.publish("person-forgotten", ANNA, rig.organisation, {})
    rig.workforce.publish("person-forgotten", ANNA, rig.organisation, {})
    rig.arrive()
    with rig.wiring.reading() as connection:
        assert connection.execute(select(forgotten.c.person)).scalars().all() == [ANNA]
