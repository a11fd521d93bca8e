"""Who is concerned by a course, with all that compliance needs to know of them – in a few questions, however many.

Who works where comes from the people view: a state of an employment holds from its day until the next one's, inside
the employment's first and last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
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


def learners(connection: Connection, course: CourseRules, persons: Sequence[str] | None = None) -> list[Learner]:
    """Everybody who has ever worked in the course's organisation, or these of them; by person.

    ``persons``: at most ``AT_ONCE``. Nothing depends on a day: the same answer serves every date.
    """
    stays = _stays(connection, course.organisation, persons)
    managing = _managing(connection, course.organisation, persons) if course.audience == LINE_MANAGERS else {}
    done = _completions(connection, course.course, persons)
    let_off = _exemptions(connection, course.course, persons)
    return [
        Learner(
            person=person,
            spans=audience_spans(course.audience, spans, managing.get(person, ())),
            completions=done.get(person, ()),
            exemptions=let_off.get(person, ()),
        )
        for person, spans in stays.items()
    ]


def _stays(connection: Connection, organisation: str, persons: Sequence[str] | None) -> Spans:
    """By person, the unbroken times in the organisation."""
    there = select(employments.c.employment).where(employments.c.organisation == organisation, *_of(persons))
    found: Spans = {}
    for state, span in _states(connection, employments.c.employment.in_(there)):
        if state.organisation == organisation:
            found.setdefault(state.person, []).append(span)
    return {person: joined(found[person]) for person in sorted(found)}


def _managing(connection: Connection, organisation: str, persons: Sequence[str] | None) -> Spans:
    """By person, the unbroken times in which they managed anybody."""
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
    for _, states in groupby(connection.execute(statement), key=attrgetter("employment")):
        held = list(states)
        for number, state in enumerate(held):
            first = date.fromisoformat(max(state.effective_from, state.starts))
            last = date.fromisoformat(state.ends)
            if number + 1 < len(held):
                last = min(last, date.fromisoformat(held[number + 1].effective_from) - DAY)
            if first <= last:
                yield state, Span(first, last)


def _completions(connection: Connection, course: str, persons: Sequence[str] | None) -> dict[str, list[Completion]]:
    found: dict[str, list[Completion]] = {}
    named = () if persons is None else (completions.c.person.in_(persons),)
    for row in connection.execute(select(completions).where(completions.c.course == course, *named)):
        found.setdefault(row.person, []).append(
            Completion(row.completion, row.version, date.fromisoformat(row.completed_on), day_or_none(row.expires_on))
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
