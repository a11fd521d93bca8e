"""Leave's table of contents, its stored names, and its lists refolded from the logs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from services.leave import SERVICE
from services.leave.domain.account import LeaveAccount
from services.leave.domain.history import HISTORY
from services.leave.read.projected import PROJECTED
from shared.store.rebuild import rebuild
from tests.leave.builders import CARER, MANAGER
from tests.leave.rig import FRIDAY, ORGANISATION, Rig

TOPICS = (
    "leave.account.opened",
    "leave.account.forgotten",
    "leave.notice.requested",
    "leave.notice.confirmed",
    "leave.notice.waived",
    "leave.notice.not-waived",
    "leave.notice.moved",
    "leave.notice.postponed",
    "leave.notice.lapsed",
    "leave.notice.withdrawn",
    "leave.day.taken",
    "leave.day.corrected",
)


def test_the_service_is_found_by_its_record() -> None:
    assert (SERVICE.name, SERVICE.folder) == ("leave", "services.leave")
    for part in ("application", "published", "consumed", "read", "wiring", "web.access", "web.api", "web.pages"):
        assert SERVICE.has(part)


def test_stored_names_are_for_ever() -> None:
    events = (
        LeaveAccount.Opened,
        LeaveAccount.Forgotten,
        LeaveAccount.Requested,
        LeaveAccount.Confirmed,
        LeaveAccount.Waived,
        LeaveAccount.NotWaived,
        LeaveAccount.Moved,
        LeaveAccount.Postponed,
        LeaveAccount.Lapsed,
        LeaveAccount.Withdrawn,
        LeaveAccount.Taken,
        LeaveAccount.Corrected,
    )
    assert tuple(event.TOPIC for event in events) == TOPICS
    assert LeaveAccount.TOPIC == "leave.account"


def test_every_event_is_at_a_version_that_upcasters_lead_to() -> None:
    steps = {topic: 1 + sum(1 for known, _ in HISTORY if known == topic) for topic in TOPICS}
    for event in (LeaveAccount.Requested, LeaveAccount.Taken, LeaveAccount.Corrected):
        assert event.class_version == steps[event.TOPIC]


def test_every_event_but_the_opening_reaches_a_list() -> None:
    assert set(PROJECTED) == set(TOPICS) - {"leave.account.opened"}


@pytest.mark.parametrize("rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_lists_refolded_from_the_logs_are_the_live_ones(rig: Rig) -> None:
    notice = rig.give(FRIDAY, date(2026, 3, 16)).data["notice"]
    rig.confirm(notice)
    rig.withdraw(notice, date(2026, 3, 16))
    rig.until(date(2026, 3, 14))
    rig.correct(notice, FRIDAY, Fraction(222))
    rig.give(date(2026, 3, 16))
    rig.until(date(2026, 3, 20))
    rig.give((date(2026, 7, 10), "pm"), person=MANAGER)
    rig.forget(MANAGER)
    wiring = rig.wiring
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    assert report.differing == ()
    assert report.rows > 3


def test_a_persons_erasure_arrives_from_workforce(rig: Rig) -> None:
    rig.give(FRIDAY)
    rig.forget(CARER)
    account = rig.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert account.forgotten
    assert rig.until(date(2026, 3, 14)) == 0
