"""Who holds each place of an organisation, one after the other: people join, leave, and move elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Final

from services.workforce.world.bodies import bodies
from services.workforce.world.names import name
from services.workforce.world.patterns import pattern_for
from shared.demonstration.people import Body, Cast, Member
from shared.demonstration.plan import Plan
from shared.kernel.periods import DAY, add_months

CARING: Final = 0.1
"""The share of the staff who care for somebody and use what their employer offers; more care and say nothing."""

_LEAVING_A_MONTH: Final = 0.007
_VACANT: Final = (0, 0, 0, 0, 0, 0, 1, 1, 2)
"""Months for which a place is empty after somebody left, one of these by chance."""

_MOVING: Final = 0.15
"""The share of those who join that come from another organisation of the world."""

_AGENCY: Final = 0.02
_GOING_PART_TIME: Final = 0.06

_OLDEST: Final = date(2005, 1, 1)


def cast_of(plan: Plan) -> Cast:
    """Everybody there is in a world."""
    numbers: dict[str, count[int]] = {}
    found = []
    for body, people, nations in bodies(plan):
        _staff(body, people, nations, plan, numbers.setdefault(body.employer, count(1)))
        found.append(body)
    cast = Cast(found)
    _let_some_move(cast, plan)
    return cast


def _staff(body: Body, people: int, nations: Mapping[str, int], plan: Plan, numbers: count[int]) -> None:
    where = _spread(people, nations)
    for place in range(people):
        chance = plan.chance("place", body.slug, place)
        body.places.append(_holders(body, place, where[place], plan, chance, numbers))


def _holders(body: Body, place: int, nation: str, plan: Plan, chance: Random, numbers: count[int]) -> list[Member]:
    """The first holder was there before the story began, each next one came some time after the one before left."""
    span = (plan.begins - _OLDEST).days
    joined: date | None = _OLDEST + timedelta(days=chance.randrange(span - 30))
    holders = []
    while joined is not None:
        left = _last_day(max(joined, plan.begins), plan, chance) if body.lives else None
        agency = not Body.manages(place) and chance.random() < _AGENCY
        holders.append(
            Member(
                body=body,
                place=place,
                number=f"{next(numbers):06d}",
                name=name(chance),
                joined=joined,
                left=left,
                nation=nation,
                works=pattern_for(body, place, chance),
                cares=body.lives and not agency and chance.random() < CARING,
                agency=agency,
                part_time_from=_part_time_from(body, place, joined, left, plan, chance),
            )
        )
        joined = None if left is None else add_months(left + DAY, chance.choice(_VACANT))
        if joined is not None and joined > plan.today:
            joined = None
    return holders


def _part_time_from(body: Body, place: int, joined: date, left: date | None, plan: Plan, chance: Random) -> date | None:
    """The first of the month from which somebody works three days a week; None for most."""
    if not body.lives or Body.manages(place) or chance.random() > _GOING_PART_TIME:
        return None
    months = plan.months()
    day = chance.choice(months[1:] or months)
    return day if joined < day and (left is None or day < left) else None


def _last_day(since: date, plan: Plan, chance: Random) -> date | None:
    """The end of the month in which somebody leaves; None where they are there to the end of the story."""
    months = int(chance.expovariate(_LEAVING_A_MONTH)) + 1
    left = add_months(since.replace(day=1), months) - DAY
    return left if left < plan.today else None


def _let_some_move(cast: Cast, plan: Plan) -> None:
    """Some of those who join left another organisation the day before: they are the same person."""
    chance = plan.chance("moving")
    leaving: dict[date, list[Member]] = {}
    for body in cast.living:
        for member in body.members():
            if member.left is not None and not Body.manages(member.place):
                leaving.setdefault(member.left, []).append(member)
    for body in cast.living:
        for member in body.members():
            if member.joined <= plan.begins or Body.manages(member.place) or chance.random() > _MOVING:
                continue
            others = [each for each in leaving.get(member.joined - DAY, ()) if each.body.employer != body.employer]
            if others:
                before = chance.choice(others)
                leaving[member.joined - DAY].remove(before)
                member.before, member.name, member.cares = before, before.name, before.cares


def _spread(people: int, nations: Mapping[str, int]) -> Sequence[str]:
    """A nation for each place, in proportion to the people published, by largest remainders."""
    total = sum(nations.values())
    seats = {nation: people * number // total for nation, number in nations.items()}
    rest = sorted(nations, key=lambda nation: (-(people * nations[nation] % total), nation))
    for nation in rest[: people - sum(seats.values())]:
        seats[nation] += 1
    largest_first = sorted(seats, key=lambda nation: (-seats[nation], nation))
    return [nation for nation in largest_first for _ in range(seats[nation])]
