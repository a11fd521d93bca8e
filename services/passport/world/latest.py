"""The last weeks before the newcomer: in each organisation one has an agreed passport, and one waits to be signed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random
from typing import Final

from services.passport.world.writing import Writing
from shared.demonstration.agenda import Act
from shared.demonstration.people import Body, Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World

_AGREED: Final = 24
"""So many days ago one is agreed."""

_SIGNED: Final = 6
"""So many days ago the carer has signed another."""

_DRAFTED: Final = (12, 45)
"""Days from the first words to the signatures, as with everybody else."""

EARLIEST: Final = timedelta(days=_AGREED + _DRAFTED[1])
"""How long before the newcomer any of it begins."""


def tell_latest(world: World, writing: Writing) -> None:
    """The first carer of the largest team has an agreed passport, the second waits for the manager's signature."""
    for body in world.cast.living:
        _tell(world, writing, body, world.plan.chance("latest passports", body.slug))


def _tell(world: World, writing: Writing, body: Body, chance: Random) -> None:
    team = next(iter(body.caring_teams(world.plan.today)), [])
    for first in team[:1]:
        _on(world, _AGREED + chance.randrange(*_DRAFTED), chance, partial(_begin, writing, first, chance))
        _on(world, _AGREED, chance, partial(_agree, writing, first, chance))
        _on(world, 3, chance, partial(_be_proposed_to, writing, first, chance))
    for second in team[1:2]:
        _on(world, _SIGNED + chance.randrange(*_DRAFTED), chance, partial(_begin, writing, second, chance))
        _on(world, _SIGNED, chance, partial(_wait_for_manager, writing, second, chance))


def _begin(writing: Writing, member: Member, chance: Random) -> None:
    if writing.paper_of(member) is None:
        writing.draft(member, chance)


def _agree(writing: Writing, member: Member, chance: Random) -> None:
    paper = writing.paper_of(member)
    if paper is not None and not paper.agreed:
        writing.talk_and_sign(member, chance)


def _be_proposed_to(writing: Writing, member: Member, chance: Random) -> None:
    writing.propose(member, chance, answered=False)


def _wait_for_manager(writing: Writing, member: Member, chance: Random) -> None:
    paper = writing.paper_of(member)
    if paper is None or paper.ended:
        paper = writing.draft(member, chance)
    if paper is not None:
        writing.talk_and_sign(member, chance, both=False)


def _on(world: World, days_ago: int, chance: Random, act: Act) -> None:
    world.agenda.at(in_hours(world.plan.today - timedelta(days=days_ago), chance), act)
