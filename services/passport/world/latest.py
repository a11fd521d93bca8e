"""The last weeks before the newcomer: in each organisation a passport is due for review, and one waits to be signed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random

from services.passport.world.writing import Writing
from shared.demonstration.agenda import Act
from shared.demonstration.people import Body, Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World


def tell_latest(world: World, writing: Writing) -> None:
    """The first carer of the largest team has an agreed passport, the second waits for the manager's signature."""
    for body in world.cast.living:
        _tell(world, writing, body, world.plan.chance("latest passports", body.slug))


def _tell(world: World, writing: Writing, body: Body, chance: Random) -> None:
    team = next(iter(body.caring_teams(world.plan.today)), [])
    for first in team[:1]:
        _on(world, 24, chance, partial(_have_one, writing, first, chance))
        _on(world, 3, chance, partial(_be_proposed_to, writing, first, chance))
    for second in team[1:2]:
        _on(world, 6, chance, partial(_wait_for_manager, writing, second, chance))


def _have_one(writing: Writing, member: Member, chance: Random) -> None:
    paper = writing.paper_of(member) or writing.draft(member, chance)
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
