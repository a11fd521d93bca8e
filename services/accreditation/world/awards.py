"""Awards under Carer Confident and Carer Positive: assessed, won, renewed at a higher level, or lapsed."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from random import Random
from typing import Final

from services.accreditation.application import Accreditation
from services.accreditation.domain.commands import AssessArea, LapseAward, RecordAward
from shared.demonstration.people import Body
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World
from shared.kernel.clock import start_of_day
from shared.kernel.periods import DAY, add_months
from shared.runtime.due import DueItem

_BY_MID_2022: Final = 15
"""How many organisations held Carer Confident by the middle of 2022, as was published."""

_LATER: Final = 14
"""How many win their first award after that."""

_LAST_FIRSTS: Final = 48
"""Months after the middle of 2022 over which those are spread."""

_MIDDLE: Final = date(2022, 6, 15)
_SCOTTISH: Final = "Scottish Government"
_EVIDENCE: Final = ("Board paper and intranet pages", "Survey of the network", "Policy, guidance and two case studies")


def begin(world: World) -> None:
    """Choose the organisations that win awards, the large ones first, and put their first ones on the agenda."""
    chance = world.plan.chance("awards")
    bodies = [body for body in world.cast.bodies if body.kind != "centre"]
    chance.shuffle(bodies)
    bodies.sort(key=lambda body: not body.lives)
    for number, body in enumerate(bodies[: _BY_MID_2022 + _LATER]):
        first = number < _BY_MID_2022
        months = -chance.randrange(1, 28) if first else chance.randrange(2, _LAST_FIRSTS)
        _win(world, body, 0, add_months(_MIDDLE, months), world.plan.chance("award", body.slug))
        if body.lives:
            _look_again(world, body, world.plan.chance("assessment", body.slug))


def _look_again(world: World, body: Body, chance: Random) -> None:
    """Once a year an organisation looks at where it stands, award or not."""
    day = world.plan.begins + timedelta(days=chance.randrange(60, 300))
    while day <= world.plan.today:
        world.agenda.at(in_hours(day, chance), lambda: _assess(world, body, chance))
        day = add_months(day, 12) + timedelta(days=chance.randrange(-20, 10))


def _win(world: World, body: Body, level: int, starts: date, chance: Random) -> None:
    """An award from a day on, after an assessment; told when it begins, or when the world does."""
    if starts > world.plan.today:
        return
    told = max(starts, world.plan.begins + timedelta(days=5))
    if body.lives:
        world.agenda.at(in_hours(told - timedelta(days=2), chance), lambda: _assess(world, body, chance))
    world.agenda.at(in_hours(told, chance), lambda: _record(world, body, level, starts, chance))


def _record(world: World, body: Body, level: int, starts: date, chance: Random) -> None:
    scheme = _application(world).scheme(_scheme(body))
    name = scheme.levels[min(level, len(scheme.levels) - 1)].level
    command = RecordAward(body.slug, scheme.scheme, name, starts, None, (body.slug,), "", "system")
    told = world.attempt("accreditation", command, "system", body.slug)
    if told is None:
        return
    until = date.fromisoformat(told["until"])
    lapse = LapseAward(body.slug, told["award"])
    item = DueItem(body.slug, f"due:lapse:{told['award']}:{until}", lapse)
    after = start_of_day(until + DAY) + timedelta(seconds=1)
    world.agenda.at(max(after, world.clock.now()), lambda: world.by_clock("accreditation", item))
    if chance.random() < 0.75:
        better = level + (chance.random() < 0.5)
        _win(world, body, better, until + DAY - timedelta(days=chance.choice((0, 0, 30, -60))), chance)


def _assess(world: World, body: Body, chance: Random) -> None:
    """Each area is looked at before an award is asked for."""
    scheme, day = _application(world).scheme(_scheme(body)), world.clock.now().astimezone(UTC).date()
    for area in scheme.areas:
        scores = {criterion.criterion: chance.choice((1, 2, 2, 3)) for criterion in area.criteria}
        command = AssessArea(body.slug, scheme.scheme, area.area, scores, chance.choice(_EVIDENCE), day, "system")
        world.attempt("accreditation", command, "system", body.slug)


def _scheme(body: Body) -> str:
    return "carer-positive" if body.group == _SCOTTISH else "carer-confident"


def _application(world: World) -> Accreditation:
    application = world.wirings["accreditation"].application
    assert isinstance(application, Accreditation)
    return application
