"""What colleagues are called, for whoever may know; and whom one can be in the demonstration, from the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from sqlalchemy import Connection, Select, select

from services.workforce.read.held import Held, held, held_on
from services.workforce.read.name_book import NameBook
from services.workforce.read.names import names_of, sealed_names
from services.workforce.read.record import records_of
from services.workforce.web.access import NAME, fields_of
from shared.kernel.clock import today
from shared.people.questions import organisation_named
from shared.people.tables import employments, organisations
from shared.runtime.directory import DirectoryOrganisation, Persona
from shared.runtime.wiring import Wiring
from shared.web.actor import Actor
from shared.web.app_context import app_context

_LOOKED_AT = 200

_CARERS = 3
"""So many carers of one team are offered, so that their manager has more than one person's things to answer."""

Cast = Iterator[tuple[str, tuple[str, ...], Sequence[Held]]]
"""The word of a role, the roles of its token, and who is offered for it."""


class StaffDirectory:
    """Names of staff; the demonstration's sign-in list is each organisation's by staff number."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    @cached_property
    def book(self) -> NameBook:
        """Names that were opened once in this process, for finding people by them."""
        return NameBook(self._wiring.keys)

    def organisations(self) -> Sequence[DirectoryOrganisation]:
        """Every organisation that has people, by name."""
        peopled = select(employments.c.organisation).distinct()
        asked = select(organisations).where(organisations.c.organisation.in_(peopled)).order_by(organisations.c.name)
        with self._wiring.stores.read.reading() as connection:
            return [DirectoryOrganisation(row.organisation, row.name, row.kind) for row in connection.execute(asked)]

    def personas(self, organisation: str, named: Mapping[str, Sequence[str]]) -> Sequence[Persona]:
        """Carers with a manager, that manager, one in HR, one in payroll and an operator; in the centre one in
        statistics and an operator. For a role of ``named`` those persons, as far as they work there today.
        """
        with self._wiring.stores.read.reading() as connection:
            found = organisation_named(connection, organisation)
            if found is None:
                return []
            day = today(self._wiring.clock)
            staff = _staff(connection, organisation, day)
            offered = _centre(staff) if found.kind == "centre" else _department(staff)
            wanted = _named(connection, organisation, day, chain.from_iterable(named.values()))
            cast = [
                (word, roles, someone)
                for word, roles, people in offered
                for someone in [wanted[person] for person in named.get(word, ()) if person in wanted] or people
            ]
            names = names_of(connection, self._wiring.keys, [someone.person for _, _, someone in cast])
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
        wanted, day = set(persons), today(self._wiring.clock)
        with self._wiring.stores.read.reading() as connection:
            held = records_of(connection, [*wanted, actor.person], day)
            managers = {place.manager for place in held if place.person == actor.person and place.phase(day) != "ended"}
            known = {
                place.person
                for place in held
                if place.person in wanted
                and fields_of(actor, NAME, place.person, place, day, is_manager=place.person in managers)
            }
            return names_of(connection, self._wiring.keys, known)


def directory(wiring: Wiring) -> StaffDirectory:
    """The directory of a process, which remembers opened names."""
    return StaffDirectory(wiring)


def staff_directory() -> StaffDirectory:
    """The directory of the app that answers the present request."""
    found = app_context().directory
    assert isinstance(found, StaffDirectory)
    return found


def _staff(connection: Connection, organisation: str, day: date) -> list[Held]:
    asked = _at_work(organisation, day).order_by(employments.c.staff_number).limit(_LOOKED_AT)
    return _kept(connection, asked)


def _named(connection: Connection, organisation: str, day: date, persons: Iterable[str]) -> dict[str, Held]:
    """Those of the persons who work in the organisation on the day."""
    asked = _at_work(organisation, day).where(employments.c.person.in_(list(persons)))
    return {found.person: found for found in _kept(connection, asked)}


def _kept(connection: Connection, asked: Select[object]) -> list[Held]:
    """Those asked for who were not erased: an erased person's name is empty."""
    found = [held(row) for row in connection.execute(asked)]
    names = sealed_names(connection, sorted({someone.person for someone in found}))
    return [someone for someone in found if names.get(someone.person)]


def _at_work(organisation: str, day: date) -> Select[object]:
    text = day.isoformat()
    return select(employments).where(
        employments.c.organisation == organisation,
        held_on(day),
        employments.c.starts <= text,
        employments.c.ends >= text,
    )


def _department(staff: Sequence[Held]) -> Cast:
    by_person = {someone.person: someone for someone in staff}
    carer = next((someone for someone in staff if someone.manager in by_person), None)
    taken: set[str] = set()
    if carer is not None:
        yield "Carer", (), [someone for someone in staff if someone.manager == carer.manager][:_CARERS]
        yield "Line manager", (), [by_person[carer.manager]]
        taken = {carer.person, carer.manager}
    elif staff:
        yield "Carer", (), [staff[0]]
        taken = {staff[0].person}
    others = [someone for someone in staff if someone.person not in taken] or list(staff)
    if others:
        yield "HR", ("hr",), [others[-1]]
        yield "Payroll", ("payroll",), [others[-min(2, len(others))]]
        yield "Operator", ("operator",), [others[-min(3, len(others))]]


def _centre(staff: Sequence[Held]) -> Cast:
    if staff:
        yield "Statistics", ("statistics",), [staff[0]]
        yield "Operator", ("operator",), [staff[-1]]
