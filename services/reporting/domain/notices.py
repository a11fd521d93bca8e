"""Notices of leave by their dates: how many were postponed (13), late ones waived (15), how soon answered (16)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from services.reporting.domain.durations import SpannedDurations, durations
from shared.kernel.periods import month_of

REQUESTED: Final = "requested"
CONFIRMED: Final = "confirmed"
NOT_WAIVED: Final = "not-waived"
POSTPONED: Final = "postponed"
CLOCK: Final = "clock"


@dataclass(frozen=True)
class NoticeFact:
    """What leave said once about a notice. ``said``: which of the words above; ``position``: its place there.

    ``confirmed_on``, ``confirmed_by``: of a confirmation the day, and ``manager``, ``hr`` or ``clock``.
    """

    notice: str
    person: str
    said: str
    given_on: date
    late: bool
    waived: bool
    position: int
    confirmed_on: date | None = None
    confirmed_by: str = ""


@dataclass(frozen=True)
class Notice:
    """A notice as all that was said of it has it.

    ``valid``: in time, or late and waived. ``decided_late``: late, and waived or not waived; one that lapsed while
    nobody decided is neither. ``answered_in``: calendar days from the notice to its confirmation by somebody, None
    without one; ``by_clock``: confirmed by silence; ``confirmed_in``: the month of either, empty without one.
    """

    person: str
    month: str
    valid: bool
    postponed: bool
    decided_late: bool
    waived: bool
    answered_in: int | None
    by_clock: bool
    confirmed_in: str


@dataclass(frozen=True)
class Share:
    """A part of some things and the distinct people behind it.

    ``people`` are behind the numerator, ``others`` behind the rest of the denominator; one person can be both.
    ``largest``, ``largest_other``: the most things that one person has there.
    """

    numerator: int = 0
    denominator: int = 0
    people: int = 0
    others: int = 0
    largest: int = 0
    largest_other: int = 0


@dataclass(frozen=True)
class Spanned:
    """A share over the month, and over the rolling twelve months that end with it."""

    month: Share
    year: Share


def notices(facts: Iterable[NoticeFact]) -> Iterator[Notice]:
    """The notices that the facts, in any order, amount to.

    Whether a notice is late and waived is what was said last of that. A notice counts by the day on which it was
    given; one that was withdrawn was a notice all the same.
    """
    ordered = sorted(facts, key=lambda fact: (fact.notice, fact.position))
    for _, said in groupby(ordered, key=lambda fact: fact.notice):
        yield _notice(list(said))


def _notice(said: Sequence[NoticeFact]) -> Notice:
    last = next((fact for fact in reversed(said) if fact.said != POSTPONED), said[-1])
    return Notice(
        person=last.person,
        month=month_of(last.given_on),
        valid=last.waived or not last.late,
        postponed=any(fact.said == POSTPONED for fact in said),
        decided_late=last.late and (last.waived or last.said == NOT_WAIVED),
        waived=last.late and last.waived,
        answered_in=_answered_in(last),
        by_clock=last.confirmed_by == CLOCK,
        confirmed_in=month_of(last.confirmed_on) if last.confirmed_on else "",
    )


def _answered_in(last: NoticeFact) -> int | None:
    if last.confirmed_on is None or last.confirmed_by == CLOCK:
        return None
    return max(0, (last.confirmed_on - last.given_on).days)


def postponements(found: Iterable[Notice]) -> Mapping[str, Tally]:
    """Indicator 13 by month of notice: valid notices with any day postponed among the valid ones."""
    return _tallies((notice, notice.postponed) for notice in found if notice.valid)


def waivers(found: Iterable[Notice]) -> Mapping[str, Tally]:
    """Indicator 15 by month of notice: late notices that were waived among those decided."""
    return _tallies((notice, notice.waived) for notice in found if notice.decided_late)


def answers(found: Iterable[Notice]) -> Mapping[str, Answered]:
    """Indicator 16 by month of confirmation: how soon somebody confirmed, and how many silence did.

    By the day of notice a month that is over would change whenever one of its notices is answered.
    """
    by_month: dict[str, Answered] = defaultdict(lambda: Answered([], 0))
    for notice in found:
        answered = by_month[notice.confirmed_in]
        if notice.answered_in is not None:
            answered.took.append((notice.person, notice.answered_in))
        answered.by_clock += notice.by_clock
    return by_month


@dataclass
class Answered:
    """(person, days) of each notice that somebody confirmed; the clock's, which are counted apart."""

    took: list[tuple[str, int]]
    by_clock: int


@dataclass(frozen=True)
class Answers:
    """Indicator 16: how soon a manager, or HR in their place, confirmed; and the number confirmed by silence."""

    took: SpannedDurations
    by_clock_month: int
    by_clock_year: int


def answered(by_month: Mapping[str, Answered], month: str, year: Iterable[str]) -> Answers:
    """Over a month and over the months of its rolling year."""
    nothing = Answered([], 0)
    own, all_year = by_month.get(month, nothing), [by_month[each] for each in year if each in by_month]
    took = SpannedDurations(durations(own.took), durations(pair for each in all_year for pair in each.took))
    return Answers(took, own.by_clock, sum(each.by_clock for each in all_year))


@dataclass(frozen=True)
class Tally:
    """By person, the things in the numerator and those in the rest."""

    inside: Counter[str]
    outside: Counter[str]


def share(tallies: Mapping[str, Tally], months: Iterable[str]) -> Share:
    """The share over all of the months."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for month in months:
        if month in tallies:
            inside.update(tallies[month].inside)
            outside.update(tallies[month].outside)
    return Share(
        numerator=inside.total(),
        denominator=inside.total() + outside.total(),
        people=len(inside),
        others=len(outside),
        largest=max(inside.values(), default=0),
        largest_other=max(outside.values(), default=0),
    )


def _tallies(found: Iterable[tuple[Notice, bool]]) -> Mapping[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(lambda: Tally(Counter(), Counter()))
    for notice, inside in found:
        tally = tallies[notice.month]
        (tally.inside if inside else tally.outside)[notice.person] += 1
    return tallies
