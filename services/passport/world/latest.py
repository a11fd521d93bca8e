"""The last weeks before the newcomer: in each organisation a passport is due for review, and one waits to be signed."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from services.passport.world.writing import Writing
from shared.demonstration.people import Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World


def tell_latest(world: World, writing: Writing) -> None:
    """The first carer of the largest team has an agreed passport, the second waits for the manager's signature."""
    for body in world.cast.living:
        teams = body.caring_teams(world.plan.today)
        chance = world.plan.chance("latest passports", body.slug)
        for team in teams[:1]:
            _on(world, 24, chance, lambda member=team[0]: _have_one(writing, member, chance))  # type: ignore[misc]
            _on(world, 3, chance, lambda member=team[0]: writing.propose(member, Random(1)))  # type: ignore[misc]  # noqa: S311
            for member in team[1:2]:
                _on(world, 6, chance, lambda member=member: _wait_for_manager(writing, member, chance))  # type: ignore[misc]


def _have_one(writing: Writing, member: Member, chance: Random) -> None:
    paper = writing.paper_of(member) or writing.draft(member, chance)
    if paper is not None and not paper.agreed:
        writing.talk_and_sign(member, chance)


def _wait_for_manager(writing: Writing, member: Member, chance: Random) -> None:
    if writing.paper_of(member) is None and writing.draft(member, chance) is not None:
        writing.talk_and_sign(member, chance, both=False)


def _on(world: World, days_ago: int, chance: Random, act) -> None:  # type: ignore[no-untyped-def]
    world.agenda.at(in_hours(world.plan.today - timedelta(days=days_ago), chance), act)
