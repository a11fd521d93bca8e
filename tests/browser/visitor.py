"""Somebody with a browser and a keyboard, and nothing to point with."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.system.waiting import wait_for

MOST_TABS = 120


class Visitor:
    """A person at a page. What they do is done with Tab, Enter, Space, arrows and letters."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, organisation: str, role: str) -> None:
        """Choose an organisation by its first letters and be one of its people."""
        self.open("/")
        self.reach(self.page.get_by_label("Organisation"))
        self.page.keyboard.type(organisation)
        self.press("Show its people")
        self.press(f", {role}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What waits for you")

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.address + path)

    def reach(self, wanted: Locator) -> None:
        """Go on with Tab until it has the focus."""
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {wanted} on {self.page.url}")

    def press(self, words: str) -> None:
        """Press the first button with these words."""
        self.reach(self.page.get_by_role("button", name=words).first)
        self.page.keyboard.press("Enter")

    def follow(self, words: str) -> None:
        """Follow the first link of the page's own part with these words."""
        self.reach(self.page.get_by_role("main").get_by_role("link", name=words).first)
        self.page.keyboard.press("Enter")

    def tick(self, words: str) -> None:
        """Tick a box."""
        self.reach(self.page.get_by_label(words))
        self.page.keyboard.press("Space")

    def choose(self, name: str, words: str) -> None:
        """Choose one of several with the arrow keys. ``name``: the field's."""
        wanted = self.page.get_by_label(words)
        self.reach(self.page.locator(f"input[type=radio][name={name}]").first)
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        for _ in range(10):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not reach {words}")

    def write(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def write_day(self, day: date) -> None:
        """Fill in the three fields of a date."""
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.write(label, str(number))

    def sees(self, *words: str) -> None:
        """What the page says; looks again until it does."""
        for each in words:
            expect(self.page.get_by_role("main")).to_contain_text(each)

    def sees_at(self, path: str, words: str, seconds: float = 10) -> None:
        """Load a page again until it says something."""

        def said() -> bool:
            self.open(path)
            return words in " ".join(self.page.get_by_role("main").inner_text().split())

        wait_for(f"{path} says {words!r}", said, seconds)
