"""Leave's pages: a notice from the first question to the last answer, a manager's list, HR's correction."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from services.leave.words import days_too
from shared.contracts import types
from shared.kernel.ids import derived_id, new_id
from shared.web.testing import WebClient, words_of
from tests.leave.builders import CARER, MANAGER, OFF, cycle
from tests.leave.house import FRIDAY, ORGANISATION, POST, STRANGER_ACTOR, House
from tests.support import project

CHECK = "/leave/notices/new/check?date=2026-03-13&part=am"
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


def test_before_the_first_notice_the_page_shows_a_whole_week(carer: WebClient) -> None:
    page = carer.text("/leave/")
    assert "Left today 37 hours" in page
    assert "All time back on Nothing is used" in page
    assert "A full week could begin on Monday 2 March 2026" in page
    assert "You have not given notice yet." in page


def test_a_carer_gives_notice_page_by_page(house: House, carer: WebClient) -> None:
    assert "Which day do you need?" in carer.text("/leave/notices/new")
    second = carer.post_form("/leave/notices/new", {"date": FRIDAY})
    page = follow(carer, second)
    assert "Friday 13 March 2026" in page
    assert "Whole day (7 hours 24 minutes)" in page
    assert "Morning (3 hours 42 minutes)" in page
    third = carer.post_form(second.headers["Location"], {"part": "am"})
    page = follow(carer, third)
    assert "Morning, 3 hours 42 minutes" in page
    assert "You are in time" in page
    assert "confirmed by itself after Monday 9 March 2026" in page
    html = carer.get(third.headers["Location"]).text
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', html))
    action = re.search(r'<form method="post" action="(/leave/notices[^"]+)"', html)
    assert action is not None
    last = carer.http.post(action[1].replace("&amp;", "&"), data=hidden | DECLARED)
    page = follow(carer, last)
    assert "Your notice is given" in page
    assert "Given in time" in page
    assert [each["days"][0]["part"] for each in house.told(types.LEAVE_REQUESTED)] == ["am"]
    page = carer.text("/leave/")
    assert "13 March 2026, morning 2 March 2026 Given in time" in page
    assert "Booked ahead 3 hours 42 minutes" in page
    assert "All time back on Saturday 13 March 2027" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Enter the day you need"),
        ({"date-day": "31", "date-month": "2", "date-year": "2026"}, "Enter a real date"),
        ({"date": date(2026, 3, 1)}, "This day is over"),
        ({"date": date(2026, 3, 14)}, "You are not due to work on this day"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(carer: WebClient, fields: dict[str, Any], words: str) -> None:
    answer = carer.post_form("/leave/notices/new", fields)
    page = words_of(answer.text)
    assert answer.status_code == 422
    assert page.count(words) == 2
    assert "There is a problem" in page
    assert 'href="#date-day"' in answer.text


def test_a_part_that_does_not_fit_says_why_and_what_would(house: House, carer: WebClient) -> None:
    house.give(*(date(2026, 3, day) for day in range(16, 20)), (date(2026, 3, 20), "am"))
    answer = carer.post_form("/leave/notices/new/part?date=2026-04-08", {"part": "whole"})
    assert answer.status_code == 422
    assert "you can take half of that day instead" in words_of(answer.text)


def test_a_day_that_fits_if_another_is_given_back_is_exchanged_for_it(house: House, carer: WebClient) -> None:
    later = house.give(*(date(2027, 1, day) for day in range(4, 9))).data["notice"]
    second = carer.post_form("/leave/notices/new/part?date=2026-12-01", {"part": "am"})
    assert second.headers["Location"].endswith("part=am&give_back=2027-01-08")
    html = carer.get(second.headers["Location"]).text
    assert "all your leave on Friday 8 January 2027 is given back with it" in words_of(html)
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', html))
    action = re.search(r'<form method="post" action="(/leave/notices[^"]+)"', html)
    assert action is not None
    forgotten = carer.http.post(action[1].replace("&amp;", "&"), data=hidden)
    assert forgotten.status_code == 422
    assert hidden | {"give_back": "2027-01-08"} == hidden
    page = follow(carer, carer.http.post(action[1].replace("&amp;", "&"), data=hidden | DECLARED))
    assert "Your notice is given" in page
    assert house.told(types.LEAVE_WITHDRAWN) == [{"notice": later, "dates": ["2027-01-08"]}]


def test_a_day_to_give_back_that_is_gone_leads_back_to_the_question(house: House, carer: WebClient) -> None:
    house.give(FRIDAY)
    answer = carer.get("/leave/notices/new/check?date=2026-12-01&part=am&give_back=2027-01-08")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/leave/notices/new/part?date=2026-12-01")


def test_a_part_must_be_chosen(carer: WebClient) -> None:
    answer = carer.post_form("/leave/notices/new/part?date=2026-03-13", {})
    assert answer.status_code == 422
    assert "Choose how much of the day you need" in words_of(answer.text)


@pytest.mark.parametrize("fields", [{}, {"dependant": "true"}, {"care": "true"}])
def test_both_limbs_must_be_declared(house: House, carer: WebClient, fields: dict[str, str]) -> None:
    answer = carer.post_form(CHECK, NOTICE | fields)
    assert answer.status_code == 422
    assert "You are never asked for proof" in words_of(answer.text)
    assert house.published() == []


def test_a_late_notice_is_told_as_late_before_and_after(house: House, carer: WebClient) -> None:
    house.days_later(10)
    page = carer.text(CHECK)
    assert "later than the law asks for" in page
    assert "in time for a day from Sunday 15 March 2026 on" in page
    page = carer.text(given(carer))
    assert "Your manager decides, because it came late" in page
    assert "Came late, waits for an answer" in page


def test_a_day_of_one_session_offers_a_half_without_saying_which(house: House, carer: WebClient) -> None:
    house.employ(CARER, pattern=cycle(*[(555, 0)] * 5, OFF, OFF), manager=MANAGER)
    page = carer.text("/leave/notices/new/part?date=2026-03-13")
    assert "Half of the day (4 hours 37.5 minutes)" in page
    assert "Morning" not in page


@pytest.mark.parametrize(
    "address", ["part", "part?date=never", "check?date=2026-03-13", "check?date=2026-03-13&part=x"]
)
def test_an_address_that_is_not_whole_leads_back_to_the_first_question(carer: WebClient, address: str) -> None:
    answer = carer.get(f"/leave/notices/new/{address}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/leave/notices/new")


def test_who_has_two_posts_is_asked_which(house: House, carer: WebClient) -> None:
    house.employ(CARER, employment=str(derived_id("second", CARER)), post="Librarian")
    assert "In which post?" in carer.text("/leave/notices/new")
    refused = carer.post_form("/leave/notices/new", {"date": FRIDAY})
    assert "Say in which of them" in words_of(refused.text)
    answer = carer.post_form("/leave/notices/new", {"date": FRIDAY, "employment": POST})
    assert f"employment={POST}" in answer.headers["Location"]


def test_hours_that_vary_are_answered_honestly(house: House, carer: WebClient) -> None:
    house.employ(CARER, pattern=cycle(*[(222, 222)] * 5, OFF, OFF, varies=True), manager=MANAGER)
    assert "ask HR, who work it out with you" in carer.text("/leave/")
    answer = carer.post_form("/leave/notices/new", {"date": FRIDAY})
    assert answer.status_code == 422
    assert "The hours of Policy adviser vary" in words_of(answer.text)


def test_the_manager_finds_and_confirms_it_without_reading_why(carer: WebClient, manager: WebClient) -> None:
    address = given(carer)
    assert "Time away that waits for you (1)" in manager.text("/leave/")
    page = manager.text("/leave/waiting")
    assert "S1111, Policy adviser 13 March 2026, morning" in page
    page = manager.text(address)
    assert page.startswith("Time away")
    assert not any(
        word in page.lower().replace("working carers", "").replace("people who care", "")
        for word in ("carer’s", "dependant", "week was")
    )
    page = follow(manager, manager.post_form(f"{address}/confirm", {}))
    assert "Confirmed" in page
    assert "by the manager" in page
    assert "Nothing waits just now." in manager.text("/leave/waiting")


def test_what_waits_is_told_on_the_home_page(carer: WebClient, manager: WebClient) -> None:
    assert "You have no tasks" in manager.text("/")
    given(carer)
    assert (
        "Leave to decide (1) Time away: 13 March 2026, morning S1111, Policy adviser If you do nothing: After 9 March"
        in manager.text("/")
    )
    assert "You have no tasks" in carer.text("/")


def test_the_manager_accepts_a_late_one(house: House, carer: WebClient, manager: WebClient) -> None:
    house.days_later(10)
    address = given(carer)
    page = follow(manager, manager.post_form(f"{address}/waive", {}))
    assert "Accepted and confirmed" in page
    assert "Accepted although late Yes" in page


def test_the_carer_gives_a_day_back(house: House, carer: WebClient) -> None:
    address = given(carer)
    page = carer.text(f"{address}/withdraw")
    assert "Friday 13 March 2026" in page
    page = follow(carer, carer.post_form(f"{address}/withdraw", {"dates": "2026-03-13"}))
    assert "Given back" in page
    assert "Give days back" not in page
    assert "begun, lapsed or been given back" in carer.text(f"{address}/withdraw")
    assert len(house.told(types.LEAVE_WITHDRAWN)) == 1


def test_nobody_gives_all_days_back_by_taking_every_tick_away(house: House, carer: WebClient) -> None:
    address = given(carer)
    asked_again = carer.post_form(f"{address}/withdraw", {})
    assert asked_again.status_code == 422
    assert "Tick each day that you give back" in words_of(asked_again.text)
    assert house.told(types.LEAVE_WITHDRAWN) == []


def test_a_day_that_has_begun_cannot_be_given_back_and_the_page_says_what_to_do(house: House, carer: WebClient) -> None:
    address = given(carer)
    house.until(FRIDAY, hour=10)
    refused = carer.post_form(f"{address}/withdraw", {"dates": "2026-03-13"})
    assert refused.status_code == 422
    assert "ask HR to correct it" in words_of(refused.text)


def test_hr_finds_somebody_and_corrects_a_day(house: House, carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    house.until(date(2026, 3, 14))
    found = hr.post_form("/leave/staff", {"staff_number": "S1111"})
    page = follow(hr, found)
    assert "13 March 2026, morning" in page
    form = f"{address}/days/2026-03-13/correct"
    page = hr.text(form)
    assert "None of it: they worked that day" in page
    assert "Half of the day" not in page
    page = follow(hr, hr.post_form(form, {"minutes": "0", "reason": "Worked instead"}))
    assert "Corrected" in page
    assert "0 minutes (corrected)" in page
    assert "was corrected: Worked instead" in carer.text(address)
    (told,) = house.told(types.LEAVE_CORRECTED)
    assert (told["minutes"], told["previous_minutes"]) == (0, 222)


def test_a_correction_needs_an_answer_and_a_reason(house: House, carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    house.until(date(2026, 3, 14))
    refused = hr.post_form(f"{address}/days/2026-03-13/correct", {})
    page = words_of(refused.text)
    assert refused.status_code == 422
    assert "Choose how much of the day was leave" in page
    assert "Say in a few words why" in page
    same = hr.post_form(f"{address}/days/2026-03-13/correct", {"minutes": "222", "reason": "?"})
    assert "is what is recorded already" in words_of(same.text)


def test_only_a_day_that_was_taken_can_be_corrected(carer: WebClient, hr: WebClient) -> None:
    address = given(carer)
    assert hr.get(f"{address}/days/2026-03-13/correct").status_code == 404
    assert hr.get(f"{address}/days/2026-03-16/correct").status_code == 404
    assert "Correct" not in hr.text(address).replace("corrected", "")


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


def test_who_holds_no_post_is_told_whom_to_ask(house: House, carer: WebClient) -> None:
    house.end(CARER, date(2026, 3, 1))
    assert "You hold no post today" in carer.text("/leave/")
    answer = carer.post_form("/leave/notices/new", {"date": FRIDAY})
    assert "not employed in this post today" in words_of(answer.text)
    assert ORGANISATION not in words_of(answer.text)


@pytest.mark.parametrize(
    ("minutes", "day", "words"),
    [
        (1332, 444, "22 hours 12 minutes (3 days of 7 hours 24 minutes)"),
        (444, 444, "7 hours 24 minutes (1 day of 7 hours 24 minutes)"),
        (222, 444, "3 hours 42 minutes (half a day of 7 hours 24 minutes)"),
        (666, 444, "11 hours 6 minutes (1 and a half days of 7 hours 24 minutes)"),
        (555, 444, "9 hours 15 minutes"),
        ("555/2", 555, "4 hours 37.5 minutes (half a day of 9 hours 15 minutes)"),
        (0, 444, "0 minutes"),
        (1332, None, "22 hours 12 minutes"),
    ],
)
def test_time_is_told_in_days_too_where_days_are_of_one_length(minutes: int | str, day: int | None, words: str) -> None:
    assert days_too(minutes, day) == words


def test_what_is_left_is_told_in_days_of_ones_own(house: House, carer: WebClient) -> None:
    assert "Left today 37 hours (5 days of 7 hours 24 minutes)" in carer.text("/leave/")
    house.employ(CARER, pattern=cycle(*[(222, 222)] * 4, (222, 0), OFF, OFF), manager=MANAGER)
    assert "Left today 33 hours 18 minutes Used" in carer.text("/leave/")


def test_who_just_changed_something_sees_it_while_the_worker_stands_still(
    house: House, carer: WebClient, manager: WebClient
) -> None:
    notice = given(carer)
    house.application.on_stored = lambda: None
    page = follow(manager, manager.post_form(f"{notice}/confirm", {}))
    assert "Confirmed" in page
    assert "lists are still catching up" in page
    assert "Given in time" not in page
    assert "Given in time" in manager.text(notice)
    project(house.wiring)
    assert "Given in time" not in manager.text(notice)
