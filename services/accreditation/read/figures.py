"""A course's figures for a whole organisation, in one question: the database counts people who are alike on a day.

Which of them make which figure is the domain's (``domain/compliance.py``). Here stand the three conditions on a day
that the domain has for one person – in the audience, a completion counts, an exemption holds – for all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Exists, Subquery, case, exists, func, literal, select

from services.accreditation.domain.audience import joined_after
from services.accreditation.domain.compliance import (
    LONG_ABSENCE,
    LONG_ABSENCE_DAYS,
    Alike,
    Compliance,
    compliance,
    past_grace,
)
from services.accreditation.domain.courses import LINE_MANAGERS, NEW_JOINERS, CourseRules
from services.accreditation.read.courses import courses_of
from services.accreditation.read.tables import completions, exemptions, managing, stays


@dataclass(frozen=True)
class ToTrain:
    """Somebody who is counted and not trained. ``due_on``: their first day after grace."""

    person: str
    due_on: date


def compliance_on(connection: Connection, course: CourseRules, day: date) -> Compliance:
    """A course's figures on a day."""
    return compliance(_alike(connection, course, day))


def all_compliance_on(connection: Connection, organisation: str, day: date) -> list[tuple[CourseRules, Compliance]]:
    """The organisation's courses, each with its figures on a day."""
    return [(course, compliance_on(connection, course, day)) for course in courses_of(connection, organisation)]


def still_to_train(
    connection: Connection, course: CourseRules, day: date, *, after: str = "", most: int, skip: int = 0
) -> list[ToTrain]:
    """Of the people who are counted and not trained on a day, by identifier, at most so many after one of them."""
    asked = to_train_on(course, day)
    if asked is None:
        return []
    statement = select(asked).where(asked.c.person > after).order_by(asked.c.person).limit(most).offset(skip)
    return [ToTrain(row.person, due_on(course, day, row.entered)) for row in connection.execute(statement)]


def to_train_on(course: CourseRules, day: date) -> Subquery | None:
    """The people who are counted and not trained on a day, with their first day in the audience; None for nobody."""
    asked, past = course.round_on(day), past_grace(course, day)
    if asked is None or past is None:
        return None
    there = audience(course, day)
    return (
        select(there.c.person, there.c.entered)
        .where(
            there.c.entered <= past.isoformat(),
            ~_let_off(course, day, there),
            ~_away(course, day, there),
            ~_trained(course, day, asked.least_version, there),
        )
        .subquery()
    )


def due_on(course: CourseRules, day: date, entered: str) -> date:
    """The first day after grace of somebody who is asked on a day and entered the audience on another (as text)."""
    asked = course.round_on(day)
    assert asked is not None
    return max(date.fromisoformat(entered), asked.since) + timedelta(days=course.grace_days_on(day))


def _alike(connection: Connection, course: CourseRules, day: date) -> Iterator[Alike]:
    asked, past = course.round_on(day), past_grace(course, day)
    if asked is None:
        return
    there = audience(course, day)
    grace: ColumnElement[int] = literal(1) if past is None else case((there.c.entered > past.isoformat(), 1), else_=0)
    inner = (
        select(
            grace.label("grace"),
            _let_off(course, day, there).label("let_off"),
            _away(course, day, there).label("away"),
            _trained(course, day, asked.least_version, there).label("trained"),
        )
        .select_from(there)
        .subquery()
    )
    statement = select(inner, func.count().label("people")).group_by(*inner.c)
    for row in connection.execute(statement):
        off, away = bool(row.let_off), bool(row.away)
        yield Alike(row.people, bool(row.grace), off or away, away and not off, bool(row.trained))


def audience(course: CourseRules, day: date) -> Subquery:
    """Who is in the audience on a day, each once, and since when."""
    text = day.isoformat()
    here = (stays.c.organisation == course.organisation, stays.c.first <= text, stays.c.last >= text)
    if course.audience == LINE_MANAGERS:
        entered = case((managing.c.first > stays.c.first, managing.c.first), else_=stays.c.first)
        statement = (
            select(stays.c.person, entered.label("entered"))
            .join(managing, managing.c.person == stays.c.person)
            .where(*here, managing.c.first <= text, managing.c.last >= text)
        )
    else:
        statement = select(stays.c.person, stays.c.first.label("entered")).where(*here)
        if course.audience == NEW_JOINERS:
            statement = statement.where(stays.c.first >= joined_after(day).isoformat())
    return statement.subquery("there")


def _trained(course: CourseRules, day: date, least_version: int, there: Subquery) -> ColumnElement[bool]:
    """Whether somebody has a completion that counts on a day."""
    text = day.isoformat()
    return exists().where(
        completions.c.course == course.course,
        completions.c.person == there.c.person,
        completions.c.version >= least_version,
        completions.c.completed_on <= text,
        completions.c.expires_on > text,
    )


def _let_off(course: CourseRules, day: date, there: Subquery) -> ColumnElement[bool]:
    """Whether an exemption for anything but time away holds on a day."""
    return _exempt(course, day, there).where(
        exemptions.c.reason != LONG_ABSENCE, exemptions.c.starts <= day.isoformat()
    )


def _away(course: CourseRules, day: date, there: Subquery) -> ColumnElement[bool]:
    """Whether somebody has been away for long enough on a day."""
    long_ago = day - timedelta(days=LONG_ABSENCE_DAYS)
    away = exemptions.c.reason == LONG_ABSENCE
    return _exempt(course, day, there).where(away, exemptions.c.starts <= long_ago.isoformat())


def _exempt(course: CourseRules, day: date, there: Subquery) -> Exists:
    return exists().where(
        exemptions.c.course == course.course,
        exemptions.c.person == there.c.person,
        exemptions.c.until >= day.isoformat(),
    )
