"""Whatever is done to an account, in whatever order: no accepted leave makes a window exceed the week."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from services.leave.domain.account import LeaveAccount
from services.leave.domain.assessment import AskedDay
from services.leave.domain.commands import Day
from services.leave.domain.moving import days_in_time, looked_for
from services.leave.domain.postponing import Postponement, ScheduledDays
from services.leave.domain.posts import Post
from shared.kernel.errors import CarersError
from shared.kernel.periods import Span, add_months
from shared.kernel.provenance import Provenance
from shared.kernel.working_time import Sessions
from tests.leave.builders import (
    CARER,
    EVERY_DAY,
    HR,
    MANAGER,
    NO_HOLIDAYS,
    OTHER_EMPLOYMENT,
    at,
    cycle,
    give,
    opened,
    post,
    request,
)

START = date(2027, 1, 4)
PATTERNS = {
    "full": EVERY_DAY,
    "short": cycle(*[(133, 133)] * 7, works_bank_holidays=True),
    "odd": cycle(*[(185, 0)] * 7, works_bank_holidays=True),
}
NAMES = UUID("9b2f7f0e-3c3f-4e0e-9b40-2b8b6f0e3b11")


SECOND_POST = post(cycle((60, 60), *[(0, 0)] * 6), employment=OTHER_EMPLOYMENT)


@dataclass
class Story:
    """An account and the day it has got to; at first two posts, so that a full week leaves less than half a day."""

    account: LeaveAccount = field(default_factory=lambda: opened(START))
    today: date = START
    posts: tuple[Post, ...] = (post(EVERY_DAY), SECOND_POST)
    week: Fraction = EVERY_DAY.weekly_minutes + 120
    notices: list[str] = field(default_factory=list)
    postponed: set[date] = field(default_factory=set)

    def notice(self, which: int) -> str:
        return self.notices[which % len(self.notices)] if self.notices else "none"

    def act(self, by: str) -> Provenance:
        return Provenance(by, at(self.today), "department-for-tests")


Step = Callable[[Story], None]
NUMBERS = st.integers(0, 1000)
AHEAD = st.one_of(st.integers(1, 20), st.integers(355, 375))
GAPS = st.sampled_from([0, 1, 3, 5, 30, 180, 350, 364, 365, 366])
PARTS = st.sampled_from(["whole", "whole", "am", "pm", "half"])


def giving(after: int, count: int, apart: int, part: str, which_post: int) -> Step:
    """Ask for so many dates, so many days apart, the first so many days ahead."""

    def step(story: Story) -> None:
        first = story.today + timedelta(days=after)
        dates = {first + timedelta(days=apart * number) for number in range(count)}
        of = story.posts[which_post % len(story.posts)]
        asked = request(story.today, *((day, part) for day in sorted(dates)), of=of, posts=story.posts)
        notice = str(uuid5(NAMES, str(len(story.notices))))
        give(story.account, asked, notice)
        story.notices.append(notice)
        check_new_leave(story, notice)

    return step


def exchanging(after: int, part: str, which: int) -> Step:
    """Ask for a date and give another back for it, some date that counts by now."""

    def step(story: Story) -> None:
        held = sorted({day for day, _, _ in counted(story)})
        give_back = [held[which % len(held)]] if held else []
        of = story.posts[0]
        asked = request(story.today, (story.today + timedelta(days=after), part), of=of, posts=story.posts)
        notice = str(uuid5(NAMES, str(len(story.notices))))
        before = sorted(counted(story))
        try:
            give(story.account, asked, notice, give_back)
        except CarersError:
            assert sorted(counted(story)) == before
            raise
        assert not (give_back and story.account.notices[notice].late)
        story.notices.append(notice)
        new = {asked.days[0].date}
        assert {day for day, _, _ in counted(story)} == {day for day, _, _ in before} - set(give_back) | new
        check_new_leave(story, notice)

    return step


def moving(days: int) -> Step:
    def step(story: Story) -> None:
        story.today += timedelta(days=days)
        for notice in list(story.account.notices.values()):
            story.account.lapse(notice.id, story.act("clock"))
            story.account.confirm_by_silence(notice.id, story.act("clock"))
            for day in notice.days:
                story.account.take(notice.id, day, story.posts[0], story.act("clock"))

    return step


def withdrawing(which: int) -> Step:
    return lambda story: void(story.account.withdraw(story.notice(which), [], story.act(CARER)))


def waiving(which: int) -> Step:
    return lambda story: story.account.waive(story.notice(which), "manager", story.act(MANAGER))


def not_waiving(which: int) -> Step:
    def step(story: Story) -> None:
        notice = story.notice(which)
        before = counted(story)
        story.account.not_waive(notice, "no cover", "manager", story.act(MANAGER))
        gone = set(story.account.notices[notice].days)
        assert all(day.state not in ("booked", "taken") for day in story.account.notices[notice].days.values())
        assert len(counted(story)) >= len(before) - len(gone)

    return step


def moving_notice(which: int) -> Step:
    """The carer moves a notice that was not waived; what it then takes is new leave like any other."""

    def step(story: Story) -> None:
        old = story.account.known(story.notice(which))
        span = looked_for(old)
        days = days_in_time(old, ahead_of(story, old.employment, span), story.account.held)
        of = next(each for each in story.posts if each.employment == old.employment)
        asked = request(old.given_on, *((day.date, day.part) for day in days), of=of, posts=story.posts)
        notice = str(uuid5(NAMES, str(len(story.notices))))
        story.account.move(old.id, notice, replace(asked, given_at=old.given_at), "none", story.act(CARER))
        story.notices.append(notice)
        assert (story.account.notices[notice].late, story.account.notices[notice].given_at) == (False, old.given_at)
        check_new_leave(story, notice)

    return step


def postponing(which: int, after: int, count: int, agreed: bool, decided_by: str) -> Step:
    """Postpone days of a notice by so many days; every bit of what they counted is counted where they lie then."""

    def step(story: Story) -> None:
        notice = story.account.known(story.notice(which))
        dates = tuple(day.date for day in notice.in_state("booked"))[:count]
        days = tuple(Day(day + timedelta(days=after), notice.days[day].part) for day in dates)
        ahead = ahead_of(story, notice.employment, Span(notice.first_day, notice.first_day + timedelta(days=400)))
        asked = Postponement(dates, days, story.today, "an audit", agreed, decided_by)
        before, held = sorted(counted(story)), sum(minutes for _, minutes, _ in counted(story))
        deadline, week = notice.deadline, notice.week
        try:
            story.account.postpone(notice.id, asked, ahead, "none", story.act(HR if decided_by == "hr" else MANAGER))
        except CarersError:
            assert sorted(counted(story)) == before
            raise
        story.postponed |= {day.date for day in days}
        assert sum(minutes for _, minutes, _ in counted(story)) == held
        assert {day for day, _, _ in counted(story)} >= {day.date for day in days}
        assert (notice.postponed_on, notice.week) == (story.today, week)
        if not (agreed and decided_by == "hr"):
            assert story.today <= min(deadline, notice.first_day - timedelta(days=1))
            assert notice.first_day < min(day.date for day in days) <= add_months(notice.first_day, 1)

    return step


def ahead_of(story: Story, employment: str, span: Span) -> ScheduledDays:
    held = next((each for each in story.posts if each.employment == employment), None)
    return {
        day: AskedDay(day, "whole", held, held.pattern.scheduled(day, NO_HOLIDAYS) if held else Sessions())
        for day in span
    }


def confirming(which: int) -> Step:
    return lambda story: story.account.confirm(story.notice(which), "manager", story.act(MANAGER))


def worked_instead(which: int) -> Step:
    def step(story: Story) -> None:
        notice = story.account.notices.get(story.notice(which))
        for day in list(notice.days) if notice else []:
            story.account.correct(story.notice(which), day, Fraction(0), "worked", story.act(HR))

    return step


def changing_hours(pattern: str, second: bool) -> Step:
    def step(story: Story) -> None:
        story.posts = (post(PATTERNS[pattern]), *((SECOND_POST,) if second else ()))
        story.week = sum((each.pattern.weekly_minutes for each in story.posts), Fraction(0))

    return step


def void(_: Any) -> None:
    """Drop an answer."""


ONE_IN_FOUR = st.integers(0, 3).map(lambda number: number // 3)
GIVING = st.builds(giving, AHEAD, st.sampled_from([1, 1, 2, 3, 6, 7]), st.integers(1, 2), PARTS, ONE_IN_FOUR)
SAME_HOURS = st.one_of(
    GIVING,
    GIVING,
    GIVING,
    st.builds(exchanging, AHEAD, PARTS, NUMBERS),
    st.builds(moving, GAPS),
    st.builds(withdrawing, NUMBERS),
    st.builds(waiving, NUMBERS),
    st.builds(not_waiving, NUMBERS),
    st.builds(moving_notice, NUMBERS),
    st.builds(confirming, NUMBERS),
    st.builds(worked_instead, NUMBERS),
)
POSTPONING = st.builds(
    postponing, NUMBERS, st.integers(1, 40), st.integers(1, 3), st.booleans(), st.sampled_from(["manager", "hr"])
)
WITH_POSTPONING = st.one_of(SAME_HOURS, SAME_HOURS, POSTPONING)
CHANGING_HOURS = st.one_of(WITH_POSTPONING, st.builds(changing_hours, st.sampled_from(sorted(PATTERNS)), st.booleans()))


def tell(steps: list[Step], after_each: Callable[[Story], None] = void) -> Story:
    """Do all that the rules let happen."""
    story = Story()
    for step in steps:
        with contextlib.suppress(CarersError):
            step(story)
        after_each(story)
    return story


def counted(story: Story) -> list[tuple[date, Fraction, Fraction]]:
    """Every day that counts, read off the account's notices: date, minutes counted, the week at its request."""
    return [
        (day.date, day.counted, notice.week)
        for notice in story.account.notices.values()
        for day in notice.days.values()
        if day.state in ("booked", "taken")
    ]


def in_window(entries: list[tuple[date, Fraction, Fraction]], last: date) -> list[tuple[date, Fraction, Fraction]]:
    return [entry for entry in entries if add_months(last, -12) < entry[0] <= last]


def check_every_window(story: Story) -> None:
    """With one week all along: no twelve months, ending on any leave day, hold more than it.

    Postponed leave keeps the test it passed, so windows that hold some of it are left out.
    """
    entries = counted(story)
    for last in {entry[0] for entry in entries}:
        if story.postponed & {entry[0] for entry in in_window(entries, last)}:
            continue
        assert sum(minutes for _, minutes, _ in in_window(entries, last)) <= story.week


def check_new_leave(story: Story, notice: str) -> None:
    """Every window that holds a day of the notice is within the week or, after a change of hours, within its share."""
    new = [(day.date, day.counted, story.week) for day in story.account.notices[notice].days.values()]
    old = counted(story)
    for entry in new:
        old.remove(entry)
    for last in {entry[0] for entry in old + new}:
        asked = sum((minutes for _, minutes, _ in in_window(new, last)), Fraction(0))
        used = sum((minutes for _, minutes, _ in in_window(old, last)), Fraction(0))
        share = sum((minutes / week for _, minutes, week in in_window(old, last)), Fraction(0))
        if asked:
            assert asked <= max(story.week - used, story.week * (1 - share))


@settings(max_examples=500, deadline=None)
@given(st.lists(SAME_HOURS, min_size=3, max_size=25))
def test_no_sequence_of_commands_lets_a_window_exceed_the_week(steps: list[Step]) -> None:
    tell(steps, check_every_window)


@settings(max_examples=500, deadline=None)
@given(st.lists(WITH_POSTPONING, min_size=3, max_size=25))
def test_only_a_window_that_holds_postponed_leave_is_over_after_postponements(steps: list[Step]) -> None:
    tell(steps, check_every_window)


@settings(max_examples=500, deadline=None)
@given(st.lists(CHANGING_HOURS, min_size=3, max_size=25))
def test_no_accepted_leave_exceeds_what_is_left_after_changes_of_hours(steps: list[Step]) -> None:
    tell(steps)


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGING_HOURS, max_size=12), st.integers(1, 40), PARTS)
def test_giving_back_restores_exactly_what_was_there(steps: list[Step], after: int, part: str) -> None:
    story = tell(steps)
    before = sorted(counted(story))
    asked = request(story.today, (story.today + timedelta(days=after), part), of=story.posts[0], posts=story.posts)
    try:
        give(story.account, asked, "the-last-one")
    except CarersError:
        assert sorted(counted(story)) == before
        return
    assert len(counted(story)) == len(before) + 1
    story.account.withdraw("the-last-one", [], story.act(CARER))
    assert sorted(counted(story)) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGING_HOURS, max_size=20))
def test_an_account_read_from_its_events_is_the_account(steps: list[Step]) -> None:
    story = tell(steps)
    again: Any = None
    for event in list(story.account.pending_events):
        again = event.mutate(again)
    assert again.notices == story.account.notices


def test_the_stories_told_here_do_reach_every_state() -> None:
    story = Story()
    seen: set[str] = set()
    script: list[Step] = [
        giving(30, 1, 1, "whole", 0),
        giving(1, 1, 1, "am", 0),
        waiving(1),
        giving(2, 1, 1, "whole", 0),
        moving(5),
        moving(60),
        worked_instead(0),
        giving(30, 2, 1, "pm", 0),
        withdrawing(3),
        giving(1, 1, 1, "whole", 0),
        not_waiving(4),
        moving_notice(4),
        giving(20, 1, 1, "whole", 0),
        postponing(6, 9, 1, False, "manager"),
    ]
    for step in script:
        step(story)
        seen |= {notice.state for notice in story.account.notices.values()}
        seen |= {day.state for notice in story.account.notices.values() for day in notice.days.values()}
    assert seen >= {"given", "late", "confirmed", "lapsed", "withdrawn", "not-waived", "booked", "taken", "postponed"}
