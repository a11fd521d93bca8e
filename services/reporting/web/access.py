"""Who may what: exact returns for two, what is released for everybody; HR puts their own organisation's on hold."""

from __future__ import annotations

from typing import Final

from shared.kernel.errors import ForbiddenError, NotFoundError
from shared.web.access import Access, allow
from shared.web.actor import ROLES, Actor

EXACT: Final = "read-returns"
RELEASED: Final = "read-progress"
HOLD: Final = "hold-returns"

OWN: Final = "organisation"
ALL: Final = "any"
"""Whose figures: those of the actor's own organisation, or every department's."""

ACCESS: Access = {
    ("hr", EXACT, OWN): ("*",),
    ("hr", HOLD, OWN): ("*",),
    ("statistics", EXACT, ALL): ("*",),
    **{(role, RELEASED, ALL): ("*",) for role in ROLES},
}


def admit_to_own(actor: Actor, action: str) -> frozenset[str]:
    """Let the actor at their own organisation's returns; raises ForbiddenError for whoever may not."""
    return allow(ACCESS, actor, action, {OWN})


def exact_scope(actor: Actor) -> str:
    """Whose exact returns the actor may see, ``ALL`` or ``OWN``. Raises ForbiddenError where nobody's."""
    try:
        allow(ACCESS, actor, EXACT, {ALL})
    except NotFoundError:
        allow(ACCESS, actor, EXACT, {OWN})
        return OWN
    return ALL


def sees_exact(actor: Actor, scope: str) -> bool:
    """Whether the actor comes in by the first door for this scope; the second one is open to all who are signed in."""
    allow(ACCESS, actor, RELEASED, {ALL})
    try:
        allow(ACCESS, actor, EXACT, {scope})
    except (ForbiddenError, NotFoundError):
        return False
    return True
