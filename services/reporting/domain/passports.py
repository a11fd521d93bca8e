"""Passports in date (6): those agreed and not ended, by when they were last agreed or reviewed; time to agree (7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Final

from services.reporting.domain.disclosure import safe_share
from services.reporting.domain.durations import (
    SpannedDurations,
    durations,
    parse_spans,
    released_median,
    spans_json,
)
from services.reporting.domain.facts import Facts, PassportFact, PassportSaid, Spell
from services.reporting.domain.figures import Measure
from services.reporting.domain.indicator import BOTH_SIDES, MEDIAN_SEEN, Indicator, Kind, Rate, per_cent, whole
from services.reporting.domain.months import ends_quarter, month_end, rolling_year
from services.reporting.domain.spans import Ends
from shared.kernel.periods import leaves_window_on, month_of


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
        if fact.said == PassportSaid.ENDED:
            agreed &= ~since
            in_date &= ~since
        else:
            agreed |= since
            in_date |= since & ~ends.since(leaves_window_on(fact.day))
    return agreed, in_date


def _over(facts: Facts, months: Sequence[str]) -> list[Passports]:
    return passports(facts.passports, facts.spells, Ends([month_end(month) for month in months]))


def _drafts_over(facts: Facts, months: Sequence[str]) -> list[SpannedDurations]:
    agreed = agreements(facts.passports, facts.spells)
    return [drafted(agreed, month, rolling_year(month)) for month in months]


def _part(held: Passports) -> Rate:
    return whole(held.in_date, held.agreed)


def _release(held: Passports, month: str) -> Sequence[str | None]:
    """Stocks of neighbouring months are nearly the same people, so only a quarter's last month shows them."""
    if not ends_quarter(month) or not safe_share(held.in_date, held.agreed - held.in_date):
        return ()
    return (per_cent(held.in_date, held.agreed, held.agreed),)


HELD: Final = Measure("6", over=_over, plain=asdict, parse=lambda plain: Passports(plain["in_date"], plain["agreed"]))

DRAFTS: Final = Measure("7", over=_drafts_over, plain=spans_json, parse=parse_spans)

IN_DATE: Final = Indicator(
    "6",
    "Passports in date",
    "Carer’s Passports agreed or reviewed in the last 12 months, as a share of all agreed",
    of=HELD.of,
    part=_part,
    cells=("in_date",),
    release=_release,
    tells="Whether passports are talked about again each year, so that they still fit.",
    silent="It does not say how many carers have a passport, or whether what was agreed is kept.",
    counted="Passports last agreed or reviewed in the 12 months to the end of the month.",
    out_of="Passports that are agreed and have not ended.",
    dated="The last day of the month. A passport belongs to each organisation that employs its holder that day.",
    seen=f"{BOTH_SIDES} It is released for the last month of each quarter only.",
    quarterly=True,
)

TO_AGREE: Final = Indicator(
    "7",
    "Days to agree a passport",
    "Calendar days from the first draft of a Carer’s Passport until both have signed, the median",
    of=DRAFTS.of,
    part=lambda drafts: drafts.month,
    kind=Kind.MEDIAN,
    cells=("drafts",),
    release=lambda drafts, _month: released_median(drafts.month),
    tells="How long a carer is without an agreed passport. Half of the passports took longer, half less.",
    silent="Drafts that were never agreed are not in it.",
    counted="Passports agreed in the month by people employed here that day. Figures end at 61 days.",
    dated="The day of agreement.",
    seen=MEDIAN_SEEN,
)
