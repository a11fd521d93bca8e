"""The menu has what somebody works with, in the order of their work, and leads to pages that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.kernel.clock import FixedClock
from shared.runtime.service import installed
from shared.web.actor import Actor
from shared.web.menu import MENU
from tests.shared.web.fakes import CARER, FRIDAY, MANAGER, MemoryWiring
from tests.support import settings_for, wired
from tests.web_client import SampleSettings, WebClient, web_client, words_of


def texts(client: WebClient) -> list[str]:
    page = client.get("/accessibility").text
    return [words_of(text) for text in re.findall(r'service-navigation__link"[^>]*>(.*?)</a>', page, re.DOTALL)]


def shown(actor: Actor, *, manages: bool = False) -> list[str]:
    settings = SampleSettings(services=tuple(installed()))
    wiring = MemoryWiring(managers=frozenset({actor.person}) if manages else frozenset())
    client = web_client({"errands": wiring}, clock=FixedClock(FRIDAY), settings=settings).signed_in(actor)
    return texts(client)[1:]


@pytest.mark.parametrize(
    ("roles", "manages", "expected"),
    [
        ({"carer"}, False, ["Leave", "Passport", "Training", "Progress"]),
        (
            {"carer"},
            True,
            ["Team leave", "Team passports", "Team training", "My leave", "My passport", "My training", "Progress"],
        ),
        (
            {"carer", "hr"},
            False,
            ["Staff", "Staff leave", "Staff passports", "Training and provisions", "Figures", "My leave"],
        ),
        ({"payroll"}, False, ["Payroll"]),
        ({"statistics"}, False, ["Progress"]),
        ({"operator"}, False, ["What just happened"]),
    ],
)
def test_each_role_begins_with_its_own_work(roles: set[str], manages: bool, expected: list[str]) -> None:
    actor = Actor(CARER.person, "dft", frozenset(roles))
    found = shown(actor, manages=manages)
    assert [text for text in found if text != "Errands"][: len(expected)] == expected


def test_what_two_roles_work_with_stands_once() -> None:
    assert shown(Actor(CARER.person, "dft", frozenset({"carer", "statistics"}))).count("Progress") == 1


def test_whom_one_managed_once_makes_no_manager() -> None:
    assert "Team leave" not in shown(MANAGER)


def test_every_address_of_the_menu_is_a_page(tmp_path: Path) -> None:
    wirings = {name: wired(name, settings_for(tmp_path)) for name in installed()}
    adapter = web_client(wirings, clock=FixedClock(FRIDAY)).app.url_map.bind("")
    for entry in MENU:
        endpoint, _ = adapter.match(entry.href, method="GET")
        assert endpoint.partition(".")[0] == (entry.service or "front")
    for wiring in wirings.values():
        wiring.close()
