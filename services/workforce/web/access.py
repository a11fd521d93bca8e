"""Who may what in workforce: HR of the same organisation, managers a little of their reports, everybody their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from shared.kernel.errors import NotFoundError
from shared.web.access import Access, allow, relations_to
from shared.web.actor import ROLES, Actor

READ: Final = "read-record"
NAME: Final = "read-name"
LIST: Final = "list-staff"
RECORD: Final = "record-employment"
CHANGE: Final = "change-employment"
CORRECT: Final = "correct-name"
FORGET: Final = "forget-person"
LIST_BODIES: Final = "list-bodies"
RECORD_BODY: Final = "record-body"

_STATUS = ("employment", "staff_number", "post", "organisation", "status", "pattern", "starts", "ends")

ACCESS: Access = {
    ("carer", READ, "own"): ("*",),
    ("carer", READ, "reports"): _STATUS,
    ("hr", READ, "organisation"): ("*",),
    **{(role, NAME, "any"): () for role in ROLES},
    ("carer", NAME, "own"): ("*",),
    ("carer", NAME, "reports"): ("*",),
    ("carer", NAME, "manager"): ("*",),
    ("hr", NAME, "organisation"): ("*",),
    ("payroll", NAME, "organisation"): ("*",),
    ("hr", LIST, "organisation"): ("*",),
    ("hr", RECORD, "organisation"): ("*",),
    ("hr", CHANGE, "organisation"): ("*",),
    ("hr", CORRECT, "organisation"): ("*",),
    ("operator", FORGET, "any"): ("*",),
    ("operator", RECORD_BODY, "any"): ("*",),
    **{(role, LIST_BODIES, "any"): ("*",) for role in ROLES},
}


class Place(Protocol):
    """Where somebody works and for whom, on a day."""

    @property
    def organisation(self) -> str:
        """The organisation's slug."""
        ...

    @property
    def manager(self) -> str:
        """The manager's UUID as text, empty for nobody."""
        ...

    def phase(self, day: date) -> str:
        """``starts``, ``current`` or ``ended``."""
        ...


def admit(actor: Actor, action: str, *, person: str = "") -> None:
    """Let the actor do something in their own organisation, to nobody in particular or to a person."""
    allow(ACCESS, actor, action, relations_to(actor, person=person, organisation=actor.organisation))


def admit_to_anything(actor: Actor, action: str) -> None:
    """Let the actor do something for which their role alone counts."""
    allow(ACCESS, actor, action, {"any"})


def admit_to_place(actor: Actor, action: str, person: str, places: Iterable[Place], day: date) -> frozenset[str]:
    """The fields that the actor may see or change, by any of these places.

    Raises NotFoundError, the same for what is not theirs and for what is not there, or ForbiddenError.
    """
    relations = {"any"}
    for place in places:
        relations |= relation_to_place(actor, person, place, day)
    return allow(ACCESS, actor, action, {"own"} if person == actor.person else relations)


def relation_to_place(actor: Actor, person: str, place: Place, day: date) -> frozenset[str]:
    """How the actor stands to somebody by one of their places: whose manager one was does not count any more."""
    manager = place.manager if place.phase(day) != "ended" else ""
    return relations_to(actor, person=person, organisation=place.organisation, manager=manager)


def fields_of(
    actor: Actor, action: str, person: str, place: Place, day: date, *, is_manager: bool = False
) -> frozenset[str]:
    """The fields of one place that the actor may see; none where they may not. ``is_manager``: the actor's own."""
    relations = relation_to_place(actor, person, place, day) | ({"manager"} if is_manager else set())
    try:
        return allow(ACCESS, actor, action, relations)
    except NotFoundError:
        return frozenset()
