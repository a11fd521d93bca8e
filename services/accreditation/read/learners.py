"""Who is concerned by a course, with all that compliance needs to know of them – in a few questions, however many.

When people were there and when they managed anybody is kept (``stays.py``). The figures of a whole organisation are
asked for elsewhere (``figures.py``), without a person coming into this program.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select

from services.accreditation.domain.audience import audience_spans
from services.accreditation.domain.compliance import Completion, Exemption, Learner
from services.accreditation.domain.courses import LINE_MANAGERS, CourseRules
from services.accreditation.read.tables import NO_END, completions, exemptions, managing, stays
from shared.kernel.periods import Span

AT_ONCE: Final = 500
"""Persons named in one question; more are asked for as all of the organisation."""

Spans = dict[str, list[Span]]


class Staff:
    """Everybody who has ever worked in an organisation, or these of them: when they were there, when they managed.

    ``persons``: at most ``AT_ONCE``. Each is asked for once, however many courses need it.
    """

    def __init__(self, connection: Connection, organisation: str, persons: Sequence[str] | None = None) -> None:
        self.connection = connection
        self.organisation = organisation
        self.persons = persons

    @cached_property
    def stays(self) -> Spans:
        """By person, in their order, the unbroken times in the organisation."""
        return _stays(self.connection, self.organisation, self.persons)

    @cached_property
    def managing(self) -> Spans:
        """By person, the unbroken times in which they managed anybody."""
        return _managing(self.connection, self.organisation, self.persons)


def learners(staff: Staff, course: CourseRules) -> list[Learner]:
    """These people as a course of their organisation needs them, by person.

    Nothing depends on a day: the same answer serves every date.
    """
    managing = staff.managing if course.audience == LINE_MANAGERS else {}
    done = _completions(staff.connection, course.course, staff.persons)
    let_off = _exemptions(staff.connection, course.course, staff.persons)
    return [
        Learner(
            person=person,
            spans=audience_spans(course.audience, spans, managing.get(person, ())),
            completions=done.get(person, ()),
            exemptions=let_off.get(person, ()),
        )
        for person, spans in staff.stays.items()
    ]


def _stays(connection: Connection, organisation: str, persons: Sequence[str] | None) -> Spans:
    columns = stays.c
    statement = (
        select(columns.person, columns.first, columns.last)
        .where(columns.organisation == organisation, *_named(columns.person, persons))
        .order_by(columns.person, columns.first)
    )
    return _by_person(connection, statement)


def _managing(connection: Connection, organisation: str, persons: Sequence[str] | None) -> Spans:
    columns = managing.c
    there = select(stays.c.person).where(stays.c.organisation == organisation)
    among = columns.person.in_(there) if persons is None else columns.person.in_(persons)
    return _by_person(connection, select(columns.person, columns.first, columns.last).where(among).order_by(*columns))


def _by_person(connection: Connection, statement: Select[Any]) -> Spans:
    found: Spans = {}
    for person, first, last in connection.execute(statement).all():
        found.setdefault(person, []).append(Span(date.fromisoformat(first), date.fromisoformat(last)))
    return found


def _completions(connection: Connection, course: str, persons: Sequence[str] | None) -> dict[str, list[Completion]]:
    found: dict[str, list[Completion]] = {}
    columns = completions.c
    statement = select(
        columns.person, columns.completion, columns.version, columns.completed_on, columns.expires_on
    ).where(columns.course == course, *_named(columns.person, persons))
    for person, completion, version, completed_on, expires_on in connection.execute(statement).all():
        found.setdefault(person, []).append(
            Completion(completion, version, date.fromisoformat(completed_on), day_or_none(expires_on))
        )
    return found


def _exemptions(connection: Connection, course: str, persons: Sequence[str] | None) -> dict[str, list[Exemption]]:
    found: dict[str, list[Exemption]] = {}
    statement = select(exemptions).where(exemptions.c.course == course, *_named(exemptions.c.person, persons))
    for row in connection.execute(statement):
        found.setdefault(row.person, []).append(
            Exemption(date.fromisoformat(row.starts), day_or_none(row.until), row.reason)
        )
    return found


def _named(column: ColumnElement[str], persons: Sequence[str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if persons is None else (column.in_(persons),)


def day_or_none(text: str) -> date | None:
    """The day, or None for one that never comes."""
    return None if text == NO_END else date.fromisoformat(text)
