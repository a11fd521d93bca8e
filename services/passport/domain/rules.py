"""Rules of a passport that look at what they are given and at nothing else; each raises its refusal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from services.passport.domain import refusals
from services.passport.domain.paper import Paper
from services.passport.domain.posts import Post, default_reader, managers_in, organisations_of
from services.passport.domain.sections import LONGEST_DETAIL, PROPOSED_BY_MANAGERS, missing
from services.passport.domain.terms import DRAFTED, END_REASONS, HELD, TRANSFERRED

_LONGEST_AGO: Final = timedelta(days=366)
"""How long before the draft the conversation may have been that led to it."""


TOO_LITTLE: Final = "too-little"
NOT_SHARED: Final = "not-shared"
NOT_TALKED: Final = "not-talked"
NOT_ACCEPTED: Final = "not-accepted"


def manager_blockers(paper: Paper, readable: Collection[str]) -> tuple[str, ...]:
    """All that keeps a manager who can read these sections from signing, in the order in which it is put right."""
    found = {
        TOO_LITTLE: bool(missing(paper.content)),
        NOT_SHARED: not paper.content.keys() <= set(readable),
        NOT_TALKED: paper.state == DRAFTED,
        NOT_ACCEPTED: paper.state == TRANSFERRED,
    }
    return tuple(name for name, is_so in found.items() if is_so)


def require_conversation_day(paper: Paper, held_on: date, today: date) -> None:
    """A conversation took place before anybody signed, not in the future, and about this passport."""
    if paper.state not in (DRAFTED, HELD):
        raise refusals.held_already()
    if held_on > today:
        raise refusals.held_in_future()
    if paper.drafted_on is not None and held_on < paper.drafted_on - _LONGEST_AGO:
        raise refusals.held_before_draft()


def require_proposable(section: str, reason: str, readable: Collection[str]) -> None:
    """A manager proposes changes to what they can read and what is about work, and says why."""
    if section not in readable:
        raise refusals.no_passport()
    if section not in PROPOSED_BY_MANAGERS:
        raise refusals.not_for_managers()
    if not reason.strip():
        raise refusals.reason_missing()
    if len(reason.strip()) > LONGEST_DETAIL:
        raise refusals.too_long(LONGEST_DETAIL)


def require_signable(paper: Paper, digest: str) -> None:
    """It was talked about, enough is written, and it is what the signer was shown."""
    require_settled(paper)
    if paper.state == DRAFTED:
        raise refusals.talk_first()
    if lacking := missing(paper.content):
        raise refusals.incomplete(lacking)
    if digest != paper.digest:
        raise refusals.changed_since()


def require_readable(paper: Paper, readable: Collection[str]) -> None:
    """Nobody signs what they cannot read."""
    if not paper.content.keys() <= set(readable):
        raise refusals.share_all_first()


def require_settled(paper: Paper) -> None:
    """It does not wait for a new manager to take it over."""
    if paper.state == TRANSFERRED:
        raise refusals.not_settled()


def require_agreed(paper: Paper) -> None:
    """Both have signed it once."""
    if paper.agreed is None:
        raise refusals.not_agreed_yet()


def new_manager(paper: Paper, organisation: str, person: str, posts: Sequence[Post]) -> str:
    """Who manages the carer in the organisation to which they have moved."""
    if organisation == paper.organisation or organisation not in organisations_of(posts):
        raise refusals.not_moved()
    manager = default_reader(managers_in(posts, organisation, person))
    if not manager:
        raise refusals.no_manager_there()
    return manager


def require_end_reason(reason: str) -> None:
    """A reason from the list."""
    if reason not in END_REASONS:
        raise refusals.no_such_reason()
