"""Pages in each state that they can be in: empty, full, after something was done, a passport from its draft to its end,
refused, on paper. What walks along links do not meet.

In order: the first test looks at a site in which nothing has happened yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from shared.web.sign_in import COOKIE
from tests.browser.walk import Visit, Walk, rules_of
from tests.system.client import Client
from tests.system.site import DECLARED, Site
from tests.system.staff import RIVERS, WORKS
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

MINE = "/api/passport/mine"
STATES = ("drafted", "conversation-held", "agreed", "reviewed", "transferred", "ended")
CARERS = {state: f"C{number}" for number, state in enumerate(STATES, start=2)}
"""By state the staff number of the carer whose passport is in it."""

SHOWN = {
    "drafted": "Draft",
    "conversation-held": "Discussed",
    "agreed": "Agreed",
    "reviewed": "Reviewed",
    "transferred": "From another organisation",
    "ended": "Your passport ended on",
}
PAGE = 50
"""Notices on one page of a list."""


class Looking:
    """Who looks at pages, each at a browser of their own, and what was wrong with these."""

    def __init__(self, site: Site, browser: Browser, opened: ExitStack) -> None:
        self.site = site
        self._browser = browser
        self._opened = opened
        self._rules = rules_of(site)

    def walk(self, organisation: str, staff_number: str, *roles: str) -> Walk:
        """Somebody of the staff, signed in; only the measuring tool needs JavaScript."""
        context = self._opened.enter_context(self._browser.new_context(java_script_enabled=True, locale="en-GB"))
        address = self.site.deployment.address("/")
        person = self.site.person(organisation, staff_number).person
        token = self.site.deployment.token(person, organisation, *roles)
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        return Walk(context.new_page(), address, self._rules)


@pytest.fixture
def looking(site: Site, browser: Browser) -> Iterator[Looking]:
    with ExitStack() as opened:
        yield Looking(site, browser, opened)


EMPTY = {
    "/leave/": "",
    "/leave/waiting": "There are no requests to answer",
    "/passport/": "Start my passport",
    "/passport/team": "There are no passports in your team",
    "/accreditation/": "You do not have to take any courses",
    "/accreditation/team": "Nobody you manage must take a course",
    "/payroll/": "",
}
EMPTY_FOR_HR = {
    "/leave/postponed": "There are none",
    "/leave/waiting/organisation": "There are no requests to answer",
    "/accreditation/organisation": "No courses yet",
    "/accreditation/people": "",
    "/reporting/board": "",
    "/reporting/organisation": "",
    "/workforce/find": "Find somebody by name or staff number",
}


def test_pages_on_which_nothing_is_listed_say_what_will_be(looking: Looking) -> None:
    for walk, pages in (
        (looking.walk(WORKS, "M1"), EMPTY),
        (looking.walk(WORKS, "H1", "hr"), EMPTY_FOR_HR),
    ):
        for path, words in pages.items():
            walk.look(path)
            expect(walk.page.get_by_role("main")).to_contain_text(words)
        _assert_sound(walk)


def test_a_list_of_more_than_a_page_is_turned(looking: Looking) -> None:
    site = looking.site
    carers = site.carers(RIVERS)[:18]
    for carer in carers:
        for ahead in (20, 22, 24):
            body = {"days": [{"date": site.day(ahead).isoformat(), "part": "pm"}], **DECLARED}
            site.client(RIVERS, carer.staff_number).done("/api/leave/notices", body)
    site.deployment.wait_until_caught_up()
    manager = looking.walk(RIVERS, "M1")
    manager.look("/leave/waiting")
    rows = manager.page.get_by_role("main").locator("tbody tr")
    expect(rows).to_have_count(PAGE)
    manager.page.get_by_role("link", name="Next").click()
    expect(rows).to_have_count(3 * len(carers) - PAGE)
    manager.look("/leave/waiting?page=2")
    manager.look("/leave/waiting?page=3")
    expect(manager.page.get_by_role("main")).to_contain_text("There is no page 3. The last is page 2.")
    _assert_sound(manager)


@pytest.mark.parametrize("state", STATES)
def test_a_passport_in_each_state(looking: Looking, state: str) -> None:
    site, number = looking.site, CARERS[state]
    person = site.person(RIVERS, number).person
    _bring_to(site, state)
    carer, manager = looking.walk(RIVERS, number), looking.walk(RIVERS, "M1")
    hr = looking.walk(RIVERS, "H1", "hr")
    carer.look("/passport/")
    expect(carer.page.get_by_role("main")).to_contain_text(SHOWN[state])
    carer.look("/passport/check")
    manager.look(f"/passport/people/{person}")
    hr.look(f"/passport/people/{person}/for-purpose?purpose=advice")
    _assert_sound(carer, manager, hr)


def test_pages_after_something_was_done_or_refused(looking: Looking) -> None:
    """What was done is told in a banner. What can be done no more is refused with a sentence."""
    carer = looking.walk(RIVERS, CARERS["agreed"])
    carer.look("/passport/review")
    other = carer.page.context.new_page()
    other.goto(carer.page.url)
    carer.page.get_by_role("button", name="Ask for a review").click()
    carer.note("/passport/review after asking", 200)
    expect(carer.page.get_by_role("alert")).to_contain_text(
        "Review requested. Your manager can see that a review is due"
    )
    carer.look("/passport/end")
    carer.page.get_by_label("I prefer not to say").check()
    carer.page.get_by_role("button", name="End my passport").click()
    expect(carer.page.get_by_role("alert")).to_contain_text("Your passport has ended")
    carer.note("/passport/ after the end", 200)
    refused = Walk(other, carer.address, rules_of(looking.site))
    with other.expect_response(lambda answer: answer.request.method == "POST") as answered:
        other.get_by_role("button", name="Ask for a review").click()
    other.wait_for_load_state()
    refused.note("/passport/review asked too late", answered.value.status)
    expect(other.get_by_role("main").get_by_role("link", name="Go to your tasks")).to_be_visible()
    assert answered.value.status == 409
    _assert_sound(carer, refused)


@pytest.mark.parametrize("path", ["/passport/agreed", "/passport/people/{person}", "/leave/", "/reporting/board"])
def test_paper_gets_the_page_without_what_only_a_screen_needs(looking: Looking, path: str) -> None:
    reviewed = CARERS["reviewed"]
    person = looking.site.person(RIVERS, reviewed).person
    walk = looking.walk(RIVERS, "M1" if "{person}" in path else reviewed)
    walk.look(path.format(person=person))
    walk.page.emulate_media(media="print")
    expect(walk.page.get_by_role("heading", level=1)).to_be_visible()
    expect(walk.page.get_by_role("main")).to_be_visible()
    for hidden in (".govuk-service-navigation", ".carers-account", ".govuk-phase-banner", ".govuk-button", "form"):
        for found in walk.page.locator(hidden).all():
            expect(found).to_be_hidden()


def _assert_sound(*walks: Walk) -> None:
    """Nothing of what was noted is wrong."""
    for visit in [visit for walk in walks for visit in walk.visits]:
        assert _wrong(visit) == {}, visit.path
        assert visit.headings == 1, visit.path
        assert visit.skips, visit.path


def _wrong(visit: Visit) -> dict[str, Any]:
    names = ("faults", "too_wide", "complaints", "astray")
    return {name: found for name in names if (found := getattr(visit, name))}


def _bring_to(site: Site, state: str) -> None:
    """A passport in this state, written and signed as far as that needs."""
    number, day = CARERS[state], site.day(0).isoformat()
    carer = site.client(RIVERS, number)
    carer.done(MINE, {})
    if state == "drafted":
        return
    carer.done(f"{MINE}/sections", {"section": "impact", "text": "Calls during the day"})
    carer.done(f"{MINE}/sections", {"section": "not-agreed", "text": "Nothing is left open"})
    consent = {"sections": ["impact", "not-agreed"], "purpose": "To agree it", "starts": day}
    carer.done(f"{MINE}/consents", consent)
    carer.done(f"{MINE}/conversation", {"held_on": day})
    for signed in ("agreed", "reviewed")[: 0 if state == "conversation-held" else 2 if state == "reviewed" else 1]:
        _sign(site, carer, number)
        assert carer.found(MINE)["state"] == signed
    if state == "transferred":
        _move(site, carer, number)
    if state == "ended":
        carer.done(f"{MINE}/end", {"reason": "not-said"})
    site.deployment.wait_until_caught_up()


def _sign(site: Site, carer: Client, number: str) -> None:
    digest = {"digest": carer.found(MINE)["digest"]}
    carer.done(f"{MINE}/sign", digest)
    theirs = f"/api/passport/people/{site.person(RIVERS, number).person}"
    site.client(RIVERS, "M1").done(f"{theirs}/sign", digest)


def _move(site: Site, carer: Client, number: str) -> None:
    """The carer has a second post in the other department and takes the passport along."""
    second = {
        "person": site.person(RIVERS, number).person,
        "employer": WORKS,
        "staff_number": f"{number}9",
        "post": "Officer",
        "manager_staff_number": "M1",
        "nation": "england",
        "pattern": "mon-sun 7:24 +holidays",
        "fte": "1/2",
        "full_time_hours": "37",
        "status": "employee",
        "starts": site.day(0).isoformat(),
    }
    site.client(WORKS, "H1", "hr").done("/api/workforce/employments", second)
    consent = {"organisation": WORKS, "consent": True}
    wait_for("it can be taken along", lambda: carer.post(f"{MINE}/transfer", consent).status == 200)
