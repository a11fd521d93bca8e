"""What is asked for, measured by the post and the calendar: each date's sessions, and why a date has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.leave.domain.assessment import AskedDay, Request
from services.leave.domain.commands import Day
from services.leave.domain.posts import Post
from services.leave.domain.refusals import no_such_post, which_post
from shared.kernel.calendars import Calendar
from shared.kernel.working_time import Sessions


@dataclass(frozen=True)
class Measured:
    """A request with what the people view and the calendar say of it."""

    request: Request
    post: Post
    calendar: Calendar

    @property
    def calendar_used(self) -> str:
        """Which list of bank holidays the dates were measured by."""
        return calendar_name(self.calendar)


def chosen(posts: Sequence[Post], employment: str) -> Post:
    """The post asked for, or the only one."""
    if not employment and len(posts) > 1:
        raise which_post([(post.employment, post.post) for post in posts])
    found = [post for post in posts if employment in ("", post.employment)]
    if not found:
        raise no_such_post()
    return found[0]


def asked_day(day: Day, post: Post | None, calendar: Calendar) -> AskedDay:
    """A date asked for, with the post as it is then (None where it is not held) and what that has scheduled."""
    if post is None:
        return AskedDay(day.date, day.part, None, Sessions())
    sessions = post.pattern.scheduled(day.date, calendar)
    closed = not sessions.total and post.pattern.planned(day.date).total
    return AskedDay(day.date, day.part, post, sessions, _why_closed(day.date, post, calendar) if closed else "")


def _why_closed(day: date, post: Post, calendar: Calendar) -> str:
    """Why a date of the pattern is not worked: the bank holiday by its name, or the employer's own closure."""
    name = "" if post.pattern.works_bank_holidays else calendar.bank_holidays.get(day, "")
    return name or "your employer is closed"


def calendar_name(calendar: Calendar) -> str:
    """Which list of bank holidays it is, as decisions store it."""
    return f"{calendar.nation}: {calendar.version}"
