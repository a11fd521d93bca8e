"""The leave account: what each command does, refuses and leaves alone."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from services.leave.domain.account import LeaveAccount
from services.leave.domain.commands import Declaration
from shared.kernel.errors import CarersError, ErasedError, InvalidError, NotFoundError, RefusedError
from tests.leave.builders import (
    CARER,
    EMPLOYER,
    FULL_DAY,
    NOTICE,
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
SECOND = "77777777-7777-4777-8777-777777777777"


def with_notice(*days: date | tuple[date, str], given_on: date = GIVEN, notice: str = NOTICE) -> LeaveAccount:
    account = opened()
    give(account, request(given_on, *(days or (FRIDAY,))), notice)
    return account


def with_day_taken() -> LeaveAccount:
    account = with_notice()
    account.take(NOTICE, FRIDAY, post(), clock(FRIDAY + timedelta(days=1)))
    return account


def last(account: LeaveAccount) -> Any:
    return account.pending_events[-1]


def used(account: LeaveAccount) -> Fraction:
    return sum((held.entry.minutes for held in account.held), Fraction(0))


def code_of(refusal: pytest.ExceptionInfo[Any]) -> str:
    error = refusal.value
    assert isinstance(error, CarersError)
    return error.code_


class TestGivingNotice:
    def test_stores_the_rule_its_inputs_and_its_deadlines(self) -> None:
        event = last(with_notice())
        assert (event.law, event.nation, event.calendar) == ("great-britain-2024-04-06", "england", "england none")
        assert event.week_minutes == 2220
        assert event.given_on == "2026-03-02"
        assert event.deadline == "2026-03-09"
        assert event.latest_notice == {"text": "2026-03-09", "acas": "2026-03-10", "govuk": "2026-03-10"}
        assert event.declared == ["dependant", "care"]
        (day,) = event.days
        assert (day["minutes"], day["counted_minutes"], day["scheduled_minutes"]) == (444, 444, 444)
        assert (day["left_by_minutes"], day["left_by_share"]) == (2220, 2220)

    def test_counts_against_the_week_at_once(self) -> None:
        assert used(with_notice()) == FULL_DAY

    def test_in_time_by_the_text_needs_no_waiver_and_by_what_is_published_a_standing_one(self) -> None:
        assert not last(with_notice(given_on=date(2026, 3, 9))).standing_waiver
        event = last(with_notice(given_on=date(2026, 3, 10)))
        assert (event.late, event.standing_waiver, event.waived) == (False, True, False)

    def test_late_is_never_refused_and_counts_while_it_waits(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        assert last(account).late
        assert account.notices[NOTICE].state == "late"
        assert used(account) == FULL_DAY

    @pytest.mark.parametrize(
        ("dependant", "care", "missing"),
        [(False, True, "long-term care need"), (True, False, "give or arrange care"), (False, False, "and that")],
    )
    def test_needs_both_limbs_of_the_declaration(self, dependant: bool, care: bool, missing: str) -> None:
        account = opened()
        with pytest.raises(RefusedError, match=missing) as refusal:
            account.give_notice(NOTICE, request(GIVEN, FRIDAY), Declaration(dependant, care), "none", carer(GIVEN))
        assert code_of(refusal) == "declaration-incomplete"

    def test_that_does_not_fit_leaves_no_trace(self) -> None:
        account = opened()
        days = [date(2026, 3, day) for day in (9, 10, 11, 12, 13, 16)]
        with pytest.raises(RefusedError):
            give(account, request(GIVEN, *days))
        assert topics(account) == ["leave.account.opened"]
        assert account.held == []


class TestConfirming:
    def test_by_the_manager_acknowledges(self) -> None:
        account = with_notice()
        account.confirm(NOTICE, "manager", manager(GIVEN))
        event = last(account)
        assert (event.confirmed_by, event.confirmed_on, event.late, event.waived) == (
            "manager",
            "2026-03-02",
            False,
            False,
        )
        assert account.notices[NOTICE].state == "confirmed"

    def test_twice_says_that_it_is_done(self) -> None:
        account = with_notice()
        account.confirm(NOTICE, "manager", manager(GIVEN))
        with pytest.raises(RefusedError, match="already confirmed") as refusal:
            account.confirm(NOTICE, "hr", hr(GIVEN))
        assert code_of(refusal) == "already-decided"

    def test_what_was_withdrawn_says_so(self) -> None:
        account = with_notice()
        account.withdraw(NOTICE, [], carer(GIVEN))
        with pytest.raises(RefusedError, match="was cancelled"):
            account.confirm(NOTICE, "manager", manager(GIVEN))

    def test_a_late_notice_asks_for_a_waiver(self) -> None:
        with pytest.raises(RefusedError, match="is late") as refusal:
            with_notice(given_on=date(2026, 3, 12)).confirm(NOTICE, "manager", manager(GIVEN))
        assert code_of(refusal) == "waive-first"

    def test_ones_own_is_refused_whatever_the_role(self) -> None:
        with pytest.raises(RefusedError, match="your own leave") as refusal:
            with_notice().confirm(NOTICE, "hr", carer(GIVEN))
        assert code_of(refusal) == "own-request"

    def test_a_notice_that_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFoundError):
            with_notice().confirm(SECOND, "manager", manager(GIVEN))


class TestSilence:
    def test_confirms_the_day_after_the_last_day_of_a_postponement(self) -> None:
        account = with_notice()
        account.confirm_by_silence(NOTICE, clock(date(2026, 3, 9), hour=23))
        assert account.notices[NOTICE].state == "given"
        account.confirm_by_silence(NOTICE, clock(date(2026, 3, 10)))
        assert last(account).confirmed_by == "clock"

    def test_is_not_said_twice(self) -> None:
        account = with_notice()
        account.confirm_by_silence(NOTICE, clock(date(2026, 3, 10)))
        before = topics(account)
        account.confirm_by_silence(NOTICE, clock(date(2026, 3, 11)))
        assert topics(account) == before

    def test_never_confirms_what_came_too_late(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.confirm_by_silence(NOTICE, clock(FRIDAY, hour=12))
        assert account.notices[NOTICE].state == "late"


class TestLateNotice:
    def test_is_waived_and_with_that_confirmed(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.waive(NOTICE, "manager", manager(date(2026, 3, 12)))
        assert topics(account)[-2:] == ["leave.notice.waived", "leave.notice.confirmed"]
        assert (last(account).late, last(account).waived) == (True, True)

    def test_lapses_when_its_first_day_begins_undecided(self) -> None:
        account = with_notice(FRIDAY, MONDAY, given_on=date(2026, 3, 12))
        account.lapse(NOTICE, clock(FRIDAY, hour=8))
        assert account.notices[NOTICE].state == "late"
        account.lapse(NOTICE, clock(FRIDAY, hour=9))
        assert account.notices[NOTICE].state == "lapsed"
        assert used(account) == 0

    def test_does_not_lapse_once_waived(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.waive(NOTICE, "manager", manager(date(2026, 3, 12)))
        account.lapse(NOTICE, clock(FRIDAY, hour=9))
        assert account.notices[NOTICE].state == "confirmed"

    def test_can_be_accepted_after_it_lapsed_and_its_day_is_taken_then(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.lapse(NOTICE, clock(FRIDAY, hour=9))
        account.waive(NOTICE, "hr", hr(MONDAY))
        assert used(account) == FULL_DAY
        account.take(NOTICE, FRIDAY, post(), clock(MONDAY))
        assert last(account).TOPIC == "leave.day.taken"

    def test_that_lapsed_is_tested_again_because_its_time_may_be_gone(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.lapse(NOTICE, clock(FRIDAY, hour=9))
        give(account, request(date(2026, 3, 13), *(date(2026, 6, day) for day in range(1, 6))), SECOND)
        with pytest.raises(RefusedError, match="more than a week") as refusal:
            account.waive(NOTICE, "manager", manager(MONDAY))
        assert code_of(refusal) == "does-not-fit"

    def test_that_lapsed_is_not_revived_over_other_leave_on_its_date(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.lapse(NOTICE, clock(FRIDAY, hour=9))
        give(account, request(FRIDAY, (FRIDAY, "pm"), hour=10), SECOND)
        with pytest.raises(RefusedError, match="other leave on Friday 13 March 2026") as refusal:
            account.waive(NOTICE, "manager", manager(MONDAY))
        assert code_of(refusal) == "already-away"

    def test_in_time_has_nothing_to_waive(self) -> None:
        with pytest.raises(RefusedError, match="do not need to accept it"):
            with_notice().waive(NOTICE, "manager", manager(GIVEN))


class TestWithdrawing:
    def test_gives_the_time_back_before_the_day_begins(self) -> None:
        account = with_notice()
        assert account.withdraw(NOTICE, [], carer(FRIDAY, hour=8)) == [FRIDAY]
        assert used(account) == 0
        assert account.notices[NOTICE].state == "withdrawn"

    def test_some_days_leaves_the_others(self) -> None:
        account = with_notice(FRIDAY, MONDAY)
        account.withdraw(NOTICE, [MONDAY], carer(GIVEN))
        assert last(account).dates == ["2026-03-16"]
        assert used(account) == FULL_DAY
        assert account.notices[NOTICE].state == "given"

    def test_a_day_that_has_begun_is_refused_and_points_to_a_correction(self) -> None:
        with pytest.raises(RefusedError, match="ask HR to correct it") as refusal:
            with_notice().withdraw(NOTICE, [FRIDAY], carer(FRIDAY, hour=9))
        assert code_of(refusal) == "day-has-begun"

    def test_the_afternoon_can_be_given_back_in_the_morning(self) -> None:
        account = with_notice((FRIDAY, "pm"))
        account.withdraw(NOTICE, [FRIDAY], carer(FRIDAY, hour=12))
        assert used(account) == 0

    def test_all_gives_back_what_has_not_begun(self) -> None:
        account = with_notice(FRIDAY, MONDAY)
        assert account.withdraw(NOTICE, [], carer(FRIDAY, hour=10)) == [MONDAY]

    def test_all_of_nothing_is_refused(self) -> None:
        account = with_notice()
        account.withdraw(NOTICE, [], carer(GIVEN))
        with pytest.raises(RefusedError) as refusal:
            account.withdraw(NOTICE, [], carer(GIVEN))
        assert code_of(refusal) == "nothing-to-withdraw"

    def test_a_date_of_no_notice_is_refused(self) -> None:
        with pytest.raises(RefusedError, match="Monday 16 March 2026") as refusal:
            with_notice().withdraw(NOTICE, [MONDAY], carer(GIVEN))
        assert code_of(refusal) == "not-in-notice"

    def test_a_taken_day_is_refused(self) -> None:
        with pytest.raises(RefusedError) as refusal:
            with_day_taken().withdraw(NOTICE, [FRIDAY], carer(MONDAY))
        assert code_of(refusal) == "day-has-begun"


class TestTaking:
    def test_a_day_is_taken_at_its_end_in_london(self) -> None:
        account = with_notice(date(2026, 7, 10), given_on=date(2026, 7, 1))
        account.take(NOTICE, date(2026, 7, 10), post(), clock(date(2026, 7, 10), hour=22))
        assert account.notices[NOTICE].days[date(2026, 7, 10)].state == "booked"
        account.take(NOTICE, date(2026, 7, 10), post(), clock(date(2026, 7, 10), hour=23))
        event = last(account)
        assert (event.minutes, event.paid_minutes, event.scheduled_minutes, event.full_time_minutes) == (
            444,
            0,
            444,
            2220,
        )
        assert (event.staff_number, event.post, event.employer, event.part) == (
            "0001234",
            "Policy adviser",
            EMPLOYER,
            "whole",
        )

    def test_confirms_by_silence_first_where_that_was_overtaken(self) -> None:
        assert topics(with_day_taken())[-2:] == ["leave.notice.confirmed", "leave.day.taken"]

    def test_happens_once(self) -> None:
        account = with_day_taken()
        before = topics(account)
        account.take(NOTICE, FRIDAY, post(), clock(MONDAY))
        assert topics(account) == before

    def test_leaves_a_withdrawn_day_alone(self) -> None:
        account = with_notice()
        account.withdraw(NOTICE, [], carer(GIVEN))
        account.take(NOTICE, FRIDAY, post(), clock(MONDAY))
        assert topics(account)[-1] == "leave.notice.withdrawn"

    def test_lapses_a_late_notice_that_nobody_decided(self) -> None:
        account = with_notice(given_on=date(2026, 3, 12))
        account.take(NOTICE, FRIDAY, post(), clock(MONDAY))
        assert topics(account)[-1] == "leave.notice.lapsed"

    def test_gives_a_day_back_where_the_employment_had_ended(self) -> None:
        account = with_notice()
        account.take(NOTICE, FRIDAY, None, clock(MONDAY))
        assert (last(account).TOPIC, last(account).cause) == ("leave.notice.withdrawn", "employment-ended")
        assert used(account) == 0

    def test_a_date_of_no_notice_is_left_alone(self) -> None:
        account = with_notice()
        account.take(NOTICE, MONDAY, post(), clock(date(2026, 3, 20)))
        assert topics(account)[-1] == "leave.notice.requested"


class TestCorrecting:
    def test_worked_instead_gives_the_time_back(self) -> None:
        account = with_day_taken()
        assert account.correct(NOTICE, FRIDAY, Fraction(0), "Worked that day", hr(MONDAY)) == []
        event = last(account)
        assert (event.minutes, event.previous_minutes, event.reason) == (0, 444, "Worked that day")
        assert (event.staff_number, event.full_time_minutes, event.scheduled_minutes) == ("0001234", 2220, 444)
        assert used(account) == 0

    def test_can_be_repeated_from_what_it_is_now(self) -> None:
        account = with_day_taken()
        account.correct(NOTICE, FRIDAY, Fraction(0), "Worked that day", hr(MONDAY))
        account.correct(NOTICE, FRIDAY, Fraction(222), "Half of it after all", hr(MONDAY))
        assert (last(account).minutes, last(account).previous_minutes) == (222, 0)
        assert used(account) == 222

    def test_the_same_again_is_refused(self) -> None:
        with pytest.raises(RefusedError, match="already has 7 hours 24 minutes of leave") as refusal:
            with_day_taken().correct(NOTICE, FRIDAY, Fraction(444), "?", hr(MONDAY))
        assert code_of(refusal) == "not-changed"

    @pytest.mark.parametrize("minutes", [Fraction(-1), Fraction(445)])
    def test_a_day_has_no_more_than_its_working_time(self, minutes: Fraction) -> None:
        with pytest.raises(InvalidError, match="at most 7 hours 24 minutes"):
            with_day_taken().correct(NOTICE, FRIDAY, minutes, "?", hr(MONDAY))

    def test_two_notices_of_one_date_share_its_working_time(self) -> None:
        account = with_notice((FRIDAY, "am"))
        give(account, request(GIVEN, (FRIDAY, "pm")), SECOND)
        account.take(NOTICE, FRIDAY, post(), clock(MONDAY))
        with pytest.raises(InvalidError, match="at most 3 hours 42 minutes"):
            account.correct(NOTICE, FRIDAY, Fraction(223), "?", hr(MONDAY))

    def test_a_day_that_was_not_taken_is_refused(self) -> None:
        with pytest.raises(RefusedError, match="has not been taken") as refusal:
            with_notice().correct(NOTICE, FRIDAY, Fraction(0), "?", hr(GIVEN))
        assert code_of(refusal) == "not-taken"

    def test_a_date_of_no_notice_is_refused(self) -> None:
        with pytest.raises(RefusedError) as refusal:
            with_day_taken().correct(NOTICE, MONDAY, Fraction(0), "?", hr(MONDAY))
        assert code_of(refusal) == "not-in-notice"

    def test_needs_a_reason(self) -> None:
        with pytest.raises(InvalidError, match="why"):
            with_day_taken().correct(NOTICE, FRIDAY, Fraction(0), "  ", hr(MONDAY))

    def test_ones_own_day_is_refused(self) -> None:
        with pytest.raises(RefusedError, match="your own leave"):
            with_day_taken().correct(NOTICE, FRIDAY, Fraction(0), "?", carer(MONDAY))

    def test_upwards_may_leave_a_window_over_the_week_and_says_which(self) -> None:
        account = opened()
        days = [date(2026, 3, day) for day in range(9, 13)]
        give(account, request(date(2026, 2, 2), *days, (FRIDAY, "am")))
        account.take(NOTICE, FRIDAY, post(), clock(MONDAY))
        account.correct(NOTICE, FRIDAY, Fraction(0), "Worked instead", hr(MONDAY))
        give(account, request(MONDAY, date(2026, 6, 1)), SECOND)
        over = account.correct(NOTICE, FRIDAY, Fraction(444), "All day after all", hr(MONDAY))
        assert [left.span.last for left in over] == [date(2026, 6, 1)]

    def test_of_a_day_carried_by_a_remainder_keeps_its_surplus_free(self) -> None:
        account = opened()
        give(account, request(GIVEN, *(date(2026, 3, day) for day in range(9, 13))))
        short = post(cycle((172, 172), *[(0, 0)] * 6, starts=MONDAY), employment="88888888-8888-4888-8888-888888888888")
        posts = [post(), short]
        give(account, request(GIVEN, MONDAY, of=short, posts=posts), SECOND)
        third = "99999999-9999-4999-8999-999999999999"
        give(account, request(GIVEN, (FRIDAY, "am")), third)
        account.take(third, FRIDAY, post(), clock(MONDAY))
        free = 222 - account.notices[third].days[FRIDAY].counted
        assert free > 0
        account.correct(third, FRIDAY, Fraction(150), "Came back early", hr(MONDAY))
        assert account.notices[third].days[FRIDAY].counted == 150 - free


class TestForgetting:
    def test_takes_nothing_more(self) -> None:
        account = with_notice()
        account.forget(clock(MONDAY))
        for attempt in (
            lambda: give(account, request(MONDAY, date(2026, 4, 1)), SECOND),
            lambda: account.withdraw(NOTICE, [], carer(GIVEN)),
            lambda: account.take(NOTICE, FRIDAY, post(), clock(MONDAY)),
        ):
            with pytest.raises(ErasedError):
                attempt()

    def test_happens_once(self) -> None:
        account = with_notice()
        account.forget(clock(MONDAY))
        account.forget(clock(MONDAY))
        assert topics(account).count("leave.account.forgotten") == 1


def test_an_erased_reason_reads_as_nothing_and_the_account_stays_whole() -> None:
    account = with_day_taken()
    account.correct(NOTICE, FRIDAY, Fraction(0), "Worked that day", hr(MONDAY))
    events = account.collect_events()
    object.__setattr__(events[-1], "reason", None)
    again: Any = None
    for event in events:
        again = event.mutate(again)
    assert again.person == CARER
    assert again.notices[NOTICE].days[FRIDAY].minutes == 0
