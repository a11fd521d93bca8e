"""Who may what in accreditation: one's own training; the status of those one manages today; HR their organisation's.

What is in place for carers and which awards are held is no secret inside an organisation: everybody signed in reads
it, HR writes it. Nobody writes their own training record: one's own things stand in the relation ``own`` alone.
"""

from __future__ import annotations

from typing import Final

from services.accreditation.domain.courses import CourseRules
from services.accreditation.read.awards import AwardShown, awards_of
from services.accreditation.read.courses import course_with
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.clock import today
from shared.people.questions import employments_on
from shared.store.catching_up import PATIENCE_SECONDS
from shared.web.access import Access, allow, nothing_here, relations_to
from shared.web.actor import ROLES, Actor
from shared.web.app_context import wired
from shared.web.read_your_writes import catching_up

TRAINING: Final = "training"
RECORD: Final = "record-training"
COURSES: Final = "courses"
IN_PLACE: Final = "in-place"
PUT_IN_PLACE: Final = "put-in-place"
ASSESS: Final = "assess"
EVIDENCE: Final = "evidence"

_STATUS: Final = ("person", "code", "title", "state", "due_on")

ACCESS: Access = {
    ("carer", TRAINING, "own"): ("*",),
    ("carer", TRAINING, "reports"): _STATUS,
    ("hr", TRAINING, "organisation"): ("*",),
    ("hr", RECORD, "organisation"): ("*",),
    ("hr", COURSES, "organisation"): ("*",),
    ("hr", PUT_IN_PLACE, "organisation"): ("*",),
    ("hr", ASSESS, "organisation"): ("*",),
    ("hr", EVIDENCE, "organisation"): ("*",),
    **{(role, IN_PLACE, "organisation"): ("*",) for role in sorted(ROLES)},
}


def admit_own(actor: Actor) -> frozenset[str]:
    """Let the actor at their own training; raises ForbiddenError for whoever can have none."""
    return allow(ACCESS, actor, TRAINING, {"own"})


def admit_to_reports(actor: Actor) -> frozenset[str]:
    """Let the actor at the status of those they manage, which may be nobody."""
    return allow(ACCESS, actor, TRAINING, {"reports"})


def admit_to_organisation(actor: Actor, action: str) -> frozenset[str]:
    """Let the actor at their organisation's; raises NotFoundError or ForbiddenError."""
    return allow(ACCESS, actor, action, {"organisation"})


def admit_to_person(actor: Actor, action: str, person: str) -> frozenset[str]:
    """Let the actor at a person's training; raises NotFoundError or ForbiddenError.

    Whether somebody is not theirs or not there makes no difference.
    """
    accreditation = wired(AccreditationWiring)
    with accreditation.reading() as connection:
        held = employments_on(connection, person, today(accreditation.clock))
    here = any(each.organisation == actor.organisation for each in held)
    managed = any(each.manager == actor.person for each in held)
    relations = relations_to(
        actor,
        person=person,
        organisation=actor.organisation if here else "",
        manager=actor.person if managed else "",
    )
    return allow(ACCESS, actor, action, relations)


def admit_to_course(actor: Actor, code: str) -> CourseRules:
    """Let the actor at a course of their organisation; raises NotFoundError or ForbiddenError."""
    allow(ACCESS, actor, COURSES, {"organisation"})
    found = _course(actor.organisation, code)
    if found is None:
        raise nothing_here()
    return found


def admit_to_award(actor: Actor, award: str) -> AwardShown:
    """Let the actor change an award that their organisation holds; raises NotFoundError or ForbiddenError."""
    allow(ACCESS, actor, PUT_IN_PLACE, {"organisation"})
    _catch_up()
    with wired(AccreditationWiring).reading() as connection:
        for found in awards_of(connection, actor.organisation):
            if found.award == award and found.organisation == actor.organisation:
                return found
    raise nothing_here()


def may(actor: Actor, action: str) -> bool:
    """Whether a page should offer the action for the actor's organisation; the route asks again."""
    return any((role, action, "organisation") in ACCESS for role in actor.roles)


def _course(organisation: str, code: str) -> CourseRules | None:
    """The course; one that was recorded a moment ago is waited for, up to a second."""
    accreditation = wired(AccreditationWiring)
    with accreditation.reading() as connection:
        found = course_with(connection, organisation, code)
    if found is not None:
        return found
    _catch_up()
    with accreditation.reading() as connection:
        return course_with(connection, organisation, code)


def _catch_up() -> None:
    """Wait for the lists, up to a second.

    Raises ``UnavailableError`` where they are further behind: it may be there, and nobody is told that it is not.
    """
    if not wired(AccreditationWiring).catch_up(within=PATIENCE_SECONDS):
        raise catching_up()
