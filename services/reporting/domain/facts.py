"""The facts that figures are made of, as known now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Final

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
