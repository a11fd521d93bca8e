"""The trail as stories: by day, organisation and kind, one step leading to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shared.runtime.service import installed
from shared.web.step_words import STEPS
from shared.web.stories import LISTED_APART, MOST, Story, stories, told_in
from shared.web.trail import TrailRow

LIMIT = 1000


def row(
    what: str, time: str, organisation: str = "dft", position: int = 1, revision: int | None = None, thread: int = 0
) -> TrailRow:
    return TrailRow(what.partition(".")[0], "e1", position, f"{time}:00+00:00", what, organisation, revision, thread)


def words(story: Story) -> tuple[str, ...]:
    return tuple(step.words for step in story.steps)


DAY_OF_LEAVE = [
    row("reporting.return.revised", "2026-03-13T09:20", revision=4),
    row("leave.day.taken", "2026-03-13T09:19"),
    row("leave.notice.confirmed", "2026-03-13T09:05"),
    row("leave.notice.requested", "2026-03-13T09:01"),
]


def test_every_published_step_has_its_words_and_no_other() -> None:
    published = {what for service in installed().values() for what in service.part("published").PUBLISHED}
    assert set(STEPS) == published
    for title, once, many in STEPS.values():
        assert title[0].isupper(), title
        assert once[0].islower() or once.startswith("HR "), once
        assert "{n}" not in once, once
        assert "{n}" in many, many


def test_a_day_of_leave_is_one_story_from_the_request_to_the_return() -> None:
    (day,) = stories(DAY_OF_LEAVE, LIMIT)
    (story,) = day.stories
    assert day.day == date(2026, 3, 13)
    assert story.title == "Carer’s leave"
    assert story.organisations == {"dft"}
    assert words(story) == (
        "a carer asked for leave",
        "a request was confirmed",
        "a day was taken, and payroll has its line",
        "a return was revised (revision 4)",
    )
    assert (story.first, story.last) == ("2026-03-13T09:01:00+00:00", "2026-03-13T09:20:00+00:00")
    assert day.ends == ()


def followed(*rows: TrailRow) -> list[bool]:
    """Of the steps of the one story of these rows, newest first: whether each followed from one before."""
    ((story,),) = [day.stories for day in stories(rows, LIMIT)]
    return [step.follows for step in story.steps]


def test_only_what_is_about_the_same_thing_followed_from_one_another() -> None:
    asked, confirmed, taken = (
        row("leave.notice.requested", "2026-03-13T09:01", thread=1),
        row("leave.notice.confirmed", "2026-03-13T09:05", thread=2),
        row("leave.day.taken", "2026-03-13T09:19", thread=2),
    )
    assert followed(*DAY_OF_LEAVE) == [False] * 4
    assert followed(taken, confirmed, asked) == [False, False, True]
    assert followed(replace(confirmed, thread=1), asked) == [False, True]
    assert followed(confirmed, replace(confirmed, thread=1), asked) == [False, False]
    assert followed(replace(confirmed, thread=1), replace(asked, thread=2), asked) == [False, True]


def test_what_came_before_a_step_did_not_follow_from_it() -> None:
    exempted = row("accreditation.training.exempted", "2026-03-13T09:01", thread=1)
    expired = row("accreditation.training.expired", "2026-03-13T10:00", thread=1)
    assert followed(expired, exempted) == [False, False]


def test_a_page_that_is_full_tells_how_many_of_the_rows_it_told() -> None:
    rows = [row("leave.day.taken", f"{2026 - n // 300}-{n % 12 + 1:02}-{n % 28 + 1:02}T09:00") for n in range(MOST * 2)]
    rows.sort(key=lambda each: each.time, reverse=True)
    days = stories(rows, LIMIT)
    told = told_in(rows, days)
    assert told == MOST
    assert not {day.day for day in days} & {day.day for day in stories(rows[told:], LIMIT)}
    assert told_in(DAY_OF_LEAVE, stories(DAY_OF_LEAVE, LIMIT)) == len(DAY_OF_LEAVE)
    assert told_in(rows, stories(rows, LIMIT, organisation="nobody"), organisation="nobody") == len(rows)


def test_equal_steps_are_counted_and_only_one_tells_its_revision() -> None:
    rows = [row("reporting.return.revised", "2026-03-13T09:00", revision=n) for n in (3, 2)]
    ((story,),) = [day.stories for day in stories(rows, LIMIT)]
    assert words(story) == ("2 returns were revised",)


def test_days_are_those_of_london_newest_first() -> None:
    rows = [row("leave.day.taken", "2026-07-01T23:30"), row("leave.day.taken", "2026-07-01T22:30")]
    assert [day.day for day in stories(rows, LIMIT)] == [date(2026, 7, 2), date(2026, 7, 1)]


def test_a_few_organisations_have_a_story_each_and_many_have_one() -> None:
    rows = [row("workforce.employment.recorded", "2026-03-13T09:00", f"o{n}") for n in range(LISTED_APART + 1)]
    assert [len(day.stories) for day in stories(rows[1:], LIMIT)] == [LISTED_APART]
    ((story,),) = [day.stories for day in stories(rows, LIMIT)]
    assert words(story) == (f"{LISTED_APART + 1} employments were recorded",)
    assert len(story.organisations) == LISTED_APART + 1


def test_returns_are_a_story_of_their_own_where_two_others_may_be_the_reason() -> None:
    rows = [*DAY_OF_LEAVE, row("passport.passport.agreed", "2026-03-13T08:00")]
    (day,) = stories(rows, LIMIT)
    assert [story.title for story in day.stories] == ["Returns for the centre", "Carer’s leave", "Carer’s Passports"]


def test_stories_are_narrowed_down_by_service_and_organisation() -> None:
    rows = [*DAY_OF_LEAVE, row("leave.day.taken", "2026-03-12T09:00", "hmrc")]
    assert [day.day.day for day in stories(rows, LIMIT, organisation="hmrc")] == [12]
    ((story,),) = [day.stories for day in stories(rows, LIMIT, service="reporting")]
    assert words(story) == ("a return was revised (revision 4)",)
    assert stories(rows, LIMIT, organisation="nobody") == []


def test_where_a_service_has_more_than_was_looked_at_its_last_day_says_so() -> None:
    rows = [*DAY_OF_LEAVE[1:], row("reporting.return.reported", "2026-03-12T09:00")]
    assert [(day.day.day, day.ends) for day in stories(rows, 3)] == [(13, ("leave",)), (12, ())]
    assert [day.ends for day in stories(rows, 3, service="reporting")] == [()]


def test_a_step_of_a_newer_release_is_told_in_the_words_of_its_name() -> None:
    rows = [row("errands.errand.written-down", "2026-03-13T09:00"), row("errands.errand.done", "2026-03-13T08:00")]
    ((story,),) = [day.stories for day in stories(rows, LIMIT)]
    assert story.title == "Other steps"
    assert words(story) == ("Errand done", "Errand written down")


def test_the_days_end_when_the_page_is_long_enough() -> None:
    rows = [row("leave.day.taken", f"{2026 - n // 300}-{n % 12 + 1:02}-{n % 28 + 1:02}T09:00") for n in range(MOST * 2)]
    rows.sort(key=lambda each: each.time, reverse=True)
    assert sum(len(day.stories) for day in stories(rows, LIMIT)) == MOST
