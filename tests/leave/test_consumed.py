"""What leave hears of others."""

from __future__ import annotations

from services.leave.consumed import CONSUMED, forget
from services.leave.domain.commands import Forget
from shared.contracts.types import PERSON_FORGOTTEN, TYPES
from shared.people.effects import PEOPLE_EFFECTS
from tests.leave.builders import CARER
from tests.leave.rig import ORGANISATION


def test_subscriptions_keep_their_stored_names() -> None:
    assert [(subscription.name, subscription.source) for subscription in CONSUMED] == [("leave.people", "workforce")]


def test_the_people_view_and_erasure_are_all_that_is_heard() -> None:
    (people,) = CONSUMED
    assert set(people.effects) == {*PEOPLE_EFFECTS, PERSON_FORGOTTEN}
    assert set(people.effects) <= set(TYPES["workforce"])


def test_an_erased_person_is_forgotten_here_too() -> None:
    event = {"subject": CARER, "organisation": ORGANISATION, "data": {}}
    assert forget(event) == [Forget(CARER, ORGANISATION, by="system")]
