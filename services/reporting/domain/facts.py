"""The facts that figures are made of, as known now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Final, TypeVar, cast

T = TypeVar("T")

PAID_BY_THE_ORGANISATION: Final = frozenset({"employee", "worker", "office-holder"})
"""The statuses that headcount and FTE count: those on the organisation's own payroll.

Agency staff are on another's payroll, volunteers on none, and neither is in employment there.
"""


@dataclass(frozen=True)
class EmploymentFact:
    """What workforce said once about an employment.

    ``effective_from``: the day from which the values hold, or None where only the end was said.
    ``ends``: its last day, or None while it has none. ``position``: the statement's place in workforce's log.
    """

    employment: str
    person: str
    organisation: str
    effective_from: date | None
    starts: date | None
    ends: date | None
    fte: Fraction
    status: str
    position: int


@dataclass(frozen=True)
class DayFact:
    """One day's leave under one notice. Minutes are exact; ``minutes`` 0 means the day was worked after all.

    ``full_time_minutes``: the post's full-time week; a fifth of it is one day in every figure.
    """

    person: str
    day: date
    minutes: Fraction
    paid_minutes: Fraction
    full_time_minutes: Fraction


@dataclass(frozen=True)
class Spell:
    """Days on which an employment counts in an organisation, first and last included; ``last`` None: no end known."""

    person: str
    first: date
    last: date | None
    fte: Fraction


class NoticeSaid(StrEnum):
    """What leave says of a notice."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    NOT_WAIVED = "not-waived"
    POSTPONED = "postponed"


class PassportSaid(StrEnum):
    """What passport says of somebody's passport."""

    AGREED = "agreed"
    REVIEWED = "reviewed"
    ENDED = "ended"


class TrainingSaid(StrEnum):
    """What accreditation says of a person and a course."""

    ASSIGNED = "assigned"
    RELEASED = "released"
    COMPLETED = "completed"
    CORRECTED = "corrected"
    EXEMPTED = "exempted"


class ProvisionSaid(StrEnum):
    """What accreditation says of a provision."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


class AwardSaid(StrEnum):
    """What accreditation says of an award."""

    AWARDED = "awarded"
    LAPSED = "lapsed"


CLOCK: Final = "clock"
"""Who confirmed a notice that nobody answered in time."""


@dataclass(frozen=True)
class NoticeFact:
    """What leave said once about a notice; ``position``: its place there.

    ``confirmed_on``, ``confirmed_by``: of a confirmation the day, and ``manager``, ``hr`` or ``clock``.
    """

    notice: str
    person: str
    said: NoticeSaid
    given_on: date
    late: bool
    waived: bool
    position: int
    confirmed_on: date | None = None
    confirmed_by: str = ""


@dataclass(frozen=True)
class PassportFact:
    """What passport said once about somebody's passport: that it was agreed, reviewed or ended on a day.

    ``from_draft``: of an agreement the calendar days since the draft; else None.
    """

    person: str
    said: PassportSaid
    day: date
    position: int
    from_draft: int | None = None


@dataclass(frozen=True)
class TrainingFact:
    """What accreditation said once about a person and a course.

    | said | key | version | first | second |
    |---|---|---|---|---|
    | assigned | | least that counts | asked since | first day after grace |
    | released | | | first day not asked | |
    | completed | completion | completed | completed on | first day it counts no longer |
    | corrected | completion | | | |
    | exempted | first day asked for | | first day outside | first day inside again |

    ``audience`` is an assignment's; ``second`` None: never.
    """

    person: str
    course: str
    said: TrainingSaid
    key: str
    audience: str
    version: int
    first: date | None
    second: date | None
    position: int


@dataclass(frozen=True)
class ProvisionFact:
    """What accreditation said once of a provision's time that began on ``starts``.

    ``out_on``: the first day on which it counts no longer: a withdrawal's end, or the day after a champion's place
    has been vacant for too long; None while there is none.
    """

    kind: str
    said: ProvisionSaid
    starts: date
    out_on: date | None
    position: int


@dataclass(frozen=True)
class AwardFact:
    """What accreditation said once of an award. ``out_on``: the first day without it, by its term or its lapse."""

    award: str
    said: AwardSaid
    scheme: str
    level: str
    starts: date | None
    out_on: date
    position: int


@dataclass(frozen=True)
class Training:
    """People trained among those who are counted; those in grace apart."""

    trained: int = 0
    counted: int = 0
    in_grace: int = 0


@dataclass(frozen=True)
class Trained:
    """The managers, and all staff, at a month's end. Found apart from all else, because it is of all staff."""

    managers: Training = Training()
    staff: Training = Training()


@dataclass(frozen=True)
class Facts:
    """One organisation's facts. ``spells`` are its own; passports are those of anybody ever employed there.

    ``trained``: by month, at its end; nobody in a month that is left out.
    """

    spells: Sequence[Spell] = ()
    notices: Sequence[NoticeFact] = ()
    passports: Sequence[PassportFact] = ()
    provisions: Sequence[ProvisionFact] = ()
    awards: Sequence[AwardFact] = ()
    trained: Mapping[str, Trained] = field(default_factory=dict)
    _done: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, work: Callable[[Facts], T]) -> T:
        """What the work makes of these facts, made once however many indicators ask for it."""
        if work not in self._done:
            self._done[work] = work(self)
        return cast(T, self._done[work])


def spells(facts: Iterable[EmploymentFact], organisation: str) -> Iterator[Spell]:
    """The spells in one organisation that the employments' facts, in any order, amount to.

    A day's values are those effective latest on or before it; said twice for the same day, the later statement
    holds. The last statement about an employment says when it ends. Facts of other organisations must be among
    those given: they end a spell here.
    """
    ordered = sorted(facts, key=lambda fact: (fact.employment, fact.position))
    for _, said in groupby(ordered, key=lambda fact: fact.employment):
        yield from _spells_of_one(list(said), organisation)


def _spells_of_one(said: Sequence[EmploymentFact], organisation: str) -> Iterator[Spell]:
    ends = said[-1].ends
    held = {fact.effective_from: fact for fact in said if fact.effective_from is not None}
    states = [held[day] for day in sorted(held)]
    for state, following in pairwise([*states, None]):
        if state is None or state.organisation != organisation or state.status not in PAID_BY_THE_ORGANISATION:
            continue
        spell = _spell(state, following, ends)
        if spell.last is None or spell.first <= spell.last:
            yield spell


def _spell(state: EmploymentFact, following: EmploymentFact | None, ends: date | None) -> Spell:
    assert state.effective_from is not None
    first = max(state.effective_from, state.starts or state.effective_from)
    bounds = [] if ends is None else [ends]
    if following is not None and following.effective_from is not None:
        bounds.append(date.fromordinal(following.effective_from.toordinal() - 1))
    return Spell(state.person, first, min(bounds, default=None), state.fte)
