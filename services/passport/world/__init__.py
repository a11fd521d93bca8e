"""What the passport tells of a world: carers who write one, agree it with their manager, review it and take it along.

How many of the carers have one follows the share in the Civil Service People Survey who say so: 16.3 % in 2022, 19.4 %
in 2023, 26.0 % in 2024 (question J05C, of those who answered). Before and after it goes on along the same line; that
continuation is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Final

from services.passport.world.latest import EARLIEST, tell_latest
from services.passport.world.writing import Writing
from shared.demonstration.agenda import Act
from shared.demonstration.people import Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World
from shared.kernel.clock import start_of_day

SHARES: Final = (
    (date(2021, 10, 1), 0.132),
    (date(2022, 10, 1), 0.163),
    (date(2023, 10, 1), 0.194),
    (date(2024, 10, 1), 0.260),
    (date(2027, 10, 1), 0.359),
)
"""The share of carers with an agreed passport by day; the middle three are published."""

_TO_AGREE: Final = timedelta(days=40)
"""How long it takes on average from the first word to the second signature."""


def begin(world: World) -> None:
    """Let each carer who will have a passport begin it when the share of carers with one has come to them."""
    writing = Writing(world)
    for member in world.cast.carers:
        if member.before is None:
            _begin(world, writing, member)
        else:
            world.agenda.at(
                in_hours(member.joined + timedelta(days=12), _chance(world, member)), _moves(writing, member)
            )
    world.agenda.at(start_of_day(world.plan.today) - EARLIEST, lambda: tell_latest(world, writing))


def _begin(world: World, writing: Writing, member: Member) -> None:
    chance = _chance(world, member)
    share = chance.random()
    day = _when(SHARES, share) - _TO_AGREE
    day = max(day, member.joined + timedelta(days=chance.randrange(30, 300)), world.plan.begins + timedelta(days=4))
    if share > SHARES[-1][1] or day >= world.plan.today or not member.is_there(day):
        return
    world.agenda.at(in_hours(day, chance), lambda: writing.begin(member, chance))


def _chance(world: World, member: Member) -> Random:
    return world.plan.chance("passport", member.body.slug, member.number)


def _moves(writing: Writing, member: Member) -> Act:
    return lambda: writing.move(member)


def _when(shares: Sequence[tuple[date, float]], share: float) -> date:
    """The day on which the line through the shares comes to one; the first where it is below all."""
    for (before, less), (after, more) in pairwise(shares):
        if less <= share <= more:
            return before + (after - before) * ((share - less) / (more - less))
    return shares[0][0]
