"""The front: home, the trail, the demonstration's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.kernel.clock import OffsetClock
from shared.web.actor import Actor
from shared.web.front import by_words
from shared.web.health import Health, SourceHealth
from shared.web.home import HomeItem, HomePart
from shared.web.peers import Peers
from shared.web.testing import SampleSettings, WebClient, web_client
from shared.web.trail import TrailRow
from tests.shared.web.fakes import CARER, OPERATOR, PAYROLL, MemoryWiring

ADVISER = Actor("77777777-7777-4777-8777-777777777777", "dft", frozenset({"hr"}))

ROW = TrailRow("errands", "e1", 7, "2026-03-13T09:05:07+00:00", "errands.errand.written-down", "dft")


def test_home_tells_what_waits_and_where_to_go(carer: WebClient) -> None:
    page = carer.get("/").text
    who = '<span class="govuk-visually-hidden">: T1001, Planner</span>'
    assert f'<a class="govuk-link" href="/errands/">1 errand waits for you{who}</a>' in page
    assert 'href="/trail"' in page
    headings = "What Who By If nothing is done"
    cells = "1 errand waits for you : T1001, Planner T1001, Planner Overdue: was due by 12 March 2026 The shop closes."
    assert f"{headings} {cells}" in carer.text("/")


def test_home_tells_how_ones_own_things_stand(carer: WebClient) -> None:
    assert "How things stand Errands My errands (Errands) Fetched 2 of 3 Go to Errands" in carer.text("/")


def test_home_says_who_one_is_and_what_there_is(carer: WebClient, client: WebClient) -> None:
    assert "Carer, Department for Transport What waits for you" in carer.text("/")
    page = client.signed_in(ADVISER).text("/")
    assert "Go to Errands : Write down what you fetch for others." in page
    assert "How things stand" not in page


def test_home_says_when_nothing_waits_and_where_nothing_is(client: WebClient) -> None:
    page = client.signed_in(PAYROLL).text("/")
    assert "Nothing waits for you just now. What needs you appears here by itself" in page


def test_home_says_whom_to_ask_where_no_service_is_for_ones_role(
    settings: SampleSettings, wiring: MemoryWiring
) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    assert "Ask your HR team if you think that is wrong" in client.signed_in(PAYROLL).text("/")
    assert "Ask your HR team if you think that is wrong" not in client.signed_in(CARER).text("/")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (None, "No date"),
        (date(2026, 3, 12), "Overdue: was due by 12 March 2026"),
        (date(2026, 3, 13), "Today, 13 March 2026"),
        (date(2026, 3, 14), "14 March 2026"),
    ],
)
def test_what_is_overdue_or_for_today_says_so_in_words(by: date | None, words: str) -> None:
    assert by_words(by, date(2026, 3, 13)) == words


def test_home_puts_the_soonest_first_across_services_and_what_has_no_date_last(
    carer: WebClient, wiring: MemoryWiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = {"errands": [date(2026, 3, 20), None, date(2026, 3, 14)], "chores": [date(2026, 3, 15)]}
    parts = {
        name: HomePart(name, "", tuple(HomeItem(f"{name} {day}", "/", "Nothing.", by=day) for day in found))
        for name, found in days.items()
    }
    monkeypatch.setattr(Peers, "homes_for", lambda *_: (parts, []))
    page = carer.get("/").text
    places = [
        page.index(f"{name} {day}<")
        for name, day in (
            ("errands", "2026-03-14"),
            ("chores", "2026-03-15"),
            ("errands", "2026-03-20"),
            ("errands", "None"),
        )
    ]
    assert places == sorted(places)


def test_home_says_how_many_more_there_are_and_where(carer: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    items = tuple(HomeItem(f"Errand {number}", "/errands/", "Nothing.") for number in range(50))
    part = HomePart("Errands", "", items, more=7, more_href="/errands/all")
    monkeypatch.setattr(Peers, "homes_for", lambda *_: ({"errands": part}, []))
    assert '<a class="govuk-link" href="/errands/all">And 7 more under Errands</a>' in carer.get("/").text


def test_home_tells_an_operator_what_stands_still_and_nobody_else(
    client: WebClient, carer: WebClient, wiring: MemoryWiring
) -> None:
    operator = client.signed_in(OPERATOR)
    assert "could not take in" not in operator.text("/")
    wiring.figures = Health(
        True, sources=(SourceHealth("leave", 0, 0.0, parked=2), SourceHealth("x", 0, 0.0, parked=1))
    )
    assert "Messages that Errands could not take in: 3 No date They stay parked" in operator.text("/")
    assert "could not take in" not in carer.text("/")


def test_home_stays_up_when_a_service_fails(carer: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    peers = carer.app.extensions["working-carers-peers"]
    monkeypatch.setitem(peers.homes, "errands", lambda _: 1 / 0)
    page = carer.text("/")
    assert "Errands does not answer just now" in page


def test_the_trail_tells_steps_in_plain_words(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, what="errands.return.reported", position=8, revision=2), ROW]
    page = carer.text("/trail")
    assert "13 March, 9:05:07am Errands Errand written down Department for Transport 7" in page
    assert "Return reported (revision 2)" in page


def test_the_trail_names_an_organisation_that_nobody_knows_by_its_address(
    carer: WebClient, wiring: MemoryWiring
) -> None:
    wiring.rows = [replace(ROW, organisation="ministry-of-works")]
    assert "Errand written down Ministry of works 7" in carer.text("/trail")


def test_a_long_run_of_equal_steps_is_one_line(carer: WebClient, wiring: MemoryWiring) -> None:
    run = [replace(ROW, position=number, organisation=("dft", "hmrc")[number % 2]) for number in range(1200, 100, -1)]
    wiring.rows = [replace(ROW, position=1201, what="errands.errand.done"), *run]
    page = carer.text("/trail")
    assert "Errand done Department for Transport 1201" in page
    assert "Errand written down, 1,100 times 2 organisations 101 to 1200" in page


def test_a_run_longer_than_what_is_looked_at_says_so(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, position=number) for number in range(5000, 0, -1)]
    assert "Errand written down, at least 2,000 times Department for Transport 3001 to 5000" in carer.text("/trail")


def test_a_few_equal_steps_are_listed_each(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.rows = [replace(ROW, position=number) for number in (10, 9, 8, 7)]
    assert carer.text("/trail").count("Errand written down Department for Transport") == 4


def test_the_trail_tells_how_far_each_service_is(carer: WebClient, wiring: MemoryWiring) -> None:
    wiring.figures = Health(True, sources=(SourceHealth("leave", 12, 75.0, parked=1, held=2),))
    assert "Errands Leave 12 to go, oldest 75 seconds 1 2" in carer.text("/trail")


def test_the_trail_loads_itself_again_only_when_asked(carer: WebClient) -> None:
    assert 'http-equiv="refresh"' not in carer.get("/trail").text
    assert 'http-equiv="refresh" content="3"' in carer.get("/trail?follow=yes").text


def test_the_trail_is_for_operators_outside_the_demonstration(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    assert client.signed_in(OPERATOR).get("/trail").status_code == 200
    assert client.signed_in(CARER).get("/trail").status_code == 404


@pytest.fixture
def moving(settings: SampleSettings, wiring: MemoryWiring, tmp_path: Path) -> WebClient:
    """The carer, in a demonstration whose date can be moved."""
    client = web_client({"errands": wiring}, clock=OffsetClock(tmp_path / "clock"), settings=settings)
    return client.signed_in(CARER)


def test_the_date_moves_by_one_day(moving: WebClient, tmp_path: Path) -> None:
    clock = OffsetClock(tmp_path / "clock")
    before = clock.now()
    assert moving.post_form("/clock", {}).status_code == 303
    assert timedelta(days=1) <= clock.now() - before < timedelta(days=1, minutes=1)
    assert "It is the next day now" in moving.text("/clock")


def test_the_date_stays_while_a_service_is_behind(
    moving: WebClient, wiring: MemoryWiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.web.front.CATCH_UP_SECONDS", 0.1)
    wiring.figures = Health(True, sources=(SourceHealth("leave", 1, 0.5),))
    answer = moving.post_form("/clock", {})
    assert answer.status_code == 409
    assert "still catching up with today" in answer.text
    assert OffsetClock(tmp_path / "clock").offset() == 0


def test_the_date_moves_only_for_this_machine_and_a_signed_in_person(moving: WebClient, tmp_path: Path) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert moving.http.get("/clock", environ_base=elsewhere).status_code == 404
    assert moving.http.post("/clock", data=moving.hidden(), environ_base=elsewhere).status_code == 404
    moving.http.delete_cookie("carers_session")
    assert moving.http.post("/clock", data={}).status_code == 401
    assert OffsetClock(tmp_path / "clock").offset() == 0


def test_a_clock_that_stands_still_says_so(carer: WebClient) -> None:
    answer = carer.post_form("/clock", {})
    assert answer.status_code == 409
    assert "stands still" in answer.text


def test_a_service_process_without_the_front_has_no_start_page(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, front=False).signed_in(CARER)
    assert client.get("/").status_code == 404
    assert client.get("/errands/").status_code == 200


def test_home_has_a_column_of_people_only_where_something_is_about_somebody(
    carer: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who, headings in (("", "What By If"), ("T1001, Planner", "What Who By If")):
        part = HomePart("Errands", "", (HomeItem("An errand", "/errands/", "Nothing.", who=who),))
        monkeypatch.setattr(Peers, "homes_for", lambda *_, part=part: ({"errands": part}, []))
        assert headings in carer.text("/")


def test_home_lists_services_by_their_titles(carer: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"a": HomePart("Training", "Learn.", ()), "b": HomePart("Leave", "Rest.", ())}
    monkeypatch.setattr(Peers, "homes_for", lambda *_: (parts, []))
    assert "Leave : Rest. Training : Learn." in carer.text("/").replace(" Leave:", " Leave :").replace("ing:", "ing :")
