"""Which of these persons were erased?"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from services.payroll.read.tables import forgotten

_AT_ONCE = 500


def erased_among(connection: Connection, persons: Iterable[str]) -> frozenset[str]:
    """Those of the persons whose staff numbers are no longer shown."""
    wanted = sorted(set(persons))
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found.update(connection.execute(select(forgotten.c.person).where(forgotten.c.person.in_(part))).scalars())
    return frozenset(found)
