"""What leave has on the home page: each notice with what silence does to it, and one's own balance."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.leave.web import home as leave_home
from shared.contracts import types
from shared.kernel.ids import new_id
from shared.web.actor import Actor
from tests.leave.builders import CARER, MANAGER
from tests.leave.rig import (
    FRIDAY,
    HR_ACTOR,
    ORGANISATION,
    OTHER,
    STRANGER_ACTOR,
    Rig,
)
from tests.web_client import WebClient, web_client

THURSDAY = date(2026, 3, 12)
LATE = date(2026, 3, 4)
"""Two days after the notice, which is given on Monday 2 March 2026."""
OPERATOR = Actor("88888888-8888-4888-8888-888888888888", ORGANISATION, frozenset({"operator"}))


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app, nobody signed in."""
    return web_client({"leave": rig.wiring}, clock=rig.clock)


def waiting(client: WebClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.home("leave")["waiting"]
    return found


def only(client: WebClient) -> dict[str, Any]:
    (found,) = waiting(client)
    return found


def facts(client: WebClient) -> dict[str, str]:
    return {fact["name"]: fact["value"] for fact in client.home("leave")["standing"]["facts"]}


def test_a_notice_in_time_stands_by_silence_and_can_be_postponed_up_to_its_day(rig: Rig, manager: WebClient) -> None:
    notice = rig.give((FRIDAY, "am"), THURSDAY).data["notice"]
    assert only(manager) == {
        "text": "Request for leave: 12 March 2026 and 13 March 2026 (morning)",
        "href": f"/leave/notices/{notice}",
        "silence": "After 9 March 2026 it is confirmed automatically and can no longer be postponed.",
        "kind": "Requests from people you manage",
        "who": "S1111, Policy adviser",
        "by": "2026-03-09",
    }


def test_what_silence_does_is_what_the_clock_does(rig: Rig, manager: WebClient) -> None:
    rig.give(FRIDAY)
    rig.until(date(2026, 3, 9))
    assert only(manager)["by"] == "2026-03-09"
    rig.until(date(2026, 3, 10))
    assert waiting(manager) == []


def test_a_late_notice_lapses_when_its_first_day_begins(rig: Rig, manager: WebClient) -> None:
    rig.give(LATE, date(2026, 3, 5))
    found = only(manager)
    assert found["text"] == "Late request for leave: 4 March 2026 and 5 March 2026"
    assert (
        found["silence"]
        == "It ends on 4 March 2026 at 9:00am, when its first day begins, and the time can be used again."
    )
    assert found["by"] == "2026-03-03"
    rig.until(LATE, hour=8)
    assert only(manager)["by"] == "2026-03-04"
    rig.until(LATE)
    assert waiting(manager) == []


def test_days_that_were_given_back_are_told_no_longer(rig: Rig, manager: WebClient) -> None:
    notice = rig.give(LATE, date(2026, 3, 5)).data["notice"]
    rig.withdraw(notice, LATE)
    found = only(manager)
    assert found["text"] == "Late request for leave: 5 March 2026"
    assert found["by"] == "2026-03-04"


def test_many_days_are_told_by_number_and_ends(rig: Rig, manager: WebClient) -> None:
    rig.give(*(date(2026, 3, day) for day in (23, 24, 25, 26)))
    assert only(manager)["text"] == "Request for leave: 4 days between 23 March 2026 and 26 March 2026"


def test_a_confirmed_notice_waits_no_longer(rig: Rig, manager: WebClient) -> None:
    rig.confirm(rig.give(FRIDAY).data["notice"])
    assert waiting(manager) == []


def test_nothing_but_the_fields_of_reports_is_in_an_item(
    rig: Rig, manager: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.give(FRIDAY)
    seen = []
    shown = leave_home.notice_view
    monkeypatch.setattr(leave_home, "notice_view", lambda found, fields: seen.append(fields) or shown(found, fields))
    waiting(manager)
    assert all("*" not in fields and "days" not in fields and "week_minutes" not in fields for fields in seen)
    assert len(seen) == 1


def test_the_old_manager_and_strangers_see_nothing(rig: Rig, web: WebClient, manager: WebClient) -> None:
    rig.give(FRIDAY)
    assert waiting(web.signed_in(STRANGER_ACTOR)) == waiting(web.signed_in(OPERATOR)) == []
    rig.employ(CARER, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 3, 2), manager=None)
    assert waiting(manager) == []


def test_soonest_comes_first_and_what_is_beyond_fifty_is_counted(
    rig: Rig, manager: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leave_home, "MOST", 2)
    rig.give(date(2026, 4, 10))
    rig.days_later(1)
    other = str(new_id())
    rig.employ(other, manager=MANAGER, staff_number="S9")
    rig.give(FRIDAY)
    rig.give(LATE, person=other)
    found = manager.home("leave")
    assert [item["by"] for item in found["waiting"]] == ["2026-03-03", "2026-03-09"]
    assert [item["who"] for item in found["waiting"]] == ["S9, Policy adviser", "S1111, Policy adviser"]
    assert (found["more"], found["more_href"]) == (1, "/leave/waiting")


def test_the_carer_is_offered_the_days_in_time_until_they_begin(rig: Rig, carer: WebClient) -> None:
    notice = rig.give(LATE).data["notice"]
    rig.not_waive(notice)
    found = only(carer)
    assert found["text"] == "Not accepted, because you asked too late. You can move your leave to 5 March 2026"
    assert found["silence"].startswith("You do not take this leave. You can move it")
    assert (found["by"], found["who"]) == ("2026-03-04", "")
    rig.until(date(2026, 3, 5))
    assert waiting(carer) == []


def test_a_notice_that_was_moved_waits_no_longer(rig: Rig, carer: WebClient) -> None:
    notice = rig.give(LATE).data["notice"]
    rig.not_waive(notice)
    rig.move(notice)
    assert waiting(carer) == []


def test_hr_sees_how_many_late_notices_nobody_has_answered(rig: Rig, web: WebClient) -> None:
    hr = web.signed_in(HR_ACTOR)
    rig.give(FRIDAY)
    assert waiting(hr) == []
    rig.give(LATE)
    rig.give(date(2026, 3, 3))
    found = only(hr)
    assert found["text"] == "2 late requests have no answer"
    assert found["by"] == "2026-03-02"
    assert found["href"] == "/leave/waiting/organisation"
    assert "ends when its first day begins" in found["silence"]
    assert waiting(web.signed_in(Actor(str(new_id()), OTHER, frozenset({"carer", "hr"})))) == []


def test_hr_is_not_told_of_their_own_late_notice(rig: Rig, web: WebClient) -> None:
    rig.give(LATE, person=HR_ACTOR.person)
    assert waiting(web.signed_in(HR_ACTOR)) == []


def test_ones_own_leave_is_told_in_hours_and_days(rig: Rig, carer: WebClient) -> None:
    assert facts(carer) == {
        "Left today": "5 days (37 hours)",
        "All your days available again from": "Today: you have not used any",
        "Next day away": "None is booked",
    }
    rig.give((FRIDAY, "am"))
    assert facts(carer)["Next day away"] == "13 March 2026 (morning)"
    assert facts(carer)["All your days available again from"] == "13 March 2027"
    rig.until(date(2026, 3, 14))
    assert facts(carer)["Next day away"] == "None is booked"
    assert facts(carer)["Left today"] == "4 and a half days (33 hours 18 minutes)"


def test_a_day_that_still_waits_for_an_answer_says_so(rig: Rig, carer: WebClient) -> None:
    rig.give(LATE)
    assert facts(carer)["Next day away"] == "4 March 2026, not answered yet"


def test_who_has_no_leave_is_told_why(rig: Rig, carer: WebClient) -> None:
    rig.employ(CARER, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 3, 2), status="worker")
    assert "employee" in facts(carer)["Left today"]


def test_each_legal_employer_is_told_apart(rig: Rig, carer: WebClient) -> None:
    rig.employ(CARER, employment=str(new_id()), employer="other-employer")
    assert {"Left today (Ministry of works)", "Left today (Other employer)", "Next day away"} <= facts(carer).keys()


def test_who_holds_no_post_has_no_leave_that_stands(web: WebClient) -> None:
    nobody = Actor(str(new_id()), ORGANISATION, frozenset({"carer"}))
    assert web.signed_in(nobody).home("leave")["standing"] is None
    assert web.signed_in(OPERATOR).home("leave")["standing"] is None
