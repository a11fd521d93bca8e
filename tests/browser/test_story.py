"""One half day of carer's leave in a browser, by keyboard alone and without JavaScript: from the notice to payroll's
file, its correction, and the returns that the department's HR and the centre see.
"""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.system.site import Site
from tests.system.staff import HALF_DAY, NAMES, WORKS
from tests.system.waiting import wait_for

pytestmark = pytest.mark.timeout(180)

WORKS_NAME = NAMES[WORKS]
TRAIL_SECONDS = 2.0


def test_a_half_day_goes_from_the_notice_to_payroll_and_to_the_centre(visit: Visit, site: Site) -> None:
    carer, manager, hr = visit("Ministry", "Carer"), visit("Ministry", "Line manager"), visit("Ministry", "HR")
    payroll, statistics = visit("Ministry", "Payroll"), visit("Carers", "Statistics")
    trail = _Trail(carer)
    day = site.day(3)
    own = f"/reporting/organisation?month={day:%Y-%m}"
    _give_notice_with_mistakes(carer, site)
    trail.shows("A carer asked for leave")
    notice = carer.page.url.removeprefix(carer.address)

    manager.sees_at("/", f"Request for leave: {day.day} {day:%B %Y}")
    manager.sees("it is confirmed automatically and can no longer be postponed")
    manager.follow(f"Request for leave: {day.day} {day:%B %Y}")
    manager.sees("Request for leave", "Not confirmed yet")
    manager.press("Confirm")
    manager.sees("Success", "Confirmed", "by the manager")
    trail.shows("A request was confirmed")

    while site.day(0) <= day:
        _next_day(carer, site)
    trail.shows("A day was taken")
    carer.sees_at(notice, "Taken")
    carer.sees_at("/payroll/", f"{HALF_DAY} days Unpaid")

    sent = _seal(payroll, 1)
    assert [(row["Person number"], row["Date"], row["Quantity"], row["Reverses"]) for row in sent] == [
        ("C1", day.isoformat(), HALF_DAY, "")
    ]
    trail.shows("Payroll sealed a batch")
    hr.sees_at(own, f"Reporting days taken {HALF_DAY}")
    taken = _revision(hr, own)
    statistics.sees_at(f"/reporting/departments?view=returns&month={day:%Y-%m}", f"{WORKS_NAME} {taken}")

    _correct(hr, day.isoformat())
    trail.shows("HR corrected a day")
    reversal = _seal(payroll, 2)
    assert [(row["Quantity"], row["Reverses"]) for row in reversal] == [
        (f"-{HALF_DAY}", f"{sent[0]['Line']}/{sent[0]['Revision']}")
    ]
    trail.shows("Payroll sealed a batch")

    hr.sees_at(own, "Reporting days taken 0.00")
    corrected = _revision(hr, own)
    assert corrected > taken
    trail.shows(f"A return was revised (revision {corrected})")
    statistics.sees_at(f"/reporting/departments?view=returns&month={day:%Y-%m}", f"{WORKS_NAME} {corrected}")
    statistics.sees_at(f"/reporting/departments?find=works&month={day:%Y-%m}", WORKS_NAME)
    statistics.sees("[p]")


def test_a_double_click_and_the_browsers_back_do_no_harm(visit: Visit, site: Site) -> None:
    carer, day = visit("Rivers", "Carer"), site.day(20)
    carer.open(f"/leave/notices/new/check?days={day}/pm")
    _declare(carer)
    carer.page.get_by_role("button", name="Ask for leave").dblclick()
    carer.sees("Your request", f"{day.day} {day:%B %Y}")
    carer.page.go_back()
    carer.sees("Check your answers")
    if carer.page.get_by_role("button", name="Ask for leave").count():
        carer.press("Ask for leave")
    carer.open("/leave/")
    expect(carer.page.get_by_role("link", name=f"{day.day} {day:%B %Y} (afternoon)")).to_have_count(1)
    expect(carer.page.get_by_role("main").locator("tbody tr")).to_have_count(1)


def _give_notice_with_mistakes(carer: Visitor, site: Site) -> None:
    """Half a day, three days ahead; each page is first sent with something missing or impossible."""
    day = site.day(3)
    carer.open("/leave/")
    carer.press("Ask for leave")
    carer.press("Continue")
    carer.follow_the_error("Enter the day you need", "date-day")
    carer.write_day((31, 2, day.year), "First day")
    carer.press("Continue")
    carer.sees("There is a problem", "real date")
    carer.write_day(site.day(-1), "First day")
    carer.press("Continue")
    carer.follow_the_error("This day is over", "date-day")
    carer.write_day(day, "First day")
    carer.press("Continue")
    carer.press("Continue")
    carer.follow_the_error("Choose how much of the day you need", "part")
    carer.choose("part", "Morning")
    carer.press("Continue")
    carer.sees("Check your answers", "morning", "Half a day (3 hours 42 minutes)", "You are in time")
    carer.press("Ask for leave")
    carer.follow_the_error("Tick the first box", "dependant")
    carer.page.keyboard.press("Space")
    carer.tick("I need this time")
    carer.press("Ask for leave")
    carer.sees("Success", "You have asked for leave", "Not confirmed yet")


def _declare(carer: Visitor) -> None:
    carer.tick("I care for a dependant")
    carer.tick("I need this time")


def _next_day(visitor: Visitor, site: Site) -> None:
    today = site.day(0)
    visitor.open("/clock")
    visitor.press("Move to the next day")
    visitor.sees("Moving the date")
    visitor.sees_at("/clock", "The date has moved by 1 day")
    assert site.day(-1) == today


def _seal(payroll: Visitor, number: int) -> list[dict[str, str]]:
    """From the home page to a sealed batch; the rows of the file that the browser keeps."""
    payroll.sees_at("/", "Batches to seal")
    payroll.follow("Seal ")
    payroll.sees("Lines in the next batch")
    payroll.press("Check and seal")
    payroll.sees("Check the batch before you seal it", "You cannot change a batch after you seal it")
    payroll.press(f"Seal batch {number}")
    payroll.sees("Success", f"Batch {number} sealed")
    with payroll.page.expect_download() as download:
        payroll.press("Download the file (CSV)")
    with download.value.path().open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _correct(hr: Visitor, day: str) -> None:
    """HR finds the carer by staff number and says that they worked that day."""
    hr.open("/leave/staff")
    hr.write("Staff number", "C1")
    hr.press("Find")
    hr.follow(f"{int(day[8:])} ")
    hr.follow("Correct ")
    hr.press("Correct the day")
    hr.follow_the_error("Choose how much of the day was leave", "minutes")
    hr.choose("minutes", "None of it: they worked that day")
    hr.write("Why are you correcting it?", "Came to work after all")
    hr.press("Correct the day")
    hr.sees("Success", "Corrected: worked instead")


def _revision(hr: Visitor, own: str) -> int:
    """The revision of the own organisation's return for a month, as its HR sees it."""
    hr.open(own)
    text = " ".join(hr.page.get_by_role("main").inner_text().split())
    found = re.search(r"Revision (\d+)", text)
    assert found is not None, text
    return int(found[1])


class _Trail:
    """The page of what just happened, in a tab of its own. Remembers the steps that were there before."""

    def __init__(self, reader: Visitor) -> None:
        self._visitor = Visitor(reader.page.context.new_page(), reader.address)
        self._seen: Counter[str] = Counter()

    def shows(self, words: str) -> None:
        """One more such step than were asked for before, within ``TRAIL_SECONDS``."""
        self._seen[words] += 1
        wait_for(f"the trail shows {words!r}", lambda: self._count(words) >= self._seen[words], TRAIL_SECONDS)

    def _count(self, words: str) -> int:
        self._visitor.open("/trail?view=steps")
        rows = self._visitor.page.get_by_role("region", name="Steps").locator("tbody tr").all_inner_texts()
        return sum(words in " ".join(row.split()) for row in rows)
