"""The indicators of the board – ten, and two medians – and what each is made of, so that figures can be added.

Numbers and names after the strategy's list of indicators. A rate of several organisations is their numerators over
their denominators, never a mean of rates; its people are person-organisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from services.reporting.domain import indicators
from services.reporting.domain.durations import Durations, durations_json, parse_durations
from services.reporting.domain.durations import added as durations_added
from services.reporting.domain.figures import Figures
from services.reporting.domain.indicators import Rate
from services.reporting.domain.measures import Measures

PER_CENT: Final = "per cent"
PER_HUNDRED: Final = "per hundred"
PRESENT: Final = "present"
LEVELS: Final = "levels"
MEDIAN: Final = "median"


@dataclass(frozen=True)
class Indicator:
    """An indicator as people read it. ``cell``: its cell in what is released; ``kind``: how its value reads.

    ``organisation``: its unit is the organisation, so that it is exact for everybody.
    """

    number: str
    heading: str
    words: str
    cell: str
    kind: str = PER_CENT

    @property
    def unit(self) -> str:
        """What stands after its value for several organisations; nothing after a percentage."""
        if self.organisation:
            return "departments"
        return {PER_HUNDRED: "days per 100 FTE", MEDIAN: "days"}.get(self.kind, "")

    @property
    def organisation(self) -> bool:
        """Whether organisations are what it counts."""
        return self.kind in (PRESENT, LEVELS)


INDICATORS: Final = (
    Indicator(
        "6",
        "Passports in date",
        "Passports last agreed or reviewed in the 12 months before, of those agreed",
        "in_date",
    ),
    Indicator("10", "Leave uptake", "People who took carer’s leave, of the headcount", "uptake"),
    Indicator(
        "11", "Days per 100 FTE", "Days of carer’s leave for each 100 full-time equivalents", "volume", PER_HUNDRED
    ),
    Indicator("12", "Paid share", "Paid days, of all days of carer’s leave", "paid_share"),
    Indicator("13", "Postponed", "Notices with any day postponed, of the valid notices", "postponed"),
    Indicator("15", "Late waived", "Late notices that were waived, of those decided", "waived"),
    Indicator("17", "Carers policy", "Organisations with a carers policy in force", "policy", PRESENT),
    Indicator(
        "18",
        "Award",
        "Organisations with an award that has not expired, at its highest level",
        "awards",
        LEVELS,
    ),
    Indicator(
        "23", "Staff trained", "People with training that counts, of those past the time given for it", "trained"
    ),
    Indicator("24", "Champion", "Organisations with a Carers’ Champion in place", "champion", PRESENT),
)
"""In the order of their numbers, as they are shown."""

COVERAGE: Final = Indicator(
    "17h",
    "Policy by headcount",
    "Headcount of the organisations with a carers policy in force, of all their headcount",
    "policy",
)
"""Indicator 17 once more, weighed by people: the strategy's list asks for both.

Of one organisation it says nothing new, so it stands with groups and with all departments alone."""

TOGETHER: Final = tuple(
    each for known in INDICATORS for each in ((known, COVERAGE) if known.number == "17" else (known,))
)
"""The ten indicators of several organisations together."""

MEDIANS: Final = (
    Indicator(
        "7",
        "Days to agree",
        "Calendar days from a passport’s draft to its agreement, the median",
        "drafts",
        MEDIAN,
    ),
    Indicator(
        "16",
        "Days to answer",
        "Calendar days from a notice to the manager’s or HR’s confirmation, the median",
        "answers",
        MEDIAN,
    ),
)
"""How long things take. They are shown by themselves, where somebody asks for them."""

BY_NUMBER: Final = {indicator.number: indicator for indicator in (*TOGETHER, *MEDIANS)}


@dataclass(frozen=True)
class Parts:
    """A return's indicators over the month or at its end, as what can be added.

    ``rates``: by number what is divided by what; one that the return does not have is left out. Indicators of
    organisations are one organisation's: 1 or 0 of 1. ``awards``: (scheme, level), the highest per scheme.
    ``took``: by number of a median how long each thing took.
    """

    rates: Mapping[str, Rate]
    awards: tuple[tuple[str, str], ...] = ()
    took: Mapping[str, Durations] = field(default_factory=dict)


def indicator_parts(figures: Figures) -> Parts:
    """What the board says of a return."""
    flow, measures = figures.month, figures.measures
    found = {"10": indicators.uptake(flow), "11": indicators.volume(flow), "12": indicators.paid_share(flow)}
    if measures is None:
        return Parts(found)
    staff, postponed, waived = measures.trained.staff, measures.postponements.month, measures.waivers.month
    covered = flow.headcount if measures.policy else Fraction(0)
    return Parts(
        found
        | {
            "6": _whole(measures.passports.in_date, measures.passports.agreed),
            "13": _whole(postponed.numerator, postponed.denominator),
            "15": _whole(waived.numerator, waived.denominator),
            "17": _whole(measures.policy, 1),
            COVERAGE.number: Rate(covered, flow.headcount),
            "18": _whole(bool(measures.awards), 1),
            "23": _whole(staff.trained, staff.counted),
            "24": _whole(measures.champion, 1),
        },
        measures.awards,
        _took(measures),
    )


def _took(measures: Measures) -> dict[str, Durations]:
    drafts, answers = measures.drafts, measures.answers
    return ({"7": drafts.month} if drafts else {}) | ({"16": answers.took.month} if answers else {})


def parts_json(parts: Parts) -> dict[str, Any]:
    """The parts as plain JSON: of each rate the numerator's and the denominator's two whole numbers."""
    return {
        "rates": {
            number: [*rate.numerator.as_integer_ratio(), *rate.denominator.as_integer_ratio()]
            for number, rate in parts.rates.items()
        },
        "awards": [list(award) for award in parts.awards],
        "took": {number: durations_json(took) for number, took in parts.took.items()},
    }


def parse_parts(plain: Mapping[str, Any], only: str = "") -> Parts:
    """The parts from their JSON. ``only``: of its rates that of one indicator."""
    rates = {
        number: Rate(_fraction(n, d), _fraction(m, e))
        for number, (n, d, m, e) in plain["rates"].items()
        if not only or number == only
    }
    took = {number: parse_durations(each) for number, each in plain["took"].items() if not only or number == only}
    return Parts(rates, tuple((scheme, level) for scheme, level in plain["awards"]), took)


def together(found: Sequence[Parts]) -> Parts:
    """Several organisations' parts added up. An indicator that none of them has is left out."""
    rates = {}
    for each in TOGETHER:
        there = [rate for parts in found if (rate := parts.rates.get(each.number))]
        if there:
            rates[each.number] = added(there)
    took = {}
    for median in MEDIANS:
        lengths = [length for parts in found if (length := parts.took.get(median.number))]
        if lengths:
            took[median.number] = durations_added(lengths)
    return Parts(rates, took=took)


def added(found: Sequence[Rate]) -> Rate:
    """The rate of all of them together."""
    return Rate(_sum(rate.numerator for rate in found), _sum(rate.denominator for rate in found))


def levels_held(awards: Iterable[Sequence[tuple[str, str]]]) -> list[tuple[str, str, int]]:
    """(scheme, level, organisations), by scheme and level; each organisation at its highest level of each scheme."""
    counted = Counter(award for held in awards for award in held)
    return [(scheme, level, count) for (scheme, level), count in sorted(counted.items())]


def _whole(numerator: int, denominator: int) -> Rate:
    return Rate(Fraction(int(numerator)), Fraction(denominator))


def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator) if denominator == 1 else Fraction(numerator, denominator)


def _sum(values: Iterable[Fraction]) -> Fraction:
    """The sum, with those of one denominator added as whole numbers first."""
    by_denominator: Counter[int] = Counter()
    for value in values:
        by_denominator[value.denominator] += value.numerator
    return sum((Fraction(total, denominator) for denominator, total in by_denominator.items()), Fraction(0))
