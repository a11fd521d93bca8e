"""Somebody with a browser and a keyboard, and nothing to point with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.system.waiting import wait_for

MOST_TABS = 160
DATE_LABELS = ("Day", "Month", "Year")


class Visitor:
    """A person at a page. What they do is done with Tab, Enter, Space, arrows and letters."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self._hear(str(error)))

    def sign_in(self, organisation: str, role: str) -> None:
        """Choose an organisation by its first letters and be one of its people."""
        self.open("/")
        self.reach(self.page.get_by_label("Organisation"))
        self.page.keyboard.type(organisation)
        self.press("Show its people")
        self.press(f", {role}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Your tasks")

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
        """Press the first button of the page's own part with these words."""
        self.reach(self.page.get_by_role("main").get_by_role("button", name=words).first)
        self.page.keyboard.press("Enter")

    def follow(self, words: str) -> None:
        """Follow the first link of the page's own part with these words."""
        self.reach(self.page.get_by_role("main").get_by_role("link", name=words).first)
        self.page.keyboard.press("Enter")

    def follow_the_error(self, words: str, field: str) -> None:
        """The summary says what is wrong, the title too, and its link puts the focus into the field.

        ``field``: the element's id; of a date that is the box that is wrong.
        """
        expect(self.page.get_by_role("alert")).to_contain_text("There is a problem")
        expect(self.page).to_have_title(re.compile("^Error: .* – Working Carers$"))
        expect(self.page.locator(f"#{re.sub('-(day|month|year)$', '', field)}-error")).to_contain_text(words)
        self._fits()
        self.reach(self.page.get_by_role("alert").get_by_role("link", name=words))
        self.page.keyboard.press("Enter")
        expect(self.page.locator(f"#{field}")).to_be_focused()

    def tick(self, words: str) -> None:
        """Tick a box, or take the tick away."""
        self.reach(self.page.get_by_label(words))
        self.page.keyboard.press("Space")

    def choose(self, name: str, words: str) -> None:
        """Choose one of several with the arrow keys. ``name``: the field's."""
        radios = self.page.locator(f"input[type=radio][name={name}]")
        wanted = radios.and_(self.page.get_by_label(words)).first
        self.reach(radios.first)
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        for _ in range(10):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not reach {words}")

    def pick(self, label: str, words: str) -> None:
        """Choose from a list with the arrow keys."""
        field = self.page.get_by_label(label)
        self.reach(field)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if words in field.locator("option:checked").inner_text():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} does not offer {words}")

    def write(self, label: str, text: str) -> None:
        """Fill in a field; with nothing, empty it."""
        self._write(self.page.get_by_label(label, exact=True), text)

    def write_day(self, day: date | tuple[int | str, int | str, int | str], legend: str = "") -> None:
        """Fill in the three fields of a date, which may be no real one. ``legend``: where a page has several."""
        numbers = (day.day, day.month, day.year) if isinstance(day, date) else day
        within: Page | Locator = self.page.get_by_role("group", name=legend, exact=True) if legend else self.page
        for label, number in zip(DATE_LABELS, numbers, strict=True):
            self._write(within.get_by_label(label, exact=True), str(number))

    def sees(self, *words: str) -> None:
        """What the page says; looks again until it does."""
        for each in words:
            expect(self.page.get_by_role("main")).to_contain_text(each)
        self._fits()

    def sees_nothing_of(self, *words: str) -> None:
        """What the page that is open does not say."""
        for each in words:
            expect(self.page.get_by_role("main")).not_to_contain_text(each)

    def sees_at(self, path: str, words: str, seconds: float = 10) -> None:
        """Load a page again until it says something."""
        self._look_until(path, f"says {words!r}", lambda said: words in said, seconds)

    def sees_no_more_at(self, path: str, words: str, seconds: float = 10) -> None:
        """Load a page again until it says something no longer."""
        self._look_until(path, f"says {words!r} no more", lambda said: words not in said, seconds)

    def table(self, caption: str) -> list[list[str]]:
        """The cells of a table's rows, without its headings."""
        table = self.page.get_by_role("table", name=caption)
        expect(table).to_be_visible()
        rows = table.locator("tbody tr").all()
        return [[_line(cell) for cell in row.locator("th, td").all_inner_texts()] for row in rows]

    def _look_until(self, path: str, what: str, there: Callable[[str], bool], seconds: float) -> None:
        def looked() -> bool:
            self.open(path)
            return there(_line(self.page.get_by_role("main").inner_text()))

        wait_for(f"{path} {what}", looked, seconds)

    def _write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        if text:
            self.page.keyboard.type(text)
        else:
            self.page.keyboard.press("Delete")

    def _fits(self) -> None:
        """Nothing is wider than the window."""
        wider = self.page.locator("html").evaluate("element => element.scrollWidth - element.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider} px wider than its window"

    def _hear(self, words: str) -> None:
        """Keep what the console says, but for pages that refuse: that they do is asserted where it is so."""
        if not re.search(r"status of 4\d\d", words):
            self.complaints.append(f"{self.page.url}: {words}")


def _line(text: str) -> str:
    return " ".join(text.split())
