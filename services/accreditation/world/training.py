"""Two courses of each living organisation: who is asked, who took them, who need not, and what expired."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from random import Random
from typing import BinaryIO, Final

from services.accreditation.domain.commands import ExemptPerson, RecordCourse
from services.accreditation.domain.courses import ALL_STAFF, LINE_MANAGERS
from services.accreditation.due import AccreditationDue, send_expired
from services.accreditation.training_file.columns import COLUMNS
from services.accreditation.training_file.importing import TrainingImport
from shared.demonstration.agenda import Act
from shared.demonstration.people import Body, Member
from shared.demonstration.plan import Plan, in_hours
from shared.demonstration.world import World
from shared.files.rows import Problem
from shared.kernel.clock import start_of_day
from shared.kernel.periods import DAY, add_months

AWARE, MANAGING = "carer-aware", "managing-carers"
TITLES: Final = {AWARE: "Carer aware", MANAGING: "Managing somebody who cares"}

_EXPIRING: Final = "met-office"
"""The one organisation in which the course for everybody has to be taken again after two years."""

_NEVER: Final = 0.1
"""The share of people who never come to it."""

_MONTHS: Final = 7.0
"""Months until somebody has taken a course, on average; organisations are quicker or slower."""

_ASKED, _FILED = timedelta(hours=7), timedelta(hours=13)
_SESSIONS: Final = (10, 24)
"""Days of the month on which courses are held."""


@dataclass(frozen=True)
class Offered:
    """A course of an organisation from a day on. ``validity``: months for which it counts, None for ever."""

    body: Body
    code: str
    audience: str
    validity: int | None
    starts: date


def begin(world: World) -> None:
    """Put courses, each month's files and what the clock makes due on the agenda."""
    plan = world.plan
    offered = [course for body in world.cast.living for course in _courses(body, plan)]
    for course in offered:
        at = in_hours(course.starts - timedelta(days=3), plan.chance("course", course.body.slug, course.code))
        world.agenda.at(max(at, start_of_day(plan.begins) + _FILED), _records(world, course))
    for month in plan.months():
        world.agenda.at(start_of_day(month) + _ASKED, lambda: _ask(world))
    world.agenda.at(plan.ends - timedelta(seconds=1), lambda: _ask(world))
    for day, rows in _taken(offered, plan).items():
        world.agenda.at(start_of_day(day) + _FILED + timedelta(days=1), _files(world, day, rows))
    _exempt_some(world, offered)


def _courses(body: Body, plan: Plan) -> list[Offered]:
    chance = plan.chance("courses", body.slug)
    first = add_months(plan.begins, chance.randrange(1, 16))
    both = [
        Offered(body, AWARE, ALL_STAFF, 24 if body.slug == _EXPIRING else None, first),
        Offered(body, MANAGING, LINE_MANAGERS, None, add_months(first, chance.randrange(1, 9))),
    ]
    return [course for course in both if course.starts <= plan.today]


def _records(world: World, course: Offered) -> Act:
    command = RecordCourse(
        course.body.slug,
        course.code,
        TITLES[course.code],
        course.audience,
        course.validity,
        90,
        course.starts,
        "system",
    )

    def record() -> None:
        world.do("accreditation", command, "system", course.body.slug)

    return record


def _ask(world: World) -> None:
    """What follows from who is there now: whom the courses' audiences have and have not any longer."""
    wiring, due = world.wirings["accreditation"], AccreditationDue()
    world.spread("accreditation")
    while due(wiring) or due.looking:
        world.spread("accreditation")


def _taken(offered: list[Offered], plan: Plan) -> dict[date, list[tuple[Offered, Member]]]:
    """By the day of the session, who takes which course; some take it again when it has expired."""
    found: dict[date, list[tuple[Offered, Member]]] = defaultdict(list)
    for course in offered:
        pace = plan.chance("pace", course.body.slug, course.code).uniform(0.6, 1.6) * _MONTHS
        for member in course.body.members():
            if course.code == MANAGING and not Body.manages(member.place):
                continue
            chance = plan.chance("training", course.code, member.body.slug, member.number)
            if chance.random() < _NEVER:
                continue
            day = _session(max(course.starts, member.joined), chance, pace)
            while day < plan.today - DAY and member.is_there(day):
                found[day].append((course, member))
                if course.validity is None:
                    break
                day = _session(add_months(day, course.validity - 2), chance, 3.0)
    return dict(sorted(found.items()))


def _session(since: date, chance: Random, months: float) -> date:
    day = since + timedelta(days=int(chance.expovariate(1 / (30 * months))))
    return day.replace(day=_SESSIONS[day.day > _SESSIONS[0]])


def _files(world: World, day: date, rows: list[tuple[Offered, Member]]) -> Act:
    def load() -> None:
        TrainingImport(world.wirings["accreditation"], _Quiet(), dry=False).run(_file(day, rows))
        expiries = {add_months(day, course.validity) for course, _ in rows if course.validity is not None}
        for expires in expiries:
            world.agenda.at(start_of_day(expires) + timedelta(seconds=1), lambda: _expire(world))

    return load


def _expire(world: World) -> None:
    world.spread("accreditation")
    send_expired(world.wirings["accreditation"], world.clock.now().astimezone(UTC).date())


def _file(day: date, rows: list[tuple[Offered, Member]]) -> BinaryIO:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    for course, member in rows:
        writer.writerow((member.number, course.body.name, course.code, 1, day.isoformat(), "learning-system"))
    return io.BytesIO(text.getvalue().encode())


def _exempt_some(world: World, offered: list[Offered]) -> None:
    """A few people need not take a course for a time."""
    for course in offered:
        chance = world.plan.chance("exempt", course.body.slug, course.code)
        for member in course.body.members():
            if chance.random() > 0.01 or (course.code == MANAGING and not Body.manages(member.place)):
                continue
            starts = max(course.starts, member.joined) + timedelta(days=chance.randrange(20, 200))
            until = add_months(starts, chance.choice((3, 6, 9)))
            reason = chance.choice(("long-absence", "equivalent-training", "not-in-their-role"))
            if member.is_there(starts) and starts < world.plan.today:
                world.agenda.at(in_hours(starts, chance), _exempts(world, course, member, starts, until, reason))


def _exempts(world: World, course: Offered, member: Member, starts: date, until: date, reason: str) -> Act:
    def exempt() -> None:
        command = ExemptPerson(course.body.slug, course.code, member.person, starts, until, reason, "", "system")
        world.attempt("accreditation", command, "system", course.body.slug)

    return exempt


class _Quiet:
    """Nobody watches; a row of somebody who has left meanwhile is left out, as of any file."""

    def stage(self, words: str, total: int) -> None:
        """A stage begins."""

    def advance(self, rows: int) -> None:
        """So many rows more are done."""

    def problem(self, problem: Problem) -> None:
        """A row is not imported."""
