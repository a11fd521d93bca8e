"""Compliance with a course for a whole organisation at once, against a question for each person."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select, text, update

from bench.backlog import ORGANISATION, names
from bench.places import place
from bench.report import Report
from bench.rounds import compare, seconds
from bench.scale import Scale
from services.accreditation.domain.compliance import Compliance, standing
from services.accreditation.domain.courses import ALL_STAFF, LINE_MANAGERS, CourseRules, Version, course_id
from services.accreditation.due import AccreditationDue
from services.accreditation.read.employment_periods import keeping_stays
from services.accreditation.read.figures import compliance_on
from services.accreditation.read.learners import Staff, learners
from services.accreditation.read.projected import assigned, completed, course_recorded
from services.accreditation.read.tables import completions, managing
from shared.kernel.ids import derived_id
from shared.people.effects import employment_held
from shared.runtime.wiring import Wiring
from shared.store.rows import Rows

RATIO = 10.0
SECONDS = 1.0
LOOK_SECONDS = 2.0
STALL_SECONDS = 0.25
"""For 100,000 people; fewer are to take no longer."""

_ALONE = 50
_TEAM = 10
_PAGE = 2_000
_STARTS = date(2026, 1, 1)
_DAY = date(2026, 6, 1)


def measure(scale: Scale, report: Report, where: str) -> None:
    """People a second for the figures of one date, and how long all of them take."""
    with place(where) as here:
        accreditation = here["accreditation"]
        course = _course()
        _fill(accreditation, course, scale.staff)
        managers = [names(number)[0] for number in range(0, scale.staff, _TEAM)][:_ALONE]

        def together() -> float:
            return scale.staff / seconds(lambda: _figures(accreditation, course))

        def alone() -> float:
            return len(managers) / seconds(lambda: _one_by_one(accreditation, course, managers))

        found = compare(together, alone, scale.rounds)
        figures = _figures(accreditation, course)
        detail = f"{found.rates('people')}; {figures.numerator:,} of {figures.denominator:,} managers trained"
        report.at_least("compliance, all at once", where, found.ratio, RATIO, detail)
        took = scale.staff / found.ours
        everybody = seconds(lambda: _figures(accreditation, replace(course, audience=ALL_STAFF)))
        detail = f"{scale.staff:,} people; of a course for all of them {everybody:.2f} s"
        report.at_most("compliance on a date", where, took, SECONDS, "s", detail)
        _look(accreditation, course, scale.staff, report, where)


def _look(accreditation: Wiring, course: CourseRules, people: int, report: Report, where: str) -> None:
    """The clock's look at people who all are as they should be: how long, and how long nobody else has a turn."""
    _record(accreditation, course)
    due = AccreditationDue()
    turns: list[float] = []
    stop = threading.Event()
    other = threading.Thread(target=_turn, args=(turns, stop))
    other.start()
    took = seconds(lambda: list(iter(lambda: due(accreditation) + len(due.looking), 0)))
    stop.set()
    other.join()
    stalls = [after - before for before, after in pairwise(turns)]
    report.at_most("the clock's look", where, took, LOOK_SECONDS, "s", f"{people:,} people, whom it concerns not")
    report.at_most("a turn of others beside it", where, max(stalls), STALL_SECONDS, "s")


def _turn(turns: list[float], stop: threading.Event) -> None:
    while not stop.wait(0.001):
        turns.append(time.perf_counter())


def _record(accreditation: Wiring, course: CourseRules) -> None:
    """The course, and that every manager is asked to take it."""
    told = {"course": course.course, "organisation": ORGANISATION, "code": course.code, "audience": course.audience}
    first = course.versions[0]
    version = first.to_json() | {"starts": first.starts.isoformat(), "position": 1}
    asked = {"since": _STARTS.isoformat(), "due_on": (_STARTS + timedelta(first.grace_days)).isoformat()}
    with accreditation.stores.read.writing() as connection:
        rows = Rows(connection)
        course_recorded(rows, [told | version])
        persons = connection.execute(select(managing.c.person)).scalars()
        one = {"course": course.course, "least_version": 1, "position": 1, **asked}
        assigned(rows, [one | {"person": person} for person in persons])
        connection.execute(update(completions).values(expired=True))
        connection.execute(text("ANALYZE"))  # as PostgreSQL does by itself within a minute


def _figures(accreditation: Wiring, course: CourseRules) -> Compliance:
    with accreditation.reading() as connection:
        return compliance_on(connection, course, _DAY)


def _one_by_one(accreditation: Wiring, course: CourseRules, persons: Sequence[str]) -> None:
    for person in persons:
        with accreditation.reading() as connection:
            standing(course, *learners(Staff(connection, ORGANISATION, [person]), course), _DAY)


def _course() -> CourseRules:
    first = Version(1, "Carer aware", 12, 30, retake=False, starts=_STARTS)
    return CourseRules(course_id(ORGANISATION, "carer-aware"), ORGANISATION, "carer-aware", LINE_MANAGERS, (first,))


def _fill(accreditation: Wiring, course: CourseRules, people: int) -> None:
    """Teams of ten with their managers, every other one of whom has taken the course."""
    for start in range(0, people, _PAGE):
        page = range(start, min(people, start + _PAGE))
        with accreditation.stores.read.writing() as connection:
            rows = Rows(connection)
            keeping_stays(employment_held)(rows, [_employment(number) for number in page])
            completed(rows, [_completion(course, number) for number in page if number % 2 == 0])


def _employment(number: int) -> dict[str, Any]:
    person, _, employment = names(number)
    return {
        "subject": person,
        "organisation": ORGANISATION,
        "position": number + 1,
        "data": {
            "employment": employment,
            "staff_number": str(number),
            "post": "Officer",
            "employer": ORGANISATION,
            "manager": names(number - number % _TEAM)[0],
            "nation": "england",
            "status": "employee",
            "fte": "1/1",
            "full_time_minutes": 2220,
            "pattern": {},
            "starts": "2020-04-01",
            "ends": None,
            "effective_from": "2020-04-01",
        },
    }


def _completion(course: CourseRules, number: int) -> dict[str, Any]:
    person = names(number)[0]
    return {
        "completion": str(derived_id("completion", person)),
        "course": course.course,
        "person": person,
        "completed_on": "2026-03-01",
        "expires_on": "2027-03-01" if number % 20 else "2026-05-01",
        "training_version": 1,
        "source": "learning-system",
        "evidence": None,
        "position": number + 1,
    }
