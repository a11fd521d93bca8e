"""The pages of what is decided about a notice: postponement question by question, and the notice period kept to."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from shared.contracts import types
from tests.leave.builders import HR, MANAGER
from tests.leave.rig import FRIDAY, STRANGER_ACTOR, Rig
from tests.web_client import WebClient, words_of

MONDAY = date(2026, 3, 16)
TERMS = {"consulted": "true", "consulted_on": date(2026, 3, 2), "agreed": "true", "reason": "Audit in that week"}
PLACE = {"days-0-place": "2026-03-16/whole"}


def address_of(answer: Any) -> str:
    return f"/leave/notices/{answer.data['notice']}"


def follow(client: WebClient, answer: Any) -> str:
    assert answer.status_code == 303, words_of(answer.text)
    return client.text(answer.headers["Location"])


def check_page_of(client: WebClient, address: str) -> Any:
    """Answer every question of a postponement; gives the page to check."""
    days = client.post_form(f"{address}/postpone/days", {"dates": "2026-03-13"})
    places = client.post_form(days.headers["Location"], PLACE)
    terms = places.headers["Location"]
    return client.post_form(terms, TERMS)


def sent_again(client: WebClient, answer: Any) -> Any:
    """Send the form of a page with what it holds."""
    hidden = dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', answer.text.partition("<main")[2])
    )
    action = re.search(r'<form method="post" action="(/leave/[^"]+)"', answer.text)
    assert action is not None
    return client.http.post(action[1].replace("&amp;", "&"), data=hidden)


def test_a_manager_postpones_question_by_question(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY))
    assert "Can it be postponed?" in manager.text(address)
    page = manager.text(f"{address}/postpone")
    assert "Last day to postpone Monday 9 March 2026" in page
    assert "between Saturday 14 March 2026 and Monday 13 April 2026" in page
    days = manager.post_form(f"{address}/postpone/days", {"dates": "2026-03-13"})
    page = follow(manager, days)
    assert "New day for Friday 13 March 2026" in page
    assert "Monday 16 March 2026" in page
    assert "Saturday 14 March 2026" not in page
    places = manager.post_form(days.headers["Location"], PLACE)
    assert "Do they agree to the new days?" in follow(manager, places)
    check = manager.post_form(places.headers["Location"], TERMS)
    page = words_of(check.text)
    assert "New day for Friday 13 March 2026 Monday 16 March 2026" in page
    assert "Audit in that week" in page
    assert rig.told(types.LEAVE_POSTPONED) == []
    done = sent_again(manager, check)
    assert "Postponed. They can read the written notice" in follow(manager, done)
    page = manager.text(f"{address}/postponement")
    assert "Notice of postponement" in page
    assert "Audit in that week" in page
    assert "The postponed leave now begins and ends on Monday 16 March 2026." in page
    assert "Agreement to the new days Yes" in manager.text(address)
    (told,) = rig.told(types.LEAVE_POSTPONED)
    assert (told["dates"], told["agreed"], told["lawful"]) == (["2026-03-13"], True, True)
    assert "There are no requests to answer." in manager.text("/leave/waiting")
    page = carer.text(address)
    assert "The reason: Audit in that week" in page
    assert "If the new days do not help you, cancel them." in page
    assert "Friday" not in carer.text(f"{address}/withdraw")
    follow(carer, carer.post_form(f"{address}/withdraw", {"dates": "2026-03-16"}))
    assert "State Cancelled" in carer.text(address)
    assert "on Monday 16 March 2026" in carer.text(f"{address}/postponement")


def test_the_reason_is_in_no_address(rig: Rig, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY))
    check = check_page_of(manager, address)
    assert check.status_code == 200
    assert not any("Audit" in found for found in re.findall(r'(?:href|action)="([^"]*)"', check.text))


def test_what_a_colleague_sees_of_it_says_away_and_nothing_of_why(rig: Rig, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY))
    check = check_page_of(manager, address)
    days = manager.post_form(f"{address}/postpone/days", {"dates": "2026-03-13"}).headers["Location"]
    pages = [
        words_of(check.text),
        manager.text(f"{address}/postpone"),
        manager.text(f"{address}/postpone/days"),
        manager.text(days),
        follow(manager, manager.post_form(days, PLACE)),
        follow(manager, sent_again(manager, check)),
        manager.text(address),
    ]
    for page in pages:
        below = page.partition("Guided tour")[2]  # above stands the demonstration's bar, with a button for each role
        assert below, page
        said = below.lower().replace("working carers", "").replace("people who care", "")
        assert not any(word in said for word in ("carer", "dependant", "caring", "week was", "rejected", "refused"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"consulted": ""}, "Talk to them first, then tick the box"),
        ({"consulted_on": date(2026, 3, 1)}, "Talk to them first. Enter the day you talked"),
        ({"agreed": ""}, "Choose whether they agree"),
        ({"reason": "  "}, "Say how the work would be unduly disrupted"),
    ],
)
def test_a_question_that_is_not_answered_is_told(rig: Rig, manager: WebClient, changes: Any, words: str) -> None:
    address = address_of(rig.give(FRIDAY))
    days = manager.post_form(f"{address}/postpone/days", {"dates": "2026-03-13"})
    places = manager.post_form(days.headers["Location"], PLACE)
    answer = manager.post_form(places.headers["Location"], TERMS | changes)
    assert answer.status_code == 422
    assert words in words_of(answer.text)
    assert "Talk to them, and say why" in words_of(answer.text)


def test_days_and_new_days_have_to_be_chosen(rig: Rig, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY, date(2026, 3, 20)))
    empty = manager.post_form(f"{address}/postpone/days", {})
    assert (empty.status_code, "Choose at least one day" in words_of(empty.text)) == (422, True)
    foreign = manager.post_form(f"{address}/postpone/days", {"dates": "2026-03-16"})
    assert foreign.status_code == 422
    both = manager.post_form(f"{address}/postpone/days", {"dates": ["2026-03-13", "2026-03-20"]}).headers["Location"]
    for chosen, wanting in (({}, [0, 1]), (PLACE, [1]), (PLACE | {"days-1-place": "2026-03-21/whole"}, [1])):
        answer = manager.post_form(both, chosen)
        assert (answer.status_code, "Choose the new day" in words_of(answer.text)) == (422, True)
        assert re.findall(r'<a href="#(days.*?)">', answer.text) == [f"days-{number}-place" for number in wanting]
    same = manager.post_form(both, {f"days-{number}-place": "2026-03-23/whole" for number in (0, 1)})
    assert "Choose a different new date for each day" in words_of(same.text)


@pytest.mark.parametrize(
    "path",
    [
        "dates",
        "dates?dates=2026-03-16",
        "terms",
        "terms?dates=2026-03-13",
        "terms?dates=2026-03-13&days=2026-03-14/whole",
        "terms?dates=x&days=y",
    ],
)
def test_an_address_that_is_not_whole_leads_back_to_a_question(rig: Rig, manager: WebClient, path: str) -> None:
    address = address_of(rig.give(FRIDAY))
    answer = manager.get(f"{address}/postpone/{path}")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{address}/postpone/")


def test_after_the_last_day_a_manager_is_told_that_it_stands_and_hr_can_record_an_agreement(
    rig: Rig, manager: WebClient, hr: WebClient
) -> None:
    address = address_of(rig.give(FRIDAY))
    rig.until(date(2026, 3, 10))
    assert "the last day for that was Monday 9 March 2026." in manager.text(f"{address}/postpone")
    assert manager.get(f"{address}/postpone/days").headers["Location"] == f"{address}/postpone"
    assert "outside the limits of the law" in hr.text(f"{address}/postpone")
    check = check_page_of(hr, address)
    assert "recorded as outside the limits of the law, with their agreement" in words_of(check.text)
    follow(hr, sent_again(hr, check))
    assert [told["lawful"] for told in rig.told(types.LEAVE_POSTPONED)] == [False]
    assert "Outside the limits" in hr.text("/leave/postponed")
    assert "Within the limits of the law No" in hr.text(address)


def test_hr_sees_what_was_postponed_without_agreement(rig: Rig, manager: WebClient, hr: WebClient) -> None:
    agreed = rig.give(FRIDAY).data["notice"]
    rig.postpone(agreed, MONDAY)
    assert "There are none." in hr.text("/leave/postponed")
    other = rig.give(date(2026, 3, 18)).data["notice"]
    rig.postpone(other, date(2026, 3, 19), agreed=False)
    page = hr.text("/leave/postponed")
    assert "S1111, Policy adviser 19 March 2026 2 March 2026 Postponed to 19 March 2026 No agreement" in page
    assert "Postponed without agreement" in hr.text("/leave/")
    assert manager.get("/leave/postponed").status_code == 404


def test_the_manager_keeps_to_the_notice_period_and_the_carer_moves_in_one_step(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    rig.days_later(9)
    address = address_of(rig.give(FRIDAY))
    assert "Do not accept it" in manager.text(address)
    assert "Not confirmed yet" not in carer.text(address)
    refused = manager.post_form(f"{address}/not-waive", {})
    assert (refused.status_code, "Say in a few words why" in words_of(refused.text)) == (422, True)
    page = follow(manager, manager.post_form(f"{address}/not-waive", {"reason": "The desk is not covered"}))
    assert "Not accepted: too late" in page
    assert "Move to these days" not in page
    page = carer.text(address)
    assert "The reason: The desk is not covered" in page
    assert "in time for days from Saturday 14 March 2026" in page
    assert "New days Monday 16 March 2026" in page
    page = follow(carer, carer.post_form(f"{address}/move", {}))
    assert "You have moved your request" in page
    assert "Not confirmed yet" in page
    page = carer.text(address)
    assert "See the request it was moved to" in page
    assert "Move to these days" not in page
    assert [told["decided_on"] for told in rig.told(types.LEAVE_NOT_WAIVED)] == ["2026-03-11"]
    assert "rejected" not in page.lower()


def test_a_notice_that_cannot_move_any_more_says_what_to_do(rig: Rig, carer: WebClient) -> None:
    rig.days_later(9)
    address = address_of(rig.give(FRIDAY))
    rig.not_waive(address.rpartition("/")[2])
    rig.until(MONDAY, hour=12)
    page = carer.text(address)
    assert "have begun. Ask for the days you need instead" in page
    assert carer.post_form(f"{address}/move", {}).status_code == 409


def test_a_notice_that_was_in_time_meanwhile_answered_tells_so(rig: Rig, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY))
    refused = manager.post_form(f"{address}/not-waive", {"reason": "why"})
    assert (refused.status_code, "This request was in time" in words_of(refused.text)) == (422, True)


def test_nobody_else_finds_any_of_these_pages(rig: Rig, carer: WebClient, web: WebClient) -> None:
    address = address_of(rig.give(FRIDAY))
    rig.postpone(address.rpartition("/")[2], MONDAY)
    stranger = web.signed_in(STRANGER_ACTOR)
    for path in ("postpone", "postpone/days", "postpone/dates", "postpone/terms", "not-waive"):
        assert stranger.get(f"{address}/{path}").status_code == 404
        assert carer.get(f"{address}/{path}").status_code == 404
    assert stranger.get(f"{address}/postponement").status_code == 404
    assert stranger.post_form(f"{address}/move", {}).status_code == 404
    for person in (MANAGER, HR):
        assert person not in carer.text(f"{address}/postponement")


def test_there_is_no_written_notice_of_what_was_not_postponed(rig: Rig, carer: WebClient) -> None:
    assert carer.get(f"{address_of(rig.give(FRIDAY))}/postponement").status_code == 404


def test_only_days_that_can_be_chosen_are_offered(rig: Rig, manager: WebClient) -> None:
    """The new day of a single day starts within the month; of several the later ones can run on, day after day."""
    address = address_of(rig.give(FRIDAY, date(2026, 3, 16)))
    one = manager.get(f"{address}/postpone/dates?dates=2026-03-16").text
    assert "2026-04-13/whole" in one
    assert "2026-04-14/whole" not in one
    both = manager.get(f"{address}/postpone/dates?dates=2026-03-13&dates=2026-03-16").text
    first, second = both.split('id="days-1-place"')
    assert "2026-04-14/whole" not in first
    assert "2026-04-14/whole" in second
    assert "2026-04-15/whole" not in second
    last = {"days-0-place": "2026-04-13/whole", "days-1-place": "2026-04-14/whole"}
    sent = manager.post_form(f"{address}/postpone/dates?dates=2026-03-13&dates=2026-03-16", last)
    assert sent.status_code == 303


def test_a_day_that_cannot_be_postponed_is_not_offered(rig: Rig, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY, date(2026, 4, 20)))
    page = manager.get(f"{address}/postpone/days")
    assert 'value="2026-03-13"' in page.text
    assert 'value="2026-04-20"' not in page.text
    assert "You cannot postpone Monday 20 April 2026" in words_of(page.text)


def test_the_check_page_says_that_the_other_days_are_confirmed_with_it(rig: Rig, manager: WebClient) -> None:
    address = address_of(rig.give(FRIDAY, date(2026, 3, 18)))
    check = check_page_of(manager, address)
    assert "also the leave that stays on Wednesday 18 March 2026" in words_of(check.text)
    page = follow(manager, sent_again(manager, check))
    assert "Some of this was postponed." in page


def test_where_all_was_postponed_it_says_so(rig: Rig, carer: WebClient) -> None:
    address = address_of(rig.give(FRIDAY))
    rig.postpone(address.rpartition("/")[2], MONDAY)
    page = carer.text(address)
    assert "This was postponed. The reason" in page
    assert "Some of this" not in page


def test_the_month_counts_from_the_first_day_asked_for_also_where_that_was_cancelled(
    rig: Rig, manager: WebClient
) -> None:
    notice = rig.give(FRIDAY, date(2026, 3, 16)).data["notice"]
    rig.withdraw(notice, FRIDAY)
    page = manager.text(f"/leave/notices/{notice}/postpone")
    assert "between Tuesday 17 March 2026 and Monday 13 April 2026" in page
    assert "a month after the first day they asked for (Friday 13 March 2026)" in page
