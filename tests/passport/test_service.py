"""The passport's table of contents, its stored names, and its lists refolded from the logs."""

from __future__ import annotations

from typing import Any

import pytest

from services.passport import SERVICE
from services.passport.domain.commands import (
    AcceptTransfer,
    AnswerProposal,
    AskForReview,
    BeginPassport,
    DropChanges,
    EndPassport,
    ProposeChange,
    StopSharing,
    TransferPassport,
)
from services.passport.domain.history import HISTORY
from services.passport.domain.passport import Passport
from services.passport.domain.sharing import Sharing
from services.passport.read.projected import PROJECTED
from shared.kernel.aggregates import Aggregate
from shared.store.rebuild import rebuild
from tests.passport.rig import CARER, COLLEAGUE, MANAGER, OTHER_MANAGER, PLENTY, Rig

OPENED = {"passport.record.opened", "passport.sharing.opened"}


def events() -> list[type[Any]]:
    """Every kind of event of both aggregates."""
    found = [*vars(Passport).values(), *vars(Sharing).values()]
    return [
        each for each in found if isinstance(each, type) and issubclass(each, Aggregate.Event) and "TOPIC" in vars(each)
    ]


def test_the_service_is_found_by_its_record() -> None:
    assert (SERVICE.name, SERVICE.folder) == ("passport", "services.passport")
    for part in ("application", "published", "consumed", "read", "wiring", "web.access", "web.api", "web.pages"):
        assert SERVICE.has(part)


def test_every_event_but_the_openings_reaches_a_list() -> None:
    assert set(PROJECTED) == {event.TOPIC for event in events()} - OPENED


def test_every_event_is_at_a_version_that_upcasters_lead_to() -> None:
    for event in events():
        assert event.class_version == 1 + sum(1 for topic, _ in HISTORY if topic == event.TOPIC)


def test_everything_that_people_write_is_sealed() -> None:
    sealed = {(event.TOPIC, field) for event in events() for field in event.SEALED}
    assert sealed == {
        ("passport.section.written", "value"),
        ("passport.change.proposed", "value"),
        ("passport.change.proposed", "reason"),
        ("passport.version.signed", "digest"),
        ("passport.sharing.consented", "purpose"),
        ("passport.passport.ended", "reason"),
    }


@pytest.mark.parametrize("rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_lists_refolded_from_the_logs_are_the_live_ones(rig: Rig) -> None:
    live_a_life(rig)
    wiring = rig.wiring
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    assert report.differing == ()
    assert report.rows > 3
    rig.forget(CARER)
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    assert report.differing == ()


def live_a_life(rig: Rig) -> None:
    """Every kind of event but the erasure."""
    rig.agree()
    first = rig.run(ProposeChange(CARER, "contact", "By phone", "As we said", MANAGER)).data["proposal"]
    rig.run(AnswerProposal(CARER, first, True, CARER))
    rig.sign("carer")
    rig.run(DropChanges(CARER, CARER))
    rig.run(AskForReview(CARER, CARER))
    rig.run(StopSharing(CARER, rig.share(COLLEAGUE, "impact"), CARER))
    rig.sign("manager")
    rig.sign("carer")
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    rig.run(TransferPassport(CARER, PLENTY, CARER))
    rig.run(AcceptTransfer(CARER, OTHER_MANAGER))
    rig.run(EndPassport(CARER, "leaving", CARER))
    rig.run(BeginPassport(CARER, CARER))
    rig.write("impact", "Another time")
    rig.share(OTHER_MANAGER, "impact")
    rig.run(ProposeChange(CARER, "impact", "Differently", "As we said", OTHER_MANAGER))


def test_a_life_has_every_kind_of_event(rig: Rig) -> None:
    live_a_life(rig)
    rig.forget(CARER)
    stored = {entry.topic for entry in rig.wiring.stores.log.read_after(0, 1000)}
    assert stored == {event.TOPIC for event in events()}


def test_an_erased_persons_log_replays_without_a_word(rig: Rig) -> None:
    live_a_life(rig)
    rig.forget(CARER)
    passport, sharing = rig.application.passport_of(CARER), rig.application.sharing_of(CARER)
    assert passport is not None
    assert sharing is not None
    assert (passport.forgotten, sharing.forgotten) == (True, True)
    assert passport.paper.content == {}
    assert [each.value for each in passport.paper.proposals.values()] == [None]
