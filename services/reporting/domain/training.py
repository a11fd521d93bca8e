"""People trained (22 for managers, 23 for all staff), by what accreditation said of assignments and completions.

Counted are people in a course's audience, past grace and not exempt; trained are those **of them** with a completion
that counts. People in grace are outside both, also when trained, and told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Final

from services.reporting.domain.disclosure import safe_people
from services.reporting.domain.facts import Facts, Trained, Training, TrainingFact, TrainingSaid
from services.reporting.domain.figures import Measure
from services.reporting.domain.indicator import RELEASE, Indicator, Rate, per_cent, whole
from services.reporting.domain.months import month_end
from services.reporting.domain.spans import Ends, Mask
from shared.kernel.events import Payload

ALL_STAFF: Final = "all-staff"
MANAGERS: Final = "line-managers"


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
    for fact in reversed([fact for fact in said if fact.said in (TrainingSaid.ASSIGNED, TrainingSaid.RELEASED)]):
        assert fact.first is not None
        since = ends.since(fact.first)
        own, settled = since & ~settled & ~exempt, settled | since
        if fact.said == TrainingSaid.ASSIGNED and fact.audience == audience:
            past = own & (ends.since(fact.second) if fact.second else 0)
            counted |= past
            grace |= own & ~past
            lacking |= past & ~_completed(said, fact.version, ends)
    return _Standing(counted, lacking, grace)


def _completed(said: Sequence[TrainingFact], least: int, ends: Ends) -> Mask:
    last = {fact.key: fact for fact in said if fact.said in (TrainingSaid.COMPLETED, TrainingSaid.CORRECTED)}
    mask = 0
    for fact in last.values():
        if fact.said == TrainingSaid.COMPLETED and fact.version >= least:
            assert fact.first is not None
            mask |= ends.between(fact.first, fact.second)
    return mask


def _exempt(said: Sequence[TrainingFact], ends: Ends) -> Mask:
    """At which ends an exemption holds; of those with one name the last."""
    last = {fact.key: fact for fact in said if fact.said == TrainingSaid.EXEMPTED}
    mask = 0
    for fact in last.values():
        assert fact.first is not None
        mask |= ends.between(fact.first, fact.second)
    return mask


def trained_at(months: Iterable[str], facts: Iterable[TrainingFact]) -> dict[str, Trained]:
    """The people trained at the end of each month."""
    wanted = sorted(set(months))
    ends = Ends([month_end(month) for month in wanted])
    held = list(facts)
    both = zip(training(held, MANAGERS, ends), training(held, ALL_STAFF, ends), strict=True)
    return {month: Trained(*pair) for month, pair in zip(wanted, both, strict=True)}


def _over(chosen: Callable[[Trained], Training]) -> Callable[[Facts, Sequence[str]], list[Training]]:
    nobody = Trained()
    return lambda facts, months: [chosen(facts.trained.get(month, nobody)) for month in months]


def _parse(plain: Payload) -> Training:
    return Training(plain["trained"], plain["counted"], plain["in_grace"])


def _part(people: Training) -> Rate:
    return whole(people.trained, people.counted)


def _release(people: Training, _month: str) -> Sequence[str | None]:
    if not safe_people(people.trained, people.counted - people.trained):
        return ()
    return (per_cent(people.trained, people.counted, people.counted),)


MANAGERS_TRAINED: Final = Measure("22", over=_over(lambda both: both.managers), plain=asdict, parse=_parse)
"""Carried, and not shown yet."""

STAFF_TRAINED: Final = Measure("23", over=_over(lambda both: both.staff), plain=asdict, parse=_parse)

TRAINED: Final = Indicator(
    "23",
    "Staff trained",
    "Staff whose training for carers’ awareness counts, as a share of those required to take it",
    of=STAFF_TRAINED.of,
    part=_part,
    cells=("trained",),
    release=_release,
    tells="Whether staff have learned how to support colleagues who care for somebody.",
    silent="It does not say what has changed since. People still in the time given for training are left out.",
    counted="Of those required to take the course, people with a completion that still counts.",
    out_of="People required to take the course whose time to take it has passed, without those who are exempt. "
    "They can be agency staff, who are not in the headcount.",
    dated="The last day of the month.",
    seen=f"{RELEASE}, where each side of it is nobody or at least 10 people.",
)
