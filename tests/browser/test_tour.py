"""The guided tour by keyboard: become each role, go to the place of each step, and tick it off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from shared.web.demonstration import ROLES
from shared.web.tour_guide import Guide
from shared.web.tour_steps import GUIDES
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.timeout(180)


TICKED_TO_ITS_END = "later"


def test_every_page_of_the_tour_is_walked_from_the_choice_of_a_person(visit: Visit) -> None:
    visitor = visit("Ministry", "Carer")
    for guide in GUIDES:
        visitor.open("/tour")
        visitor.follow(guide.title)
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(guide.title)
        if visitor.page.get_by_role("button", name="Become").count():
            visitor.press("Become")
        visitor.sees(f"You are {ROLES[guide.role].you} now")
        _walk(visitor, guide)
    visitor.sees("You have done every step of this page")
    visitor.follow("Choose another")
    visitor.sees(*(f"1 of {len(guide.steps)} steps done" for guide in GUIDES[:-1]))
    assert GUIDES[-1].name == TICKED_TO_ITS_END


def _walk(visitor: Visitor, guide: Guide) -> None:
    """Go where each step leads, and tick steps off: all of one page, of the others the first."""
    tour = visitor.page.url
    for number, step in enumerate(guide.steps, start=1):
        visitor.page.goto(f"{tour}#step-{number}")  # Tab goes on from there
        if step.href:
            _go(visitor, number)
            expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)
            visitor.page.goto(f"{tour}#step-{number}")
        if number == 1 or guide.name == TICKED_TO_ITS_END:
            visitor.press(f"Mark as done step {number}")
            expect(visitor.page.locator(f"#step-{number}")).to_contain_text("Done")


def test_one_changes_who_one_is_from_any_page_by_keyboard(visit: Visit) -> None:
    visitor = visit("Ministry", "Carer", 320)
    visitor.open("/accessibility")
    for word, you in (("HR", "in HR at"), ("Statistics", "in statistics at"), ("Manager", "a line manager at")):
        bar = visitor.page.get_by_role("region", name="Who you are in this demonstration")
        visitor.reach(bar.get_by_role("button", name=f"Be: {word}"))
        visitor.page.keyboard.press("Enter")
        expect(bar).to_contain_text(you)
        visitor.open("/trail")
        visitor.sees("Every service", "How one step travels")


def _go(visitor: Visitor, number: int) -> None:
    """Follow the link of a step; the page that it leads to is there for this role."""
    link = visitor.page.locator(f"#step-{number} dd a")
    visitor.reach(link)
    with visitor.page.expect_navigation() as navigated:
        visitor.page.keyboard.press("Enter")
    answer = navigated.value
    assert answer is not None
    assert answer.status == 200, f"{answer.url} answered {answer.status}"
