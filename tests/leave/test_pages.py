"""Leave's pages: one's own leave, a manager's list and answer, HR's correction."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from shared.contracts import types
from shared.kernel.ids import derived_id, new_id
from tests.leave.builders import CARER
from tests.leave.rig import FRIDAY, ORGANISATION, STRANGER_ACTOR, Rig
from tests.support import project
from tests.web_client import WebClient, words_of

CHECK = "/leave/notices/new/check?days=2026-03-13/am"
NOTICE = {"days-0-date": FRIDAY, "days-0-part": "am"}
DECLARED = {"dependant": "true", "care": "true"}


def follow(client: WebClient, answer: Any) -> str:
    assert answer.status_code == 303, words_of(answer.text)
    return client.text(answer.headers["Location"])


def given(client: WebClient) -> str:
    """Give notice by the last page; answers the notice's address."""
    answer = client.post_form(CHECK, NOTICE | DECLARED)
    assert answer.status_code == 303, words_of(answer.text)
    return str(answer.headers["Location"])


def marked(client: WebClient, address: str) -> str:
    """The entry of the menu that a page marks."""
    found = re.search(r'navigation__item--active">(.*?)</li>', client.get(address).text, re.DOTALL)
    return words_of(found[1]) if found else ""


def test_before_the_first_notice_the_page_shows_a_whole_week(carer: WebClient) -> None:
    page = carer.text("/leave/")
    assert "Left today 5 days (37 hours)" in page
    assert "All your days available again from Today: you have not used any" in page
    assert "A full week could start on Monday 2 March 2026" in page
    assert "You have not asked for leave yet." in page


def test_the_manager_finds_and_confirms_it_without_reading_why(carer: WebClient, manager: WebClient) -> None:
    address = given(carer)
    assert "Requests from people you manage (1)" in manager.text("/leave/")
    page = manager.text("/leave/waiting")
    assert "S1111, Policy adviser 13 March 2026 (morning)" in page
    page = manager.text(address)
    assert page.startswith("Request for leave")
    assert not any(
        word in page.lower().replace("working carers", "").replace("people who care", "")
        for word in ("carer’s", "dependant", "week of leave")
    )
    page = follow(manager, manager.post_form(f"{address}/confirm", {}))
    assert "Confirmed" in page
    assert "by the manager" in page
    assert "There are no requests to answer." in manager.text("/leave/waiting")


def test_what_waits_is_told_on_the_home_page(carer: WebClient, manager: WebClient) -> None:
    assert "You have no tasks" in manager.text("/")
    given(carer)
    line = "Request for leave: 13 March 2026 (morning) S1111, Policy adviser If you do nothing: After 9 March"
    assert f"Requests from people you manage (1) {line}" in manager.text("/")
    assert "You have no tasks" in carer.text("/")


def test_the_manager_accepts_a_late_one(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.days_later(10)
    address = given(carer)
    page = follow(manager, manager.post_form(f"{address}/waive", {}))
    assert "Accepted and confirmed" in page
    assert "Accepted although late Yes" in page


def test_the_carer_cancels_a_day(rig: Rig, carer: WebClient) -> None:
    address = given(carer)
    page = carer.text(f"{address}/withdraw")
    assert "Friday 13 March 2026" in page
    page = follow(carer, carer.post_form(f"{address}/withdraw", {"dates": "2026-03-13"}))
    assert "State Cancelled" in page
    assert "Cancel days" not in page
    assert "each has begun, has ended or was cancelled before" in carer.text(f"{address}/withdraw")
    assert len(rig.told(types.LEAVE_WITHDRAWN)) == 1


def test_nobody_cancels_all_days_by_taking_every_tick_away(rig: Rig, carer: WebClient) -> None:
    address = given(carer)
    asked_again = carer.post_form(f"{address}/withdraw", {})
    assert asked_again.status_code == 422
    assert "Select the days you want to cancel" in words_of(asked_again.text)
    assert rig.told(types.LEAVE_WITHDRAWN) == []


def test_a_day_that_has_begun_cannot_be_cancelled_and_the_page_says_what_to_do(rig: Rig, carer: WebClient) -> None:
    address = given(carer)
    rig.until(FRIDAY, hour=10)
    refused = carer.post_form(f"{address}/withdraw", {"dates": "2026-03-13"})
    assert refused.status_code == 422
    assert "ask HR to correct it" in words_of(refused.text)


def test_hr_finds_somebody_and_corrects_a_day(rig: Rig, carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    rig.until(date(2026, 3, 14))
    found = hr.post_form("/leave/staff", {"staff_number": "S1111"})
    page = follow(hr, found)
    assert "13 March 2026 (morning)" in page
    form = f"{address}/days/2026-03-13/correct"
    page = hr.text(form)
    assert "None of it: they worked that day" in page
    assert "Half of the day" not in page
    page = follow(hr, hr.post_form(form, {"minutes": "0", "reason": "Worked instead"}))
    assert "Corrected" in page
    assert "None Corrected: worked instead" in page
    assert "Why Friday 13 March 2026 was corrected: Worked instead" in carer.text(address)
    (told,) = rig.told(types.LEAVE_CORRECTED)
    assert (told["minutes"], told["previous_minutes"]) == (0, 222)


def test_a_correction_needs_an_answer_and_a_reason(rig: Rig, carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    rig.until(date(2026, 3, 14))
    refused = hr.post_form(f"{address}/days/2026-03-13/correct", {})
    page = words_of(refused.text)
    assert refused.status_code == 422
    assert "Choose how much of the day was leave" in page
    assert "Say in a few words why" in page
    same = hr.post_form(f"{address}/days/2026-03-13/correct", {"minutes": "222", "reason": "?"})
    assert "already has 3 hours 42 minutes of leave" in words_of(same.text)


def test_only_a_day_that_was_taken_can_be_corrected(carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    assert hr.get(f"{address}/days/2026-03-13/correct").status_code == 404
    assert hr.get(f"{address}/days/2026-03-16/correct").status_code == 404
    assert "Correct" not in hr.text(address).replace("corrections", "")


def test_a_staff_number_of_another_organisation_is_not_found(hr: WebClient) -> None:
    refused = hr.post_form("/leave/staff", {"staff_number": f"S{STRANGER_ACTOR.person[:4]}"})
    assert refused.status_code == 422
    assert "Nobody in your organisation has this staff number" in words_of(refused.text)


@pytest.mark.parametrize("path", ["", "/withdraw", "/days/2026-03-13/correct"], ids=["notice", "withdraw", "correct"])
def test_a_stranger_sees_no_page_of_it(carer: WebClient, web: WebClient, path: str) -> None:
    address = given(carer)
    stranger = web.signed_in(STRANGER_ACTOR)
    assert stranger.get(address + path).status_code == 404
    assert stranger.get(f"/leave/notices/{new_id()}{path}").status_code == 404


def test_only_hr_looks_for_people(carer: WebClient, hr: WebClient) -> None:
    assert carer.get("/leave/staff").status_code == 404
    assert carer.get(f"/leave/staff/{CARER}").status_code == 200
    assert hr.get(f"/leave/staff/{STRANGER_ACTOR.person}").status_code == 404
    assert "Find somebody’s leave" in hr.text("/leave/")
    assert "Find somebody’s leave" not in carer.text("/leave/")


def test_hr_sees_what_waits_in_the_organisation(carer: WebClient, hr: WebClient) -> None:
    given(carer)
    assert "S1111, Policy adviser" in hr.text("/leave/waiting/organisation")
    assert carer.get("/leave/waiting/organisation").status_code == 404


def test_who_just_changed_something_sees_it_while_the_worker_stands_still(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    notice = given(carer)
    rig.application.on_stored = lambda: None
    page = follow(manager, manager.post_form(f"{notice}/confirm", {}))
    assert "Confirmed" in page
    assert "lists are still catching up" in page
    assert "Not confirmed yet" not in page
    assert "Not confirmed yet" in manager.text(notice)
    project(rig.wiring)
    assert "Not confirmed yet" not in manager.text(notice)


def test_two_employers_are_told_apart_by_their_names(rig: Rig, carer: WebClient) -> None:
    rig.record(ORGANISATION, "Ministry of Works and Buildings")
    rig.employ(CARER, employment=str(derived_id("second", CARER)), employer="ministry-of-plenty")
    page = carer.text("/leave/")
    assert "Ministry of Works and Buildings Left today" in page
    assert "Ministry of plenty Left today" in page


def test_one_last_day_to_ask_is_shown_and_the_readings_behind_it(rig: Rig, carer: WebClient) -> None:
    """Five half days: the kindest reading of regulation 7 decides, and all three are told."""
    days = [(FRIDAY, "am"), *((date(2026, 3, day), "am") for day in (16, 17, 18, 19))]
    address = f"/leave/notices/{rig.give(*days).data['notice']}"
    page = carer.text(address)
    assert "Last day to ask in time Sunday 8 March 2026" in page
    readings = (
        "Monday 2 March 2026 by the text of the law, Saturday 7 March 2026 by the guidance of Acas and "
        "Sunday 8 March 2026 by the guidance on GOV.UK. The one that counts is Sunday 8 March 2026."
    )
    assert readings in page
    asked = "&".join(f"days={day.isoformat()}/{part}" for day, part in ((date(2026, 3, 23), "am"),))
    assert "by the guidance on GOV.UK" in carer.text(f"/leave/notices/new/check?{asked}")


def test_only_days_that_stand_use_the_week_and_days_ahead_have_not_used_it_yet(rig: Rig, carer: WebClient) -> None:
    notice = rig.give((FRIDAY, "am"), date(2026, 3, 16)).data["notice"]
    rig.withdraw(notice, date(2026, 3, 16))
    page = carer.text(f"/leave/notices/{notice}")
    assert "Friday 13 March 2026 uses half a day (3 hours 42 minutes) of the week" in page
    assert "Monday 16 March 2026 use" not in page
    assert "great-britain" not in page
    assert "Carer’s Leave Regulations 2024, in force since 6 April 2024. Bank holidays are those of England" in page
    rig.until(date(2026, 3, 14))
    assert "Friday 13 March 2026 used half a day" in carer.text(f"/leave/notices/{notice}")


def test_a_list_names_the_first_day_that_stands_and_counts_those(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    notice = rig.give(FRIDAY, *(date(2026, 3, day) for day in (16, 17))).data["notice"]
    rig.withdraw(notice, FRIDAY)
    for page in (carer.text("/leave/"), manager.text("/leave/waiting")):
        assert "16 March 2026 and 1 other day" in page
        assert "13 March 2026 and" not in page
    rig.withdraw(notice)
    assert "No days left: 13 March 2026 and 2 other days" in carer.text("/leave/")


def test_a_manager_sees_of_each_request_until_when_it_can_be_postponed_or_when_it_ends(
    rig: Rig, manager: WebClient
) -> None:
    rig.give(FRIDAY)
    late = rig.give((date(2026, 3, 4), "pm")).data["notice"]
    page = manager.text("/leave/waiting")
    assert "Last day to postpone: 9 March 2026" in page
    ends = "nds on 4 March 2026 at 1:00pm"
    assert ends in page
    assert f"{ends}, when its first day begins" in manager.text(f"/leave/notices/{late}")
    assert f"{ends}, when its first day begins" in manager.text("/")


@pytest.mark.parametrize("part", ["", "/postpone", "/postpone/days"])
def test_somebody_elses_request_is_opened_from_ones_work(
    rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient, part: str
) -> None:
    address = f"/leave/notices/{rig.give(FRIDAY).data['notice']}"
    assert marked(manager, address + part) == "Team leave"
    assert marked(hr, address + part) == "Staff leave"
    assert marked(carer, address) == "Leave"
    assert marked(hr, "/leave/staff") == "Staff leave"
    assert marked(hr, "/leave/") == "My leave"


def test_of_several_days_none_is_ticked_and_what_was_cancelled_is_said(rig: Rig, carer: WebClient) -> None:
    address = f"/leave/notices/{rig.give((FRIDAY, 'am'), date(2026, 3, 16)).data['notice']}"
    page = carer.get(f"{address}/withdraw").text
    assert "checked" not in page
    assert "Friday 13 March 2026 (morning)" in words_of(page)
    page = follow(carer, carer.post_form(f"{address}/withdraw", {"dates": "2026-03-13"}))
    assert "You have cancelled your leave on Friday 13 March 2026 (morning)" in page
    assert "checked" in carer.get(f"{address}/withdraw").text


def test_nobody_is_offered_to_postpone_what_has_begun(rig: Rig, carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    assert "Can it be postponed?" in hr.text(address)
    rig.until(date(2026, 3, 14))
    assert "Can it be postponed?" not in hr.text(address)
    page = hr.text(f"{address}/postpone")
    assert "There are no days left to postpone" in page
    assert "left to cancel" not in page
