"""Passports in date (6): those agreed and not ended, by when they were last agreed or reviewed; time to agree (7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from services.reporting.domain.durations import SpannedDurations, durations
from services.reporting.domain.facts import Spell
from services.reporting.domain.spans import Ends
from shared.kernel.periods import leaves_window_on, month_of

AGREED: Final = "agreed"
REVIEWED: Final = "reviewed"
ENDED: Final = "ended"


@dataclass(frozen=True)
class PassportFact:
    """What passport said once about somebody's passport: that it was agreed, reviewed or ended on a day.

    ``from_draft``: of an agreement the calendar days since the draft; else None.
    """

    person: str
    said: str
    day: date
    position: int
    from_draft: int | None = None


@dataclass(frozen=True)
class Passports:
    """People with a passport. ``in_date`` are those of ``agreed`` whose last agreement or review is in the window
    of twelve months that ends with the day.
    """

    in_date: int = 0
    agreed: int = 0


def passports(facts: Iterable[PassportFact], spells: Iterable[Spell], ends: Ends) -> list[Passports]:
    """By month end, the passports of those who are in the organisation's employment that day, each person once.

    ``spells``: the organisation's own. A passport is its holder's: it counts wherever they are employed.
    """
    ordered = sorted(facts, key=lambda fact: (fact.person, fact.position))
    held = {person: _masks(list(said), ends) for person, said in groupby(ordered, key=lambda fact: fact.person)}
    employed = dict.fromkeys(held, 0)
    for spell in spells:
        if spell.person in employed:
            out = date.fromordinal(spell.last.toordinal() + 1) if spell.last else None
            employed[spell.person] |= ends.between(spell.first, out)
    agreed = ends.counts(held[person][0] & mask for person, mask in employed.items())
    in_date = ends.counts(held[person][1] & mask for person, mask in employed.items())
    return [Passports(*counts) for counts in zip(in_date, agreed, strict=True)]


def agreements(facts: Iterable[PassportFact], spells: Iterable[Spell]) -> Mapping[str, list[tuple[str, int]]]:
    """Indicator 7 by month of agreement: (person, days from draft) of those employed in the organisation that day."""
    agreed = [fact for fact in facts if fact.from_draft is not None]
    employed: dict[str, list[Spell]] = {fact.person: [] for fact in agreed}
    for spell in spells:
        if spell.person in employed:
            employed[spell.person].append(spell)
    by_month: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for fact in agreed:
        if any(
            spell.first <= fact.day and (spell.last is None or fact.day <= spell.last)
            for spell in employed[fact.person]
        ):
            by_month[month_of(fact.day)].append((fact.person, fact.from_draft or 0))
    return by_month


def drafted(by_month: Mapping[str, list[tuple[str, int]]], month: str, year: Iterable[str]) -> SpannedDurations:
    """How long agreeing took, over a month and over the months of its rolling year."""
    all_year = (pair for each in year for pair in by_month.get(each, ()))
    return SpannedDurations(durations(by_month.get(month, ())), durations(all_year))


def _masks(said: Sequence[PassportFact], ends: Ends) -> tuple[int, int]:
    """At which ends a passport is agreed, and at which it is in date as well. ``said``: in the order it was said."""
    agreed = in_date = 0
    for fact in said:
        since = ends.since(fact.day)
        if fact.said == ENDED:
            agreed &= ~since
            in_date &= ~since
        else:
            agreed |= since
            in_date |= since & ~ends.since(leaves_window_on(fact.day))
    return agreed, in_date
