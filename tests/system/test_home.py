"""One home page of several services: a manager's one list, and a carer's own things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.accreditation.rig import Rig as Accreditation
from tests.leave.rig import CARER_ACTOR, MANAGER_ACTOR
from tests.leave.rig import Rig as Leave
from tests.passport.rig import WRITTEN
from tests.passport.rig import Rig as Passport
from tests.web_client import WebClient, web_client, words_of


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
    yield web_client({name: rig.wiring for name, rig in houses.items()}, clock=leave.clock)
    for rig in houses.values():
        rig.close()


def tasks(client: WebClient) -> list[str]:
    """Headings and tasks in their order, in words."""
    page = client.get("/").text.partition("<h1")[2].partition(">At a glance<")[0]
    found = re.findall(r"<h2[^>]*>(.*?)</h2>|govuk-task-list__link[^>]*>(.*?)</a>", page, re.DOTALL)
    return [words_of(heading or task) for heading, task in found]


def test_a_manager_has_one_list_by_kind_with_the_days_of_the_law_first(web: WebClient) -> None:
    who = "S1111, Policy adviser"
    assert tasks(web.signed_in(MANAGER_ACTOR)) == [
        "Requests from people you manage (2)",
        f"Late request for leave: 4 March 2026 {who}",
        f"Request for leave: 13 March 2026 (morning) {who}",
        "Your training (1)",
        "Take the course Carer aware",
        "Training in your team (1)",
        f"1 person in your team has not completed Carer aware {who}",
        "Passports in your team (1)",
        f"Sign a passport {who}",
    ]


def test_a_carer_sees_leave_passport_and_training_on_one_page(web: WebClient) -> None:
    page = web.signed_in(CARER_ACTOR).text("/")
    stands = page.partition("At a glance")[2].partition("All services")[0]
    assert "Next day away 4 March 2026, not answered yet" in stands
    assert "Status Discussed Shared with 1 person" in stands
    assert "Carer aware Overdue, by 31 December 2024" in stands
    for link in ("My leave", "My passport", "My training"):
        assert link in stands
    assert tasks(web.signed_in(CARER_ACTOR))[:2] == ["Your training (1)", "Take the course Carer aware"]


def test_each_item_of_each_service_says_what_happens_if_nothing_is_done(web: WebClient) -> None:
    found = [
        item
        for actor in (CARER_ACTOR, MANAGER_ACTOR)
        for service in ("leave", "passport", "accreditation")
        for item in web.signed_in(actor).home(service)["waiting"]
    ]
    assert len(found) == 6
    assert [item for item in found if not re.fullmatch("[A-Z].*[.]", item["silence"])] == []
