"""What accreditation hears of others."""

from __future__ import annotations

from services.accreditation.consumed import CONSUMED, forget
from services.accreditation.domain.commands import Forget
from services.accreditation.read.moves import people_left, people_moved
from shared.contracts.types import EMPLOYMENT_CHANGED, EMPLOYMENT_ENDED, EMPLOYMENT_RECORDED, PERSON_FORGOTTEN, TYPES
from shared.people.effects import PEOPLE_EFFECTS
from shared.store.subscriptions import ToRows
from tests.accreditation.builders import CARER, ORGANISATION


def test_subscriptions_keep_their_stored_names() -> None:
    assert [(each.name, each.source) for each in CONSUMED] == [("accreditation.people", "workforce")]


def test_the_people_view_and_erasure_are_all_that_is_heard() -> None:
    (people,) = CONSUMED
    assert set(people.effects) == {*PEOPLE_EFFECTS, PERSON_FORGOTTEN}
    assert set(people.effects) <= set(TYPES["workforce"])


def test_moves_are_marked_before_the_people_view_forgets_what_was() -> None:
    (people,) = CONSUMED
    for kind in (EMPLOYMENT_RECORDED, EMPLOYMENT_CHANGED, EMPLOYMENT_ENDED):
        mark, view = people.effects[kind]
        assert mark in (ToRows(people_moved), ToRows(people_left))
        assert view not in (mark, *PEOPLE_EFFECTS[kind])


def test_an_erased_person_is_forgotten_here_too() -> None:
    event = {"subject": CARER, "organisation": ORGANISATION, "data": {}}
    assert forget(event) == [Forget(CARER, ORGANISATION, by="system")]
