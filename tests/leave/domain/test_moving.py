"""A late notice that is not waived: told from when it is in time, and moved there with its time of notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.leave.domain.account import LeaveAccount
from services.leave.domain.assessment import AskedDay, Request
from services.leave.domain.commands import Day
from services.leave.domain.moving import days_in_time, looked_for
from services.leave.domain.postponing import ScheduledDays
from shared.kernel.errors import CarersError, InvalidError, NotFoundError, RefusedError
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

GIVEN = date(2026, 3, 11)
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)
TUESDAY = date(2026, 3, 17)
NEW = "77777777-7777-4777-8777-777777777777"
OTHER = "88888888-8888-4888-8888-888888888888"


def late(*days: date | tuple[date, str], given_on: date = GIVEN, hour: int = 10) -> LeaveAccount:
    account = opened()
    give(account, request(given_on, *(days or (FRIDAY,)), hour=hour))
    assert account.notices[NOTICE].state == "late"
    return account


def not_waived(*days: date | tuple[date, str]) -> LeaveAccount:
    account = late(*days)
    account.not_waive(NOTICE, "The desk is not covered", "manager", manager(GIVEN, hour=12))
    return account


def ahead_of(account: LeaveAccount, of: Any = None) -> ScheduledDays:
    held = of or post()
    span = looked_for(account.notices[NOTICE])
    return {day: AskedDay(day, "whole", held, held.pattern.scheduled(day, NO_HOLIDAYS)) for day in span}


def in_time(account: LeaveAccount, of: Any = None) -> tuple[Day, ...]:
    return days_in_time(account.notices[NOTICE], ahead_of(account, of), account.held)


def move(account: LeaveAccount, on: date = GIVEN, hour: int = 14) -> None:
    asked = request(GIVEN, *((day.date, day.part) for day in in_time(account)))
    at = account.notices[NOTICE].given_at
    account.move(NOTICE, NEW, Request(asked.employment, asked.days, asked.posts, at), "england none", carer(on, hour))


def code_of(action: Any) -> str:
    with pytest.raises(CarersError) as refusal:
        action()
    return refusal.value.code_


def test_days_that_are_not_waived_are_given_back_and_it_is_told_from_when_the_notice_is_in_time() -> None:
    account = not_waived()
    notice = account.notices[NOTICE]
    assert (notice.state, notice.days[FRIDAY].state, account.held) == ("not-waived", "not-waived", [])
    event: Any = account.pending_events[-1]
    assert (event.given_on, event.decided_on, event.in_time_from) == ("2026-03-11", "2026-03-11", "2026-03-14")


def test_only_a_late_notice_that_waits_can_be_kept_to_the_period() -> None:
    account = opened()
    give(account, request(date(2026, 3, 2), FRIDAY))
    for ready in (lambda: None, lambda: account.confirm(NOTICE, "manager", manager(GIVEN))):
        ready()
        with pytest.raises(RefusedError):
            account.not_waive(NOTICE, "why", "manager", manager(GIVEN))
    again = not_waived()
    assert code_of(lambda: again.not_waive(NOTICE, "why", "hr", hr(GIVEN))) == "already-decided"
    assert code_of(lambda: again.waive(NOTICE, "hr", hr(GIVEN))) == "already-decided"
    assert code_of(lambda: again.confirm(NOTICE, "hr", hr(GIVEN))) == "already-decided"


def test_it_needs_a_reason_and_somebody_else() -> None:
    account = late()
    with pytest.raises(InvalidError):
        account.not_waive(NOTICE, " ", "manager", manager(GIVEN))
    assert code_of(lambda: account.not_waive(NOTICE, "why", "manager", carer(GIVEN))) == "own-request"
    with pytest.raises(NotFoundError):
        account.not_waive("none", "why", "manager", manager(GIVEN))


def test_once_its_first_day_has_begun_nothing_is_left_to_decide_even_before_the_clock_says_so() -> None:
    account = late()
    account.not_waive(NOTICE, "why", "manager", manager(FRIDAY, hour=8))
    begun = late()
    assert code_of(lambda: begun.not_waive(NOTICE, "why", "manager", manager(FRIDAY, hour=9))) == "already-decided"
    begun.lapse(NOTICE, clock(FRIDAY, 9))
    assert code_of(lambda: begun.not_waive(NOTICE, "why", "manager", manager(FRIDAY))) == "already-decided"


def test_it_does_not_lapse_and_is_not_taken_afterwards() -> None:
    account = not_waived()
    before = topics(account)
    account.lapse(NOTICE, clock(FRIDAY, 10))
    account.confirm_by_silence(NOTICE, clock(FRIDAY + timedelta(days=10)))
    account.take(NOTICE, FRIDAY, post(), clock(FRIDAY + timedelta(days=1)))
    assert topics(account) == before


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([FRIDAY], [MONDAY]),
        ([(FRIDAY, "am")], [MONDAY]),
        ([FRIDAY, MONDAY], [MONDAY, TUESDAY]),
        ([date(2026, 3, 12), FRIDAY, MONDAY], [TUESDAY, date(2026, 3, 18), date(2026, 3, 19)]),
        ([FRIDAY, date(2026, 4, 8)], [MONDAY, date(2026, 4, 8)]),
    ],
)
def test_days_move_to_the_first_dates_in_time_and_stay_where_they_are_in_time(days: Any, expected: list[date]) -> None:
    account = not_waived(*days)
    assert [day.date for day in in_time(account)] == expected
    move(account)
    new = account.notices[NEW]
    assert (new.state, new.late, list(new.days)) == ("given", False, expected)
    assert new.given_at == account.notices[NOTICE].given_at
    assert topics(account)[-2:] == ["leave.notice.requested", "leave.notice.moved"]


def test_a_date_with_other_leave_or_other_minutes_is_passed_over() -> None:
    account = not_waived()
    give(account, request(date(2026, 3, 2), MONDAY), OTHER)
    assert in_time(account) == (Day(TUESDAY, "whole"),)
    short_tuesdays = post(cycle((222, 222), (222, 0), *[(222, 222)] * 3, OFF, OFF))
    assert in_time(account, short_tuesdays) == (Day(date(2026, 3, 18), "whole"),)


def test_half_a_day_moves_to_the_same_half_where_it_is_free() -> None:
    account = not_waived((FRIDAY, "pm"))
    assert in_time(account) == (Day(MONDAY, "pm"),)
    give(account, request(date(2026, 3, 2), (MONDAY, "pm")), OTHER)
    assert in_time(account) == (Day(MONDAY, "am"),)


def test_a_notice_moves_once_and_only_where_it_was_not_waived() -> None:
    account = not_waived()
    move(account)
    assert code_of(lambda: in_time(account)) == "moved-already"
    assert code_of(lambda: looked_for(late().notices[NOTICE])) == "nothing-to-move"


def test_the_dates_in_time_are_had_until_they_begin() -> None:
    account = not_waived()
    move(account, on=MONDAY, hour=8)
    too_late = not_waived()
    assert code_of(lambda: move(too_late, on=MONDAY, hour=9)) == "move-too-late"


def test_a_move_passes_the_windows_like_any_new_leave() -> None:
    account = not_waived()
    give(account, request(date(2026, 3, 2), *[date(2026, 4, day) for day in (13, 14, 15, 16, 17)]), OTHER)
    assert code_of(lambda: move(account)) == "does-not-fit"


def test_where_the_pattern_has_no_such_day_a_new_notice_is_advised() -> None:
    account = not_waived()
    assert code_of(lambda: in_time(account, post(cycle((222, 0), *[OFF] * 6)))) == "no-date-in-time"
