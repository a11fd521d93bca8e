"""All indicators, each declared where it is computed, and all measures that returns carry.

Add one here; whatever names, explains, adds up, releases or lists indicators reads it from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from services.reporting.domain.facts import DayFact, Facts
from services.reporting.domain.figures import Figures, Measure
from services.reporting.domain.indicator import AnyIndicator
from services.reporting.domain.leave_taken import (
    PAID_SHARE,
    UPTAKE,
    VOLUME,
    leave_json,
    leave_taken,
    parse_leave,
)
from services.reporting.domain.notices import ANSWERS, POSTPONED, POSTPONEMENTS, TO_ANSWER, WAIVED, WAIVERS
from services.reporting.domain.passports import DRAFTS, HELD, IN_DATE, TO_AGREE
from services.reporting.domain.provisions_and_awards import (
    AWARDS,
    AWARDS_HELD,
    CARERS_CHAMPION,
    CARERS_POLICY,
    CHAMPIONS,
    COVERAGE,
    POLICIES,
)
from services.reporting.domain.training import MANAGERS_TRAINED, STAFF_TRAINED, TRAINED
from shared.kernel.events import Payload

INDICATORS: Final[tuple[AnyIndicator, ...]] = (
    IN_DATE,
    UPTAKE,
    VOLUME,
    PAID_SHARE,
    POSTPONED,
    WAIVED,
    CARERS_POLICY,
    AWARDS,
    TRAINED,
    CARERS_CHAMPION,
)
"""In the order of their numbers, as they are shown."""

TOGETHER: Final = tuple(
    each for known in INDICATORS for each in ((known, COVERAGE) if known is CARERS_POLICY else (known,))
)
"""The indicators of several organisations together."""

MEDIANS: Final[tuple[AnyIndicator, ...]] = (TO_AGREE, TO_ANSWER)
"""How long things take. In a table of many they stand last."""

ONE_BY_ONE: Final = (*INDICATORS, *MEDIANS)
"""The indicators of one organisation."""

EVERY: Final = (*TOGETHER, *MEDIANS)
"""All of them, in the order in which they stand in files."""

BY_NUMBER: Final = {indicator.number: indicator for indicator in EVERY}

COUNT: Final = len(ONE_BY_ONE)
"""How many indicators of the strategy's list there are; one of them is measured in two ways."""

MEASURES: Final[tuple[Measure[Any], ...]] = (
    HELD,
    DRAFTS,
    POSTPONEMENTS,
    WAIVERS,
    ANSWERS,
    POLICIES,
    AWARDS_HELD,
    MANAGERS_TRAINED,
    STAFF_TRAINED,
    CHAMPIONS,
)
"""All that returns carry besides leave taken."""


def compute(months: Iterable[str], facts: Facts, days: Iterable[DayFact]) -> dict[str, Figures]:
    """One organisation's figures for each of the months, in one pass over its facts.

    ``days`` are the organisation's own, in any order; days outside the months' years do not matter.
    """
    leave = leave_taken(months, facts.spells, days)
    wanted = sorted(leave)
    found = {each.number: dict(zip(wanted, each.over(facts, wanted), strict=True)) for each in MEASURES}
    return {
        month: replace(leave[month], measures={number: by_month[month] for number, by_month in found.items()})
        for month in wanted
    }


def figures_json(figures: Figures) -> dict[str, Any]:
    """The figures by indicator as plain JSON."""
    measured = {each.number: each.plain(found) for each in MEASURES if (found := each.of(figures)) is not None}
    return leave_json(figures) | measured


def parse_figures(plain: Payload) -> Figures:
    """The figures from their JSON. Raises KeyError, ValueError or InvalidError where it is not of that form."""
    measured = {each.number: each.parse(plain[each.number]) for each in MEASURES if each.number in plain}
    return Figures(parse_leave(plain, "month"), parse_leave(plain, "year"), measured)
