"""Which of a month's revisions counts, and which one a release holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from services.reporting.domain.months import cut_off, release_days
from shared.kernel.clock import LONDON


class Revision(NamedTuple):
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


def highest(known: Mapping[str, Iterable[Revision]]) -> dict[str, int]:
    """By organisation the revision that counts."""
    return {organisation: current(revisions).revision for organisation, revisions in known.items()}


def is_revised(revisions: Iterable[Revision]) -> bool:
    """Whether the return was changed after somebody could have read it as a return.

    That is where the highest revision was computed on a later day, in London, than the first complete one: what a day's
    work corrects before the day is over is no revision of anything that was read [our decision].
    """
    known = list(revisions)
    complete = [revision for revision in known if revision.complete]
    if not complete:
        return False
    return is_later_day(min(complete, key=lambda revision: revision.revision).as_known, current(known).as_known)


def is_later_day(first: datetime, second: datetime) -> bool:
    """Whether the second instant is on a later day, in London, than the first."""
    return second.astimezone(LONDON).date() > first.astimezone(LONDON).date()


def held_by_release(revisions: Iterable[Revision], month: str, today: date) -> Held | None:
    """The revision that releases hold for the month, None while none does.

    It is the highest one known before the first release day at which that one was complete, and stays for good:
    what was published does not move because a later revision came, and what was suppressed stays suppressed.
    """
    known = list(revisions)
    for day, end in _releases(month, today):
        before = [revision for revision in known if revision.as_known < end]
        if before and current(before).complete:
            return Held(current(before), day)
    return None


@lru_cache(maxsize=128)
def _releases(month: str, today: date) -> tuple[tuple[date, datetime], ...]:
    """The days on which a release could hold the month, each with its cut-off: asked for each of many organisations."""
    return tuple((day, cut_off(day)) for day in release_days(month, today))
