"""A manager is led through a postponement by keyboard alone; the carer on a small phone and HR see what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import WIDTHS, Visit
from tests.browser.visitor import Visitor
from tests.system.site import DECLARED, Site
from tests.system.staff import RIVERS

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

PHONE = WIDTHS[0]
FIRST, SECOND, INSTEAD = 9, 10, 16
"""Days ahead: the two mornings of the notice, and the one that the second moves to."""

REASON = "The accounts close that morning and nobody else can sign them"


def test_a_manager_postpones_one_of_two_mornings_after_talking_about_it(visit: Visit, site: Site) -> None:
    carer, manager, hr = visit("Rivers", "Carer", PHONE), visit("Rivers", "Line manager"), visit("Rivers", "HR")
    given = site.client(RIVERS, "C1").done("/api/leave/notices", _two_mornings(site))
    notice = f"/leave/notices/{given['notice']}"
    manager.sees_at("/leave/waiting", "C1, Officer")
    manager.follow(f"{site.day(FIRST).day} {site.day(FIRST):%B}")
    manager.press("Can it be postponed?")
    manager.sees("you cannot refuse it", f"Last day to postpone {_full(site.day(7))}")
    manager.press("Continue")
    _choose_the_day(manager, site)
    _say_why(manager, site)

    manager.sees("They do not agree. You can still postpone", REASON)
    manager.sees(f"The postponed leave now begins and ends on {_full(site.day(INSTEAD))} (morning)")
    manager.press("Postpone")
    manager.sees("Success", "Postponed. They can read the written notice", "Agreement to the new days No")
    manager.open(f"{notice}/postpone")
    manager.sees_nothing_of("Continue")

    carer.sees_at("/leave/", "1 postponed 1 confirmed")
    carer.open(notice)
    days = {row[0]: row[-1] for row in carer.table("Days")}
    assert days == {
        _short(site.day(FIRST)): "Confirmed",
        _short(site.day(SECOND)): f"Postponed to {_short(site.day(INSTEAD))}",
        _short(site.day(INSTEAD)): "Confirmed (new day)",
    }
    carer.follow("Written notice of the new days")
    carer.sees(f"We talked about it on {_full(site.day(0))}. You did not agree to the new days", REASON)
    carer.sees("you can cancel them until they begin")

    hr.sees_at("/leave/postponed", "C1, Officer")
    hr.sees("No agreement")
    hr.sees_nothing_of("Outside the limits")


def _choose_the_day(manager: Visitor, site: Site) -> None:
    """The second morning alone moves, a week later."""
    manager.press("Continue")
    manager.follow_the_error("Choose at least one day", "dates")
    manager.tick(_full(site.day(SECOND)))
    manager.press("Continue")
    manager.sees("When instead?")
    manager.press("Continue")
    manager.follow_the_error("Choose the new day", "days-0-place")
    manager.pick(f"New day for {_full(site.day(SECOND))} (morning)", f"{_full(site.day(INSTEAD))} (morning)")
    manager.press("Continue")


def _say_why(manager: Visitor, site: Site) -> None:
    manager.press("Continue")
    manager.follow_the_error("Talk to them first, then tick the box", "consulted")
    manager.page.keyboard.press("Space")
    manager.write_day((31, 9, site.day(0).year))
    manager.press("Continue")
    manager.follow_the_error("Choose whether they agree to the new days", "agreed")
    manager.choose("agreed", "No")
    manager.press("Continue")
    manager.follow_the_error("Say how the work would be unduly disrupted", "reason")
    manager.page.keyboard.type(REASON)
    manager.press("Continue")
    manager.follow_the_error("Enter a real date", "consulted_on-day")
    manager.write_day(site.day(1))
    manager.press("Continue")
    manager.follow_the_error("Talk to them first. Enter the day you talked", "consulted_on-day")
    manager.write_day(site.day(0))
    manager.press("Continue")
    manager.sees("Check your answers")


def _two_mornings(site: Site) -> dict[str, Any]:
    return {"days": [{"date": site.day(ahead).isoformat(), "part": "am"} for ahead in (FIRST, SECOND)], **DECLARED}


def _full(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _short(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
