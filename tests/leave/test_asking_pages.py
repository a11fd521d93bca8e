"""Asking for leave page by page: a day, many days in one notice, what each costs, and what stands in the way."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from shared.contracts import types
from shared.kernel.ids import derived_id
from tests.leave.builders import CARER, MANAGER, OFF, cycle
from tests.leave.rig import FRIDAY, ORGANISATION, POST, Rig
from tests.web_client import WebClient, words_of

NEW = "/leave/notices/new"
CHECK = f"{NEW}/check?days=2026-03-13/am"
DECLARED = {"dependant": "true", "care": "true"}
WEEK = [date(2026, 3, day) for day in range(16, 21)]


def follow(client: WebClient, answer: Any) -> str:
    assert answer.status_code == 303, words_of(answer.text)
    return client.text(answer.headers["Location"])


def send(client: WebClient, address: str, declared: dict[str, str]) -> Any:
    """Send the last page as it is shown at an address."""
    html = client.get(address).text
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', html.partition("<main")[2]))
    action = re.search(r'<form method="post" action="(/leave/notices[^"]+)"', html)
    assert action is not None, words_of(html)
    return client.http.post(action[1].replace("&amp;", "&"), data=hidden | declared)


def link(client: WebClient, address: str, words: str) -> str:
    """Where a link of a page leads, by its words."""
    found = re.search(rf'href="([^"]+)"[^>]*>\s*{words}', client.get(address).text)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_a_carer_asks_for_half_a_day_page_by_page(rig: Rig, carer: WebClient) -> None:
    assert "When do you need leave?" in carer.text(NEW)
    second = carer.post_form(NEW, {"date": FRIDAY})
    page = follow(carer, second)
    assert "Friday 13 March 2026" in page
    assert "Whole day (7 hours 24 minutes)" in page
    assert "Morning, half a day (3 hours 42 minutes)" in page
    assert "You would have 4 and a half days (33 hours 18 minutes) left. To be in time, ask by Tuesday 10" in page
    third = carer.post_form(second.headers["Location"], {"part": "am"})
    page = follow(carer, third)
    assert "Friday 13 March 2026 (morning) Half a day (3 hours 42 minutes)" in page
    assert "Left after this 4 and a half days (33 hours 18 minutes)" in page
    assert "Last day to ask in time Tuesday 10 March 2026" in page
    assert "You are in time" in page
    assert "confirmed automatically after Monday 9 March 2026" in page
    page = follow(carer, send(carer, third.headers["Location"], DECLARED))
    assert "You have asked for leave" in page
    assert "Not confirmed yet" in page
    assert [each["days"][0]["part"] for each in rig.told(types.LEAVE_REQUESTED)] == ["am"]
    page = carer.text("/leave/")
    assert "13 March 2026 (morning) 2 March 2026 Not confirmed yet" in page
    assert "Booked ahead Half a day (3 hours 42 minutes)" in page
    assert "All your days available again from Saturday 13 March 2027" in page


def test_scattered_days_and_a_range_are_one_notice(rig: Rig, carer: WebClient) -> None:
    second = carer.post_form(f"{NEW}?days=2026-03-13/am", {"date": date(2026, 3, 19), "last": date(2026, 3, 23)})
    page = follow(carer, second)
    assert "Thursday 19 March 2026 to Monday 23 March 2026" in page
    assert "You do not work on Saturday 21 March 2026, so it is not counted." in page
    third = carer.post_form(second.headers["Location"], {"part": "whole"})
    page = follow(carer, third)
    assert "Monday 23 March 2026 1 day (7 hours 24 minutes)" in page
    assert "Total 3 and a half days (25 hours 54 minutes)" in page
    assert "Left after this 1 and a half days (11 hours 6 minutes)" in page
    assert "You do not work on Sunday 22 March 2026, so it is not counted." in page
    follow(carer, send(carer, third.headers["Location"], DECLARED))
    (told,) = rig.told(types.LEAVE_REQUESTED)
    assert [(day["date"], day["part"]) for day in told["days"]] == [
        ("2026-03-13", "am"),
        ("2026-03-19", "whole"),
        ("2026-03-20", "whole"),
        ("2026-03-23", "whole"),
    ]


def test_halves_of_a_range_are_asked_for_at_once(rig: Rig, carer: WebClient) -> None:
    second = carer.post_form(NEW, {"date": date(2026, 3, 19), "last": date(2026, 3, 23)})
    assert "Every afternoon" in carer.text(second.headers["Location"])
    third = carer.post_form(second.headers["Location"], {"part": "pm"})
    follow(carer, send(carer, third.headers["Location"], DECLARED))
    (told,) = rig.told(types.LEAVE_REQUESTED)
    assert [day["part"] for day in told["days"]] == ["pm"] * 3


def test_a_bank_holiday_is_told_by_its_name_and_not_counted(carer: WebClient) -> None:
    second = carer.post_form(NEW, {"date": date(2026, 4, 2), "last": date(2026, 4, 7)})
    page = carer.text(second.headers["Location"])
    assert "Friday 3 April 2026 is not a working day (Good Friday), so it is not counted." in page
    assert "2 days (14 hours 48 minutes) in total" in page


def test_a_day_is_changed_and_removed_and_the_others_stay(carer: WebClient) -> None:
    both = f"{NEW}/check?days=2026-03-12/whole&days=2026-03-13/am"
    removed = link(carer, both, "Remove")
    page = carer.text(removed)
    assert "Thursday 12 March 2026" not in page
    assert "Friday 13 March 2026 (morning)" in page
    assert "Remove" not in page
    change = link(carer, both, "Change<span")
    page = carer.text(change)
    assert "You have added: Friday 13 March 2026 (morning)" in page
    answer = carer.post_form(change, {"date": date(2026, 3, 11)})
    answer = carer.post_form(answer.headers["Location"], {"part": "whole"})
    page = follow(carer, answer)
    assert "Wednesday 11 March 2026" in page
    assert "Friday 13 March 2026 (morning)" in page
    assert "Thursday 12 March 2026" not in page


def test_another_day_is_added_from_the_list(carer: WebClient) -> None:
    address = link(carer, CHECK, "Add another day or dates")
    assert "Which other day or dates do you need?" in carer.text(address)
    answer = carer.post_form(address, {"date": FRIDAY})
    assert answer.status_code == 422
    assert "You have already added Friday 13 March 2026" in words_of(answer.text)


@pytest.mark.parametrize(
    ("fields", "words", "anchor"),
    [
        ({}, "Enter the day you need, or the first of several", "date-day"),
        ({"date-day": "31", "date-month": "2", "date-year": "2026"}, "February 2026 has 28 days", "date-day"),
        ({"date-day": "3", "date-month": "Marz", "date-year": "2026"}, "Enter the month as a number", "date-month"),
        ({"date": date(2026, 3, 1)}, "This day is over", "date-day"),
        ({"date": date(2026, 3, 14)}, "You do not work on Saturday 14 March 2026", "date-day"),
        ({"date": FRIDAY, "last": date(2026, 3, 12)}, "must be Friday 13 March 2026 or later", "last-day"),
        ({"date": FRIDAY, "last": date(2026, 9, 1)}, "You can ask for 60 dates at a time", "last-day"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(
    carer: WebClient, fields: dict[str, Any], words: str, anchor: str
) -> None:
    answer = carer.post_form(NEW, fields)
    page = words_of(answer.text)
    assert answer.status_code == 422
    assert page.count(words) == 2
    assert "There is a problem" in page
    assert f'href="#{anchor}"' in answer.text


def test_a_date_is_taken_as_people_type_it(carer: WebClient) -> None:
    answer = carer.post_form(NEW, {"date-day": "13 mar 26"})
    assert answer.headers["Location"] == f"{NEW}/part?date=2026-03-13"


def test_the_example_is_a_date_that_can_be_asked_for(rig: Rig, carer: WebClient) -> None:
    assert "For example, 5 3 2026" in carer.text(NEW)
    rig.give(date(2026, 3, 5), date(2026, 3, 6))
    assert "For example, 9 3 2026" in carer.text(NEW)


def test_a_part_that_does_not_fit_says_why_and_what_would(rig: Rig, carer: WebClient) -> None:
    rig.give(*(date(2026, 3, day) for day in range(16, 20)), (date(2026, 3, 20), "am"))
    answer = carer.post_form(f"{NEW}/part?date=2026-04-08", {"part": "whole"})
    assert answer.status_code == 422
    assert "so half of that day fits instead" in words_of(answer.text)


def test_days_of_a_range_that_do_not_fit_are_told_and_left_out_in_one_step(rig: Rig, carer: WebClient) -> None:
    rig.give(*WEEK[:3])
    answer = carer.post_form(f"{NEW}/part?date=2026-04-08&last=2026-04-10", {"part": "whole"})
    page = follow(carer, answer)
    assert "You cannot ask for all of these days." in page
    assert "Friday 10 April 2026 Not possible. Friday 10 April 2026 would take more than a week of leave" in page
    assert "Your declaration" not in page
    page = carer.text(link(carer, answer.headers["Location"], "Leave out the days that do not fit"))
    assert "Total 2 days (14 hours 48 minutes)" in page
    assert "Left after this None" in page


def test_a_last_half_day_says_that_its_surplus_does_not_count(rig: Rig, carer: WebClient) -> None:
    rig.employ(CARER, pattern=cycle(*[(240, 240)] * 4, (150, 150), OFF, OFF), manager=MANAGER)
    rig.give(*(date(2026, 3, day) for day in (16, 17, 18, 19)), (date(2026, 3, 20), "am"))
    page = carer.text(f"{NEW}/check?days=2026-04-08/am")
    assert "Half a day (4 hours). You have only 2 hours 30 minutes left: it uses that up" in page
    choices = carer.text(f"{NEW}/part?date=2026-04-08")
    assert "You have only 2 hours 30 minutes left: it uses that up" in choices
    assert "the rest does not count. You would have none left." in choices
    notice = rig.give((date(2026, 4, 8), "am")).data["notice"]
    assert "only this much is left, so the rest of it does not count" in carer.text(f"/leave/notices/{notice}")


def test_a_day_that_fits_if_another_is_cancelled_is_exchanged_for_it(rig: Rig, carer: WebClient) -> None:
    later = rig.give(*(date(2027, 1, day) for day in range(4, 9))).data["notice"]
    third = carer.post_form(f"{NEW}/part?date=2026-12-01", {"part": "am"})
    address = third.headers["Location"]
    assert "all your leave on Friday 8 January 2027 is cancelled" in carer.text(address)
    assert send(carer, address, {}).status_code == 422
    assert rig.told(types.LEAVE_WITHDRAWN) == []
    assert "You have asked for leave" in follow(carer, send(carer, address, DECLARED))
    assert rig.told(types.LEAVE_WITHDRAWN) == [{"notice": later, "dates": ["2027-01-08"]}]


def test_as_many_later_days_are_cancelled_as_make_room(rig: Rig, carer: WebClient) -> None:
    rig.give(*(date(2027, 1, day) for day in range(4, 9)))
    page = carer.text(f"{NEW}/check?days=2026-12-01/whole&days=2026-12-02/whole")
    assert "You cancel Thursday 7 January 2027 and Friday 8 January 2027" in page


def test_a_part_must_be_chosen(carer: WebClient) -> None:
    answer = carer.post_form(f"{NEW}/part?date=2026-03-13", {})
    assert answer.status_code == 422
    assert "Choose how much of the day you need" in words_of(answer.text)
    other = carer.post_form(f"{NEW}/part?date=2026-03-13", {"part": "half"})
    assert "Choose how much of the day you need" in words_of(other.text)


@pytest.mark.parametrize("fields", [{}, {"dependant": "true"}, {"care": "true"}])
def test_both_limbs_must_be_declared(rig: Rig, carer: WebClient, fields: dict[str, str]) -> None:
    answer = send(carer, CHECK, fields)
    assert answer.status_code == 422
    assert "You are never asked for proof" in words_of(answer.text)
    assert rig.published() == []


def test_a_late_notice_is_told_as_late_before_and_after(rig: Rig, carer: WebClient) -> None:
    rig.days_later(10)
    assert "Late: the last day to ask in time was Tuesday 10 March 2026." in carer.text(f"{NEW}/part?date=2026-03-13")
    page = carer.text(CHECK)
    assert "You are asking late" in page
    assert "days from Sunday 15 March 2026 are in time" in page
    page = follow(carer, send(carer, CHECK, DECLARED))
    assert "Your manager decides, because you asked late" in page
    assert "Late: not answered yet" in page


def test_a_day_of_one_session_offers_a_half_without_saying_which(rig: Rig, carer: WebClient) -> None:
    rig.employ(CARER, pattern=cycle(*[(555, 0)] * 5, OFF, OFF), manager=MANAGER)
    page = carer.text(f"{NEW}/part?date=2026-03-13")
    assert "Half of the day (about 4 hours 38 minutes)" in page
    assert "Morning" not in page


@pytest.mark.parametrize(
    "address",
    [
        "part",
        "part?date=never",
        "part?date=2026-03-13&last=2026-03-12",
        "part?date=2026-03-13&days=2026-03-13/am",
        "part?date=2026-03-14",
        "check",
        "check?days=2026-03-13",
        "check?days=2026-03-13/x",
        "check?days=2026-03-13/am&days=2026-03-13/pm",
        "check?days=2026-03-13/am&employment=x",
        f"check?days=2026-03-13/am&employment={derived_id('nobody', 'x')}",
    ],
)
def test_an_address_that_is_not_whole_leads_back_to_the_first_question(carer: WebClient, address: str) -> None:
    answer = carer.get(f"{NEW}/{address}")
    assert (answer.status_code, answer.headers["Location"]) == (303, NEW)


def test_who_has_two_posts_chooses_the_post_first(rig: Rig, carer: WebClient) -> None:
    rig.employ(CARER, employment=str(derived_id("second", CARER)), post="Librarian")
    assert "Which post do you need leave from?" in carer.text(NEW)
    refused = carer.post_form(NEW, {"date": FRIDAY})
    assert "Choose the one you need leave from" in words_of(refused.text)
    second = carer.post_form(NEW, {"date": FRIDAY, "employment": POST})
    third = carer.post_form(second.headers["Location"], {"part": "whole"})
    page = follow(carer, third)
    assert "Post S1111, Policy adviser" in page
    again = link(carer, third.headers["Location"], "Add another day or dates")
    assert "Which post" not in carer.text(again)
    follow(carer, send(carer, third.headers["Location"], DECLARED))
    assert [each["employment"] for each in rig.told(types.LEAVE_REQUESTED)] == [POST]


def test_hours_that_vary_are_answered_honestly(rig: Rig, carer: WebClient) -> None:
    rig.employ(CARER, pattern=cycle(*[(222, 222)] * 5, OFF, OFF, varies=True), manager=MANAGER)
    assert "ask HR to work it out with you" in carer.text("/leave/")
    answer = carer.post_form(NEW, {"date": FRIDAY})
    assert answer.status_code == 422
    assert "the hours of Policy adviser vary" in words_of(answer.text)


def test_who_holds_no_post_is_told_whom_to_ask(rig: Rig, carer: WebClient) -> None:
    rig.end(CARER, date(2026, 3, 1))
    assert "You do not hold a post today" in carer.text("/leave/")
    answer = carer.post_form(NEW, {"date": FRIDAY})
    assert "not employed in this post today" in words_of(answer.text)
    assert ORGANISATION not in words_of(answer.text)


def test_what_is_left_is_told_in_days_of_ones_own(rig: Rig, carer: WebClient) -> None:
    page = carer.text("/leave/")
    assert "Left today 5 days (37 hours)" in page
    assert "differ in length" not in page
    rig.employ(CARER, pattern=cycle(*[(222, 222)] * 4, (222, 0), OFF, OFF), manager=MANAGER)
    assert (
        "differ in length, so what you have left is shown in hours. Left today 33 hours 18 minutes Used"
        in carer.text("/leave/")
    )


def test_the_same_page_sent_twice_is_one_notice(rig: Rig, carer: WebClient) -> None:
    html = carer.get(CHECK).text
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', html.partition("<main")[2]))
    answers = [carer.http.post(CHECK, data=hidden | DECLARED).headers["Location"] for _ in range(2)]
    assert len(set(answers)) == 1
    assert len(rig.told(types.LEAVE_REQUESTED)) == 1


def test_leave_that_was_agreed_is_never_cancelled_for_a_late_request(rig: Rig, carer: WebClient) -> None:
    later = rig.give(*(date(2027, 1, day) for day in range(4, 9))).data["notice"]
    rig.until(date(2026, 11, 30))
    said = "You would be asking late, so it may not be accepted. Cancel your leave on Friday 8 January 2027 first"
    assert said in carer.text(f"{NEW}/part?date=2026-12-01")
    refused = carer.post_form(f"{NEW}/part?date=2026-12-01", {"part": "am"})
    assert (refused.status_code, said in words_of(refused.text)) == (422, True)
    page = carer.text(f"{NEW}/check?days=2026-12-01/am")
    assert said in page
    assert "Your declaration" not in page
    asked = {"days-0-date": date(2026, 12, 1), "days-0-part": "am", "give_back": "2027-01-08"}
    forced = carer.post_form(f"{NEW}/check?days=2026-12-01/am", asked | DECLARED)
    assert (forced.status_code, said in words_of(forced.text)) == (422, True)
    assert rig.told(types.LEAVE_WITHDRAWN) == []
    assert "Friday 8 January 2027" in carer.text(f"/leave/notices/{later}/withdraw")


def test_what_was_cancelled_to_make_room_is_said_afterwards_and_to_the_manager(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    later = rig.give(*(date(2027, 1, day) for day in range(4, 9))).data["notice"]
    address = carer.post_form(f"{NEW}/part?date=2026-12-01", {"part": "am"}).headers["Location"]
    done = send(carer, address, DECLARED)
    page = follow(carer, done)
    assert "Your leave on Friday 8 January 2027 is cancelled to make room for it" in page
    for client in (carer, manager):
        assert "Cancelled to make room Friday 8 January 2027" in client.text(done.headers["Location"])
        assert "Cancelled to make room for other leave" in client.text(f"/leave/notices/{later}")


def test_a_day_that_is_booked_already_says_so_at_each_choice(rig: Rig, carer: WebClient) -> None:
    rig.give(date(2026, 3, 12), FRIDAY)
    page = carer.text(f"{NEW}/part?date=2026-03-13")
    assert page.count("You already have leave on Friday 13 March 2026.") == 3
    assert "Does not fit into what you have left." not in page
    page = carer.text(f"{NEW}/part?date=2026-03-11&last=2026-03-13")
    assert "You already have leave on Thursday 12 March 2026 and Friday 13 March 2026." in page


def test_the_names_of_links_keep_the_capitals_of_days_and_months(carer: WebClient) -> None:
    page = carer.get(CHECK).text
    assert "Friday 13 March 2026 (morning)</span>" in page
    assert "friday" not in page
