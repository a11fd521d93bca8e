"""One request against the rules: the same function for giving notice and for asking "what if"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from services.leave.domain.answers import (
    AWAY_ALREADY,
    DOES_NOT_FIT,
    FITS,
    NO_WORKING_TIME,
    Assessment,
    DateAnswer,
    fit_sentence,
)
from services.leave.domain.law import Law, first_in_force, law_for
from services.leave.domain.notice_periods import notice_period, postponement_deadline
from services.leave.domain.parts import HALF, WHOLE, begins_at, clash, minutes_of, parts_offered
from services.leave.domain.posts import Post
from services.leave.domain.week import Week, week_of
from services.leave.domain.windows import Entry, Left, Rule, next_time_back, tightest
from services.leave.domain.wording import day_text
from shared.kernel.clock import LONDON
from shared.kernel.errors import InvalidError, RefusedError
from shared.kernel.working_time import Sessions

MOST_DATES = 60
"""Dates in one notice; a week of half days spread over years stays far below it."""


@dataclass(frozen=True)
class AskedDay:
    """A date asked for and the part of it, with the post as it is on that date and what it has scheduled.

    ``post`` is None where the employment is not current on the date. ``closed``: why nothing is scheduled on a date on
    which the pattern has working time, such as the name of a bank holiday; else empty.
    """

    date: date
    part: str
    post: Post | None
    sessions: Sessions
    closed: str = ""


@dataclass(frozen=True)
class Request:
    """What was asked: days of one post, given at an instant, by a person with these posts on that day.

    ``posts``: all of the person's current posts with the legal employer; the one asked for is among them.
    """

    employment: str
    days: tuple[AskedDay, ...]
    posts: tuple[Post, ...]
    given_at: datetime

    @property
    def given_on(self) -> date:
        """The day of notice, in London."""
        return self.given_at.astimezone(LONDON).date()


@dataclass(frozen=True)
class Coverage:
    """The rules, the week and the posts that they cover."""

    law: Law
    week: Week
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Held:
    """Leave the person has already, with any employment of the same legal employer."""

    employment: str
    part: str
    entry: Entry


def assess(request: Request, held: Sequence[Held]) -> Assessment:
    """Answer a request beside the leave already held.

    Raises InvalidError where the request makes no sense and RefusedError where the right does not exist at all:
    ``not-employed``, ``not-applicable``, ``before-the-law``, ``not-an-employee``, ``hours-vary``. Dates that do not
    fit are answered, not raised; see ``Assessment.require``.
    """
    _require_sense(request)
    post = _asked_post(request)
    law = _law_of(post, request.given_on)
    week = coverage(request.posts, request.given_on).week
    rule = Rule(week.minutes, law.window_months, law.in_force)
    answers = _answer_dates(request, held, law, rule)
    assessment = Assessment(law, post.nation, week, request.given_on, answers)
    if assessment.first_day is None:
        return assessment
    period = notice_period([answer.part for answer in assessment.leave_days], law)
    deadline = postponement_deadline(request.given_on, assessment.first_day, law)
    return replace(assessment, period=period, deadline=deadline)


def coverage(posts: Sequence[Post], on: date) -> Coverage:
    """What the law covers of a person who holds these posts (one at least) with one legal employer, on a day.

    Raises RefusedError ``not-applicable`` or ``not-an-employee`` where it covers no post, ``hours-vary`` where a
    week cannot be read from a working pattern.
    """
    laws = [(post, law_for(post.nation, on)) for post in posts]
    covered = [post for post, law in laws if law is not None and post.status in law.statuses]
    law = _law_of((covered or posts)[0], on)
    return Coverage(law, week_of(covered, on), tuple(covered))


def _require_sense(request: Request) -> None:
    days = [asked.date for asked in request.days]
    if not 1 <= len(days) <= MOST_DATES:
        raise InvalidError(f"Ask for between 1 and {MOST_DATES} dates at a time.", code="too-many-dates")
    if len(set(days)) < len(days):
        raise InvalidError("Name each date once. For both halves of a day, ask for the whole day.", code="date-twice")


def _asked_post(request: Request) -> Post:
    for post in request.posts:
        if post.employment == request.employment:
            return post
    raise RefusedError(
        "You are not employed in this post today, so you cannot ask for leave in it. Ask HR to check your record.",
        code="not-employed",
    )


def _law_of(post: Post, given_on: date) -> Law:
    law = law_for(post.nation, given_on)
    if law is None and (begins := first_in_force(post.nation)) is not None:
        raise RefusedError(
            f"Carer's leave by law began on {day_text(begins)}. Choose a later day.", code="before-the-law"
        )
    if law is None:
        raise RefusedError(
            "Carer's leave by law is for posts in England, Wales and Scotland, so it does not cover yours. "
            "Ask HR about your department's own scheme.",
            code="not-applicable",
            nation=post.nation,
        )
    if post.status not in law.statuses:
        raise RefusedError(
            "Carer's leave by law is a right of employees. Ask HR about your department's own scheme.",
            code="not-an-employee",
            status=post.status,
        )
    return law


def _answer_dates(request: Request, held: Sequence[Held], law: Law, rule: Rule) -> tuple[DateAnswer, ...]:
    entries = [each.entry for each in held]
    answers = []
    for asked in sorted(request.days, key=lambda day: day.date):
        answer = _answer(asked, request, held, law)
        if answer.is_leave:
            answer = fit(answer, entries, rule)
            entries.extend(_entries_of(answer, rule))
        answers.append(answer)
    return tuple(answers)


def _entries_of(answer: DateAnswer, rule: Rule) -> list[Entry]:
    counted = answer.counted if answer.is_leave else answer.fits_minutes if answer.fits_part else Fraction(0)
    return [Entry(answer.day, counted, rule.week)] if counted else []


def _answer(asked: AskedDay, request: Request, held: Sequence[Held], law: Law) -> DateAnswer:
    """The date by every rule but the window."""
    plain = DateAnswer(asked.date, asked.part, FITS, asked.sessions, minutes_of(asked.part, asked.sessions))
    objection = _objection_of_post(asked, law)
    if objection is None:
        begins = begins_at(asked.date, asked.part, asked.sessions, law)
        others = frozenset(each.part for each in held if _same_day(each, asked, request.employment))
        objection = _objection_of_day(asked, begun=begins <= request.given_at, others=others)
        plain = replace(plain, begins_at=begins)
    return plain if objection is None else replace(plain, state=objection[0], sentence=objection[1])


def _objection_of_post(asked: AskedDay, law: Law) -> tuple[str, str] | None:
    """Why the post has no leave on the date: a code and a sentence."""
    day = day_text(asked.date)
    if asked.post is None:
        return "not-employed", f"You are not employed in this post on {day}. Choose another day."
    if asked.post.nation not in law.nations:
        return "not-applicable", f"On {day} your post is not in England, Wales or Scotland. Ask HR about that day."
    if not asked.sessions.total:
        why = f"{day} is not a working day ({asked.closed})" if asked.closed else f"You do not work on {day}"
        return NO_WORKING_TIME, f"{why}, so it is not counted."
    return None


def _objection_of_day(asked: AskedDay, *, begun: bool, others: frozenset[str]) -> tuple[str, str] | None:
    """Why this part of the date cannot be had: a code and a sentence."""
    day = day_text(asked.date)
    if asked.part not in parts_offered(asked.sessions):
        return "part-not-offered", _part_sentence(asked.sessions, day)
    if begun:
        return "day-has-begun", (
            f"{day} has already begun. In an emergency you may have a right to time off for dependants: "
            "tell your manager. For a day that is still to come, choose a later date."
        )
    if clash(asked.part, others):
        return AWAY_ALREADY, f"You already have leave on {day}. Cancel that first, or choose another day."
    return None


def _same_day(held: Held, asked: AskedDay, employment: str) -> bool:
    return held.employment == employment and held.entry.date == asked.date


def _part_sentence(sessions: Sessions, day: str) -> str:
    if sessions.both:
        return f"You work morning and afternoon on {day}. Choose the whole day, the morning or the afternoon."
    return f"You work one session on {day}. Choose the whole day or half of it."


def fit(answer: DateAnswer, entries: Sequence[Entry], rule: Rule) -> DateAnswer:
    """The date's answer by the windows, beside these entries.

    A remainder smaller than half of the day may be used for one half day, the surplus free: then fewer minutes
    are counted than are taken.
    """
    left = tightest(answer.day, entries, rule)
    if answer.minutes <= left.minutes:
        return replace(answer, left=left, counted=answer.minutes, fits_minutes=answer.minutes, fits_part=answer.part)
    if answer.part != WHOLE and left.minutes > 0:
        return replace(answer, left=left, counted=left.minutes, fits_minutes=left.minutes, fits_part=answer.part)
    refused = replace(
        answer,
        state=DOES_NOT_FIT,
        left=left,
        fits_minutes=left.minutes,
        fits_part=HALF if left.minutes > 0 else "",
        back_on=next_time_back(answer.day, entries, rule),
        fits_if=_fits_if(answer, left, entries, rule),
    )
    return replace(refused, sentence=fit_sentence(refused))


def _fits_if(answer: DateAnswer, left: Left, entries: Sequence[Entry], rule: Rule) -> tuple[date, Fraction] | None:
    """The later leave day whose window alone is in the way, and what to give up there; None where that is not all."""
    last = left.span.last
    there = sum((entry.minutes for entry in entries if entry.date == last), Fraction(0))
    give_up = answer.minutes - max(left.by_minutes, left.by_share)
    if last == answer.day or give_up > there:
        return None
    kept = 1 - give_up / there
    given_up = [replace(entry, minutes=entry.minutes * kept) if entry.date == last else entry for entry in entries]
    return (last, give_up) if tightest(answer.day, given_up, rule).minutes >= answer.minutes else None
