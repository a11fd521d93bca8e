"""What workforce tells of a world: each month's extract from the HR system, and people who move."""

from __future__ import annotations

from datetime import date, timedelta

from services.workforce.application import WorkforceApplication
from services.workforce.domain.commands import Particulars, RecordEmployment
from services.workforce.staff_file.importing import StaffImport
from services.workforce.world.extract import Row, extract, file_of
from services.workforce.world.known import learn
from services.workforce.world.patterns import FULL_TIME_MINUTES, grade
from services.workforce.world.staffing import cast_of as cast_of
from shared.demonstration.people import Member
from shared.demonstration.world import World
from shared.files.rows import Problem
from shared.kernel.clock import start_of_day
from shared.kernel.errors import UnavailableError

_HOUR = timedelta(hours=6)


def begin(world: World) -> None:
    """Put each month's extract on the agenda, early on the month's first day."""
    for month in world.plan.months():
        world.agenda.at(start_of_day(month) + _HOUR, lambda month=month: _load(world, month))  # type: ignore[misc]


def _load(world: World, month: date) -> None:
    """Load the month's extract, and let everybody know who is there."""
    told = extract(world.cast, month, first=month == world.plan.begins)
    application = world.wirings["workforce"].application
    assert isinstance(application, WorkforceApplication)
    if told.rows:
        StaffImport(application, _Strict(), as_of=month, dry=False).run(file_of(told.rows))
    for member in told.moved:
        _move(world, member, month)
    world.spread("workforce")
    learn(world.wirings["workforce"], [row.member for row in told.rows] + told.moved)


def _move(world: World, member: Member, month: date) -> None:
    """HR records somebody who comes from another organisation: the same person, another employment."""
    assert member.before is not None
    manager = member.manager(month)
    particulars = Particulars(
        staff_number=member.number,
        post=grade(member.place),
        organisation=member.body.slug,
        employer=member.body.employer,
        manager_staff_number=manager.number if manager else "",
        nation=member.nation,
        status="employee",
        fte=Row(member, month).works.fte,
        full_time_minutes=FULL_TIME_MINUTES,
        pattern=member.works.text,
        starts=member.joined,
    )
    command = RecordEmployment(member.before.person, "", particulars, "system")
    world.do("workforce", command, "system", member.body.slug)


class _Strict:
    """A world's own extract has no mistakes."""

    def stage(self, words: str, total: int) -> None:
        """Nobody watches."""

    def advance(self, rows: int) -> None:
        """Nobody watches."""

    def problem(self, problem: Problem) -> None:
        """Raises ``UnavailableError``: the world is made wrongly."""
        raise UnavailableError(f"The world's staff file is wrong in line {problem.line}: {problem.message}")
