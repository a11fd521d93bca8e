"""What accreditation has on the home page: courses to do, one's own and the team's; for HR what ends or is vacant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.accreditation.domain.commands import VacateChampion
from shared.web.actor import Actor
from tests.accreditation.builders import HR, MANAGER, ORGANISATION
from tests.accreditation.rig import DAY, STRANGER_ACTOR, Rig
from tests.web_client import WebClient, web_client

SECOND = "44444444-4444-4444-8444-444444444444"
OPERATOR = Actor("88888888-8888-4888-8888-888888888888", ORGANISATION, frozenset({"operator"}))


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app, nobody signed in."""
    return web_client({"accreditation": rig.wiring}, clock=rig.clock)


def waiting(client: WebClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.home("accreditation")["waiting"]
    return found


def about(client: WebClient, words: str) -> dict[str, Any]:
    (found,) = (item for item in waiting(client) if words in item["text"])
    return found


def facts(client: WebClient) -> dict[str, str]:
    return {fact["name"]: fact["value"] for fact in client.home("accreditation")["standing"]["facts"]}


def test_a_course_past_its_grace_is_overdue(rig: Rig, carer: WebClient) -> None:
    rig.course(grace_days=30)
    assert waiting(carer) == [
        {
            "text": "Take the course Carer aware",
            "href": "/accreditation/",
            "silence": "You count as not trained until it is recorded that you took it.",
            "who": "",
            "by": "2025-01-30",
            "kind": "Your training",
        }
    ]


def test_a_course_in_grace_says_from_when_one_counts_as_not_trained(rig: Rig, carer: WebClient) -> None:
    rig.course(grace_days=30, starts=DAY)
    assert about(carer, "Carer aware")["silence"] == "From 1 April 2026 you count as not trained."
    assert about(carer, "Carer aware")["by"] == "2026-03-31"


@pytest.mark.parametrize("grace", [0, 366])
def test_a_course_that_is_done_waits_no_longer_in_grace_or_past_it(rig: Rig, carer: WebClient, grace: int) -> None:
    rig.course(grace_days=grace, starts=date(2025, 6, 2))
    rig.complete()
    assert waiting(carer) == []


def test_a_course_that_one_is_let_off_does_not_wait(rig: Rig, carer: WebClient) -> None:
    rig.course()
    rig.exempt(date(2026, 1, 1))
    assert waiting(carer) == []


def test_a_managers_team_has_one_line_a_course_with_its_people_and_first_day(rig: Rig, manager: WebClient) -> None:
    rig.employ(SECOND, manager=MANAGER, starts="2026-01-01", effective_from=date(2026, 1, 1))
    rig.course(grace_days=30)
    rig.course("welcome", title="Welcome", grace_days=366, starts=date(2025, 6, 2))
    assert about(manager, "in your team have not completed") == {
        "text": "2 people in your team have not completed Carer aware",
        "href": "/accreditation/team",
        "silence": "They count as not trained until it is recorded that they took it.",
        "who": "",
        "by": "2025-01-30",
        "kind": "Training in your team",
    }
    rig.complete()
    found = about(manager, "1 person in your team has not completed Carer aware")
    assert (found["who"], found["by"]) == ("S4444, Policy adviser", "2026-01-30")
    assert not any("team" in item["text"] and "Welcome" in item["text"] for item in waiting(manager))


def test_a_team_that_is_trained_or_anothers_does_not_wait(rig: Rig, manager: WebClient, web: WebClient) -> None:
    rig.course()
    rig.complete()
    assert not any("team" in item["text"] for item in waiting(manager))
    assert not any("team" in item["text"] for item in waiting(web.signed_in(STRANGER_ACTOR)))


def test_an_award_that_ends_soon_says_when_and_what_then(rig: Rig, hr: WebClient, carer: WebClient) -> None:
    rig.award(date(2025, 1, 1), date(2026, 6, 30))
    assert waiting(hr) == [
        {
            "text": "The Carer Confident award ends on 30 June 2026",
            "href": "/accreditation/organisation",
            "silence": "After that day it no longer counts for the organisations that it covers.",
            "who": "",
            "by": "2026-06-30",
            "kind": "Provisions and awards",
        }
    ]
    assert waiting(carer) == []


def test_an_award_that_ends_later_does_not_wait_yet(rig: Rig, hr: WebClient) -> None:
    rig.award(date(2025, 1, 1), date(2026, 12, 31))
    assert waiting(hr) == []


def test_a_vacant_champions_place_counts_for_ninety_days(rig: Rig, hr: WebClient) -> None:
    rig.put_in_place("carers-champion")
    assert waiting(hr) == []
    rig.run(VacateChampion(ORGANISATION, DAY, HR))
    found = about(hr, "Champion")
    assert found["by"] == "2026-05-30"
    assert found["silence"] == "From 31 May 2026 a champion does not count as in place."
    rig.until(date(2026, 5, 31))
    assert about(hr, "Champion")["silence"] == "A champion does not count as in place until you name somebody."


def test_a_provision_whose_day_has_come_is_to_be_looked_at_again(rig: Rig, hr: WebClient) -> None:
    rig.put_in_place("carers-network", review_on=date(2026, 3, 3))
    assert waiting(hr) == []
    rig.until(date(2026, 3, 3))
    assert about(hr, "Review")["by"] == "2026-03-03"
    assert about(hr, "Review")["href"] == "/accreditation/provisions/carers-network"


def test_how_ones_own_training_stands(rig: Rig, carer: WebClient, web: WebClient) -> None:
    assert facts(carer) == {"Courses": "You do not have to take any courses."}
    rig.course()
    rig.course("later", title="Later", grace_days=30, starts=DAY)
    assert facts(carer) == {"Carer aware": "Overdue, by 31 December 2024", "Later": "To do, by 31 March 2026"}
    rig.complete()
    rig.complete(code="later", on=DAY)
    assert facts(carer) == {
        "Carer aware": "Completed, valid until 1 February 2027",
        "Later": "Completed, valid until 1 March 2027",
    }
    nobody = Actor(OPERATOR.person, ORGANISATION, frozenset({"carer"}))
    assert web.signed_in(nobody).home("accreditation")["standing"] is None
    assert web.signed_in(OPERATOR).home("accreditation")["standing"] is None


def test_a_course_that_counts_for_ever_has_no_last_day(rig: Rig, carer: WebClient) -> None:
    rig.course(validity_months=None)
    rig.complete()
    assert facts(carer) == {"Carer aware": "Completed"}


def test_hr_sees_how_many_must_still_take_a_course(rig: Rig, hr: WebClient, carer: WebClient) -> None:
    rig.course()
    found = about(hr, "must still take Carer aware")
    assert found["text"].endswith(" people must still take Carer aware")
    assert (found["kind"], found["by"]) == ("Training in your organisation", None)
    assert not any("must still take" in item["text"] for item in waiting(carer))


def test_what_others_record_of_ones_training_is_told(rig: Rig, carer: WebClient, hr: WebClient) -> None:
    rig.course()
    rig.due()
    rig.complete()
    rig.exempt(date(2026, 4, 1), date(2026, 4, 30), note="Plantednote")
    found = carer.home("accreditation")["news"]
    assert [each["text"] for each in found] == [
        "You do not need to take Carer aware from 1 April 2026 until 30 April 2026",
        "Recorded: you completed Carer aware on 2 February 2026",
        "You must take Carer aware by 31 December 2024",
    ]
    assert {each["href"] for each in found} == {"/accreditation/"}
    assert "Plantednote" not in carer.get("/").text
    assert not any("completed" in each["text"] for each in hr.home("accreditation")["news"])
