"""What the people of a world are called once they are recorded: the identifiers that workforce gave them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, tuple_

from shared.demonstration.people import Member
from shared.people.tables import employments
from shared.runtime.wiring import Wiring

_AT_ONCE = 400


def learn(wiring: Wiring, members: Sequence[Member]) -> None:
    """Note person and employment of each of these, as workforce's lists have them."""
    unknown = [member for member in members if not member.employment]
    for start in range(0, len(unknown), _AT_ONCE):
        part = {(member.body.employer, member.number): member for member in unknown[start : start + _AT_ONCE]}
        statement = select(
            employments.c.employer, employments.c.staff_number, employments.c.person, employments.c.employment
        ).where(tuple_(employments.c.employer, employments.c.staff_number).in_(list(part)))
        with wiring.reading() as connection:
            for row in connection.execute(statement):
                member = part[row.employer, row.staff_number]
                member.person, member.employment = row.person, row.employment
