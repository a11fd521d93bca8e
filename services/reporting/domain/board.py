"""The ten indicators of the board, and what each is made of, so that figures of organisations can be added.

Numbers and names after the strategy's list of indicators. A rate of several organisations is their numerators over
their denominators, never a mean of rates; its people are person-organisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.reporting.domain import indicators
from services.reporting.domain.figures import Figures
from services.reporting.domain.indicators import Rate

PER_CENT: Final = "per cent"
PER_HUNDRED: Final = "per hundred"
PRESENT: Final = "present"
LEVELS: Final = "levels"


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

BY_NUMBER: Final = {indicator.number: indicator for indicator in INDICATORS}


def rates(figures: Figures) -> dict[str, Rate | None]:
    """By indicator what it divides by what, over the month or at its end; None where the return does not have it.

    Indicators of organisations are one organisation's: 1 or 0 of 1.
    """
    flow, measures = figures.month, figures.measures
    found: dict[str, Rate | None] = {each.number: None for each in INDICATORS}
    found |= {"10": indicators.uptake(flow), "11": indicators.volume(flow), "12": indicators.paid_share(flow)}
    if measures is None:
        return found
    staff, postponed, waived = measures.trained.staff, measures.postponements.month, measures.waivers.month
    return found | {
        "6": _whole(measures.passports.in_date, measures.passports.agreed),
        "13": _whole(postponed.numerator, postponed.denominator),
        "15": _whole(waived.numerator, waived.denominator),
        "17": _whole(measures.policy, 1),
        "18": _whole(bool(measures.awards), 1),
        "23": _whole(staff.trained, staff.counted),
        "24": _whole(measures.champion, 1),
    }


def added(found: Iterable[Rate | None]) -> Rate | None:
    """The rate of all of them together; None where there is none."""
    there = [rate for rate in found if rate is not None]
    if not there:
        return None
    return Rate(_sum(rate.numerator for rate in there), _sum(rate.denominator for rate in there))


def _whole(numerator: int, denominator: int) -> Rate:
    return Rate(Fraction(int(numerator)), Fraction(denominator))


def _sum(values: Iterable[Fraction]) -> Fraction:
    """The sum, with those of one denominator added as whole numbers first."""
    by_denominator: Counter[int] = Counter()
    for value in values:
        by_denominator[value.denominator] += value.numerator
    return sum((Fraction(total, denominator) for denominator, total in by_denominator.items()), Fraction(0))


def levels_held(awards: Iterable[Sequence[tuple[str, str]]]) -> list[tuple[str, str, int]]:
    """(scheme, level, organisations), by scheme and level; each organisation at its highest level of each scheme."""
    counted = Counter(award for held in awards for award in held)
    return [(scheme, level, count) for (scheme, level), count in sorted(counted.items())]
