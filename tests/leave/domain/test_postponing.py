"""Regulation 8: a valid notice is only postponed, in time, once, to days as long, starting within a month."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from services.leave.domain.account import LeaveAccount
from services.leave.domain.assessment import AskedDay
from services.leave.domain.commands import Day
from services.leave.domain.postponing import Postponement, ScheduledDays
from services.leave.domain.postponing_options import options
from services.leave.domain.posts import Post
from services.leave.domain.windows import windows_over
from shared.kernel.calendars import Calendar
from shared.kernel.errors import CarersError, InvalidError, RefusedError
from shared.kernel.periods import Span, add_months
from tests.leave.builders import (
    NO_HOLIDAYS,
    NOTICE,
    OFF,
    carer,
    clock,
    cycle,
    give,
    hr,
    manager,
    opened,
    post,
    request,
    topics,
)

GIVEN = date(2026, 3, 2)
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)
DECISION = date(2026, 3, 4)
DEADLINE = date(2026, 3, 9)
SECOND = "77777777-7777-4777-8777-777777777777"


def ahead_of(first: date, of: Post | None = None, calendar: Calendar = NO_HOLIDAYS, days: int = 120) -> ScheduledDays:
    held = of or post()
    return {
        day: AskedDay(day, "whole", held, held.pattern.scheduled(day, calendar))
        for day in Span(first, first + timedelta(days=days))
    }


def with_notice(*days: date | tuple[date, str], given_on: date = GIVEN, of: Post | None = None) -> LeaveAccount:
    account = opened()
    give(account, request(given_on, *(days or (FRIDAY,)), of=of))
    return account


def postpone(
    account: LeaveAccount,
    *days: date | tuple[date, str],
    dates: tuple[date, ...] = (),
    on: date = DECISION,
    of: Post | None = None,
    **changes: Any,
) -> None:
    named = tuple(Day(*day) if isinstance(day, tuple) else Day(day, "whole") for day in days)
    first = account.notices[NOTICE].first_day
    decision = {
        "dates": dates,
        "days": named,
        "consulted_on": on,
        "reason": "Two of three are away that week",
        "agreed": True,
        "decided_by": "manager",
    }
    act = hr(on) if changes.get("decided_by") == "hr" else manager(on)
    account.postpone(NOTICE, Postponement(**(decision | changes)), ahead_of(first, of), "england none", act)


def refused(account: LeaveAccount, *days: date | tuple[date, str], **changes: Any) -> str:
    before = len(topics(account))
    with pytest.raises((RefusedError, InvalidError)) as refusal:
        postpone(account, *days, **changes)
    assert len(topics(account)) == before
    error = refusal.value
    assert isinstance(error, CarersError)
    return error.code_


def states(account: LeaveAccount) -> dict[date, str]:
    return {day.date: day.state for day in account.notices[NOTICE].days.values()}


def booked(account: LeaveAccount) -> dict[date, Fraction]:
    return {day.date: day.counted for day in account.notices[NOTICE].in_state("booked")}


def last_postponed(account: LeaveAccount) -> Any:
    return next(event for event in reversed(account.pending_events) if type(event).__name__ == "Postponed")


def test_a_day_is_postponed_and_the_notice_is_confirmed_with_that() -> None:
    account = with_notice()
    postpone(account, MONDAY, agreed=False)
    assert states(account) == {FRIDAY: "postponed", MONDAY: "booked"}
    assert topics(account)[-2:] == ["leave.notice.postponed", "leave.notice.confirmed"]
    event = last_postponed(account)
    assert (event.lawful, event.agreed, event.postponed_on) == (True, False, "2026-03-04")
    assert (event.deadline, event.last_start) == ("2026-03-09", "2026-04-13")


def test_a_notice_confirmed_before_is_not_confirmed_again() -> None:
    account = with_notice()
    account.confirm(NOTICE, "manager", manager(DECISION))
    postpone(account, MONDAY)
    assert topics(account)[-1] == "leave.notice.postponed"


@pytest.mark.parametrize(
    ("given_on", "first_day", "deadline"),
    [
        (date(2026, 3, 2), date(2026, 3, 13), date(2026, 3, 9)),
        (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 8)),
        (date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 9)),
    ],
)
def test_the_last_day_is_seven_after_the_notice_or_the_one_before_the_leave(
    given_on: date, first_day: date, deadline: date
) -> None:
    new = date(2026, 3, 25)
    postpone(with_notice(first_day, given_on=given_on), new, on=deadline)
    late = with_notice(first_day, given_on=given_on)
    assert refused(late, new, on=deadline + timedelta(days=1)) == "too-late-to-postpone"


def test_a_late_notice_counts_from_its_true_day_and_is_accepted_first() -> None:
    given_on, first_day = date(2026, 3, 9), date(2026, 3, 11)
    account = with_notice(first_day, given_on=given_on)
    assert refused(account, MONDAY, on=given_on) == "waive-first"
    account.waive(NOTICE, "manager", manager(given_on))
    postpone(account, MONDAY, on=date(2026, 3, 10))
    again = with_notice(first_day, given_on=given_on)
    again.waive(NOTICE, "manager", manager(given_on))
    assert refused(again, MONDAY, on=first_day) == "too-late-to-postpone"


@pytest.mark.parametrize(
    ("first_day", "last_start"),
    [
        (FRIDAY, date(2026, 4, 13)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2029, 1, 31), date(2029, 2, 28)),
    ],
)
def test_the_new_start_is_within_a_calendar_month_clamped(first_day: date, last_start: date) -> None:
    given_on = first_day - timedelta(days=11)
    on = given_on + timedelta(days=1)
    every_day = post(cycle(*[(222, 222)] * 7))
    postpone(with_notice(first_day, given_on=given_on, of=every_day), last_start, on=on, of=every_day)
    account = with_notice(first_day, given_on=given_on, of=every_day)
    beyond = last_start + timedelta(days=1)
    assert refused(account, beyond, on=on, of=every_day) == "outside-the-month"


def test_the_new_start_is_later() -> None:
    account = with_notice(FRIDAY, MONDAY)
    assert refused(account, date(2026, 3, 12), dates=(FRIDAY,)) == "not-later"
    assert refused(account, FRIDAY, dates=(FRIDAY,)) == "not-later"
    assert refused(account, dates=(FRIDAY,)) == "new-days-missing"


def test_no_day_is_pulled_forward_behind_one_that_is_postponed() -> None:
    later = date(2026, 4, 9)
    account = with_notice(FRIDAY, later)
    assert refused(account, MONDAY, date(2026, 4, 8)) == "not-later"
    postpone(account, MONDAY, date(2026, 4, 10))


def test_leave_that_starts_in_the_month_may_run_on_but_leave_no_working_day_out() -> None:
    days = (FRIDAY, MONDAY)
    monday = date(2026, 4, 13)
    assert add_months(FRIDAY, 1) == monday
    account = with_notice(*days)
    postpone(account, monday, monday + timedelta(days=1))
    assert last_postponed(account).lawful
    assert refused(with_notice(*days), monday, monday + timedelta(days=2)) == "outside-the-month"
    over_a_weekend = date(2026, 4, 10)
    postpone(with_notice(*days), over_a_weekend, date(2026, 4, 13))


def test_chosen_days_are_postponed_and_both_limits_count_from_the_first() -> None:
    account = with_notice(FRIDAY, date(2026, 4, 1), date(2026, 4, 20))
    assert refused(account, date(2026, 4, 21), dates=(date(2026, 4, 20),)) == "outside-the-month"
    assert refused(account, date(2026, 4, 14), dates=(date(2026, 4, 1),)) == "outside-the-month"
    postpone(account, date(2026, 4, 13), dates=(date(2026, 4, 1),))
    assert states(account) == {
        FRIDAY: "booked",
        date(2026, 4, 1): "postponed",
        date(2026, 4, 13): "booked",
        date(2026, 4, 20): "booked",
    }


def test_a_notice_is_postponed_once() -> None:
    account = with_notice(FRIDAY, MONDAY)
    postpone(account, date(2026, 3, 17), dates=(FRIDAY,))
    assert refused(account, date(2026, 3, 18), dates=(MONDAY,)) == "postponed-already"


def test_the_new_days_are_as_long_on_the_carers_pattern() -> None:
    uneven = post(cycle((222, 222), (222, 0), (222, 222), (222, 222), (222, 222), OFF, OFF))
    tuesday = date(2026, 3, 17)
    account = with_notice(FRIDAY, of=uneven)
    assert refused(account, tuesday, of=uneven) == "other-minutes"
    assert refused(account, (MONDAY, "am"), of=uneven) == "other-minutes"
    postpone(account, (MONDAY, "am"), (date(2026, 3, 18), "pm"), of=uneven)
    assert booked(account) == {MONDAY: Fraction(222), date(2026, 3, 18): Fraction(222)}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 3, 14), "no-working-time"),
        ((MONDAY, "half"), "part-not-offered"),
        (date(2026, 3, 20), "already-away"),
        (date(2026, 3, 23), "already-away"),
    ],
)
def test_a_new_day_is_worked_and_free(day: Any, code: str) -> None:
    account = with_notice(FRIDAY, date(2026, 3, 20))
    give(account, request(GIVEN, date(2026, 3, 23)), SECOND)
    assert refused(account, day, dates=(FRIDAY,)) == code


def test_the_other_half_of_a_date_of_another_notice_is_free() -> None:
    account = with_notice((FRIDAY, "am"))
    give(account, request(GIVEN, (MONDAY, "am")), SECOND)
    assert refused(account, (MONDAY, "am")) == "already-away"
    postpone(account, (MONDAY, "pm"))


def test_the_other_half_of_a_date_of_the_same_notice_is_not_a_new_day() -> None:
    account = with_notice((FRIDAY, "am"), (MONDAY, "am"))
    assert refused(account, (MONDAY, "pm"), dates=(FRIDAY,)) == "already-away"
    (first, second) = told(account)["dates"]
    assert first["days"][0] == {"date": "2026-03-17", "part": "am"}
    assert second["days"][0] == {"date": "2026-03-17", "part": "am"}


def test_the_window_of_a_new_day_is_told_without_the_day_that_was_postponed() -> None:
    account = with_notice()
    postpone(account, MONDAY)
    (day,) = last_postponed(account).days
    assert (day["left_by_minutes"], day["window"]["last"]) == (5 * 444, "2026-03-16")


def test_a_date_stands_for_one_day_and_none_for_itself() -> None:
    account = with_notice(FRIDAY, MONDAY)
    tuesday = date(2026, 3, 17)
    assert refused(account, tuesday, tuesday) == "date-twice"
    assert refused(account, MONDAY, tuesday) == "date-twice"


def test_a_day_given_back_can_be_had_again_as_a_new_day() -> None:
    account = with_notice(FRIDAY, MONDAY)
    account.withdraw(NOTICE, [MONDAY], carer(GIVEN))
    postpone(account, MONDAY, dates=(FRIDAY,))
    assert states(account) == {FRIDAY: "postponed", MONDAY: "booked"}


@pytest.mark.parametrize("consulted_on", [date(2026, 3, 1), date(2026, 3, 5)])
def test_the_carer_was_consulted_between_the_notice_and_the_decision(consulted_on: date) -> None:
    assert refused(with_notice(), MONDAY, consulted_on=consulted_on) == "not-consulted"


@pytest.mark.parametrize("consulted_on", [GIVEN, DECISION])
def test_consultation_may_be_on_the_day_of_either(consulted_on: date) -> None:
    postpone(with_notice(), MONDAY, consulted_on=consulted_on)


def test_the_disruption_is_named() -> None:
    assert refused(with_notice(), MONDAY, reason="  ") == "reason-missing"


def test_nobody_postpones_their_own_leave() -> None:
    account = with_notice()
    asked = Postponement((), (Day(MONDAY, "whole"),), DECISION, "busy", True, "manager")
    with pytest.raises(RefusedError) as refusal:
        account.postpone(NOTICE, asked, ahead_of(FRIDAY), "england none", carer(DECISION))
    assert refusal.value.code_ == "own-request"


def test_what_was_withdrawn_is_not_postponed() -> None:
    account = with_notice()
    account.withdraw(NOTICE, [], carer(GIVEN))
    assert refused(account, MONDAY) == "already-decided"


@pytest.mark.parametrize(
    ("on", "new"), [(DEADLINE + timedelta(days=1), MONDAY), (DECISION, date(2026, 5, 5))], ids=["late", "far"]
)
def test_outside_the_limits_only_hr_records_what_the_carer_agrees_to_and_it_is_not_lawful(on: date, new: date) -> None:
    refused(with_notice(), new, on=on, decided_by="manager", agreed=True)
    refused(with_notice(), new, on=on, decided_by="hr", agreed=False)
    account = with_notice()
    postpone(account, new, on=on, decided_by="hr", agreed=True)
    assert not last_postponed(account).lawful
    assert states(account)[new] == "booked"


def test_outside_the_limits_no_other_condition_is_waived() -> None:
    late = DEADLINE + timedelta(days=1)
    for change, code in (
        ({"reason": ""}, "reason-missing"),
        ({"consulted_on": date(2026, 3, 1)}, "not-consulted"),
    ):
        assert refused(with_notice(), MONDAY, on=late, decided_by="hr", **change) == code
    assert refused(with_notice(), (MONDAY, "am"), on=late, decided_by="hr") == "other-minutes"


def test_within_the_limits_hr_needs_no_agreement() -> None:
    account = with_notice()
    postpone(account, MONDAY, decided_by="hr", agreed=False)
    assert last_postponed(account).lawful


def test_the_new_day_counts_where_it_lies_and_is_not_tested_by_the_windows_again() -> None:
    account = opened()
    give(account, request(date(2026, 1, 2), date(2026, 1, 12)), NOTICE)
    give(account, request(date(2026, 1, 2), *[date(2027, 1, day) for day in (12, 13, 14, 15, 18)]), SECOND)
    postpone(account, date(2026, 2, 12), on=date(2026, 1, 5))
    over = windows_over([held.entry for held in account.held], account.notices[NOTICE].rule)
    assert [left.span.last for left in over] == [date(2027, 1, 18)]
    with pytest.raises(RefusedError):
        give(account, request(date(2026, 1, 6), (date(2026, 3, 3), "am")), "third")


def test_what_was_free_of_the_old_day_stays_free_of_the_new() -> None:
    account = opened()
    half = cycle((60, 60), *[OFF] * 6)
    second = post(half, employment="55555555-5555-4555-8555-555555555555")
    posts = (post(), second)
    days = [date(2026, 3, day) for day in (9, 10, 11, 12, 13)]
    give(account, request(GIVEN, *days, of=post(), posts=posts), SECOND)
    give(account, request(GIVEN, (date(2026, 3, 20), "am"), of=post(), posts=posts), NOTICE)
    assert booked(account) == {date(2026, 3, 20): Fraction(120)}
    postpone(account, (date(2026, 3, 24), "pm"))
    (day,) = account.notices[NOTICE].in_state("booked")
    assert (day.counted, day.minutes, day.free) == (120, 222, 102)


def test_new_days_are_given_back_until_they_begin_taken_by_the_clock_and_corrected() -> None:
    tuesday = date(2026, 3, 17)
    account = with_notice(FRIDAY, date(2026, 3, 12))
    postpone(account, MONDAY, tuesday)
    account.take(NOTICE, FRIDAY, post(), clock(tuesday))
    assert states(account)[FRIDAY] == "postponed"
    account.withdraw(NOTICE, [tuesday], carer(MONDAY))
    account.take(NOTICE, MONDAY, post(), clock(tuesday))
    account.correct(NOTICE, MONDAY, Fraction(0), "worked", hr(tuesday))
    assert states(account)[MONDAY] == "taken"
    assert account.held == []


def test_a_postponed_day_cannot_be_given_back_and_all_new_days_can() -> None:
    account = with_notice()
    postpone(account, MONDAY)
    with pytest.raises(RefusedError):
        account.withdraw(NOTICE, [FRIDAY], carer(DECISION))
    account.withdraw(NOTICE, [], carer(DECISION))
    assert account.notices[NOTICE].state == "withdrawn"


def told(account: LeaveAccount, on: date = DECISION, decided_by: str = "manager") -> dict[str, Any]:
    notice = account.notices[NOTICE]
    return options(notice, ahead_of(notice.first_day, days=45), account.held, decided_by, manager(on))


def test_a_manager_is_told_until_when_and_where_to() -> None:
    account = with_notice((FRIDAY, "am"))
    give(account, request(GIVEN, (MONDAY, "am"), date(2026, 3, 17)), SECOND)
    answer = told(account)
    assert (answer["possible"], answer["within_limits"]) == (True, True)
    assert (answer["last_day"], answer["first_start"], answer["last_start"]) == (
        "2026-03-09",
        "2026-03-14",
        "2026-04-13",
    )
    (date_told,) = answer["dates"]
    assert date_told["days"][:3] == [
        {"date": "2026-03-16", "part": "pm"},
        {"date": "2026-03-18", "part": "am"},
        {"date": "2026-03-18", "part": "pm"},
    ]


def test_nothing_is_offered_before_the_day_that_it_would_stand_for() -> None:
    (_, second) = told(with_notice(FRIDAY, date(2026, 3, 20)))["dates"]
    assert second["days"][0] == {"date": "2026-03-23", "part": "whole"}


def test_every_day_that_is_offered_is_accepted() -> None:
    for day in told(with_notice((FRIDAY, "am")))["dates"][0]["days"]:
        on = date.fromisoformat(day["date"])
        if on <= date(2026, 4, 13):
            postpone(with_notice((FRIDAY, "am")), (on, day["part"]))


def test_a_manager_is_told_why_not_and_hr_what_they_can_still_record() -> None:
    late = DEADLINE + timedelta(days=1)
    answer = told(with_notice(), late)
    assert not answer["possible"]
    assert "the last day for that was Monday 9 March 2026." in answer["sentence"]
    answer = told(with_notice(), late, "hr")
    assert (answer["possible"], answer["within_limits"]) == (True, False)
    assert not told(with_notice(), FRIDAY, "hr")["possible"]
