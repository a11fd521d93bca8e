"""The trail's page: stories, every step, how far each service is, and who may look."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.runtime.health import Health, SourceHealth
from shared.web.step_words import STEPS
from shared.web.trail import TrailRow
from tests.shared.web.fakes import CARER, OPERATOR, MemoryWiring
from tests.web_client import SampleSettings, WebClient, web_client

ROW = TrailRow("errands", "e1", 7, "2026-03-13T09:05:07+00:00", "errands.errand.written-down", "dft")
LEAVE = [
    replace(ROW, what="leave.notice.confirmed", position=9, time="2026-03-13T09:06:00+00:00"),
    replace(ROW, what="leave.notice.requested", position=8),
]


def test_a_newcomer_is_told_stories_by_day(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = LEAVE
    page = carer.text("/trail")
    told = "Friday 13 March 2026 Carer’s leave, Department for Transport A carer asked for leave"
    assert f"{told}, a request was confirmed 9:05am to 9:06am" in page
    wiring.rows = [replace(row, thread=1) for row in LEAVE]
    assert f"{told} → , then a request was confirmed" in carer.text("/trail")
    assert "Position" not in page


def test_how_a_step_travels_is_drawn_and_told(carer: WebClient) -> None:
    page = carer.get("/trail").text
    assert '<svg class="carers-chart" viewBox="0 0 280 356" width="280" height="356" role="img"' in page
    assert "style=" not in page
    for words in ("Log.", "Bus.", "Inbox.", "Lists."):
        assert f"<strong>{words}</strong>" in page


def older(page: str) -> str:
    """Where the link to older steps leads, empty where there is none."""
    found = re.search(r'href="([^"]*)">Older steps</a>', page)
    return html.unescape(found[1]) if found else ""


@pytest.mark.parametrize("first", ["/trail", "/trail?view=steps", "/trail?view=steps&service=errands"])
def test_one_reads_on_to_the_first_step_and_meets_each_once(carer: WebClient, wiring: MemoryWiring, first: str) -> None:
    start = datetime(2026, 3, 13, 9, 5, tzinfo=UTC)
    kinds = ("errands.errand.written-down", "errands.errand.done")
    wiring.rows = [
        replace(ROW, position=n, what=kinds[n % 2], time=(start - timedelta(days=100 - n)).isoformat())
        for n in range(90, 0, -1)
    ]
    address, pages = first, []
    while address:
        pages.append(carer.get(address).text)
        address = older(pages[-1])
    assert len(pages) in (3, 4)
    told = [len(re.findall("Errand (?:written down|done)", page)) for page in pages]
    assert sum(told) == 90
    assert "Follow it" in pages[0]
    assert "Follow it" not in pages[1]
    assert "Show everything, with the latest first" in pages[-1]


def test_older_steps_of_one_organisation_are_looked_for_further_back(carer: WebClient, wiring: MemoryWiring) -> None:
    many = [replace(ROW, position=number) for number in range(1500, 1, -1)]
    wiring.rows = [*many, replace(ROW, position=1, organisation="centre", time="2025-03-13T09:05:07+00:00")]
    page = carer.get("/trail?organisation=centre").text
    assert "Nothing of this is among the newest steps" in page
    page = carer.get(older(page)).text
    assert "Thursday 13 March 2025" in page
    assert older(page) == ""


def test_no_step_is_called_by_its_name_in_the_log(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, what=what, position=place) for place, what in enumerate(STEPS, 1)][::-1]
    page = carer.text("/trail?view=steps")
    for words in ("A late request was not accepted", "A carer cancelled days", "A carer asked for leave"):
        assert words in page
    assert "waived" not in page.lower()
    assert "withdrawn" not in page.lower()


def test_what_is_happening_now_is_said_first(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = LEAVE
    assert "Now: Every service is up to date. The newest step was recorded by Errands." in carer.text("/trail")
    wiring.figures = Health(True, sources=(SourceHealth("leave", 1200, 75.0),))
    assert "Now: Errands is taking in 1,200 steps of Leave." in carer.text("/trail")
    wiring.figures = Health(False, known=False)
    assert "Now: Not everything is known: Errands does not answer." in carer.text("/trail")


def test_stories_are_narrowed_down_and_a_link_leads_back(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [*LEAVE, replace(ROW, what="leave.day.taken", organisation="centre")]
    page = carer.get("/trail?organisation=centre").text
    assert "A day was taken" in page
    assert "A carer asked for leave" not in page
    assert '<option value="centre" selected>Central team</option>' in page
    assert 'href="/trail?follow=yes&amp;organisation=centre"' in page
    assert 'href="/trail">Show everything, with the latest first</a>' in page
    assert "Nothing of this is among the newest steps" in carer.text("/trail?service=leave")
    assert "Nothing of this is among the newest steps" in carer.text("/trail?organisation=nobody&view=steps")


def test_every_step_is_narrowed_down_too(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [*LEAVE, replace(ROW, organisation="centre", position=5)]
    page = carer.text("/trail?view=steps&organisation=centre")
    assert "Errand written down Central team 5" in page
    assert "A request was confirmed" not in page


def test_a_view_that_there_is_not_is_told(carer: WebClient) -> None:
    answer = carer.get("/trail?view=nothing")
    assert answer.status_code == 404
    assert "There is no such view." in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "?older=<b>.1.leave.0",
        "?older=leave.99999999999999999999",
        "?service=<b>",
        "?organisation=%27;--",
        f"?organisation={'a' * 900}",
    ],
)
def test_what_nobody_can_ask_for_harms_nothing(carer: WebClient, wiring: MemoryWiring, query: str) -> None:
    wiring.rows = LEAVE
    answer = carer.get(f"/trail{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.text
    assert "a" * 100 not in answer.text


def test_a_page_that_is_followed_stays_followed_in_another_view(carer: WebClient) -> None:
    page = carer.get("/trail?follow=yes").text
    assert 'href="/trail?view=steps&amp;follow=yes"' in page
    assert '<input type="hidden" name="follow" value="yes">' in page


def test_the_trail_tells_steps_in_plain_words(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, what="errands.return.reported", position=8, revision=2), ROW]
    page = carer.text("/trail?view=steps")
    assert "13 March, 9:05:07am Errands Errand written down Department for Transport 7" in page
    assert "Return reported (revision 2)" in page


def test_the_trail_names_an_organisation_that_nobody_knows_by_its_address(
    carer: WebClient, wiring: MemoryWiring
) -> None:
    wiring.rows = [replace(ROW, organisation="ministry-of-works")]
    assert "Errand written down Ministry of works 7" in carer.text("/trail?view=steps")


def test_a_long_run_of_equal_steps_is_one_line(carer: WebClient, wiring: MemoryWiring) -> None:
    run = [replace(ROW, position=number, organisation=("dft", "hmrc")[number % 2]) for number in range(1200, 100, -1)]
    wiring.rows = [replace(ROW, position=1201, what="errands.errand.done"), *run]
    page = carer.text("/trail?view=steps")
    assert "Errand done Department for Transport 1201" in page
    assert "Errand written down, 1,100 times 2 organisations 101 to 1200" in page


def test_a_run_longer_than_what_is_looked_at_says_so(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, position=number) for number in range(5000, 0, -1)]
    assert "Errand written down, at least 2,000 times Department for Transport 3001 to 5000" in carer.text(
        "/trail?view=steps"
    )


def test_a_few_equal_steps_are_listed_each(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, position=number) for number in (10, 9, 8, 7)]
    assert carer.text("/trail?view=steps").count("Errand written down Department for Transport") == 4


def test_the_trail_tells_how_far_each_service_is(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.figures = Health(True, sources=(SourceHealth("leave", 12, 75.0, parked=1, held=2),))
    assert "Errands Leave 12 to go, oldest 75 seconds 1 2" in carer.text("/trail?view=services")


def test_the_trail_loads_itself_again_only_when_asked(carer: WebClient) -> None:
    assert 'http-equiv="refresh"' not in carer.get("/trail").text
    assert 'http-equiv="refresh" content="3"' in carer.get("/trail?follow=yes").text


def test_the_trail_is_for_operators_outside_the_demonstration(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    assert client.signed_in(OPERATOR).get("/trail").status_code == 200
    assert client.signed_in(CARER).get("/trail").status_code == 404
