"""Every page of every service, as each kind of person: found by its links, looked at in three widths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser
from werkzeug.routing import MapAdapter

from shared.kernel.clock import OffsetClock
from tests.browser.walk import PHONE, SAME_FOR_ALL, Visit, Walk, rules_of
from tests.system.client import Client
from tests.system.site import Site, notice, preview_of, seal
from tests.system.staff import CENTRE, RIVERS, WORKS
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(480)]

PERSONAS = {"Carer": RIVERS, "Line manager": RIVERS, "HR": RIVERS, "Payroll": RIVERS, "Statistics": CENTRE}

FILLED_BY_NOBODY = frozenset({"accreditation.correct_completion", "passport.write_section", "leave.withdraw_notice"})
"""Forms that can be sent as they are: one asks nothing, one keeps a part of a passport empty, one gives days back."""

WITHOUT_FORM = frozenset({"payroll.seal_batch"})
"""Pages that are answered with a button alone."""


@dataclass(frozen=True)
class Lived:
    """The site after days of leave, with addresses to which forms lead and no link."""

    site: Site
    person: str
    colleague: str
    notices: tuple[str, ...]
    day: date


@pytest.fixture(scope="module")
def lived(site: Site) -> Lived:
    """Days of leave: corrected, standing, late, waiting for an answer, postponed, late and not waived."""
    carer, manager = site.client(RIVERS, "C1"), site.client(RIVERS, "M1")
    hr, payroll = site.client(RIVERS, "H1", "hr"), site.client(RIVERS, "P1", "payroll")
    first, second = site.day(3), site.day(4)
    given = [carer.done("/api/leave/notices", notice(day))["notice"] for day in (first, second)]
    for each in given:
        wait_for("the notice is listed", lambda each=each: manager.get(f"/api/leave/notices/{each}").status == 200)
        manager.done(f"/api/leave/notices/{each}/confirm", {})
    clock = site.deployment.settings().clock()
    assert isinstance(clock, OffsetClock)
    clock.advance(5)
    seal(payroll, preview_of(payroll, 2, batch=1, employer=RIVERS), RIVERS)
    _train(site, hr)
    correction = {"notice": given[0], "date": first.isoformat(), "minutes": 0, "reason": "Worked instead"}
    hr.done("/api/leave/days/correct", correction)
    given += [carer.done("/api/leave/notices", notice(site.day(ahead), "pm"))["notice"] for ahead in (1, 5)]
    given += [carer.done("/api/leave/notices", notice(site.day(ahead)))["notice"] for ahead in (9, 2)]
    for each in given:
        wait_for("the notice is listed", lambda each=each: manager.get(f"/api/leave/notices/{each}").status == 200)
    terms = {"consulted": True, "consulted_on": site.day(0).isoformat(), "agreed": False, "reason": "An audit"}
    new = [{"date": site.day(10).isoformat(), "part": "am"}]
    manager.done(f"/api/leave/notices/{given[4]}/postpone", {**terms, "days": new})
    manager.done(f"/api/leave/notices/{given[5]}/not-waive", {"reason": "Nobody is there"})
    preview_of(payroll, 1, batch=2, employer=RIVERS)
    _agree_passports(site)
    site.deployment.wait_until_caught_up()
    notices = tuple(f"/leave/notices/{each}" for each in given)
    person, colleague = (site.person(RIVERS, number).person for number in ("C1", "C2"))
    return Lived(site, person, colleague, notices, site.day(12))


def _agree_passports(site: Site) -> None:
    """A carer's passport, to which their manager proposes a change; and that of somebody with two organisations."""
    manager, day = site.client(RIVERS, "M1"), site.day(0).isoformat()
    sections = [
        {"section": "impact", "text": "Calls during the day"},
        {"section": "flexibilities", "flexibilities": [{"kind": "place", "detail": "At home on Fridays"}]},
    ]
    for number in ("C1", "H1"):
        carer, theirs = site.client(RIVERS, number), f"/api/passport/people/{site.person(RIVERS, number).person}"
        carer.done("/api/passport/mine", {})
        for section in sections:
            carer.done("/api/passport/mine/sections", section)
        parts = ["impact", "flexibilities", "contact"]
        carer.done("/api/passport/mine/consents", {"sections": parts, "purpose": "To agree it", "starts": day})
        carer.done("/api/passport/mine/conversation", {"held_on": day})
        digest = {"digest": carer.found("/api/passport/mine")["digest"]}
        carer.done("/api/passport/mine/sign", digest)
        manager.done(f"{theirs}/sign", digest)
        if number == "C1":
            proposed = {"section": "contact", "text": "By message", "reason": "It is quicker"}
            manager.done(f"{theirs}/proposals", proposed)
    second = {
        "person": site.person(RIVERS, "H1").person,
        "employer": WORKS,
        "staff_number": "C99",
        "post": "Officer",
        "manager_staff_number": "M1",
        "nation": "england",
        "pattern": "mon-sun 7:24 +holidays",
        "fte": "1/2",
        "full_time_hours": "37",
        "status": "employee",
        "starts": day,
    }
    site.client(WORKS, "H1", "hr").done("/api/workforce/employments", second)


def _train(site: Site, hr: Client) -> None:
    """A course that somebody has taken and the others not, a champion, and an award that ends soon."""
    today = site.day(0).isoformat()
    course = {"code": "carer-aware", "title": "Carer aware", "audience": "all-staff", "starts": today}
    hr.done("/api/accreditation/courses", course)
    taken = {"code": "carer-aware", "version": 1, "completed_on": today, "source": "certificate"}
    hr.done("/api/accreditation/completions", taken | {"person": site.person(RIVERS, "C1").person})
    let_off = {"code": "carer-aware", "starts": today, "reason": "not-in-their-role", "note": "Agreed"}
    hr.done("/api/accreditation/exemptions", let_off | {"person": site.person(RIVERS, "C1").person})
    for kind in ("carers-policy", "carers-champion"):
        hr.done("/api/accreditation/provisions", {"kind": kind, "starts": today, "owner": "People team"})
    award = {"scheme": "carer-confident", "level": "active", "starts": today, "organisations": [RIVERS]}
    hr.done("/api/accreditation/awards", award | {"until": site.day(60).isoformat()})


@pytest.fixture(scope="module")
def rules(site: Site) -> MapAdapter:
    return rules_of(site)


@pytest.fixture(scope="module")
def walks(browser: Browser, lived: Lived, rules: MapAdapter) -> dict[str, Walk]:
    """Everybody's way. Only the measuring tool needs JavaScript; the pages have none."""
    walks = {}
    for persona, organisation in PERSONAS.items():
        context = browser.new_context(java_script_enabled=True, locale="en-GB")
        walk = walks[persona] = Walk(context.new_page(), lived.site.deployment.address("/"), rules)
        walk.look(f"/?organisation={organisation}")
        walk.page.get_by_role("button", name=re.compile(f"^Sign in as .*, {persona}$")).first.click()
        walk.through(["/", *_seeds(persona, lived)], [(endpoint,) for endpoint in SAME_FOR_ALL if len(walks) > 1])
        walk.send_empty(FILLED_BY_NOBODY)
        context.close()
    return walks


def _seeds(persona: str, lived: Lived) -> tuple[str, ...]:
    """Pages that come after a form, and pages that are refused."""
    day = lived.day.isoformat()
    return {
        "Carer": (
            f"/leave/notices/new/part?date={day}",
            f"/leave/notices/new?days={day}/am",
            f"/leave/notices/new/check?days={day}/am",
            "/workforce/people/new",
            "/leave/staff",
            "/tour/manager",
            "/trail?view=steps",
            "/trail?view=services",
            "/trail?service=leave",
            "/passport/conversation",
            "/passport/sections/flexibilities",
            f"/passport/sharing/new/parts?reader={lived.colleague}",
            *lived.notices,
        ),
        "Line manager": (
            f"/passport/people/{lived.person}/propose/flexibilities",
            f"/passport/people/{lived.person}/propose/contact",
            *lived.notices,
            *_postponing(lived),
        ),
        "Payroll": ("/passport/move",),
        "HR": (
            f"/leave/staff/{lived.person}",
            "/workforce/find",
            f"/workforce/people/{lived.person}",
            f"/accreditation/people/{lived.person}",
            "/accreditation/provisions/carers-champion",
            "/accreditation/awards/new/carer-confident",
            "/reporting/departments?month=2026-13",
            f"/passport/people/{lived.person}/for-purpose?purpose=advice",
            *lived.notices,
        ),
    }.get(persona, ())


def _postponing(lived: Lived) -> tuple[str, str]:
    """The questions of a postponement that come after the first, of the notice that waits."""
    old, new = lived.site.day(5).isoformat(), lived.site.day(6).isoformat()
    address = f"{lived.notices[3]}/postpone"
    return f"{address}/dates?dates={old}", f"{address}/terms?dates={old}&days={new}/pm"


def _all(walks: dict[str, Walk]) -> list[Visit]:
    return [visit for walk in walks.values() for visit in walk.visits]


def test_every_page_is_reached_by_somebody_and_no_link_leads_nowhere(
    walks: dict[str, Walk], rules: MapAdapter, site: Site
) -> None:
    assert [path for walk in walks.values() for path in walk.lost] == []
    services = set(site.deployment.wirings)
    pages = {
        rule.endpoint
        for rule in rules.map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in {"front", *services}
    }
    assert pages - {endpoint for walk in walks.values() for endpoint in walk.endpoints} == set()


def test_every_form_is_sent_with_nothing_in_it_and_says_what_is_missing(
    walks: dict[str, Walk], rules: MapAdapter
) -> None:
    forms = {rule.endpoint for rule in rules.map.iter_rules() if {"GET", "POST"} <= (rule.methods or set())}
    pages = {endpoint for endpoint in forms if "-api." not in endpoint}
    sent = {endpoint for walk in walks.values() for endpoint in walk.sent}
    assert pages - sent == WITHOUT_FORM | FILLED_BY_NOBODY
    assert {visit.path: visit.status for visit in _all(walks) if visit.sent_empty and visit.status != 422} == {}


def test_every_link_within_a_page_leads_to_something_on_it(walks: dict[str, Walk]) -> None:
    assert {visit.path: visit.astray for visit in _all(walks) if visit.astray} == {}


def test_pages_answer_and_what_is_refused_says_so(walks: dict[str, Walk]) -> None:
    refused = {visit.path: visit.status for visit in _all(walks) if visit.status != 200 and not visit.sent_empty}
    assert refused == {"/workforce/people/new": 403, "/leave/staff": 404, "/reporting/departments?month=2026-13": 422}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_page_has_accessibility_faults_that_a_tool_can_find(walks: dict[str, Walk], persona: str) -> None:
    assert {visit.path: visit.faults for visit in walks[persona].visits if visit.faults} == {}


def test_no_page_is_wider_than_its_screen(walks: dict[str, Walk]) -> None:
    assert {visit.path: visit.too_wide for visit in _all(walks) if visit.too_wide} == {}


def test_the_heading_of_every_page_is_in_sight_on_a_phone(walks: dict[str, Walk]) -> None:
    opened = [visit for visit in _all(walks) if not visit.sent_empty]
    assert {visit.path: visit.heading_ends for visit in opened if visit.heading_ends > PHONE[1]} == {}


def test_every_page_has_one_heading_a_title_its_language_and_a_way_past_the_navigation(walks: dict[str, Walk]) -> None:
    for visit in _all(walks):
        assert visit.headings == 1, visit.path
        assert re.fullmatch(r"(Error: )?\S.* – Working Carers", visit.title), visit
        assert visit.title.startswith("Error: ") == visit.sent_empty, visit
        assert visit.language == "en", visit.path
        assert visit.skips, visit.path


def test_nothing_leaves_the_machine_and_the_console_stays_empty(walks: dict[str, Walk]) -> None:
    for walk in walks.values():
        for visit in walk.visits:
            assert visit.asked, visit.path
            assert [url for url in visit.asked if not url.startswith(walk.address)] == [], visit.path
            assert visit.complaints == [], visit.path
