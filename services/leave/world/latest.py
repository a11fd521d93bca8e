"""The last days before the newcomer: in each organisation somebody has something to decide and something to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Final

from services.leave.domain.parts import WHOLE
from services.leave.world.asking import CONFIRMS, LEAVES, POSTPONES, SILENT, WAIVES, Asking, Habit
from shared.demonstration.people import Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World

_TEAMS: Final = 3
"""Teams of each organisation in which it is told."""


def tell_latest(world: World, asking: Asking) -> None:
    """Put on the agenda what is open when the newcomer arrives, in teams with a manager and several carers."""
    for body in world.cast.living:
        for team in body.caring_teams(world.plan.today)[:_TEAMS]:
            _tell(world, asking, team, world.plan.chance("latest", body.slug))


def _tell(world: World, asking: Asking, team: list[Member], chance: Random) -> None:
    """One leave is confirmed and ahead, one notice waits, one came late; where there is a third, one is postponed."""
    first, second = team[0], team[1 % len(team)]
    ask(world, asking, first, 5, Habit(16, (WHOLE, WHOLE), CONFIRMS, WAIVES, 3, agrees=True, corrected=False), chance)
    ask(world, asking, first, 1, Habit(23, ("",), SILENT, LEAVES, 0, agrees=True, corrected=False), chance)
    ask(world, asking, second, 1, Habit(2, (WHOLE,), SILENT, LEAVES, 0, agrees=True, corrected=False), chance)
    if len(team) > 2:
        ask(world, asking, team[2], 4, Habit(9, (WHOLE,), POSTPONES, LEAVES, 26, agrees=False, corrected=False), chance)


def ask(world: World, asking: Asking, member: Member, days_ago: int, habit: Habit, chance: Random) -> None:
    """Let somebody ask so many days before the newcomer comes."""
    day = world.plan.today - timedelta(days=days_ago)
    world.agenda.at(in_hours(day, chance), _asks(asking, member, habit))


def _asks(asking: Asking, member: Member, habit: Habit) -> Callable[[], None]:
    return lambda: (asking.ask(member, habit), None)[1]
