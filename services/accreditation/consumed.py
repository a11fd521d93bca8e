"""What accreditation does with others' events: it keeps the people view, and forgets whom workforce forgot."""

from __future__ import annotations

from typing import Any

from services.accreditation.domain.commands import Forget
from services.accreditation.read.moves import people_moved
from shared.contracts import types
from shared.people.effects import PEOPLE_EFFECTS
from shared.store.subscriptions import Subscription, ToCommands, ToRows


def forget(event: dict[str, Any]) -> list[Forget]:
    """A person was erased."""
    return [Forget(person=event["subject"], organisation=event["organisation"], by="system")]


_MOVING = (types.EMPLOYMENT_RECORDED, types.EMPLOYMENT_CHANGED, types.EMPLOYMENT_ENDED)

PEOPLE = Subscription(
    name="accreditation.people",
    source="workforce",
    effects={
        **PEOPLE_EFFECTS,
        **{kind: (ToRows(people_moved), *PEOPLE_EFFECTS[kind]) for kind in _MOVING},
        types.PERSON_FORGOTTEN: (ToCommands(forget),),
    },
)

CONSUMED: tuple[Subscription, ...] = (PEOPLE,)
