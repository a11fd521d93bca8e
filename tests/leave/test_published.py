"""What leave tells others."""

from __future__ import annotations

import inspect
from datetime import date
from fractions import Fraction

from services.leave.domain.account import LeaveAccount
from services.leave.published import PUBLISHED
from shared.contracts import types
from shared.contracts.catalogue import contract_of
from shared.contracts.types import TYPES
from shared.kernel.aggregates import Aggregate
from tests.leave.builders import CARER, MANAGER, OFF, cycle
from tests.leave.rig import FRIDAY, ORGANISATION, Rig

KEPT = {
    "leave.account.opened",
    "leave.account.forgotten",
    "leave.notice.waived",
    "leave.notice.lapsed",
    "leave.notice.moved",
}


def test_every_kind_of_event_is_published_always_or_never() -> None:
    topics = {
        event.TOPIC
        for name, event in inspect.getmembers(LeaveAccount, inspect.isclass)
        if issubclass(event, Aggregate.Event) and name != "Event"
    }
    assert set(PUBLISHED) | KEPT == topics
    assert not set(PUBLISHED) & KEPT


def test_every_published_type_is_one_of_leaves_contracts_and_none_is_left_out() -> None:
    assert sorted(published.type for published in PUBLISHED.values()) == sorted(TYPES["leave"])


def test_what_is_published_has_exactly_the_contracts_fields(rig: Rig) -> None:
    notice = rig.give(FRIDAY, date(2026, 3, 16)).data["notice"]
    rig.withdraw(notice, date(2026, 3, 16))
    rig.until(date(2026, 3, 14))
    rig.correct(notice, FRIDAY, Fraction(0))
    rig.postpone(rig.give(date(2026, 3, 27)).data["notice"], date(2026, 3, 30))
    rig.not_waive(rig.give(date(2026, 3, 16)).data["notice"])
    events = rig.published()
    assert {event["type"] for event in events} == set(TYPES["leave"])
    for event in events:
        assert set(event["data"]) == set(contract_of(event["type"]).fields)
        assert (event["subject"], event["organisation"]) == (CARER, ORGANISATION)


def test_half_of_an_odd_day_is_told_exactly(rig: Rig) -> None:
    rig.employ(CARER, pattern=cycle(*[(555, 0)] * 4, OFF, OFF, OFF), manager=MANAGER)
    rig.give((date(2026, 3, 12), "half"))
    rig.until(date(2026, 3, 13))
    (taken,) = [event["data"] for event in rig.published() if event["type"].endswith("taken.v1")]
    assert (taken["minutes"], taken["scheduled_minutes"]) == ("555/2", 555)


def test_an_event_carries_the_organisation_of_the_day(rig: Rig) -> None:
    rig.give(FRIDAY)
    rig.employ(
        CARER,
        kind=types.EMPLOYMENT_CHANGED,
        effective_from=date(2026, 3, 10),
        organisation="ministry-of-plenty",
        employer=ORGANISATION,
        manager=MANAGER,
    )
    rig.until(date(2026, 3, 14))
    assert [(event["type"].split(".")[2], event["organisation"]) for event in rig.published()] == [
        ("requested", ORGANISATION),
        ("confirmed", ORGANISATION),
        ("taken", "ministry-of-plenty"),
    ]
