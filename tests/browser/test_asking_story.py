"""A carer on a small phone asks for scattered days in one request, by keyboard alone and without JavaScript."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser.conftest import WIDTHS, Visit
from tests.browser.visitor import Visitor
from tests.system.site import Site

pytestmark = pytest.mark.timeout(120)

PHONE = WIDTHS[0]
FIRST, LAST, ALONE = 20, 22, 27
"""Days ahead: a range, and one afternoon by itself."""


def test_scattered_days_are_asked_for_at_once(visit: Visit, site: Site) -> None:
    carer = visit("Rivers", "Carer", PHONE)
    first, last, alone = (site.day(ahead) for ahead in (FIRST, LAST, ALONE))
    carer.open("/leave/")
    carer.press("Ask for leave")
    carer.write_day((f"{first.day} {first:%b} {first:%y}", "", ""), "First day")
    carer.write_day((last.day, f"{last:%B}", last.year), "Last day (optional)")
    carer.press("Continue")
    carer.sees(f"{_full(first)} to {_full(last)}")
    carer.choose("part", "Whole days")
    carer.press("Continue")
    carer.sees("Check your answers", "Total 3 days (22 hours 12 minutes)", "Left after this")

    _add_an_afternoon(carer, alone)
    carer.sees("Total 3 and a half days (25 hours 54 minutes)", "You are in time")
    carer.follow(f"Remove {_full(site.day(FIRST + 1)).lower()}")
    carer.sees("Total 2 and a half days (18 hours 30 minutes)")
    carer.sees_nothing_of(_full(site.day(FIRST + 1)))
    carer.tick("I care for a dependant")
    carer.press("Ask for leave")
    carer.follow_the_error("Tick the second box", "care")
    carer.page.keyboard.press("Space")
    carer.press("Ask for leave")
    carer.sees("Success", "You have asked for leave")
    days = {row[0]: (row[1], row[-1]) for row in carer.table("Days")}
    assert days == {
        _short(first): ("Whole day", "Not confirmed yet"),
        _short(last): ("Whole day", "Not confirmed yet"),
        _short(alone): ("Afternoon", "Not confirmed yet"),
    }
    carer.sees_at("/leave/", f"{_short(first)} and 2 other days")


def _add_an_afternoon(carer: Visitor, day: date) -> None:
    """The month is mistyped first; the error leads to its box."""
    carer.press("Add another day or dates")
    carer.write_day((day.day, "Mmm", day.year), "First day")
    carer.press("Continue")
    carer.follow_the_error("Enter the month as a number from 1 to 12 or as a name", "date-month")
    carer.page.keyboard.press("Control+A")
    carer.page.keyboard.type(f"{day:%b}")
    carer.press("Continue")
    carer.choose("part", "Afternoon")
    carer.press("Continue")


def _full(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _short(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
