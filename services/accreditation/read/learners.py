"""Who is concerned by a course, with all that compliance needs to know of them – in a few questions, however many.

Who works where comes from the people view: a state of an employment holds from its day until the next one's, inside
the employment's first and last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from services.accreditation.domain.audience import audience_spans, joined
from services.accreditation.domain.compliance import Completion, Exemption, Learner
from services.accreditation.domain.courses import LINE_MANAGERS, CourseRules
from services.accreditation.read.tables import NO_END, completions, exemptions
from shared.kernel.periods import DAY, Span
from shared.people.tables import employments

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
    there = select(employments.c.employment).where(employments.c.organisation == organisation, *_of(persons))
    found: Spans = {}
    for state, span in _states(connection, employments.c.employment.in_(there)):
        if state.organisation == organisation:
            found.setdefault(state.person, []).append(span)
    return {person: joined(found[person]) for person in sorted(found)}


def _managing(connection: Connection, organisation: str, persons: Sequence[str] | None) -> Spans:
    there = select(employments.c.person).where(employments.c.organisation == organisation, *_of(persons))
    managed = select(employments.c.employment).where(employments.c.manager.in_(there))
    found: Spans = {}
    for state, span in _states(connection, employments.c.employment.in_(managed)):
        if state.manager and state.manager != state.person:
            found.setdefault(state.manager, []).append(span)
    return {person: joined(spans) for person, spans in found.items()}


def _states(connection: Connection, condition: ColumnElement[bool]) -> Iterable[tuple[Any, Span]]:
    """The states of these employments, each with the days on which it holds; those that never hold are left out."""
    columns = employments.c
    statement = (
        select(
            columns.employment,
            columns.person,
            columns.organisation,
            columns.manager,
            columns.effective_from,
            columns.starts,
            columns.ends,
        )
        .where(condition)
        .order_by(columns.employment, columns.effective_from)
    )
    rows = connection.execute(statement).all()
    for state, following in zip(rows, [*rows[1:], None], strict=False):
        first, last = max(state.effective_from, state.starts), date.fromisoformat(state.ends)
        if following is not None and following.employment == state.employment:
            last = min(last, date.fromisoformat(following.effective_from) - DAY)
        if (begins := date.fromisoformat(first)) <= last:
            yield state, Span(begins, last)


def _completions(connection: Connection, course: str, persons: Sequence[str] | None) -> dict[str, list[Completion]]:
    found: dict[str, list[Completion]] = {}
    columns = completions.c
    named = () if persons is None else (columns.person.in_(persons),)
    statement = select(
        columns.person, columns.completion, columns.version, columns.completed_on, columns.expires_on
    ).where(columns.course == course, *named)
    for person, completion, version, completed_on, expires_on in connection.execute(statement).all():
        found.setdefault(person, []).append(
            Completion(completion, version, date.fromisoformat(completed_on), day_or_none(expires_on))
        )
    return found


def _exemptions(connection: Connection, course: str, persons: Sequence[str] | None) -> dict[str, list[Exemption]]:
    found: dict[str, list[Exemption]] = {}
    named = () if persons is None else (exemptions.c.person.in_(persons),)
    for row in connection.execute(select(exemptions).where(exemptions.c.course == course, *named)):
        found.setdefault(row.person, []).append(
            Exemption(date.fromisoformat(row.starts), day_or_none(row.until), row.reason)
        )
    return found


def _of(persons: Sequence[str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if persons is None else (employments.c.person.in_(persons),)


def day_or_none(text: str) -> date | None:
    """The day, or None for one that never comes."""
    return None if text == NO_END else date.fromisoformat(text)
