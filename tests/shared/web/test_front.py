"""The front: home, the trail, the demonstration's date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.kernel.clock import OffsetClock
from shared.web.actor import Actor
from shared.web.health import Health, SourceHealth
from shared.web.home import HomeItem, HomeKind, HomePart, soonest_first
from shared.web.home_page import by_words
from shared.web.peers import Peers
from shared.web.testing import SampleSettings, WebClient, web_client
from shared.web.trail import TrailRow
from tests.shared.web.fakes import CARER, OPERATOR, PAYROLL, MemoryWiring

ADVISER = Actor("77777777-7777-4777-8777-777777777777", "dft", frozenset({"hr"}))


def kind(items: Iterable[HomeItem]) -> HomeKind:
    return HomeKind("Chores", tuple(soonest_first(items)))


ROW = TrailRow("errands", "e1", 7, "2026-03-13T09:05:07+00:00", "errands.errand.written-down", "dft")


def test_home_tells_what_waits_and_where_to_go(carer: WebClient) -> None:
    page = carer.get("/").text
    link = '<a class="govuk-link govuk-task-list__link" href="/errands/">1 errand waits for you<br>T1001, Planner</a>'
    assert link in page
    assert 'href="/trail"' in page
    heading = "Errands to run (1) 1 errand waits for you T1001, Planner"
    assert f"{heading} If you do nothing: The shop closes. Overdue: was due by 12 March 2026" in carer.text("/")


def test_home_tells_how_ones_own_things_stand(carer: WebClient) -> None:
    assert "At a glance Errands My errands (Errands) Fetched 2 of 3 All services Errands" in carer.text("/")


def test_home_says_who_one_is_and_what_there_is(carer: WebClient, client: WebClient) -> None:
    assert "Carer, Department for Transport Your tasks" in carer.text("/")
    page = client.signed_in(ADVISER).text("/")
    assert "All services Errands : Write down what you fetch for others." in page
    assert "At a glance" not in page


def test_home_says_when_nothing_waits_and_where_nothing_is(client: WebClient) -> None:
    page = client.signed_in(PAYROLL).text("/")
    assert "You have no tasks. New tasks appear here" in page


def test_home_says_whom_to_ask_where_no_service_is_for_ones_role(
    settings: SampleSettings, wiring: MemoryWiring
) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    assert "Ask your HR team if you think that is wrong" in client.signed_in(PAYROLL).text("/")
    assert "Ask your HR team if you think that is wrong" not in client.signed_in(CARER).text("/")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (None, ""),
        (date(2026, 3, 12), "Overdue: was due by 12 March 2026"),
        (date(2026, 3, 13), "Today, 13 March 2026"),
        (date(2026, 3, 14), "By 14 March 2026"),
    ],
)
def test_what_is_overdue_or_for_today_says_so_in_words(by: date | None, words: str) -> None:
    assert by_words(by, date(2026, 3, 13)) == words


def test_home_puts_the_soonest_first_across_services_and_what_has_no_date_last(
    carer: WebClient, wiring: MemoryWiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = {"errands": [date(2026, 3, 20), None, date(2026, 3, 14)], "chores": [date(2026, 3, 15)]}
    parts = {
        name: HomePart(name, "", (kind(HomeItem(f"{name} {day}", "/", "Nothing.", by=day) for day in found),))
        for name, found in days.items()
    }
    monkeypatch.setattr(Peers, "homes_for", lambda *_: (parts, []))
    page = carer.get("/").text
    assert page.count("Chores (4)") == 1
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
    part = HomePart("Errands", "", (HomeKind("Errands to run", items, "/errands/all", more=7),))
    monkeypatch.setattr(Peers, "homes_for", lambda *_: ({"errands": part}, []))
    page = carer.get("/").text
    assert "Errands to run (57)" in page
    assert 'href="/errands/all">See all 57' in page
    assert page.index("Errand 4") < page.index("Show 45 more") < page.index("Errand 5<")


def test_days_that_the_law_sets_come_first_however_late_they_are(
    carer: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, soon = date(2026, 4, 1), date(2026, 3, 1)
    course = HomeKind("Training", (HomeItem("A course", "/", "Nothing.", by=soon),))
    leave = HomeKind("Leave to decide", (HomeItem("Time away", "/", "It lapses.", by=late),), legal=True)
    parts = {"a": HomePart("A", "", (course,)), "b": HomePart("B", "", (leave,))}
    monkeypatch.setattr(Peers, "homes_for", lambda *_: (parts, []))
    page = carer.text("/")
    assert page.index("Leave to decide (1)") < page.index("Training (1)")


def test_home_tells_an_operator_what_stands_still_and_nobody_else(
    client: WebClient, carer: WebClient, wiring: MemoryWiring
) -> None:
    operator = client.signed_in(OPERATOR)
    assert "could not take in" not in operator.text("/")
    wiring.figures = Health(
        True, sources=(SourceHealth("leave", 0, 0.0, parked=2), SourceHealth("x", 0, 0.0, parked=1))
    )
    assert (
        "Parked messages (1) Errands could not take in 3 messages If you do nothing: They stay parked"
        in operator.text("/")
    )
    assert "could not take in" not in carer.text("/")


def test_home_stays_up_when_a_service_fails(carer: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    peers = carer.app.extensions["working-carers-peers"]
    monkeypatch.setitem(peers.homes, "errands", lambda _: 1 / 0)
    page = carer.text("/")
    assert "Errands is not available at the moment" in page


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


def test_home_lists_services_in_the_order_of_ones_work_and_then_by_their_titles(
    carer: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"a": HomePart("Zeal", "Learn."), "b": HomePart("Aid", "Rest."), "errands": HomePart("Errands", "Run.")}
    monkeypatch.setattr(Peers, "homes_for", lambda *_: (parts, []))
    assert "Errands : Run. Aid : Rest. Zeal : Learn." in carer.text("/")
