"""What every organisation has put in place for carers, since when; champions who change, and things that end."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from services.accreditation.domain.commands import RecordProvision, VacateChampion, WithdrawProvision
from services.accreditation.domain.provisions import CHAMPION
from shared.demonstration.people import Body
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World
from shared.kernel.periods import add_months

_FIRST: Final = date(2019, 6, 1)
"""The earliest day on which any of it is in place."""

_SPREADS_OVER: Final = 88
"""Months over which organisations put a thing in place, those that do."""

_SHARE: Final = {
    "carers-policy": 0.96,
    "carers-charter": 0.5,
    CHAMPION: 0.86,
    "carers-network": 0.7,
    "passport-offered": 0.92,
    "special-leave-guidance": 0.9,
    "manager-toolkit": 0.6,
    "awareness-campaign": 0.55,
    "young-adult-carers": 0.15,
    "emotional-support": 0.75,
}
"""The share of organisations that ever put each kind in place."""

_REVIEWED: Final = 24
"""Months from one review to the next."""

_LOOKED_AT: Final = 0.95
"""The share of reviews that happen."""

_OWNERS: Final = ("People policy team", "Director of operations", "Head of inclusion", "Chief people officer")
_EVIDENCE: Final = ("Intranet, policies", "Intranet, people pages", "Board paper of the year", "")


def begin(world: World) -> None:
    """Put each organisation's provisions on the agenda; what was in place before the world began is told then."""
    for body in world.cast.bodies:
        if body.kind != "centre":
            for kind, share in _SHARE.items():
                chance = world.plan.chance("provision", body.slug, kind)
                if chance.random() < share + (0.1 if body.lives else 0.0):
                    _put_in_place(world, body, kind, chance)


def _put_in_place(world: World, body: Body, kind: str, chance: Random) -> None:
    starts = add_months(_FIRST, int(_SPREADS_OVER * chance.random() ** 1.4))
    if starts > world.plan.today:
        return
    if kind == CHAMPION:
        _record(world, body, kind, starts, starts, None, chance)
        _change_champions(world, body, starts, chance)
    elif chance.random() < 0.04:
        ends = add_months(starts, chance.randrange(24, 48))
        _record(world, body, kind, starts, starts, None, chance)
        _later(world, body, ends, WithdrawProvision(body.slug, kind, ends, "system"), chance)
    else:
        _record_and_review(world, body, kind, starts, chance)


def _record_and_review(world: World, body: Body, kind: str, starts: date, chance: Random) -> None:
    """Half of them have a day for their review, and are looked at again in time; now and then one is forgotten."""
    review = add_months(starts, _REVIEWED) if chance.random() < 0.5 else None
    _record(world, body, kind, starts, starts, review, chance)
    while review is not None and review <= world.plan.today and chance.random() < _LOOKED_AT:
        looked, review = review - timedelta(days=chance.randrange(3, 40)), add_months(review, _REVIEWED)
        _record(world, body, kind, starts, looked, review, chance)


def _record(world: World, body: Body, kind: str, starts: date, told: date, review: date | None, chance: Random) -> None:
    owner, evidence = chance.choice(_OWNERS), chance.choice(_EVIDENCE)
    _later(world, body, told, RecordProvision(body.slug, kind, starts, owner, evidence, review, "system"), chance)


def _change_champions(world: World, body: Body, since: date, chance: Random) -> None:
    """Every few years a champion moves on; most places are filled soon, some stand empty for longer than counts."""
    day = since
    while True:
        day = add_months(day, chance.randrange(18, 44)).replace(day=chance.randrange(1, 28))
        if day > world.plan.today:
            return
        _later(world, body, day, VacateChampion(body.slug, day, "system"), chance)
        day += timedelta(days=chance.choice((20, 45, 70, 160)))
        if day > world.plan.today:
            return
        _record(world, body, CHAMPION, day, day, None, chance)


def _later(world: World, body: Body, day: date, command: object, chance: Random) -> None:
    """HR records it some days after it came about; not before the world begins."""
    told = max(day + timedelta(days=chance.randrange(9)), world.plan.begins + timedelta(days=chance.randrange(3, 20)))
    world.agenda.at(in_hours(told, chance), lambda: _do(world, body, command))


def _do(world: World, body: Body, command: object) -> None:
    world.attempt("accreditation", command, "system", body.slug)
