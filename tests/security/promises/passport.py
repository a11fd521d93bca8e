"""Passport: one's own, all; of others' the parts that they share; HR with a stated purpose, noted."""

from __future__ import annotations

from typing import Final

from tests.security.crowd import NOW
from tests.security.promises.ask import CARERS, EVERYBODY, HR, HRS, MANAGER, NAMED, OWN, Ask, reads, sends, submits

PERSON: Final = {"person": "@carer"}
DIGEST: Final = {"digest": "0" * 64}
FOR: Final = {"purpose": "advice"}
PROPOSAL: Final = {"proposal": "@proposal"}
PLACE: Final = {"organisation": "rivers-agency", "consent": True}
SHARED: Final = {"reader": "=manager", "sections": ["impact"], "purpose": "To agree it", "starts": NOW.isoformat()}
TEXT: Final = {"text": "Calls during the day"}
WHY: Final = {"reason": "As we said"}
ONE: Final = {"kind": "phone", "detail": "Phone on the desk"}
FIRST: Final = {**PERSON, "number": 1}


def _api() -> tuple[Ask, ...]:
    return (
        reads("passport-api.show_mine", OWN),
        reads("passport-api.list_consents", OWN),
        reads("passport-api.list_team", CARERS),
        reads(
            "passport-api.show_passport",
            MANAGER | NAMED,
            of=PERSON,
            views={"as manager": MANAGER, "by name": NAMED},
        ),
        reads("passport-api.show_for_purpose", HR, of=PERSON, query=FOR),
        reads("passport-api.list_readings", OWN),
        reads("passport-home.show_home", EVERYBODY),
        sends("passport-home.mark_as_seen", EVERYBODY, {"position": 1}),
        sends("passport-api.propose_change", MANAGER, {"section": "impact", **TEXT, **WHY}, of=PERSON),
        sends("passport-api.sign_as_manager", MANAGER, DIGEST, of=PERSON),
        sends("passport-api.take_over", MANAGER, of=PERSON),
        sends("passport-api.answer_proposal", OWN, {"accepted": False}, of=PROPOSAL, before="proposal"),
        sends("passport-api.give_consent", OWN, SHARED),
        sends("passport-api.withdraw_consent", OWN, of={"consent": "@consent"}, before="consent"),
        sends("passport-api.write_section", OWN, {"section": "support", **TEXT}),
        sends("passport-api.record_conversation", OWN, {"held_on": NOW.isoformat()}),
        sends("passport-api.sign_mine", OWN, DIGEST),
        sends("passport-api.drop_changes", OWN),
        sends("passport-api.ask_for_review", OWN),
        sends("passport-api.transfer_passport", OWN, PLACE, late=True),
        sends("passport-api.end_passport", OWN, {"reason": "not-said"}, before="passport", late=True),
    )


def _pages() -> tuple[Ask, ...]:
    return (
        reads("passport.overview", CARERS),
        reads("passport.write_section", OWN, of={"section": "impact"}),
        reads("passport.write_section", OWN, of={"section": "flexibilities"}),
        reads("passport.write_arrangement", OWN, of={"number": 1}),
        reads("passport.conversation", OWN),
        reads("passport.check", OWN),
        reads("passport.agreed", OWN),
        reads("passport.show_proposal", OWN, of=PROPOSAL),
        reads("passport.review", OWN),
        reads("passport.move", frozenset()),
        reads("passport.end", OWN),
        reads("passport.sharing", OWN),
        reads("passport.new_consent", OWN),
        reads("passport.choose_parts", OWN, query={"reader": "=manager"}),
        reads("passport.team", CARERS),
        reads("passport.show_passport", MANAGER | NAMED, of=PERSON),
        reads("passport.propose", MANAGER, of={**PERSON, "section": "impact"}),
        reads("passport.propose", MANAGER, of={**PERSON, "section": "flexibilities"}),
        reads("passport.propose_arrangement", MANAGER, of=FIRST),
        reads("passport.sign_as_manager", MANAGER, of=PERSON),
        reads("passport.find", HRS),
        reads("passport.show_for_purpose", HR, of=PERSON, query=FOR),
        reads("passport.readings", OWN),
        submits(
            "passport.find",
            HR,
            {"staff_number": "@number", **FOR},
            blank=HRS - HR,
            blank_status=422,
        ),
        submits("passport.propose", MANAGER, {**TEXT, **WHY}, of={**PERSON, "section": "impact"}),
        submits("passport.propose_arrangement", MANAGER, {**ONE, **WHY}, of=FIRST),
        submits("passport.sign_as_manager", MANAGER, {**DIGEST, "agreed": "true"}, of=PERSON, ruled_out=True),
        submits("passport.take_over", MANAGER, of=PERSON),
        submits("passport.decline_proposal", OWN, of=PROPOSAL, before="proposal"),
        submits("passport.accept_proposal", OWN, of=PROPOSAL, before="proposal"),
        submits("passport.new_consent", OWN, {"who": "=manager"}),
        submits(
            "passport.choose_parts",
            OWN,
            {"sections": "impact", "purpose": "To agree it", "starts": NOW},
            query={"reader": "=manager"},
        ),
        submits("passport.stop_sharing", OWN, of={"consent": "@consent"}, before="consent"),
        submits("passport.write_section", OWN, TEXT, of={"section": "support"}),
        submits("passport.write_arrangement", OWN, ONE, of={"number": 1}),
        submits("passport.remove_arrangement", OWN, of={"number": 1}, before="arrangement"),
        submits("passport.conversation", OWN, {"held_on": NOW}, ruled_out=True),
        submits("passport.check", OWN, {**DIGEST, "agreed": "true"}, ruled_out=True),
        submits("passport.drop_changes", OWN),
        submits("passport.ask_for_review", OWN),
        submits("passport.move", frozenset(), {**PLACE, "consent": "true"}),
        submits("passport.end", OWN, {"reason": "not-said"}, before="passport", late=True),
        submits("passport.begin", CARERS, late=True),
        sends("passport-api.begin_passport", CARERS, late=True),
    )


ASKS: Final = (*_api(), *_pages())
"""Nobody of the crowd works elsewhere than their passport is, so ``move`` is there for nobody."""
