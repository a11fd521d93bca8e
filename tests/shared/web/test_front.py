"""The front: home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from shared.runtime.health import Health, SourceHealth
from shared.web.actor import Actor
from shared.web.home import HomeItem, HomeKind, HomePart, soonest_first
from shared.web.home_page import by_words
from shared.web.service_clients import ServiceClients
from tests.shared.web.fakes import CARER, OPERATOR, PAYROLL, MemoryWiring
from tests.web_client import SampleSettings, WebClient, web_client

ADVISER = Actor("77777777-7777-4777-8777-777777777777", "dft", frozenset({"hr"}))


def kind(items: Iterable[HomeItem]) -> HomeKind:
    return HomeKind("Chores", tuple(soonest_first(items)))


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
    monkeypatch.setattr(ServiceClients, "homes_for", lambda *_: (parts, []))
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
    monkeypatch.setattr(ServiceClients, "homes_for", lambda *_: ({"errands": part}, []))
    page = carer.get("/").text
    assert "Errands to run (57)" in page
    assert 'href="/errands/all">See all 57' in page
    assert page.index("Errand 4") < page.index("Show 45 more") < page.index("Errand 5<")


def test_days_that_the_law_sets_come_first_however_late_they_are(
    carer: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, soon = date(2026, 4, 1), date(2026, 3, 1)
    course = HomeKind("Training", (HomeItem("A course", "/", "Nothing.", by=soon),))
    leave = HomeKind(
        "Requests from people you manage", (HomeItem("Time away", "/", "It lapses.", by=late),), legal=True
    )
    parts = {"a": HomePart("A", "", (course,)), "b": HomePart("B", "", (leave,))}
    monkeypatch.setattr(ServiceClients, "homes_for", lambda *_: (parts, []))
    page = carer.text("/")
    assert page.index("Requests from people you manage (1)") < page.index("Training (1)")


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


def test_a_service_process_without_the_front_has_no_start_page(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, front=False).signed_in(CARER)
    assert client.get("/").status_code == 404
    assert client.get("/errands/").status_code == 200


def test_home_lists_services_in_the_order_of_ones_work_and_then_by_their_titles(
    carer: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"a": HomePart("Zeal", "Learn."), "b": HomePart("Aid", "Rest."), "errands": HomePart("Errands", "Run.")}
    monkeypatch.setattr(ServiceClients, "homes_for", lambda *_: (parts, []))
    assert "Errands : Run. Aid : Rest. Zeal : Learn." in carer.text("/")
