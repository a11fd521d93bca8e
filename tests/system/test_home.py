"""One home page of several services: a manager's one list, and a carer's own things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shared.web.testing import WebClient, web_client, words_of
from tests.accreditation.house import House as Accreditation
from tests.leave.house import CARER_ACTOR, MANAGER_ACTOR
from tests.leave.house import House as Leave
from tests.passport.house import WRITTEN
from tests.passport.house import House as Passport


@pytest.fixture
def web(tmp_path: Path) -> Iterator[WebClient]:
    """Monday 2 March 2026: the carer has given notice twice, signed a passport, and not taken a course."""
    leave, passport = Leave(tmp_path / "leave"), Passport(tmp_path / "passport")
    training = Accreditation(tmp_path / "accreditation")
    leave.give(date(2026, 3, 4))
    leave.give((date(2026, 3, 13), "am"))
    passport.begin(**WRITTEN)
    passport.share()
    passport.talk()
    passport.sign("carer")
    training.course()
    houses = {"leave": leave, "passport": passport, "accreditation": training}
    yield web_client({name: house.wiring for name, house in houses.items()}, clock=leave.clock)
    for house in houses.values():
        house.close()


def rows(client: WebClient) -> list[list[str]]:
    """The list, its cells in words."""
    (body,) = re.findall(r"<tbody.*?</tbody>", client.get("/").text, re.DOTALL)
    found = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    return [[words_of(cell).partition(" : ")[0].strip() for cell in row] for row in found]


def test_a_manager_has_one_list_of_all_that_waits_with_what_silence_does(web: WebClient) -> None:
    overdue = "Overdue: was due by 31 December 2024"
    assert rows(web.signed_in(MANAGER_ACTOR)) == [
        [
            "Take the course Carer aware",
            "",
            overdue,
            "You count as not trained until it is recorded that you took it.",
        ],
        [
            "1 person in your team has not done Carer aware",
            "S1111, Policy adviser",
            overdue,
            "They count as not trained until it is recorded that they took it.",
        ],
        [
            "Late notice of time away: 4 March 2026",
            "S1111, Policy adviser",
            "3 March 2026",
            "It lapses when its first day begins, on 4 March 2026, and the time is given back.",
        ],
        [
            "Time away: 13 March 2026, morning",
            "S1111, Policy adviser",
            "9 March 2026",
            "It stands: after 9 March 2026 it is confirmed by itself and can be postponed no more.",
        ],
        [
            "A passport waits for your signature",
            "S1111, Policy adviser",
            "No date",
            "Nothing is agreed until both have signed.",
        ],
    ]


def test_a_carer_sees_leave_passport_and_training_on_one_page(web: WebClient) -> None:
    page = web.signed_in(CARER_ACTOR).text("/")
    stands = page.partition("How things stand")[2].partition("Go to")[0]
    assert "Next day away 4 March 2026, waits for an answer" in stands
    assert "State Talked about Shared with 1 person" in stands
    assert "Carer aware Overdue, by 31 December 2024" in stands
    for link in ("My leave", "My passport", "My training"):
        assert link in stands
    assert [row[0] for row in rows(web.signed_in(CARER_ACTOR))] == ["Take the course Carer aware"]


def test_each_item_of_each_service_says_what_happens_if_nothing_is_done(web: WebClient) -> None:
    found = [
        item
        for actor in (CARER_ACTOR, MANAGER_ACTOR)
        for service in ("leave", "passport", "accreditation")
        for item in web.signed_in(actor).home(service)["waiting"]
    ]
    assert len(found) == 6
    assert [item for item in found if not re.fullmatch("[A-Z].*[.]", item["silence"])] == []
