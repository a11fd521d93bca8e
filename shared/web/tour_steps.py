"""The guided tour: for each role a page of steps that take ten minutes, on whatever people and days there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from shared.web.tour_guide import Guide
from shared.web.tour_of_offices import CHAMPION, LATER, OPERATOR, PAYROLL, STATISTICS
from shared.web.tour_of_teams import CARER, HR, MANAGER

FRONT_PAGES: Final = frozenset({"", "clock", "trail", "tour"})
GUIDES: Final = (CARER, MANAGER, HR, PAYROLL, STATISTICS, CHAMPION, OPERATOR, LATER)
"""In the order in which they are walked. Only the last moves the date: what the others show may be over then."""


def guides_for(services: Iterable[str]) -> tuple[Guide, ...]:
    """The pages of the tour with the steps that this deployment's services have; a page without any is left out."""
    there = FRONT_PAGES | set(services)
    cut = (replace(guide, steps=tuple(step for step in guide.steps if step.service in there)) for guide in GUIDES)
    return tuple(guide for guide in cut if guide.steps)
