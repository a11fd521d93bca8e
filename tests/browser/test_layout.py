"""The shared layout in a real browser: phone, tablet and desktop, keyboard, no JavaScript, no accessibility faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from shared.kernel.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from shared.runtime.health import Health, SourceHealth
from shared.web.trail import TrailRow
from tests.browser.conftest import WIDTHS
from tests.shared.web.fakes import MemoryWiring, SampleDirectory
from tests.web_client import SampleSettings, web_client

ROW = TrailRow("errands", "e1", 0, "2026-03-13T09:05:07+00:00", "errands.errand.written", "department-for-transport")
VIEWS_OF_THE_TRAIL = ["/trail", "/trail?view=steps", "/trail?view=services"]
TOUR = ["/tour", "/tour/operator"]
PAGES = ["/", "/errands/", "/errands/new", *VIEWS_OF_THE_TRAIL, "/clock", *TOUR, "/accessibility", "/nothing"]


@pytest.fixture
def wiring() -> MemoryWiring:
    """The errands, with a run of equal steps and a few others."""
    rows = [
        replace(ROW, position=position, what=f"errands.errand.{'written' if position > 8 else position}")
        for position in range(20, 0, -1)
    ]
    figures = Health(True, sources=(SourceHealth("leave", 12, 75.0, 1, 2),))
    return MemoryWiring(directory=SampleDirectory(), rows=rows, figures=figures)


@pytest.fixture
def address(wiring: MemoryWiring, serve: Callable[[Flask], str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("shared.web.app.keeper_of_names", lambda: "errands")
    return serve(
        web_client({"errands": wiring}, clock=wiring.clock, settings=SampleSettings(services=("errands",))).app
    )


@pytest.fixture
def signed_in(page: Page, address: str) -> Page:
    """Somebody who picked a person on the front page."""
    page.goto(address)
    page.get_by_label("Organisation").select_option("dft")
    page.get_by_role("button", name="Show its people").click()
    page.get_by_role("button", name="Sign in as Amina Osei, Line manager").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your tasks")
    return page


@pytest.fixture
def measuring(browser: Browser, signed_in: Page) -> Iterator[Page]:
    """The same person with JavaScript, which only the measuring tools need."""
    context = browser.new_context(java_script_enabled=True, bypass_csp=True)
    context.add_cookies([{**cookie} for cookie in signed_in.context.cookies()])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_screen(measuring: Page, address: str, width: int) -> None:
    measuring.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        measuring.goto(address + path)
        assert measuring.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_accessibility_faults_that_a_tool_can_find(measuring: Page, address: str, width: int) -> None:
    measuring.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        measuring.goto(address + path)
        found = Axe().run(measuring)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_a_page_with_errors_has_none_either(measuring: Page, address: str) -> None:
    measuring.goto(address + "/errands/new")
    measuring.get_by_role("button", name="Write it down").click()
    found = Axe().run(measuring)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("error", "heading", "words"),
    [
        (RuntimeError("a secret"), "Sorry, something went wrong", "Nothing more was changed. Try again in a minute"),
        (
            UnavailableError("The lists are catching up."),
            "This is not available at the moment",
            "The lists are catching up.",
        ),
        (
            ConflictError("Somebody else was faster. Load the page again."),
            "This is not possible",
            "Load the page again.",
        ),
        (NotFoundError("There is no such errand. Go back."), "Page not found", "There is no such errand. Go back."),
        (ForbiddenError("Your role does not include this."), "You cannot do this", "Your role does not include this."),
    ],
    ids=["500", "503", "409", "404", "403"],
)
def test_a_page_that_tells_of_an_error_says_what_to_do_and_nothing_secret(
    measuring: Page, address: str, wiring: MemoryWiring, error: Exception, heading: str, words: str
) -> None:
    wiring.application.fail = error
    measuring.set_viewport_size({"width": 320, "height": 800})
    measuring.goto(address + "/errands/new")
    for label, value in (("Day", "13"), ("Month", "3"), ("Year", "2026")):
        measuring.get_by_role("group", name="Which day?").get_by_label(label).fill(value)
    measuring.get_by_label("Morning").check()
    measuring.get_by_role("button", name="Write it down").click()
    expect(measuring.get_by_role("heading", level=1)).to_have_text(heading)
    expect(measuring.get_by_role("main")).to_contain_text(words)
    expect(measuring.get_by_role("main")).not_to_contain_text("secret")
    expect(measuring.get_by_role("link", name="Go to your tasks")).to_be_visible()
    assert measuring.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(measuring)
    assert found.violations_count == 0, found.generate_report()


def test_a_list_is_a_table_to_a_reader_on_a_phone_too(measuring: Page, address: str) -> None:
    measuring.set_viewport_size({"width": 320, "height": 800})
    measuring.goto(address + "/trail?view=steps")
    steps = measuring.get_by_role("table", name="Steps")
    assert steps.get_by_role("columnheader").all_inner_texts() == [
        "Recorded",
        "Service",
        "What",
        "Organisation",
        "Position",
    ]
    assert steps.get_by_role("row").nth(1).get_by_role("cell").last.bounding_box()["width"] > 200  # type: ignore[index]
    expect(steps.get_by_role("cell", name="9 to 20")).to_be_visible()


def test_paper_gets_the_page_and_not_its_controls(measuring: Page, address: str) -> None:
    measuring.goto(address + "/errands/new")
    measuring.emulate_media(media="print")
    expect(measuring.get_by_role("heading", level=1)).to_be_visible()
    for hidden in (".govuk-service-navigation", ".carers-account", ".carers-bar", ".govuk-phase-banner", "main form"):
        expect(measuring.locator(hidden).first).to_be_hidden()


def test_the_whole_way_works_without_javascript(signed_in: Page) -> None:
    signed_in.get_by_role("link", name="1 errand waits for you").click()
    signed_in.get_by_role("button", name="Write down an errand").click()
    signed_in.get_by_role("button", name="Write it down").click()
    summary = signed_in.get_by_role("alert")
    expect(summary).to_contain_text("Enter the day of the errand")
    assert signed_in.title().startswith("Error: ")
    signed_in.get_by_role("textbox", name="Day").first.fill("13")
    signed_in.get_by_role("textbox", name="Month").first.fill("3")
    signed_in.get_by_role("textbox", name="Year").first.fill("2026")
    signed_in.get_by_label("Morning").check()
    signed_in.get_by_role("button", name="Write it down").click()
    expect(signed_in.get_by_role("alert")).to_contain_text("Your errand is written down")
    signed_in.get_by_role("button", name="Sign out").click()
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("Choose who to be")


def test_the_keyboard_reaches_the_content_first(signed_in: Page) -> None:
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Skip to main content")).to_be_focused()


def test_a_link_in_the_error_summary_leads_to_its_field(signed_in: Page, address: str) -> None:
    signed_in.goto(address + "/errands/new")
    signed_in.get_by_role("button", name="Write it down").click()
    signed_in.get_by_role("link", name="Enter the day of the errand").click()
    assert signed_in.url.endswith("#day-day")


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_blocked(page: Page, address: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith(address) for url in asked)
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_heading_is_on_the_first_screen_and_nothing_is_wider(
    signed_in: Page, address: str, width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 844})
    for path in ("/", "/errands/", "/errands/new"):
        signed_in.goto(address + path)
        box = signed_in.get_by_role("heading", level=1).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 844
        assert signed_in.get_by_role("main").bounding_box()["width"] <= width  # type: ignore[index]
