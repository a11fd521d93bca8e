"""What the passport hears of others."""

from __future__ import annotations

from services.passport.consumed import CONSUMED, forget
from services.passport.domain.commands import Forget
from shared.contracts.types import PERSON_FORGOTTEN, TYPES
from shared.people.effects import PEOPLE_EFFECTS
from tests.passport.rig import CARER, WORKS, Rig


def test_subscriptions_keep_their_stored_names() -> None:
    assert [(each.name, each.source) for each in CONSUMED] == [("passport.people", "workforce")]


def test_the_people_view_and_erasure_are_all_that_is_heard() -> None:
    (people,) = CONSUMED
    assert set(people.effects) == {*PEOPLE_EFFECTS, PERSON_FORGOTTEN}
    assert set(people.effects) <= set(TYPES["workforce"])


def test_an_erased_person_is_forgotten_here_too(rig: Rig) -> None:
    event = {"subject": CARER, "organisation": WORKS, "data": {}}
    assert forget(event) == [Forget(CARER, WORKS, by="system")]
    rig.agree()
    rig.forget(CARER)
    assert rig.passport.forgotten
    assert rig.readable_by("22222222-2222-4222-8222-222222222222") == frozenset()
