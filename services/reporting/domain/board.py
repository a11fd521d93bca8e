"""What each indicator is made of, so that figures can be added.

A rate of several organisations is their numerators over their denominators, never a mean of rates; its people are
person-organisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from services.reporting.domain.catalogue import EVERY, MEDIANS, TOGETHER
from services.reporting.domain.durations import Durations, durations_json, parse_durations
from services.reporting.domain.durations import added as durations_added
from services.reporting.domain.figures import Figures
from services.reporting.domain.indicator import Rate
from services.reporting.domain.provisions_and_awards import AWARDS_HELD
from shared.kernel.events import Payload


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
    found = {each.number: each.part_of(figures) for each in EVERY}
    rates = {number: part for number, part in found.items() if isinstance(part, Rate)}
    took = {number: part for number, part in found.items() if isinstance(part, Durations)}
    return Parts(rates, AWARDS_HELD.of(figures) or (), took)


def parts_json(parts: Parts) -> dict[str, object]:
    """The parts as plain JSON: of each rate the numerator's and the denominator's two whole numbers."""
    return {
        "rates": {
            number: [*rate.numerator.as_integer_ratio(), *rate.denominator.as_integer_ratio()]
            for number, rate in parts.rates.items()
        },
        "awards": [list(award) for award in parts.awards],
        "took": {number: durations_json(took) for number, took in parts.took.items()},
    }


def parse_parts(plain: Payload, only: str = "") -> Parts:
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


@lru_cache(maxsize=4096)
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator) if denominator == 1 else Fraction(numerator, denominator)


def _sum(values: Iterable[Fraction]) -> Fraction:
    """The sum, with those of one denominator added as whole numbers first."""
    by_denominator: dict[int, int] = {}
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        by_denominator[denominator] = by_denominator.get(denominator, 0) + numerator
    return sum((Fraction(total, denominator) for denominator, total in by_denominator.items()), Fraction(0))
