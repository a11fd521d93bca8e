"""One's own change at once: the next page waits for it, up to a second."""

from __future__ import annotations

import threading
import time

from shared.web.read_your_writes import COOKIE
from tests.shared.web.fakes import HR, MemoryWiring
from tests.web_client import WebClient, words_of

WRITE = {"day-day": "13", "day-month": "3", "day-year": "2026", "part": "am"}
LATE = "lists are still catching up"


def test_the_next_page_tells_what_was_done_once(carer: WebClient) -> None:
    answer = carer.post_form("/errands/new", WRITE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/errands/")
    page = carer.text("/errands/")
    assert "Your errand is written down" in page
    assert LATE not in page
    assert "Your errand is written down" not in carer.text("/errands/")


def test_the_next_page_waits_until_lists_show_the_change(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.shown = 0
    carer.post_form("/errands/new", WRITE)
    threading.Timer(0.2, lambda: setattr(wiring, "shown", 1)).start()
    began = time.monotonic()
    page = carer.text("/errands/")
    assert time.monotonic() - began > 0.15
    assert LATE not in page


def test_after_a_second_the_page_says_that_lists_are_catching_up(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.shown = 0
    carer.post_form("/errands/new", WRITE)
    began = time.monotonic()
    page = carer.text("/errands/")
    assert time.monotonic() - began >= 1.0
    assert LATE in page
    assert "Your errand is written down" in page


def test_an_error_page_on_the_way_does_not_swallow_the_news(carer: WebClient) -> None:
    carer.post_form("/errands/new", WRITE)
    carer.get("/nothing")
    carer.get("/static/carers.css")
    assert "Your errand is written down" in carer.text("/errands/")


def test_the_news_cannot_be_written_by_others(carer: WebClient, client: WebClient) -> None:
    carer.post_form("/errands/new", WRITE)
    stolen = carer.http.get_cookie(COOKIE)
    assert stolen is not None
    other = client.signed_in(HR)
    for value in (stolen.value, stolen.value + "0", "e30.", "e30", "", "%ff.00", "ü.ü"):
        other.http.set_cookie(COOKIE, value)
        answer = other.get("/errands/")
        assert answer.status_code == 200
        assert "written down" not in words_of(answer.text)
