"""Whom a newcomer may begin as: for each role somebody who has something to do and something to see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shared.demonstration.people import Body, Cast, Member
from shared.demonstration.record import Default


def defaults_of(cast: Cast, day: date) -> list[Default]:
    """For every living organisation a carer, their manager, HR and payroll; for the centre those of its roles."""
    return [*(each for body in cast.living for each in _of_department(body, day)), *_of_centre(cast, day)]


def _of_department(body: Body, day: date) -> Iterator[Default]:
    teams = body.caring_teams(day)
    carer = teams[0][0] if teams else body.holder(len(body.places) - 1, day)
    if carer is not None:
        yield _default("carer", carer, "has leave ahead, a notice that waits and a passport with a proposal to answer")
        manager = carer.manager(day)
        if manager is not None:
            yield _default("manager", manager, "has notices to answer, one of them late, and a passport to sign")
    if (hr := body.hr(day)) is not None:
        yield _default("hr", hr, "looks after the staff's records, training and what is in place for carers")
    if (payroll := body.holder(min(2, len(body.places) - 1), day)) is not None:
        yield _default("payroll", payroll, "has a batch to look at and to seal")


def _of_centre(cast: Cast, day: date) -> Iterator[Default]:
    for body in cast.bodies:
        if body.kind == "centre":
            staff = list(body.there_on(day))
            for role, member in zip(("statistics", "operator"), staff, strict=False):
                yield _default(role, member, "sees every department's returns" if role == "statistics" else "runs it")


def _default(role: str, member: Member, why: str) -> Default:
    return Default(role, member.body.slug, member.person, why)
