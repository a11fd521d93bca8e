"""Who one can be in the demonstration: real people of the records, one for each role of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, select

from services.workforce.read.held import Held, held, held_on
from services.workforce.read.names import names_of
from shared.kernel.clock import Clock, today
from shared.people.questions import organisation_named
from shared.people.tables import employments, organisations
from shared.store.stores import Stores
from shared.web.directory import DirectoryOrganisation, Persona

_LOOKED_AT = 200

Cast = Iterator[tuple[str, tuple[str, ...], Held]]


class StaffDirectory:
    """The demonstration's sign-in list, from the staff of each organisation by staff number."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock

    def organisations(self) -> Sequence[DirectoryOrganisation]:
        """Every organisation that has people, by name."""
        peopled = select(employments.c.organisation).distinct()
        asked = select(organisations).where(organisations.c.organisation.in_(peopled)).order_by(organisations.c.name)
        with self._stores.read.reading() as connection:
            return [DirectoryOrganisation(row.organisation, row.name, row.kind) for row in connection.execute(asked)]

    def personas(self, organisation: str) -> Sequence[Persona]:
        """A carer with a manager, that manager, one in HR and one in payroll; in the centre one in statistics."""
        with self._stores.read.reading() as connection:
            found = organisation_named(connection, organisation)
            if found is None:
                return []
            staff = _staff(connection, organisation, today(self._clock))
            cast = list(_centre(staff) if found.kind == "centre" else _department(staff))
            names = names_of(connection, self._stores.keys, [someone.person for _, _, someone in cast])
        return [
            Persona(
                person=someone.person,
                name=names.get(someone.person, ""),
                staff_number=someone.staff_number,
                post=someone.post,
                organisation=organisation,
                organisation_name=found.name,
                role=word,
                roles=("carer", *roles),
            )
            for word, roles, someone in cast
        ]


def _staff(connection: Connection, organisation: str, day: date) -> list[Held]:
    text = day.isoformat()
    asked = (
        select(employments)
        .where(
            employments.c.organisation == organisation,
            held_on(day),
            employments.c.starts <= text,
            employments.c.ends >= text,
        )
        .order_by(employments.c.staff_number)
        .limit(_LOOKED_AT)
    )
    return [held(row) for row in connection.execute(asked)]


def _department(staff: Sequence[Held]) -> Cast:
    by_person = {someone.person: someone for someone in staff}
    carer = next((someone for someone in staff if someone.manager in by_person), None)
    taken: set[str] = set()
    if carer is not None:
        yield "Carer", (), carer
        yield "Line manager", (), by_person[carer.manager]
        taken = {carer.person, carer.manager}
    elif staff:
        yield "Carer", (), staff[0]
        taken = {staff[0].person}
    others = [someone for someone in staff if someone.person not in taken] or list(staff)
    if others:
        yield "HR", ("hr",), others[-1]
        yield "Payroll", ("payroll",), others[-2] if len(others) > 1 else others[-1]


def _centre(staff: Sequence[Held]) -> Cast:
    for someone in staff[:1]:
        yield "Statistics", ("statistics",), someone
