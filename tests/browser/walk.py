"""Somebody's way through pages, found by their links; each is looked at in three widths and checked for faults."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from shared.web.app import create_app
from tests.browser.conftest import WIDTHS
from tests.system.site import Site

SAME_FOR_ALL = frozenset({"front.accessibility", "front.clock", "front.tour", "front.tour_of", "front.trail"})
"""Looked at as the first person alone."""

PHONE = (360, 640)
"""Width and height of a small phone's screen."""

FORM = "main form[method=post][novalidate]"
"""A form that asks something; one that is a button alone is not among them."""

EMPTY = """form => {
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = false;
        else field.value = "";
    }
}"""

LINKS = """() => [...document.querySelectorAll("a[href^='/'], a[href^='?']")].map(link => link.getAttribute("href"))"""

ASTRAY = """() => [...document.querySelectorAll("a[href^='#']")].map(link => link.getAttribute("href"))
    .filter(href => !document.getElementById(href.slice(1)))"""
"""The links within a page that lead nowhere."""


@dataclass(frozen=True)
class Visit:
    """What was found on one page."""

    path: str
    status: int
    title: str
    language: str
    headings: int
    heading_ends: int
    too_wide: list[int]
    skips: bool
    faults: str
    complaints: list[str]
    asked: list[str]
    astray: list[str]
    sent_empty: bool


@dataclass
class Walk:
    """One person's way through all pages that they can reach."""

    page: Page
    address: str
    rules: MapAdapter
    visits: list[Visit] = field(default_factory=list)
    endpoints: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    _forms: dict[str, str] = field(default_factory=dict)
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
            new = [found for found in map(self._absolute, self.page.evaluate(LINKS)) if found not in met]
            met.update(new)
            waiting.extend(new)

    def look(self, path: str) -> None:
        """Load a page and note it."""
        self._complaints.clear()
        self._asked.clear()
        self.page.set_viewport_size({"width": 1280, "height": 900})
        answer = self.page.goto(self.address + path)
        assert answer is not None
        self.note(path, answer.status)

    def send_empty(self, leave_out: Collection[str]) -> None:
        """Send one form of each kind that was met with nothing filled in, and look at the page that comes."""
        for endpoint, path in self._forms.items():
            if endpoint not in leave_out:
                self.sent.add(endpoint)
                self._send_empty(path)

    def _send_empty(self, path: str) -> None:
        self._complaints.clear()
        self._asked.clear()
        self.page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
        self.page.goto(self.address + path)
        form = self.page.locator(FORM).first
        form.evaluate(EMPTY)
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            form.locator("button[type=submit]").first.click()
        self.page.wait_for_load_state()
        self.note(path, answered.value.status, sent_empty=True)

    def note(self, path: str, status: int, *, sent_empty: bool = False) -> None:
        """Note what is to be noted of the page that is open. ``path``: what to call it."""
        page = self.page
        if not sent_empty and status == 200 and page.locator(FORM).count():
            self._forms.setdefault(self._endpoint(path), path)
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
                heading_ends=self._heading_ends(),
                too_wide=[width for width in WIDTHS if self._width_at(width) > width],
                skips=page.url.endswith("#main-content"),
                faults=_faults(page, WIDTHS[0] if len(self.visits) % 2 else WIDTHS[-1]),
                complaints=complaints,
                asked=list(self._asked),
                astray=page.evaluate(ASTRAY),
                sent_empty=sent_empty,
            )
        )

    def _heading_ends(self) -> int:
        """How far down the heading ends on a small phone, in pixels."""
        self.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        found: float = self.page.evaluate(
            "window.scrollTo(0, 0), document.querySelector('h1').getBoundingClientRect().bottom"
        )
        return round(found)

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

    def _endpoint(self, path: str) -> str:
        found: str = self.rules.match(urlsplit(path).path, method="GET")[0]
        return found

    def _absolute(self, href: str) -> str:
        path = urlsplit(self.page.url).path + href if href.startswith("?") else href
        return path.partition("#")[0]


def rules_of(site: Site) -> MapAdapter:
    """Every address that a deployment answers."""
    settings = site.deployment.settings()
    app = create_app(settings, site.deployment.wirings, front=True, clock=settings.clock())
    return app.url_map.bind("127.0.0.1")


def _faults(page: Page, width: int) -> str:
    """What the accessibility checker says against a page at a width; empty where nothing."""
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return f"at {width} px: {found.generate_report()}" if found.violations_count else ""
