"""People trained (22 for managers, 23 for all staff), by what accreditation said of assignments and completions.

Counted are people in a course's audience, past grace and not exempt; trained are those **of them** with a completion
that counts. People in grace are outside both, also when trained, and told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from services.reporting.domain.spans import Ends, Mask

ASSIGNED: Final = "assigned"
RELEASED: Final = "released"
COMPLETED: Final = "completed"
CORRECTED: Final = "corrected"
EXEMPTED: Final = "exempted"

ALL_STAFF: Final = "all-staff"
MANAGERS: Final = "line-managers"


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
    said: str
    key: str
    audience: str
    version: int
    first: date | None
    second: date | None
    position: int


@dataclass(frozen=True)
class Training:
    """People trained among those who are counted; those in grace apart."""

    trained: int = 0
    counted: int = 0
    in_grace: int = 0


@dataclass(frozen=True)
class _Standing:
    """At which ends somebody is counted, counted and not trained, or in grace."""

    counted: Mask = 0
    lacking: Mask = 0
    grace: Mask = 0

    def __or__(self, other: _Standing) -> _Standing:
        return _Standing(self.counted | other.counted, self.lacking | other.lacking, self.grace | other.grace)


def training(facts: Iterable[TrainingFact], audience: str, ends: Ends) -> list[Training]:
    """By month end, the people trained of an audience, each once.

    Where the organisation has several courses for it, somebody is counted who is so in any of them, trained who is
    so in each that counts them, and in grace who is in one and counted in none.
    """
    ordered = sorted(facts, key=lambda fact: (fact.person, fact.course, fact.position))
    people: dict[str, _Standing] = {}
    for (person, _), said in groupby(ordered, key=lambda fact: (fact.person, fact.course)):
        people[person] = people.get(person, _Standing()) | _standing(list(said), audience, ends)
    counted = ends.counts(each.counted for each in people.values())
    trained = ends.counts(each.counted & ~each.lacking for each in people.values())
    grace = ends.counts(each.grace & ~each.counted for each in people.values())
    return [Training(*counts) for counts in zip(trained, counted, grace, strict=True)]


def _standing(said: Sequence[TrainingFact], audience: str, ends: Ends) -> _Standing:
    exempt = _exempt(said, ends)
    settled = counted = lacking = grace = 0
    for fact in reversed([fact for fact in said if fact.said in (ASSIGNED, RELEASED)]):
        assert fact.first is not None
        since = ends.since(fact.first)
        own, settled = since & ~settled & ~exempt, settled | since
        if fact.said == ASSIGNED and fact.audience == audience:
            past = own & (ends.since(fact.second) if fact.second else 0)
            counted |= past
            grace |= own & ~past
            lacking |= past & ~_completed(said, fact.version, ends)
    return _Standing(counted, lacking, grace)


def _completed(said: Sequence[TrainingFact], least: int, ends: Ends) -> Mask:
    last = {fact.key: fact for fact in said if fact.said in (COMPLETED, CORRECTED)}
    mask = 0
    for fact in last.values():
        if fact.said == COMPLETED and fact.version >= least:
            assert fact.first is not None
            mask |= ends.between(fact.first, fact.second)
    return mask


def _exempt(said: Sequence[TrainingFact], ends: Ends) -> Mask:
    """At which ends an exemption holds; of those with one name the last."""
    last = {fact.key: fact for fact in said if fact.said == EXEMPTED}
    mask = 0
    for fact in last.values():
        assert fact.first is not None
        mask |= ends.between(fact.first, fact.second)
    return mask
