"""Whom a newcomer may begin as: for each role somebody who has something to do and something to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from shared.demonstration.people import Body, Cast, Member
from shared.runtime.world_record import Default

_WITH_A_STORY: Final = (
    "has leave ahead, a request that is not answered yet and a change to their passport to answer",
    "has asked for leave late, and has signed a passport that their manager has not signed yet",
    "has leave that their manager has postponed",
)
"""The carers of the largest team, in the order in which leave and passport tell the last days before the newcomer."""

_ANSWERS: Final = "has requests to answer, one of them late"
_AND_SIGNS: Final = f"{_ANSWERS}, and a passport to sign"
"""The second carer of a team has signed theirs."""

_AT_THE_CENTRE: Final = {
    "statistics": "sees the returns behind the board",
    "operator": "keeps the services running and sees what they could not read",
}


def defaults_of(cast: Cast, day: date) -> list[Default]:
    """For every living organisation carers of a team, their manager, HR and payroll; for the centre its roles."""
    return [*(each for body in cast.living for each in _of_department(body, day)), *_of_centre(cast, day)]


def _of_department(body: Body, day: date) -> Iterator[Default]:
    teams = body.caring_teams(day)
    carer = teams[0][0] if teams else body.holder(len(body.places) - 1, day)
    if carer is not None:
        if teams:
            yield from (_default("carer", each, why) for each, why in zip(teams[0], _WITH_A_STORY, strict=False))
        else:
            yield _default("carer", carer, "can ask for leave and write a passport")
        manager = carer.manager(day)
        if manager is not None:
            yield _default("manager", manager, _why_manage(teams[0] if teams else []))
    if (hr := body.hr(day)) is not None:
        yield _default("hr", hr, "looks after staff records, training and what is in place for carers")
    if (payroll := body.holder(min(2, len(body.places) - 1), day)) is not None:
        yield _default("payroll", payroll, "has lines to check and a batch to send")


def _why_manage(carers: Sequence[Member]) -> str:
    if not carers:
        return "answers for the team"
    return _AND_SIGNS if len(carers) > 1 else _ANSWERS


def _of_centre(cast: Cast, day: date) -> Iterator[Default]:
    for body in cast.bodies:
        if body.kind == "centre":
            for (role, why), member in zip(_AT_THE_CENTRE.items(), body.there_on(day), strict=False):
                yield _default(role, member, why)


def _default(role: str, member: Member, why: str) -> Default:
    return Default(role, member.body.slug, member.person, why)
