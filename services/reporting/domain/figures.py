"""The one place where figures of leave taken are computed: uptake (10), volume (11) and paid share (12).

``measures`` computes the others. The definitions are in this service's README.
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

from services.reporting.domain.facts import DayFact, Spell
from services.reporting.domain.measures import Measures, measures_json, parse_measures
from services.reporting.domain.months import SPAN_MONTHS, month_end, months_between, plus_months, rolling_year
from shared.kernel.periods import month_of
from shared.kernel.working_time import fraction_text, parse_fraction

DEFINITION: Final = 3
"""The version of these definitions; a change of meaning is a new number and revises every open return."""

DAYS_IN_A_WEEK: Final = 5
"""A day is one fifth of the full-time week, whatever the pattern."""

ZERO: Final = Fraction(0)


@dataclass(frozen=True)
class Flow:
    """One organisation's leave over one span of months, exact.

    ``headcount``, ``fte``: means of the month-end stocks of those of the span's months that are not before the
    organisation's first known employment. Days are full-time equivalent days. People are
    distinct within the span and the organisation. ``largest…``: the most days that one person contributed.
    """

    headcount: Fraction = ZERO
    fte: Fraction = ZERO
    people: int = 0
    days: Fraction = ZERO
    largest: Fraction = ZERO
    paid_people: int = 0
    paid_days: Fraction = ZERO
    largest_paid: Fraction = ZERO
    unpaid_people: int = 0
    unpaid_days: Fraction = ZERO
    largest_unpaid: Fraction = ZERO


@dataclass(frozen=True)
class Figures:
    """A return's figures: leave over the month itself and over the rolling twelve months that end with it.

    ``measures``: all else; None of a return by the definitions of version 1, which had nothing else.
    """

    month: Flow
    year: Flow
    measures: Measures | None = None


_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "10": ("people", "headcount"),
    "11": ("days", "paid_days", "unpaid_days", "fte", "people", "headcount", "largest"),
    "12": ("paid_days", "days", "paid_people", "unpaid_people", "largest_paid", "largest_unpaid"),
}
_COUNTS: Final = frozenset({"people", "paid_people", "unpaid_people"})


def figures_json(figures: Figures) -> dict[str, Any]:
    """The figures by indicator and span as plain JSON: of leave people as integers, all else as ``"n/d"``."""
    leave = {
        indicator: {
            span: {name: _number_json(name, getattr(flow, name)) for name in names}
            for span, flow in (("month", figures.month), ("year", figures.year))
        }
        for indicator, names in _FIELDS.items()
    }
    return leave | (measures_json(figures.measures) if figures.measures else {})


def parse_figures(plain: Mapping[str, Any]) -> Figures:
    """The figures from their JSON. Raises KeyError or InvalidError where it is not of that form."""
    return Figures(_parse_flow(plain, "month"), _parse_flow(plain, "year"), parse_measures(plain))


def _number_json(name: str, value: Any) -> int | str:
    return int(value) if name in _COUNTS else fraction_text(value)


def _parse_flow(plain: Mapping[str, Any], span: str) -> Flow:
    values: dict[str, Any] = {
        name: plain[indicator][span][name] for indicator, names in _FIELDS.items() for name in names
    }
    values.update({name: _parse_fraction(value) for name, value in values.items() if name not in _COUNTS})
    return Flow(**values)


_parse_fraction = lru_cache(maxsize=8192)(parse_fraction)


def compute(months: Iterable[str], spells: Iterable[Spell], days: Iterable[DayFact]) -> dict[str, Figures]:
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
