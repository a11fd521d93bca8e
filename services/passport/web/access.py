"""Who may what with a passport: all of one's own; of others' the parts that they share, for as long as they share them.

A manager is whoever manages the carer today where the passport is, so the old one's access ends with the change. HR
reads with a stated purpose. Delegation opens nothing. What is not yours and what is not there answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.passport.application import Passports
from services.passport.domain import refusals
from services.passport.domain.passport import Passport
from services.passport.domain.posts import Post, organisations_of
from services.passport.domain.sections import SECTIONS
from services.passport.domain.sharing import Sharing
from services.passport.wiring import PassportWiring
from shared.web.access import Access, allow
from shared.web.actor import Actor
from shared.web.app_context import wired

READ: Final = "read"
WRITE: Final = "write"
SIGN: Final = "sign"
SHARE: Final = "share"
SEE_READINGS: Final = "see-readings"
MOVE: Final = "move"
END: Final = "end"
PROPOSE: Final = "propose"
TAKE_OVER: Final = "take-over"
LIST: Final = "list"
READ_FOR_PURPOSE: Final = "read-for-purpose"

OWN: Final = "own"
REPORTS: Final = "reports"
NAMED: Final = "named"
ORGANISATION: Final = "organisation"

_STATE: Final = ("person", "state", "agreed_on", "reviewed_on", "review_due", "sections")
_IN_LIST: Final = (
    "person",
    "staff_number",
    "post",
    "state",
    "review_due",
    "reviews",
    "shared",
    "waits_for_signature",
    "waits_to_be_taken_over",
)
_STATE_AND_SIGNATURES: Final = (*_STATE, "organisation", "held_on", "has_changes", "signatures", "digest", "complete")

ACCESS: Access = {
    **{("carer", action, OWN): ("*",) for action in (READ, WRITE, SIGN, SHARE, SEE_READINGS, MOVE, END)},
    ("carer", READ, REPORTS): _STATE_AND_SIGNATURES,
    ("carer", PROPOSE, REPORTS): _STATE_AND_SIGNATURES,
    ("carer", SIGN, REPORTS): _STATE_AND_SIGNATURES,
    ("carer", TAKE_OVER, REPORTS): _STATE_AND_SIGNATURES,
    ("carer", LIST, REPORTS): _IN_LIST,
    ("carer", READ, NAMED): _STATE,
    ("hr", READ_FOR_PURPOSE, ORGANISATION): _STATE,
}
"""Role, action, relation → fields. ``sections`` of somebody else's are those that ``Standing.readable`` names."""


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a passport: in which relation, the fields they may see, the sections they may read.

    What is written is to be had from ``services.passport.web.reading`` alone, which notes the reading first.
    """

    passport: Passport
    relation: str
    fields: frozenset[str]
    readable: frozenset[str]
    managers: tuple[str, ...]


def admit_own(actor: Actor, action: str) -> frozenset[str]:
    """Let the actor at what is their own, which may not be there yet; raises ForbiddenError for who can have none."""
    return allow(ACCESS, actor, action, {OWN})


def admit_to_list(actor: Actor) -> frozenset[str]:
    """Let the actor at the passports of those they manage and those shared with them, which may be none."""
    return allow(ACCESS, actor, LIST, {REPORTS})


def admit_to_organisation(actor: Actor) -> frozenset[str]:
    """Let HR look for somebody of their organisation."""
    return allow(ACCESS, actor, READ_FOR_PURPOSE, {ORGANISATION})


def admit_to_own(actor: Actor, action: str) -> Standing:
    """Let the actor at their own passport; raises NotFoundError where there is none, open or ended."""
    fields = admit_own(actor, action)
    application = passports()
    found = application.passport_of(actor.person)
    if found is None or found.number == 0 or found.forgotten:
        raise refusals.no_passport()
    managers = found.managers(application.posts(actor.person))
    return Standing(found, OWN, fields, frozenset(SECTIONS), managers)


def require_open(standing: Standing) -> None:
    """A passport that has ended has no pages: raises NotFoundError."""
    if not standing.passport.is_open:
        raise refusals.no_passport()


def admit_to_passport(actor: Actor, action: str, person: str) -> Standing:
    """Let the actor at somebody else's passport, as their consents, today's manager and the action say.

    Whether it is not theirs or not there makes no difference: NotFoundError, or ForbiddenError where no role of
    theirs could ever do it.
    """
    application = passports()
    found, sharing = application.passport_of(person), application.sharing_of(person)
    posts = application.posts(person)
    readable = _shared(actor, found, sharing, posts)
    relations = _relations(actor, found, readable, posts)
    fields = allow(ACCESS, actor, action, relations)
    if found is None or OWN in relations:
        raise refusals.no_passport()
    if action == READ_FOR_PURPOSE:
        return Standing(found, ORGANISATION, fields, frozenset(SECTIONS), found.managers(posts))
    relation = REPORTS if REPORTS in relations else NAMED
    return Standing(found, relation, fields, readable, found.managers(posts))


def passports() -> Passports:
    """The application of this process."""
    return wired(PassportWiring).application


def _shared(actor: Actor, passport: Passport | None, sharing: Sharing | None, posts: Sequence[Post]) -> frozenset[str]:
    if passport is None or sharing is None or not passport.is_open:
        return frozenset()
    return sharing.readable_by(actor.person, passports().today(), passport.managers(posts))


def _relations(
    actor: Actor, passport: Passport | None, readable: frozenset[str], posts: Sequence[Post]
) -> frozenset[str]:
    if passport is None or not passport.is_open:
        return frozenset()
    if passport.person == actor.person:
        return frozenset({OWN})
    agreed = passport.paper.agreed is not None
    relations = set()
    if actor.person in passport.managers(posts) and (agreed or readable):
        relations.add(REPORTS)
    if readable:
        relations.add(NAMED)
    place = passport.paper.organisation
    if agreed and place == actor.organisation and place in organisations_of(posts):
        relations.add(ORGANISATION)
    return frozenset(relations)
