"""What colleagues are called, for whoever may know; and whom one can be in the demonstration, from the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from services.workforce.access import NAME, fields_of
from services.workforce.read.held import Held, held, held_on
from services.workforce.read.name_book import NameBook
from services.workforce.read.names import names_of
from services.workforce.read.record import records_of
from shared.kernel.clock import Clock, today
from shared.people.questions import organisation_named
from shared.people.tables import employments, organisations
from shared.store.stores import Stores
from shared.web.actor import Actor
from shared.web.directory import DirectoryOrganisation, Persona

_LOOKED_AT = 200

Cast = Iterator[tuple[str, tuple[str, ...], Held]]


class StaffDirectory:
    """Names of staff; the demonstration's sign-in list is each organisation's by staff number."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self.book = NameBook(stores.keys)

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

    def names_for(self, actor: Actor, persons: Iterable[str]) -> Mapping[str, str]:
        """One's own name, one's manager's, one's reports', for HR and payroll their organisation's."""
        wanted, day = set(persons), today(self._clock)
        with self._stores.read.reading() as connection:
            held = records_of(connection, [*wanted, actor.person], day)
            managers = {place.manager for place in held if place.person == actor.person and place.phase(day) != "ended"}
            known = {
                place.person
                for place in held
                if place.person in wanted
                and fields_of(actor, NAME, place.person, place, day, is_manager=place.person in managers)
            }
            return names_of(connection, self._stores.keys, known)


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
