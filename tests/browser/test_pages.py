"""Every page of every service, as each kind of person: found by its links, looked at in three widths."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from shared.kernel.clock import OffsetClock
from shared.web.app import create_app
from tests.browser.conftest import WIDTHS
from tests.system.client import Client
from tests.system.staff import CENTRE, RIVERS, WORKS
from tests.system.town import Town, notice, preview_of, seal
from tests.system.waiting import wait_for

pytestmark = pytest.mark.timeout(240)

PERSONAS = {"Carer": RIVERS, "Line manager": RIVERS, "HR": RIVERS, "Payroll": RIVERS, "Statistics": CENTRE}
SAME_FOR_ALL = frozenset({"front.accessibility", "front.clock", "front.trail"})
"""Looked at as the first person alone."""


@dataclass(frozen=True)
class Visit:
    """What was found on one page."""

    path: str
    status: int
    title: str
    language: str
    headings: int
    too_wide: list[int]
    skips: bool
    faults: str
    complaints: list[str]
    asked: list[str]


@dataclass
class Walk:
    """One person's way through all pages that they can reach."""

    page: Page
    address: str
    rules: MapAdapter
    visits: list[Visit] = field(default_factory=list)
    endpoints: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    _complaints: list[str] = field(default_factory=list)
    _asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked.append(request.url))

    def through(self, seeds: Iterable[str], known_kinds: Iterable[object] = ()) -> None:
        """Look at these, and at one of each other kind of page that can be reached by links."""
        waiting, met, kinds = deque(seeds), set(seeds), set(known_kinds)
        while waiting:
            path = waiting.popleft()
            kind = self._kind(path)
            if kind is None or (kind in kinds and path not in seeds):
                continue
            kinds.add(kind)
            self.look(path)
            links = [link.get_attribute("href") or "" for link in self.page.locator("a[href^='/'], a[href^='?']").all()]
            new = [found for found in map(self._absolute, links) if found not in met]
            met.update(new)
            waiting.extend(new)

    def look(self, path: str) -> None:
        """Load a page and note what is to be noted."""
        self._complaints.clear()
        self._asked.clear()
        self.page.set_viewport_size({"width": 1280, "height": 900})
        answer = self.page.goto(self.address + path)
        assert answer is not None
        self._note(path, answer.status)

    def send_empty(self, path: str, button: str) -> None:
        """Send a page's form with nothing filled in, and look at the page that tells what is missing."""
        self.look(path)
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            self.page.get_by_role("main").get_by_role("button", name=button).click()
        self.page.wait_for_load_state()
        assert answered.value.status == 422, path
        self._note(f"{path} sent empty", 422)

    def _note(self, path: str, status: int) -> None:
        page = self.page
        complaints = [words for words in self._complaints if f"status of {status}" not in words]
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.visits.append(
            Visit(
                path=path,
                status=status,
                title=page.title(),
                language=page.locator("html").get_attribute("lang") or "",
                headings=page.locator("h1").count(),
                too_wide=[width for width in WIDTHS if self._width_at(width) > width],
                skips=page.url.endswith("#main-content"),
                faults=_faults(page, WIDTHS[0] if len(self.visits) % 2 else WIDTHS[-1]),
                complaints=complaints,
                asked=list(self._asked),
            )
        )

    def _width_at(self, width: int) -> int:
        self.page.set_viewport_size({"width": width, "height": 900})
        found: int = self.page.evaluate("document.documentElement.scrollWidth")
        return found

    def _kind(self, path: str) -> object:
        """What a page is one of, by its address; None where there is nothing to look at in a browser's window."""
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        try:
            endpoint, _ = self.rules.match(parts.path, method="GET")
        except HTTPException:
            self.lost.append(path)
            return None
        if "-api." in endpoint or endpoint == "static" or "follow" in query:
            return None
        self.endpoints.add(endpoint)
        if endpoint in SAME_FOR_ALL:
            return (endpoint,)
        return endpoint, *sorted(query), *query.get("view", ())

    def _absolute(self, href: str) -> str:
        path = urlsplit(self.page.url).path + href if href.startswith("?") else href
        return path.partition("#")[0]


@dataclass(frozen=True)
class Lived:
    """The town after days of leave, with addresses to which forms lead and no link."""

    town: Town
    person: str
    colleague: str
    notices: tuple[str, ...]
    day: date


@pytest.fixture(scope="module")
def lived(town: Town) -> Lived:
    """Days of leave: corrected, standing, late, waiting for an answer, postponed, late and not waived."""
    carer, manager = town.client(RIVERS, "C1"), town.client(RIVERS, "M1")
    hr, payroll = town.client(RIVERS, "H1", "hr"), town.client(RIVERS, "P1", "payroll")
    first, second = town.day(3), town.day(4)
    given = [carer.done("/api/leave/notices", notice(day))["notice"] for day in (first, second)]
    for each in given:
        wait_for("the notice is listed", lambda each=each: manager.get(f"/api/leave/notices/{each}").status == 200)
        manager.done(f"/api/leave/notices/{each}/confirm", {})
    clock = town.deployment.settings().clock()
    assert isinstance(clock, OffsetClock)
    clock.advance(5)
    seal(payroll, preview_of(payroll, 2, batch=1, employer=RIVERS), RIVERS)
    _train(town, hr)
    correction = {"notice": given[0], "date": first.isoformat(), "minutes": 0, "reason": "Worked instead"}
    hr.done("/api/leave/days/correct", correction)
    given += [carer.done("/api/leave/notices", notice(town.day(ahead), "pm"))["notice"] for ahead in (1, 5)]
    given += [carer.done("/api/leave/notices", notice(town.day(ahead)))["notice"] for ahead in (9, 2)]
    for each in given:
        wait_for("the notice is listed", lambda each=each: manager.get(f"/api/leave/notices/{each}").status == 200)
    terms = {"consulted": True, "consulted_on": town.day(0).isoformat(), "agreed": False, "reason": "An audit"}
    new = [{"date": town.day(10).isoformat(), "part": "am"}]
    manager.done(f"/api/leave/notices/{given[4]}/postpone", {**terms, "days": new})
    manager.done(f"/api/leave/notices/{given[5]}/not-waive", {"reason": "Nobody is there"})
    preview_of(payroll, 1, batch=2, employer=RIVERS)
    _agree_passports(town)
    town.deployment.wait_until_caught_up()
    notices = tuple(f"/leave/notices/{each}" for each in given)
    person, colleague = (town.person(RIVERS, number).person for number in ("C1", "C2"))
    return Lived(town, person, colleague, notices, town.day(12))


def _agree_passports(town: Town) -> None:
    """A carer's passport, to which their manager proposes a change; and that of somebody with two organisations."""
    manager, day = town.client(RIVERS, "M1"), town.day(0).isoformat()
    sections = [
        {"section": "impact", "text": "Calls during the day"},
        {"section": "flexibilities", "flexibilities": [{"kind": "place", "detail": "At home on Fridays"}]},
    ]
    for number in ("C1", "H1"):
        carer, theirs = town.client(RIVERS, number), f"/api/passport/people/{town.person(RIVERS, number).person}"
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
        "person": town.person(RIVERS, "H1").person,
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
    town.client(WORKS, "H1", "hr").done("/api/workforce/employments", second)


def _train(town: Town, hr: Client) -> None:
    """A course that somebody has taken and the others not, a champion, and an award that ends soon."""
    today = town.day(0).isoformat()
    course = {"code": "carer-aware", "title": "Carer aware", "audience": "all-staff", "starts": today}
    hr.done("/api/accreditation/courses", course)
    taken = {"code": "carer-aware", "version": 1, "completed_on": today, "source": "certificate"}
    hr.done("/api/accreditation/completions", taken | {"person": town.person(RIVERS, "C1").person})
    let_off = {"code": "carer-aware", "starts": today, "reason": "not-in-their-role", "note": "Agreed"}
    hr.done("/api/accreditation/exemptions", let_off | {"person": town.person(RIVERS, "C1").person})
    for kind in ("carers-policy", "carers-champion"):
        hr.done("/api/accreditation/provisions", {"kind": kind, "starts": today, "owner": "People team"})
    award = {"scheme": "carer-confident", "level": "active", "starts": today, "organisations": [RIVERS]}
    hr.done("/api/accreditation/awards", award | {"until": town.day(60).isoformat()})


@pytest.fixture(scope="module")
def rules(town: Town) -> MapAdapter:
    """Every address that the deployment answers."""
    settings = town.deployment.settings()
    app = create_app(settings, town.deployment.wirings, front=True, clock=settings.clock())
    return app.url_map.bind("127.0.0.1")


@pytest.fixture(scope="module")
def walks(browser: Browser, lived: Lived, rules: MapAdapter) -> dict[str, Walk]:
    """Everybody's way. Only the measuring tool needs JavaScript; the pages have none."""
    walks = {}
    for persona, organisation in PERSONAS.items():
        context = browser.new_context(java_script_enabled=True, locale="en-GB")
        walk = walks[persona] = Walk(context.new_page(), lived.town.deployment.address("/"), rules)
        walk.look(f"/?organisation={organisation}")
        walk.page.get_by_role("button", name=re.compile(f"^Sign in as .*, {persona}$")).click()
        walk.through(["/", *_seeds(persona, lived)], [(endpoint,) for endpoint in SAME_FOR_ALL if len(walks) > 1])
        for path, button in _forms(persona, lived):
            walk.send_empty(path, button)
        context.close()
    return walks


def _seeds(persona: str, lived: Lived) -> tuple[str, ...]:
    """Pages that come after a form, and pages that are refused."""
    day = lived.day.isoformat()
    return {
        "Carer": (
            f"/leave/notices/new/part?date={day}",
            f"/leave/notices/new/check?date={day}&part=am",
            "/workforce/people/new",
            "/leave/staff",
            "/passport/conversation",
            "/passport/sections/flexibilities",
            f"/passport/sharing/new/parts?reader={lived.colleague}",
            *lived.notices,
        ),
        "Line manager": (
            f"/passport/people/{lived.person}/propose/flexibilities",
            *lived.notices,
            *_postponing(lived),
        ),
        "Payroll": ("/passport/move",),
        "HR": (
            f"/leave/staff/{lived.person}",
            f"/workforce/people/{lived.person}",
            f"/accreditation/people/{lived.person}",
            "/accreditation/provisions/carers-champion",
            "/accreditation/awards/new/carer-confident",
            "/reporting/?month=2026-13",
            f"/passport/people/{lived.person}/for-purpose?purpose=advice",
            *lived.notices,
        ),
    }.get(persona, ())


def _postponing(lived: Lived) -> tuple[str, str]:
    """The questions of a postponement that come after the first, of the notice that waits."""
    old, new = lived.town.day(5).isoformat(), lived.town.day(6).isoformat()
    address = f"{lived.notices[3]}/postpone"
    return f"{address}/dates?dates={old}", f"{address}/terms?dates={old}&days={new}/pm"


def _forms(persona: str, lived: Lived) -> tuple[tuple[str, str], ...]:
    day = lived.day.isoformat()
    return {
        "Carer": (
            ("/leave/notices/new", "Continue"),
            (f"/leave/notices/new/part?date={day}", "Continue"),
            (f"/leave/notices/new/check?date={day}&part=am", "Give notice"),
            ("/passport/arrangements/2", "Save"),
            ("/passport/check", "Sign"),
            ("/passport/sharing/new", "Continue"),
            (f"/passport/sharing/new/parts?reader={lived.colleague}", "Share"),
            ("/passport/end", "End my passport"),
        ),
        "HR": (
            ("/leave/staff", "Find"),
            ("/workforce/people/new", "Record"),
            ("/passport/find", "Read it"),
            ("/accreditation/people", "Find"),
            ("/accreditation/courses/new", "Record the course"),
            (f"/accreditation/people/{lived.person}/completion", "Record"),
            (f"/accreditation/people/{lived.person}/exemption", "Record"),
            ("/accreditation/provisions/carers-network", "Record"),
            ("/accreditation/awards/new", "Continue"),
            ("/accreditation/assessments/carer-confident/preparation", "Save and continue"),
        ),
        "Line manager": (
            (f"/passport/people/{lived.person}/propose/contact", "Propose"),
            *((path, "Continue") for path in _postponing(lived)),
            (f"{lived.notices[2]}/not-waive", "Keep to the notice period"),
        ),
        "Payroll": (("/passport/move", "Confirm"),),
    }.get(persona, ())


def _faults(page: Page, width: int) -> str:
    """What the accessibility checker says against a page at a width; empty where nothing."""
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return f"at {width} px: {found.generate_report()}" if found.violations_count else ""


def _all(walks: dict[str, Walk]) -> list[Visit]:
    return [visit for walk in walks.values() for visit in walk.visits]


def test_every_page_is_reached_by_somebody_and_no_link_leads_nowhere(
    walks: dict[str, Walk], rules: MapAdapter, town: Town
) -> None:
    assert [path for walk in walks.values() for path in walk.lost] == []
    services = set(town.deployment.wirings)
    pages = {
        rule.endpoint
        for rule in rules.map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in {"front", *services}
    }
    assert pages - {endpoint for walk in walks.values() for endpoint in walk.endpoints} == set()


def test_pages_answer_and_what_is_refused_says_so(walks: dict[str, Walk]) -> None:
    refused = {
        visit.path: visit.status for visit in _all(walks) if visit.status != 200 and "sent empty" not in visit.path
    }
    assert refused == {"/workforce/people/new": 403, "/leave/staff": 404, "/reporting/?month=2026-13": 422}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_page_has_accessibility_faults_that_a_tool_can_find(walks: dict[str, Walk], persona: str) -> None:
    assert {visit.path: visit.faults for visit in walks[persona].visits if visit.faults} == {}


def test_no_page_is_wider_than_its_screen(walks: dict[str, Walk]) -> None:
    assert {visit.path: visit.too_wide for visit in _all(walks) if visit.too_wide} == {}


def test_every_page_has_one_heading_a_title_its_language_and_a_way_past_the_navigation(walks: dict[str, Walk]) -> None:
    for visit in _all(walks):
        assert visit.headings == 1, visit.path
        assert re.fullmatch(r"(Error: )?\S.* – Working Carers", visit.title), visit
        assert visit.title.startswith("Error: ") == visit.path.endswith("sent empty"), visit
        assert visit.language == "en", visit.path
        assert visit.skips, visit.path


def test_nothing_leaves_the_machine_and_the_console_stays_empty(walks: dict[str, Walk]) -> None:
    for walk in walks.values():
        for visit in walk.visits:
            assert visit.asked, visit.path
            assert [url for url in visit.asked if not url.startswith(walk.address)] == [], visit.path
            assert visit.complaints == [], visit.path
