"""What leave tells of a world: carers who need a day now and then, managers who answer, and days that are taken."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from services.leave.world.asking import Asking, Habit
from services.leave.world.latest import tell_latest
from shared.demonstration.people import Member
from shared.demonstration.plan import Plan, in_hours
from shared.demonstration.world import World
from shared.kernel.clock import start_of_day

FIRST_NOTICES: Final = date(2024, 4, 6)
"""The right is for notices given on or after this day (Carer's Leave Regulations 2024, reg 1)."""

_TAKING: Final = 0.7
"""The share of carers who take leave at all."""

_ANSWERED: Final = (2.0, 6.0)
"""Days until managers answer, on average: in the quickest organisation and in the slowest."""

_A_YEAR: Final = (2.6, 3.4, 4.0)
"""Notices of one of them in the first, the second and each later year of the right."""


def begin(world: World) -> None:
    """Let each carer who takes leave need it for the first time; and tell of the last days before the newcomer."""
    asking = Asking(world)
    for member in world.cast.carers:
        chance = world.plan.chance("leave", member.body.slug, member.number)
        if chance.random() < _TAKING:
            _need(world, asking, member, max(FIRST_NOTICES, world.plan.begins, member.joined), chance)
    world.agenda.at(start_of_day(world.plan.today) - timedelta(days=6), lambda: tell_latest(world, asking))


def _need(world: World, asking: Asking, member: Member, since: date, chance: Random) -> None:
    """The next time that somebody needs leave, and after that the next."""
    day = since + timedelta(days=1 + int(chance.expovariate(_a_year(since) / 365)))
    if not _can_ask(world.plan, member, day):
        return
    instant = in_hours(day, chance)
    pace = world.plan.chance("answers", member.body.slug).uniform(*_ANSWERED)

    def ask() -> None:
        asking.ask(member, Habit.drawn(chance, pace))
        _need(world, asking, member, day, chance)

    world.agenda.at(instant, ask)


def _can_ask(plan: Plan, member: Member, day: date) -> bool:
    return day <= plan.today and member.is_there(day)


def _a_year(day: date) -> float:
    """How many notices a year, by how long people have known of the right."""
    return _A_YEAR[min((day - FIRST_NOTICES) // timedelta(days=365), len(_A_YEAR) - 1)]
