"""Leave taken, the one place where it is computed: uptake (10), volume (11) and paid share (12).

The definitions are in this service's README.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, Final

from services.reporting.domain.disclosure import enough_people, nobody_dominates, rounded_count, rounded_rate
from services.reporting.domain.facts import DayFact, Spell
from services.reporting.domain.figures import ZERO, Figures, Flow
from services.reporting.domain.indicator import RELEASE, Indicator, Kind, Rate, per_cent
from services.reporting.domain.months import SPAN_MONTHS, month_end, months_between, plus_months, rolling_year
from shared.kernel.events import Payload
from shared.kernel.periods import month_of
from shared.kernel.working_time import fraction_text, parse_fraction

DAYS_IN_A_WEEK: Final = 5
"""A day is one fifth of the full-time week, whatever the pattern."""

_BEGAN: Final = "The right to carer’s leave began on 6 April 2024, so earlier months have none."
"""Carer's Leave Regulations 2024, reg 1."""

_CARRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "10": ("people", "headcount"),
    "11": ("days", "paid_days", "unpaid_days", "fte", "people", "headcount", "largest"),
    "12": ("paid_days", "days", "paid_people", "unpaid_people", "largest_paid", "largest_unpaid"),
}
"""By indicator what of a flow returns carry for it."""

_COUNTS: Final = frozenset({"people", "paid_people", "unpaid_people"})


def leave_json(figures: Figures) -> dict[str, Any]:
    """Leave taken by indicator and span as plain JSON: people as integers, all else as ``"n/d"``."""
    return {
        indicator: {
            span: {name: _number_json(name, getattr(flow, name)) for name in names}
            for span, flow in (("month", figures.month), ("year", figures.year))
        }
        for indicator, names in _CARRIED.items()
    }


def parse_leave(plain: Payload, span: str) -> Flow:
    """A span's flow from the figures' JSON. Raises KeyError or InvalidError where it is not of that form."""
    values: dict[str, Any] = {
        name: plain[indicator][span][name] for indicator, names in _CARRIED.items() for name in names
    }
    values.update({name: _parse_fraction(value) for name, value in values.items() if name not in _COUNTS})
    return Flow(**values)


def _number_json(name: str, value: Any) -> int | str:
    return int(value) if name in _COUNTS else fraction_text(value)


_parse_fraction = lru_cache(maxsize=8192)(parse_fraction)


def leave_taken(months: Iterable[str], spells: Iterable[Spell], days: Iterable[DayFact]) -> dict[str, Figures]:
    """One organisation's figures for each of the months, in one pass over its facts.

    ``spells`` and ``days`` are the organisation's own, in any order; days outside the months' years do not matter.
    """
    wanted = sorted(set(months))
    if not wanted:
        return {}
    employed = list(spells)
    begun = min((month_of(spell.first) for spell in employed), default="")
    spanned = list(months_between(max(begun, plus_months(wanted[0], 1 - SPAN_MONTHS)), wanted[-1]))
    stocks = dict(zip(spanned, _stocks([month_end(month) for month in spanned], employed), strict=True))
    used = _days(days)
    return {month: Figures(_flow([month], stocks, used), _flow(rolling_year(month), stocks, used)) for month in wanted}


@dataclass(frozen=True)
class _Stock:
    headcount: int
    fte: Fraction


def _stocks(ends: Sequence[date], spells: Iterable[Spell]) -> Iterator[_Stock]:
    """People and FTE in employment at the midnight that ends each day. A set of days is a bit mask over ``ends``."""
    masks: dict[str, int] = defaultdict(int)
    full_time: Counter[tuple[int, Fraction]] = Counter()
    for spell in spells:
        first = bisect_left(ends, spell.first)
        last = len(ends) if spell.last is None else bisect_right(ends, spell.last)
        if first < last:
            mask = (1 << last) - (1 << first)
            masks[spell.person] |= mask
            full_time[mask, spell.fte] += 1
    people = Counter(masks.values())
    for index in range(len(ends)):
        bit = 1 << index
        headcount = sum(count for mask, count in people.items() if mask & bit)
        yield _Stock(headcount, sum((fte * count for (mask, fte), count in full_time.items() if mask & bit), ZERO))


@dataclass(frozen=True)
class _Used:
    """Each person's leave in a month, in equal parts of a full-time equivalent day; who had none is not named."""

    paid: Counter[str] = field(default_factory=Counter)
    unpaid: Counter[str] = field(default_factory=Counter)

    def add(self, other: _Used) -> None:
        self.paid.update(other.paid)
        self.unpaid.update(other.unpaid)


@dataclass(frozen=True)
class _Days:
    """Leave by month. A full-time equivalent day has so many ``parts`` that every fact is a whole number of them."""

    parts: int
    by_month: Mapping[str, _Used]


def _days(facts: Iterable[DayFact]) -> _Days:
    taken = [fact for fact in facts if fact.minutes]
    parts = lcm(
        *{
            fact.full_time_minutes.numerator * lcm(fact.minutes.denominator, fact.paid_minutes.denominator)
            for fact in taken
        }
    )
    by_month: dict[str, _Used] = defaultdict(_Used)
    for fact in taken:
        week, minutes, paid = fact.full_time_minutes, fact.minutes, fact.paid_minutes
        a_minute = parts * DAYS_IN_A_WEEK * week.denominator // week.numerator
        paid_parts = a_minute * paid.numerator // paid.denominator
        unpaid_parts = a_minute * minutes.numerator // minutes.denominator - paid_parts
        used = by_month[month_of(fact.day)]
        if paid_parts:
            used.paid[fact.person] += paid_parts
        if unpaid_parts:
            used.unpaid[fact.person] += unpaid_parts
    return _Days(parts, by_month)


def _flow(span: Sequence[str], stocks: Mapping[str, _Stock], days: _Days) -> Flow:
    used = _Used()
    for month in span:
        if month in days.by_month:
            used.add(days.by_month[month])
    people = used.paid.keys() | used.unpaid.keys()
    ends = [stocks[month] for month in span if month in stocks]
    return Flow(
        headcount=_mean([Fraction(end.headcount) for end in ends]),
        fte=_mean([end.fte for end in ends]),
        people=len(people),
        days=Fraction(used.paid.total() + used.unpaid.total(), days.parts),
        largest=Fraction(max((used.paid[person] + used.unpaid[person] for person in people), default=0), days.parts),
        paid_people=len(used.paid),
        paid_days=Fraction(used.paid.total(), days.parts),
        largest_paid=Fraction(max(used.paid.values(), default=0), days.parts),
        unpaid_people=len(used.unpaid),
        unpaid_days=Fraction(used.unpaid.total(), days.parts),
        largest_unpaid=Fraction(max(used.unpaid.values(), default=0), days.parts),
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, ZERO) / len(values) if values else ZERO


def _of_month(figures: Figures) -> Flow:
    return figures.month


def uptake(flow: Flow) -> Rate:
    """Indicator 10: distinct people with a day taken ÷ mean headcount."""
    return Rate(Fraction(flow.people), flow.headcount)


def volume(flow: Flow) -> Rate:
    """Indicator 11: days taken, paid and unpaid ÷ mean FTE."""
    return Rate(flow.days, flow.fte)


def paid_share(flow: Flow) -> Rate:
    """Indicator 12: paid days ÷ all days."""
    return Rate(flow.paid_days, flow.days)


def _enough(flow: Flow) -> bool:
    return enough_people(flow.people, flow.headcount)


def _days_are_safe(flow: Flow) -> bool:
    return _enough(flow) and nobody_dominates(flow.largest, flow.days)


def _parts_are_safe(flow: Flow) -> bool:
    """Whether both parts of the days are safe: with one alone, the total would give the other away."""
    return (
        _days_are_safe(flow)
        and enough_people(flow.paid_people, flow.headcount)
        and enough_people(flow.unpaid_people, flow.headcount)
        and nobody_dominates(flow.largest_paid, flow.paid_days)
        and nobody_dominates(flow.largest_unpaid, flow.unpaid_days)
    )


def _release_people(flow: Flow, _month: str) -> Sequence[str | None]:
    if not _enough(flow):
        return ()
    return str(rounded_count(Fraction(flow.people))), per_cent(flow.people, flow.headcount, flow.headcount)


def _release_days(flow: Flow, _month: str) -> Sequence[str | None]:
    if not _days_are_safe(flow):
        return ()
    per_hundred = rounded_rate(flow.days, flow.fte)
    return str(rounded_count(flow.days)), None if per_hundred is None else str(per_hundred)


def _release_parts(flow: Flow, _month: str) -> Sequence[str | None]:
    if not _parts_are_safe(flow):
        return ()
    paid, unpaid = (str(rounded_count(days)) for days in (flow.paid_days, flow.unpaid_days))
    return paid, unpaid, per_cent(flow.paid_days, flow.days, flow.people)


UPTAKE: Final = Indicator(
    "10",
    "Leave uptake",
    "People who took carer’s leave, as a share of all staff",
    of=_of_month,
    part=uptake,
    cells=("people", "uptake"),
    release=_release_people,
    tells="How much use is made of carer’s leave: whether people know of it and feel able to take it.",
    silent="It does not say how many staff care for somebody. A low figure can mean few carers or few who ask. "
    f"{_BEGAN}",
    counted="People with at least one day or half day of carer’s leave taken in the month, each once.",
    out_of="Headcount: people in employment at the end of the month, each once.",
    dated="The day of the leave.",
    seen=f"{RELEASE}, where at least 10 people took leave and at least 10 did not.",
)

VOLUME: Final = Indicator(
    "11",
    "Days per 100 FTE",
    "Days of carer’s leave for each 100 full-time equivalent staff (FTE)",
    of=_of_month,
    part=volume,
    kind=Kind.PER_HUNDRED,
    cells=("days", "volume"),
    release=_release_days,
    tells="How much carer’s leave is taken, in organisations of any size and with any working hours.",
    silent=f"It does not say how many people share these days: a few may take many, or many a few. {_BEGAN}",
    counted="Days taken, paid and unpaid. A reporting day is one fifth of the post’s full-time week.",
    out_of="Full-time equivalent staff at the end of the month, in hundreds.",
    dated="The day of the leave.",
    seen=f"{RELEASE}, where at least 10 people took leave, at least 10 did not, and nobody took over half of it.",
)

PAID_SHARE: Final = Indicator(
    "12",
    "Paid share",
    "Paid days, as a share of all days of carer’s leave",
    of=_of_month,
    part=paid_share,
    cells=("paid_days", "unpaid_days", "paid_share"),
    release=_release_parts,
    tells="How much of the leave people could take without losing pay.",
    silent="By law carer’s leave is unpaid: pay depends on the employer’s own scheme, not on how people use it.",
    counted="Days of carer’s leave taken with pay.",
    out_of="All days of carer’s leave taken, paid and unpaid.",
    dated="The day of the leave.",
    seen=f"{RELEASE}, where at least 10 people took paid leave, 10 took unpaid leave, and nobody over half.",
    note="In this release all carer’s leave is unpaid: employers’ own schemes with pay are not in it.",
)
