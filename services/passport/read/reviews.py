"""Why a passport is due for a review, if it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection

from services.passport.domain.terms import IN_FORCE
from services.passport.read.listed import Listed
from shared.people.questions import Employment, employments_on

YEARLY: Final = "yearly"
ASKED: Final = "circumstances"
MANAGER: Final = "manager"
POST: Final = "post"


def review_reasons(connection: Connection, listed: Listed, day: date) -> tuple[str, ...]:
    """The reasons that stand on a day: a year has passed, the carer asked, or the manager or the post is another.

    None for a passport that is not in force: one that was ended is never reminded of.
    """
    if listed.state not in IN_FORCE:
        return ()
    now = _there(connection, listed, day)
    before = _there(connection, listed, date.fromisoformat(listed.settled_on))
    reasons = {
        YEARLY: listed.review_due <= day.isoformat(),
        ASKED: listed.review_asked,
        MANAGER: bool(now) and listed.settled_with not in {held.manager for held in now},
        POST: bool(now) and _posts(now) != _posts(before),
    }
    return tuple(reason for reason, stands in reasons.items() if stands)


def _there(connection: Connection, listed: Listed, day: date) -> list[Employment]:
    """The carer's employments where the passport is."""
    held = employments_on(connection, listed.person, day)
    return [each for each in held if each.organisation == listed.organisation]


def _posts(held: Sequence[Employment]) -> set[tuple[str, str]]:
    return {(each.employment, each.post) for each in held}
