"""Whom staff numbers of organisations mean."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from shared.people.tables import employments


def people_with(connection: Connection, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """By organisation (slug) and staff number, the person who has or had it there; the newest state counts.

    Also somebody who has left or has yet to begin: a completion may come late or early.
    """
    numbers: dict[str, set[str]] = {}
    for organisation, number in wanted:
        numbers.setdefault(organisation, set()).add(number)
    found: dict[tuple[str, str], str] = {}
    for organisation, of_it in numbers.items():
        statement = (
            select(employments.c.staff_number, employments.c.person)
            .where(employments.c.organisation == organisation, employments.c.staff_number.in_(sorted(of_it)))
            .order_by(employments.c.effective_from)
        )
        found |= {(organisation, row.staff_number): row.person for row in connection.execute(statement)}
    return found
