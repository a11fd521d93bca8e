"""The words of a passport's life, who acts, and when a review is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.passport.domain.posts import Post
from shared.kernel.periods import add_months
from shared.kernel.provenance import Provenance

DRAFTED: Final = "drafted"
HELD: Final = "conversation-held"
AGREED: Final = "agreed"
REVIEWED: Final = "reviewed"
TRANSFERRED: Final = "transferred"
ENDED: Final = "ended"

IN_FORCE: Final = (AGREED, REVIEWED)
OPEN: Final = (DRAFTED, HELD, *IN_FORCE, TRANSFERRED)

UNCHANGED: Final = "unchanged"
AMENDED: Final = "amended"

ACCEPTED: Final = "accepted"
AMENDMENT_PROPOSED: Final = "amendment-proposed"

END_REASONS: Final = ("caring-ended", "cared-for-died", "not-needed", "leaving", "not-said")
"""Why a passport ends. All of them stay sealed, and none is in any event that others see."""

REVIEW_MONTHS: Final = 12
"""A passport is reviewed at least yearly."""


@dataclass(frozen=True)
class PostedProvenance(Provenance):
    """Who acts and when, with the carer's posts on that day."""

    posts: tuple[Post, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Other words for a section, from a manager. ``before``: what stood there when they were proposed."""

    id: str
    section: str
    value: object = field(repr=False)
    reason: str | None = field(repr=False)
    by: str
    on: date
    before: object = field(repr=False)


def review_due(settled_on: date) -> date:
    """When a passport that was agreed or reviewed on a day is to be reviewed again; 29 February is clamped."""
    return add_months(settled_on, REVIEW_MONTHS)
