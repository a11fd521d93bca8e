"""What the passport tells others, and what it does not."""

from __future__ import annotations

from services.passport.domain.commands import AcceptTransfer, EndPassport, ProposeChange, TransferPassport
from services.passport.published import PUBLISHED
from shared.contracts import types
from shared.contracts.catalogue import contract_of
from shared.contracts.types import TYPES
from tests.passport.rig import CARER, MANAGER, OTHER_MANAGER, PLENTY, WORKS, WRITTEN, Rig


def test_every_published_type_is_one_of_the_passports_contracts_and_none_is_left_out() -> None:
    assert sorted(published.type for published in PUBLISHED.values()) == sorted(TYPES["passport"])


def test_what_is_published_has_exactly_the_contracts_fields_and_the_organisation_of_the_day(rig: Rig) -> None:
    rig.agree()
    rig.days_later(30)
    rig.sign("carer")
    rig.sign("manager")
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    rig.run(TransferPassport(CARER, PLENTY, CARER))
    rig.run(AcceptTransfer(CARER, OTHER_MANAGER))
    rig.run(EndPassport(CARER, "cared-for-died", CARER))
    events = rig.published()
    assert [(event["type"], event["organisation"]) for event in events] == [
        (types.PASSPORT_AGREED, WORKS),
        (types.PASSPORT_REVIEWED, WORKS),
        (types.PASSPORT_TRANSFERRED, WORKS),
        (types.PASSPORT_RECEIVED, PLENTY),
        (types.PASSPORT_ENDED, PLENTY),
    ]
    for event in events:
        assert set(event["data"]) == set(contract_of(event["type"]).fields)
        assert event["subject"] == CARER
    assert MANAGER not in str(events)
    assert events[-1]["data"] == {"ended_on": "2026-04-01"}


def test_the_days_are_counted_from_the_draft(rig: Rig) -> None:
    rig.begin(impact="Calls cannot wait")
    rig.write("not-agreed", "Nothing is left open")
    rig.days_later(12)
    rig.share()
    rig.talk()
    rig.sign("manager")
    rig.days_later(2)
    rig.sign("carer")
    assert rig.told(types.PASSPORT_AGREED) == [
        {"days_from_draft": 14, "agreed_on": "2026-03-16", "review_due": "2027-03-16"}
    ]


def test_a_draft_a_proposal_and_a_consent_are_told_to_nobody(rig: Rig) -> None:
    rig.begin(**WRITTEN)
    rig.share()
    rig.talk()
    rig.sign("carer")
    rig.run(ProposeChange(CARER, "contact", "By phone", "As we said", MANAGER))
    assert rig.published() == []
