"""A service's part of the home page: bounds, and what an earlier or a later release tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.runtime.health import Health, SourceHealth
from shared.web.home import (
    MOST,
    HomeFound,
    HomeItem,
    HomeKind,
    HomePart,
    HomeStanding,
    home_answer,
    home_part,
    home_part_of,
)
from tests.shared.web.errands import SERVICE
from tests.shared.web.fakes import CARER, OPERATOR, MemoryWiring
from tests.web_client import WebClient

ITEM = HomeItem("1 errand waits for you", "/errands/", "The shop closes.", "T1001, Planner", date(2026, 3, 12))
PART = HomePart(
    "Errands",
    "Write down what you fetch for others.",
    (HomeKind("Errands to run", (ITEM,), "/errands/"),),
    HomeStanding((("Fetched", "2 of 3"),), "My errands", "/errands/"),
)


def test_what_is_told_is_what_is_read(carer: WebClient) -> None:
    assert home_part_of(carer.home("errands")) == PART


def test_an_earlier_front_finds_what_it_knows(carer: WebClient) -> None:
    told = carer.home("errands")
    assert told["items"] == [{"text": "1 errand waits for you", "href": "/errands/"}]
    assert (told["title"], told["about"]) == ("Errands", "Write down what you fetch for others.")


def test_an_earlier_service_is_shown_by_what_it_tells() -> None:
    told = {"title": "Errands", "about": "About.", "items": [{"text": "1 errand", "href": "/errands/"}]}
    assert home_part_of(told) == HomePart(
        "Errands", "About.", (HomeKind("Errands", (HomeItem("1 errand", "/errands/", ""),)),)
    )


@pytest.mark.parametrize(
    "more",
    [
        {"colour": "red"},
        {"waiting": [{"text": "1 errand", "href": "/", "urgent": True}]},
        {"standing": {"facts": [{"name": "Fetched", "value": "2", "unit": "bags"}], "link": "All", "colour": 1}},
        {"standing": {}},
        {"standing": {"facts": [{}]}},
    ],
)
def test_what_a_later_service_tells_besides_is_left_aside(carer: WebClient, more: dict[str, Any]) -> None:
    assert home_part_of({**carer.home("errands"), **more}).title == "Errands"
    assert home_part_of(more).about == ""


def test_a_standing_without_anything_is_none(carer: WebClient) -> None:
    for nothing in ({}, None):
        assert home_part_of({**carer.home("errands"), "standing": nothing}).standing is None


def test_who_can_do_nothing_in_a_service_finds_no_title(client: WebClient) -> None:
    told = client.signed_in(OPERATOR).home("errands")
    assert (told["title"], told["about"], told["waiting"], told["standing"]) == ("", "", [], None)


def test_an_operator_sees_how_the_services_do(client: WebClient, wiring: MemoryWiring) -> None:
    assert "Up to date 1 of 1 Messages set aside" in client.signed_in(OPERATOR).text("/")
    wiring.figures = Health(ready=True, sources=(SourceHealth("leave", 12, 75.0, parked=1, held=2, exceptions=3),))
    words = client.signed_in(OPERATOR).text("/")
    assert "Up to date 0 of 1 Messages set aside 1 Messages held back 2 Exceptions after a restore 3" in words
    assert "How far each service is" not in client.signed_in(CARER).text("/")


def test_nobody_is_told_anything_without_signing_in(client: WebClient) -> None:
    assert client.get("/api/errands/home").status_code == 401


def test_at_most_fifty_are_shown_the_soonest_and_the_rest_is_counted(client: WebClient) -> None:
    days = [date(2026, 3, 1 + number % 28) for number in range(MOST + 4)]
    kind = HomeKind("X", [HomeItem("x", "/", "Nothing.", by=day) for day in days], "/all", more=6)
    found = HomeFound([kind, HomeKind("Nothing of this kind", [])])
    with client.app.test_request_context():
        part = home_part(SERVICE, lambda _: found, CARER)
    (shown,) = part.kinds
    assert [item.by for item in shown.items] == sorted(days)[:MOST]
    assert (shown.more, shown.number, shown.href) == (10, MOST + 10, "/all")
    told = home_answer(part)
    assert (told["more"], told["more_href"]) == (10, "/all")
