"""Which of a month's revisions counts, and which one a release holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.months import cut_off, release_days


@dataclass(frozen=True)
class Revision:
    """One revision of one organisation's month. ``as_known``: the instant it was computed at."""

    revision: int
    as_known: datetime
    complete: bool


@dataclass(frozen=True)
class Held:
    """A revision that a release holds, and the day of the first release that does."""

    revision: Revision
    on: date


def current(revisions: Iterable[Revision]) -> Revision:
    """The highest revision: it wins in whatever order they came. Raises ValueError where there is none."""
    return max(revisions, key=lambda revision: revision.revision)


def is_revised(revisions: Iterable[Revision]) -> bool:
    """Whether a complete revision was followed by another one."""
    known = list(revisions)
    complete = [revision.revision for revision in known if revision.complete]
    return bool(complete) and current(known).revision > min(complete)


def held_by_release(revisions: Iterable[Revision], month: str, today: date) -> Held | None:
    """The revision that releases hold for the month, None while none does.

    It is the highest one known before the first release day at which that one was complete, and stays for good:
    what was published does not move because a later revision came, and what was suppressed stays suppressed.
    """
    known = list(revisions)
    for day in release_days(month, today):
        before = [revision for revision in known if revision.as_known < cut_off(day)]
        if before and current(before).complete:
            return Held(current(before), day)
    return None
