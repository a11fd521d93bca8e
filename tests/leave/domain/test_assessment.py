"""A request against the rules, date by date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from services.leave.domain.assessment import Held, assess
from services.leave.domain.windows import Entry
from shared.kernel.calendars import Calendar
from shared.kernel.errors import InvalidError, RefusedError
from tests.leave.builders import (
    EMPLOYMENT,
    FULL_DAY,
    FULL_WEEK,
    OFF,
    OTHER_EMPLOYMENT,
    cycle,
    post,
    request,
)

ENGLAND = Calendar("england", "1", "a test's own list", {date(2026, 8, 31): "Summer bank holiday"})
WEEK_OF_2025 = [date(2025, 3, day) for day in range(10, 15)]
FRIDAY = date(2026, 3, 13)


def taken(*days: date, minutes: int = FULL_DAY, part: str = "whole", employment: str = EMPLOYMENT) -> list[Held]:
    return [Held(employment, part, Entry(day, Fraction(minutes), Fraction(FULL_WEEK))) for day in days]


def test_a_day_that_fits_is_answered_with_its_minutes_week_and_window() -> None:
    assessment = assess(request(date(2026, 3, 2), FRIDAY), [])
    (answer,) = assessment.dates
    assert answer.state == "fits"
    assert answer.minutes == answer.counted == FULL_DAY
    assert assessment.week.minutes == FULL_WEEK
    assert assessment.law.version == "great-britain-2024-04-06"
    assert answer.to_json()["window"] == {"first": "2025-03-14", "last": "2026-03-13"}
    assessment.require()


def test_the_day_before_a_year_has_passed_exceeds_and_says_when_time_comes_back() -> None:
    assessment = assess(request(date(2026, 3, 2), date(2026, 3, 9)), taken(*WEEK_OF_2025))
    with pytest.raises(RefusedError, match="More is available again from Tuesday 10 March 2026") as refusal:
        assessment.require()
    assert refusal.value.code_ == "does-not-fit"
    (told,) = refusal.value.data["dates"]
    assert told["fits_minutes"] == 0
    assert told["window"] == {"first": "2025-03-10", "last": "2026-03-09"}
    assert told["back_on"] == "2026-03-10"


def test_a_year_later_the_day_is_allowed() -> None:
    assess(request(date(2026, 3, 2), date(2026, 3, 10)), taken(*WEEK_OF_2025)).require()


def test_where_half_of_the_day_is_left_that_is_offered() -> None:
    held = taken(*WEEK_OF_2025[:4]) + taken(WEEK_OF_2025[4], minutes=222)
    with pytest.raises(RefusedError, match=r"\(3 hours 42 minutes\) left, so half of that day fits") as refusal:
        assess(request(date(2025, 6, 2), date(2025, 6, 12)), held).require()
    (told,) = refusal.value.data["dates"]
    assert (told["fits_minutes"], told["fits_part"]) == (222, "half")


def test_a_later_booking_alone_in_the_way_is_told_with_what_to_give_up_there() -> None:
    held = taken(*(date(2026, 3, day) for day in range(9, 14)))
    with pytest.raises(RefusedError, match=r"if 1 day \(7 hours 24 minutes\) of the leave on Friday 13") as refusal:
        assess(request(date(2025, 11, 3), date(2025, 12, 1)), held).require()
    (told,) = refusal.value.data["dates"]
    assert told["fits_if"] == {"date": "2026-03-13", "give_up_minutes": FULL_DAY}
    assert told["window"]["last"] == "2026-03-13"


def test_where_giving_up_the_last_day_would_not_be_enough_nothing_is_promised() -> None:
    half = taken(date(2026, 3, 13), minutes=222, part="am")
    held = taken(*(date(2026, 3, day) for day in range(9, 13)))
    (answer,) = assess(request(date(2025, 11, 3), date(2025, 12, 1)), held + half).dates
    assert answer.fits_if == (date(2026, 3, 13), Fraction(222))
    before = taken(date(2025, 12, 8), minutes=222, part="am")
    (answer,) = assess(request(date(2025, 11, 3), date(2025, 12, 1)), before + held + half).dates
    assert answer.fits_if is None


def test_every_date_of_a_request_is_tested_beside_the_others() -> None:
    assessment = assess(request(date(2025, 2, 3), *WEEK_OF_2025, date(2025, 3, 17)), [])
    assert [answer.state for answer in assessment.dates] == ["fits"] * 5 + ["does-not-fit"]
    assert assessment.dates[-1].back_on == date(2026, 3, 10)


def test_dates_come_back_in_order_whatever_order_they_were_asked_in() -> None:
    assessment = assess(request(date(2025, 2, 3), *reversed(WEEK_OF_2025)), [])
    assert [answer.day for answer in assessment.dates] == WEEK_OF_2025


def test_a_bank_holiday_is_not_counted_and_not_the_first_day() -> None:
    days = [date(2026, 8, 31) + timedelta(days=offset) for offset in range(5)]
    assessment = assess(request(date(2026, 8, 3), *days, calendar=ENGLAND), [])
    assessment.require()
    assert [answer.state for answer in assessment.dates] == ["no-working-time"] + ["fits"] * 4
    assert assessment.first_day == date(2026, 9, 1)
    assert len(assessment.leave_days) == 4


def test_a_request_for_days_without_work_alone_has_no_leave_in_it() -> None:
    assessment = assess(request(date(2026, 3, 2), date(2026, 3, 14), date(2026, 3, 15)), [])
    with pytest.raises(RefusedError, match="Saturday 14 March 2026 and Sunday 15 March 2026") as refusal:
        assessment.require()
    assert refusal.value.code_ == "no-working-time"
    assert not assessment.late


def test_a_remainder_smaller_than_half_a_day_carries_one_half_day() -> None:
    held = taken(*WEEK_OF_2025[:4]) + taken(WEEK_OF_2025[4], minutes=344)
    asked = request(date(2025, 6, 2), (date(2025, 6, 12), "am"), (date(2025, 6, 13), "am"))
    first, second = assess(asked, held).dates
    assert (first.state, first.minutes, first.counted) == ("fits", 222, 100)
    assert (second.state, second.fits_minutes) == ("does-not-fit", 0)


def test_a_remainder_smaller_than_half_a_day_carries_no_whole_day() -> None:
    held = taken(*WEEK_OF_2025[:4]) + taken(WEEK_OF_2025[4], minutes=344)
    (answer,) = assess(request(date(2025, 6, 2), date(2025, 6, 12)), held).dates
    assert (answer.state, answer.fits_part, answer.fits_minutes) == ("does-not-fit", "half", 100)


@pytest.mark.parametrize(
    ("given_on", "late", "standing"),
    [(date(2026, 3, 9), False, False), (date(2026, 3, 10), False, True), (date(2026, 3, 11), True, False)],
    ids=["the text is met", "only what is published is met", "none is met"],
)
def test_notice_is_in_time_if_any_reading_is_met(given_on: date, late: bool, standing: bool) -> None:
    assessment = assess(request(given_on, FRIDAY), [])
    assert (assessment.late, assessment.standing_waiver) == (late, standing)


def test_the_day_of_notice_is_the_one_in_london() -> None:
    assessment = assess(request(date(2026, 7, 6), date(2026, 7, 10), hour=23), [])
    assert assessment.given_on == date(2026, 7, 7)
    assert assessment.deadline == date(2026, 7, 9)


@pytest.mark.parametrize("nation", ["northern-ireland", "overseas"])
def test_the_statute_is_not_applicable_outside_great_britain(nation: str) -> None:
    with pytest.raises(RefusedError, match="does not cover yours") as refusal:
        assess(request(date(2026, 3, 2), FRIDAY, of=post(nation=nation)), [])
    assert refusal.value.code_ == "not-applicable"


@pytest.mark.parametrize("nation", ["england", "wales", "scotland"])
def test_it_is_in_every_nation_of_great_britain(nation: str) -> None:
    assess(request(date(2026, 3, 2), FRIDAY, of=post(nation=nation)), []).require()


@pytest.mark.parametrize("status", ["worker", "agency", "office-holder", "volunteer"])
def test_it_is_a_right_of_employees(status: str) -> None:
    with pytest.raises(RefusedError, match="right of employees") as refusal:
        assess(request(date(2026, 3, 2), FRIDAY, of=post(status=status)), [])
    assert refusal.value.code_ == "not-an-employee"


def test_it_is_a_right_from_the_first_day_of_work() -> None:
    assess(request(date(2026, 3, 2), FRIDAY, of=post(starts=date(2026, 3, 2))), []).require()


def test_a_notice_given_before_the_law_is_refused_and_from_its_first_day_on_it_is_not() -> None:
    with pytest.raises(RefusedError, match="began on Saturday 6 April 2024") as refusal:
        assess(request(date(2024, 4, 5), date(2024, 4, 12)), [])
    assert refusal.value.code_ == "before-the-law"
    assess(request(date(2024, 4, 6), date(2024, 4, 12)), []).require()


def test_a_date_in_a_post_moved_to_northern_ireland_by_then_is_not_applicable() -> None:
    asked = request(date(2026, 3, 2), FRIDAY)
    moved = replace(asked, days=(replace(asked.days[0], post=post(nation="northern-ireland")),))
    assert assess(moved, []).dates[0].state == "not-applicable"


def test_a_date_after_the_employment_ends_is_refused() -> None:
    assert (
        assess(request(date(2026, 3, 2), FRIDAY, of=post(ends=date(2026, 3, 12))), []).dates[0].state == "not-employed"
    )


def test_a_post_that_is_not_held_today_has_no_leave() -> None:
    asked = request(date(2026, 3, 2), FRIDAY, posts=[post(employment=OTHER_EMPLOYMENT)])
    with pytest.raises(RefusedError) as refusal:
        assess(asked, [])
    assert refusal.value.code_ == "not-employed"


def test_a_day_that_has_begun_is_refused_and_points_to_the_right_in_an_emergency() -> None:
    (answer,) = assess(request(FRIDAY, FRIDAY, hour=9), []).dates
    assert answer.state == "day-has-begun"
    assert "time off for dependants" in answer.sentence


def test_the_afternoon_of_a_day_that_has_begun_can_still_be_asked_for() -> None:
    assessment = assess(request(FRIDAY, (FRIDAY, "pm"), hour=12), [])
    assert assessment.dates[0].is_leave
    assert assessment.late


@pytest.mark.parametrize(
    ("held", "asked", "state"),
    [
        ("am", "pm", "fits"),
        ("am", "am", "already-away"),
        ("am", "whole", "already-away"),
        ("whole", "am", "already-away"),
    ],
)
def test_a_date_holds_no_more_leave_than_itself(held: str, asked: str, state: str) -> None:
    (answer,) = assess(request(date(2026, 3, 2), (FRIDAY, asked)), taken(FRIDAY, minutes=222, part=held)).dates
    assert answer.state == state


def test_two_posts_on_one_date_are_two_leaves_of_one_week() -> None:
    posts = [post(), post(cycle((60, 0), *[OFF] * 6), employment=OTHER_EMPLOYMENT)]
    monday = date(2026, 3, 9)
    asked = request(date(2026, 3, 2), monday, of=posts[1], posts=posts)
    assessment = assess(asked, taken(monday))
    assert assessment.dates[0].is_leave
    assert assessment.week.minutes == FULL_WEEK + 60


def test_a_part_that_the_date_does_not_offer_is_refused_with_those_it_does() -> None:
    mornings = post(cycle(*[(240, 0)] * 5, OFF, OFF))
    (one,) = assess(request(date(2026, 3, 2), (FRIDAY, "pm"), of=mornings), []).dates
    assert (one.state, "whole day or half" in one.sentence) == ("part-not-offered", True)
    (two,) = assess(request(date(2026, 3, 2), (FRIDAY, "half")), []).dates
    assert (two.state, "the morning or the afternoon" in two.sentence) == ("part-not-offered", True)


def test_a_date_named_twice_is_not_understood() -> None:
    with pytest.raises(InvalidError, match="ask for the whole day"):
        assess(request(date(2026, 3, 2), (FRIDAY, "am"), (FRIDAY, "pm")), [])


@pytest.mark.parametrize("count", [0, 61])
def test_a_notice_has_between_one_and_sixty_dates(count: int) -> None:
    days = [FRIDAY + timedelta(days=offset) for offset in range(count)]
    with pytest.raises(InvalidError, match="between 1 and 60"):
        assess(request(date(2026, 3, 2), *days), [])


def test_leave_of_a_half_minute_keeps_its_half() -> None:
    long_days = post(cycle(*[(278, 277)] * 4, *[OFF] * 3))
    (answer,) = assess(request(date(2026, 3, 2), (date(2026, 3, 12), "am"), of=long_days), []).dates
    assert answer.to_json()["minutes"] == "555/2"
    assert answer.minutes == Fraction(4625, 1000) * 60
