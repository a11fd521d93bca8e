"""What accreditation does with others' events: it keeps the people view, and forgets whom workforce forgot."""

from __future__ import annotations

from typing import Any

from services.accreditation.domain.commands import Forget
from services.accreditation.read.moves import people_left, people_moved
from shared.contracts import types
from shared.people.effects import PEOPLE_EFFECTS
from shared.store.subscriptions import Subscription, ToCommands, ToRows


def forget(event: dict[str, Any]) -> list[Forget]:
    """A person was erased."""
    return [Forget(person=event["subject"], organisation=event["organisation"], by="system")]


_MOVES = {
    types.EMPLOYMENT_RECORDED: people_moved,
    types.EMPLOYMENT_CHANGED: people_moved,
    types.EMPLOYMENT_ENDED: people_left,
}
"""What is marked before the people view takes an event."""

PEOPLE = Subscription(
    name="accreditation.people",
    source="workforce",
    effects={
        **PEOPLE_EFFECTS,
        **{kind: (ToRows(mark), *PEOPLE_EFFECTS[kind]) for kind, mark in _MOVES.items()},
        types.PERSON_FORGOTTEN: (ToCommands(forget),),
    },
)

CONSUMED: tuple[Subscription, ...] = (PEOPLE,)
