"""What accreditation does with others' events: it keeps the people view, and forgets whom workforce forgot."""

from __future__ import annotations

from services.accreditation.domain.commands import Forget
from services.accreditation.read.employment_periods import keeping_stays
from services.accreditation.read.moves import people_left, people_moved
from shared.contracts import types
from shared.kernel.events import Event
from shared.people.effects import PEOPLE_EFFECTS, employment_ended, employment_held
from shared.store.subscriptions import Subscription, ToCommands, ToRows


def forget(event: Event) -> list[Forget]:
    """A person was erased."""
    return [Forget(person=event["subject"], organisation=event["organisation"], by="system")]


_MOVES = {
    types.EMPLOYMENT_RECORDED: (ToRows(people_moved), ToRows(keeping_stays(employment_held))),
    types.EMPLOYMENT_CHANGED: (ToRows(people_moved), ToRows(keeping_stays(employment_held))),
    types.EMPLOYMENT_ENDED: (ToRows(people_left), ToRows(keeping_stays(employment_ended))),
}
"""What is marked before the people view takes an event, and the view with what follows from it."""

PEOPLE = Subscription(
    name="accreditation.people",
    source="workforce",
    effects={
        **PEOPLE_EFFECTS,
        **_MOVES,
        types.PERSON_FORGOTTEN: (ToCommands(forget),),
    },
)

CONSUMED: tuple[Subscription, ...] = (PEOPLE,)
