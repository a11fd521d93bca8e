"""What others did to one's leave stands on one's home page until one has marked it as seen."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select

from shared.store.news import news
from shared.web.actor import Actor
from tests.leave.builders import CARER
from tests.leave.rig import CARER_ACTOR, FRIDAY, HR_ACTOR, MANAGER_ACTOR, Rig
from tests.web_client import WebClient, web_client

LATE = date(2026, 3, 4)
"""Two days after the notice, which is given on Monday 2 March 2026."""


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app, nobody signed in."""
    return web_client({"leave": rig.wiring}, clock=rig.clock)


def told(web: WebClient, actor: Actor = CARER_ACTOR) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = web.signed_in(actor).home("leave")["news"]
    return found


def texts(web: WebClient) -> list[str]:
    return [each["text"] for each in told(web)]


def test_a_confirmation_is_told_with_its_days_and_the_page_of_the_notice(rig: Rig, web: WebClient) -> None:
    notice = rig.give((FRIDAY, "am")).data["notice"]
    assert told(web) == []
    rig.confirm(notice)
    (found,) = told(web)
    assert found.pop("position") == rig.wiring.stores.log.head()[1]
    assert found == {
        "text": "Confirmed by your manager: your leave on 13 March 2026 (morning)",
        "href": f"/leave/notices/{notice}",
        "on": "2026-03-02",
    }


def test_a_confirmation_goes_on_telling_the_days_that_were_confirmed(rig: Rig, web: WebClient) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    rig.confirm(notice)
    rig.postpone(notice, date(2026, 3, 20))
    assert texts(web) == [
        "Postponed: your leave on 13 March 2026. It is now on 20 March 2026",
        "Confirmed by your manager: your leave on 13 March 2026",
    ]


def test_what_the_clock_does_is_told(rig: Rig, web: WebClient) -> None:
    rig.give(FRIDAY)
    rig.give(LATE)
    rig.until(date(2026, 3, 14))
    assert texts(web) == [
        "Recorded as taken: your leave on 13 March 2026",
        "Confirmed automatically: your leave on 13 March 2026",
        "Ended, not answered in time: your late request for leave on 4 March 2026",
    ]


def test_what_a_manager_or_hr_decides_is_told_without_their_reason(rig: Rig, web: WebClient) -> None:
    late = rig.give(LATE).data["notice"]
    rig.not_waive(late, "The desk is not covered")
    notice = rig.give(FRIDAY).data["notice"]
    rig.postpone(notice, date(2026, 3, 20))
    rig.until(date(2026, 3, 21))
    rig.correct(notice, date(2026, 3, 20), Fraction(0), "Worked that day")
    assert texts(web) == [
        "Corrected: your leave on 20 March 2026",
        "Recorded as taken: your leave on 20 March 2026",
        "Postponed: your leave on 13 March 2026. It is now on 20 March 2026",
        "Not accepted, too late: your request for leave on 4 March 2026",
    ]
    page = web.signed_in(CARER_ACTOR).text("/")
    assert "covered" not in page
    assert "Worked that day" not in page


def test_nobody_is_told_what_they_did_themselves(rig: Rig, web: WebClient) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    rig.withdraw(notice)
    for actor in (CARER_ACTOR, MANAGER_ACTOR, HR_ACTOR):
        assert told(web, actor) == []


def test_only_whose_leave_it_is_is_told(rig: Rig, web: WebClient) -> None:
    rig.confirm(rig.give(FRIDAY).data["notice"])
    assert told(web, MANAGER_ACTOR) == told(web, HR_ACTOR) == []


def test_news_stays_until_it_is_marked_and_looking_marks_nothing(rig: Rig, web: WebClient) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    rig.confirm(notice)
    carer = web.signed_in(CARER_ACTOR)
    for address in ("/", f"/leave/notices/{notice}", "/"):
        assert carer.get(address).status_code == 200
    assert "Confirmed by your manager" in carer.text("/")
    answer = carer.post_form("/seen", {"seen": f"leave:{told(web)[0]['position']}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Confirmed by your manager" not in carer.text("/")


def test_all_that_was_shown_is_marked_at_once_and_what_came_since_is_not(rig: Rig, web: WebClient) -> None:
    first, second = (rig.give(day).data["notice"] for day in (FRIDAY, date(2026, 3, 16)))
    rig.confirm(first)
    shown = told(web)[0]["position"]
    rig.confirm(second)
    web.signed_in(CARER_ACTOR).post_form("/seen", {"through": f"leave:{shown}"})
    assert texts(web) == ["Confirmed by your manager: your leave on 16 March 2026"]


def test_a_program_marks_by_position(rig: Rig, web: WebClient) -> None:
    rig.confirm(rig.give(FRIDAY).data["notice"])
    carer, position = web.signed_in(CARER_ACTOR), told(web)[0]["position"]
    answer = carer.api("POST", "/api/leave/seen", json={"position": position, "through": True})
    assert answer.status_code == 204
    assert told(web) == []
    for wrong in ({}, {"position": 0}, {"position": "1"}, {"position": 1, "through": "yes"}, {"position": 1, "who": 2}):
        assert carer.api("POST", "/api/leave/seen", json=wrong).status_code == 422


def test_marking_is_ones_own_alone(rig: Rig, web: WebClient) -> None:
    rig.confirm(rig.give(FRIDAY).data["notice"])
    position = told(web)[0]["position"]
    web.signed_in(MANAGER_ACTOR).post_form("/seen", {"through": f"leave:{position}"})
    assert len(told(web)) == 1


@pytest.mark.parametrize(
    "mark", ["nowhere:1", "leave", "leave:0", "leave:-1", "leave:x", ":1", "leave:1000000000000000000000"]
)
def test_what_is_no_news_cannot_be_marked(web: WebClient, mark: str) -> None:
    assert web.signed_in(CARER_ACTOR).post_form("/seen", {"seen": mark}).status_code == 422


def test_after_an_erasure_nothing_is_kept_of_the_news(rig: Rig) -> None:
    rig.confirm(rig.give(FRIDAY).data["notice"])
    count = select(func.count()).select_from(news).where(news.c.person == CARER)
    with rig.wiring.reading() as connection:
        assert connection.execute(count).scalar_one() == 1
    rig.forget(CARER)
    with rig.wiring.reading() as connection:
        assert connection.execute(count).scalar_one() == 0
