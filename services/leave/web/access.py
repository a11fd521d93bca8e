"""Who may what in leave: one's own; the dates and state of those one manages today; HR their organisation's.

Nobody decides their own request: one's own things stand in the relation ``own`` alone.
"""

from __future__ import annotations

from typing import Final

from services.leave.read.notices import NoticeShown, notice
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.people.questions import employment, employments_on
from shared.store.catching_up import PATIENCE_SECONDS
from shared.web.access import Access, allow, nothing_here, relations_to
from shared.web.actor import Actor
from shared.web.app_context import wired
from shared.web.menu import STAFF_LEAVE, TEAM_LEAVE, opened_from
from shared.web.read_your_writes import catching_up

GIVE: Final = "give"
READ: Final = "read"
WITHDRAW: Final = "withdraw"
DECIDE: Final = "decide"
CORRECT: Final = "correct"
BALANCE: Final = "balance"

_DATES_AND_STATE: Final = (
    "notice",
    "employment",
    "state",
    "given_on",
    "late",
    "waived",
    "deadline",
    "confirmed_by",
    "confirmed_on",
    "dates",
    "gave_back",
    "postponed_on",
    "decided_on",
    "decided_by",
    "consulted_on",
    "agreed",
    "lawful",
    "in_time_from",
    "reason",
)
"""The reason is of a decision that the manager or HR took about work; those of corrections stand with the days."""
_DATES_AND_PAY: Final = ("notice", "person", "employment", "employer", "state", "dates", "pay")

ACCESS: Access = {
    ("carer", GIVE, "own"): ("*",),
    ("carer", READ, "own"): ("*",),
    ("carer", WITHDRAW, "own"): ("*",),
    ("carer", BALANCE, "own"): ("*",),
    ("carer", READ, "reports"): _DATES_AND_STATE,
    ("carer", DECIDE, "reports"): _DATES_AND_STATE,
    ("hr", READ, "organisation"): ("*",),
    ("hr", DECIDE, "organisation"): ("*",),
    ("hr", CORRECT, "organisation"): ("*",),
    ("hr", BALANCE, "organisation"): ("*",),
    ("payroll", READ, "organisation"): _DATES_AND_PAY,
}


def admit_own(actor: Actor, action: str) -> frozenset[str]:
    """Let the actor at what is their own; raises ForbiddenError for whoever can have none."""
    return allow(ACCESS, actor, action, {"own"})


def admit_to_reports(actor: Actor) -> frozenset[str]:
    """Let the actor at the notices of those they manage, which may be nobody."""
    return allow(ACCESS, actor, DECIDE, {"reports"})


def admit_to_organisation(actor: Actor, action: str) -> frozenset[str]:
    """Let the actor at their organisation's; raises NotFoundError or ForbiddenError."""
    return allow(ACCESS, actor, action, {"organisation"})


def admit_to_person(actor: Actor, action: str, person: str) -> frozenset[str]:
    """Let the actor at a person's leave as a whole; raises NotFoundError or ForbiddenError."""
    leave = wired(LeaveWiring)
    with leave.reading() as connection:
        held = employments_on(connection, person, today(leave.clock))
    in_it = any(each.organisation == actor.organisation for each in held)
    return allow(ACCESS, actor, action, relations_to(actor, person=person, organisation=actor.organisation * in_it))


def admit_to_notice(actor: Actor, action: str, notice_id: str) -> tuple[NoticeShown, frozenset[str]]:
    """Let the actor at a notice; answers it and the fields they may see.

    Whether it is not theirs or not there makes no difference: NotFoundError, or ForbiddenError where no role of
    theirs could ever do it.
    """
    found = _notice(notice_id)
    relations = _relations(actor, found)
    fields = allow(ACCESS, actor, action, relations)
    if found is None:
        raise nothing_here()
    if "own" not in relations:
        opened_from(TEAM_LEAVE if "reports" in relations else STAFF_LEAVE)
    return found, fields


def decides_as(actor: Actor, found: NoticeShown) -> str:
    """In which capacity the actor decides about a notice: as the manager of the post today, else as HR."""
    return "manager" if "reports" in _relations(actor, found) else "hr"


def may(actor: Actor, action: str, found: NoticeShown) -> bool:
    """Whether a page should offer the action on the notice; the route asks again."""
    return any((role, action, relation) in ACCESS for role in actor.roles for relation in _relations(actor, found))


def _relations(actor: Actor, found: NoticeShown | None) -> frozenset[str]:
    if found is None:
        return relations_to(actor)
    leave = wired(LeaveWiring)
    with leave.reading() as connection:
        held = employment(connection, found.employment, today(leave.clock))
    manager = held.manager if held else None
    return relations_to(actor, person=found.person, organisation=found.organisation, manager=manager or "")


def _notice(notice_id: str) -> NoticeShown | None:
    """The notice, also where the lists do not have it yet: they are waited for up to a second, then the log is asked.

    Raises ``UnavailableError`` where the log's next entries lack it too: nobody is told that what is there is not.
    """
    leave = wired(LeaveWiring)
    found = _looked_up(leave, notice_id)
    if found is not None or leave.is_ahead:
        return found
    if leave.catch_up(within=PATIENCE_SECONDS):
        return _looked_up(leave, notice_id)
    found = _looked_up(leave.ahead(), notice_id)
    if found is None:
        raise catching_up()
    return found


def _looked_up(leave: LeaveWiring, notice_id: str) -> NoticeShown | None:
    with leave.reading() as connection:
        return notice(connection, notice_id)
