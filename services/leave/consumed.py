"""What leave does with others' events: it keeps the people view, and forgets whom workforce forgot."""

from __future__ import annotations

from services.leave.domain.commands import Forget
from shared.contracts import types
from shared.kernel.events import Event
from shared.people.effects import PEOPLE_EFFECTS
from shared.store.subscriptions import Subscription, ToCommands


def forget(event: Event) -> list[Forget]:
    """A person was erased."""
    return [Forget(person=event["subject"], organisation=event["organisation"], by="system")]


PEOPLE = Subscription(
    name="leave.people",
    source="workforce",
    effects={**PEOPLE_EFFECTS, types.PERSON_FORGOTTEN: (ToCommands(forget),)},
)

CONSUMED: tuple[Subscription, ...] = (PEOPLE,)
