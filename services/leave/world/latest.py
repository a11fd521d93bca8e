"""The last days before the newcomer: in each organisation somebody has something to decide and something to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Final

from services.leave.domain.parts import WHOLE
from services.leave.world.asking import CONFIRMS, LEAVES, NOT_WAIVES, POSTPONES, SILENT, WAIVES, Asking, Habit
from shared.demonstration.people import Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World

_TEAMS: Final = 3
"""Teams of each organisation in which it is told."""

_THIRD: Final = (
    Habit(9, (WHOLE,), POSTPONES, LEAVES, 1, agrees=False, corrected=False),
    Habit(2, (WHOLE,), CONFIRMS, NOT_WAIVES, 0, agrees=True, corrected=False),
    Habit(2, (WHOLE,), CONFIRMS, WAIVES, 0, agrees=True, corrected=False),
)
"""What the third carer of a largest team asks, by turns: one organisation postpones, one does not accept what came
late, one does. Were it the same everywhere, the indicators of the last month would be nothing like those before."""


def tell_latest(world: World, asking: Asking) -> None:
    """Put on the agenda what is open when the newcomer arrives, in teams with a manager and several carers."""
    for number, body in enumerate(world.cast.living):
        chance = world.plan.chance("latest", body.slug)
        teams = body.caring_teams(world.plan.today)[:_TEAMS]
        for team in teams:
            _tell(world, asking, team, chance)
        for team in teams[:1]:
            for third in team[2:3]:
                ask(world, asking, third, 4, _THIRD[number % len(_THIRD)], chance)


def _tell(world: World, asking: Asking, team: list[Member], chance: Random) -> None:
    """One leave is confirmed after a day or two and ahead, one notice waits, one came late."""
    first, second, after = team[0], team[1 % len(team)], chance.randrange(1, 4)
    ask(
        world,
        asking,
        first,
        5,
        Habit(16, (WHOLE, WHOLE), CONFIRMS, WAIVES, after, agrees=True, corrected=False),
        chance,
    )
    ask(world, asking, first, 1, Habit(23, ("",), SILENT, LEAVES, 0, agrees=True, corrected=False), chance)
    ask(world, asking, second, 1, Habit(2, (WHOLE,), SILENT, LEAVES, 0, agrees=True, corrected=False), chance)


def ask(world: World, asking: Asking, member: Member, days_ago: int, habit: Habit, chance: Random) -> None:
    """Let somebody ask so many days before the newcomer comes."""
    day = world.plan.today - timedelta(days=days_ago)
    world.agenda.at(in_hours(day, chance), _asks(asking, member, habit))


def _asks(asking: Asking, member: Member, habit: Habit) -> Callable[[], None]:
    return lambda: (asking.ask(member, habit), None)[1]
