"""Workforce's commands: each loads, asks the domain once, and says what to save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from services.workforce.domain.commands import (
    ChangeEmployment,
    ClaimStaffNumbers,
    CorrectName,
    EndEmployment,
    ForgetPerson,
    ImportStaff,
    Particulars,
    RecordEmployment,
    RecordLegalEmployer,
    RecordOrganisation,
)
from services.workforce.domain.history import HISTORY
from services.workforce.domain.organisation import LegalEmployer, Organisation, slug_of
from services.workforce.domain.person import Employment, Person, phase
from services.workforce.domain.staff_number import StaffNumber
from services.workforce.domain.staff_row import Settled, settle_all, terms_of
from services.workforce.domain.terms import Terms
from shared.kernel.errors import NotFoundError, RefusedError
from shared.kernel.ids import new_id
from shared.store.application import CommandApplication, handles
from shared.store.commands import Answer, CommandKey, Decision
from shared.store.mapper import History


@dataclass(frozen=True)
class Place:
    """An employment as it stands on a day: what decides who may see and change it. ``manager``: empty for nobody."""

    employment: str
    organisation: str
    employer: str
    manager: str
    starts: date
    ends: date | None

    def phase(self, day: date) -> str:
        """Whether it is to come, current or over on the day: ``starts``, ``current``, ``ended``."""
        return phase(self.starts, self.ends, day)


class WorkforceApplication(CommandApplication):
    """Organisations, legal employers, people and their employments."""

    name = "workforce"
    history: ClassVar[History] = HISTORY

    def execute(self, command: object, key: CommandKey) -> Answer:
        """Handle one command once; after a person was forgotten, destroy their key.

        The key goes after the event is stored. Where that was interrupted, the same command again destroys it.
        """
        answer = super().execute(command, key)
        if isinstance(command, ForgetPerson):
            self.erase(command.person)
        return answer

    def forget_again(self, persons: Iterable[str]) -> int:
        """Forget those whom a log restored from a backup has again; persons whom it does not know are passed over."""
        epoch, _ = self.stores.log.head()
        again = 0
        for who in sorted(persons):
            person = self.load(Person, UUID(who))
            if person is not None and not person.forgotten:
                self.execute(ForgetPerson(who, "system"), CommandKey("operator/system/ForgetPerson", f"{epoch}:{who}"))
                again += 1
        return again

    @handles(RecordOrganisation)
    def record_organisation(self, command: RecordOrganisation) -> Decision:
        """Make an organisation known; nothing happens where it is. Raises RefusedError for another group or kind."""
        group = command.group or None
        organisation = slug_of("organisation", command.name)
        known = self.load(Organisation, Organisation.id_of(organisation))
        if known is not None:
            known.check_same(group, command.kind)
            return Decision((), {"organisation": organisation})
        fresh = Organisation.recorded(command.name, group, command.kind, by=command.by, now=self.now())
        return Decision((fresh,), {"organisation": organisation})

    @handles(RecordLegalEmployer)
    def record_legal_employer(self, command: RecordLegalEmployer) -> Decision:
        """Make a legal employer known; nothing happens where it is."""
        employer = slug_of("employer", command.name)
        if self.load(LegalEmployer, LegalEmployer.id_of(employer)) is not None:
            return Decision((), {"employer": employer})
        fresh = LegalEmployer.recorded(command.name, command.organisation, by=command.by, now=self.now())
        return Decision((fresh,), {"employer": employer})

    @handles(RecordEmployment)
    def record_employment(self, command: RecordEmployment) -> Decision:
        """Begin an employment of somebody new or known. Answers person and employment."""
        terms = self._terms(command.particulars)
        if command.person:
            person = self._person(command.person)
            claim = self._claim(terms, command.person, by=command.by)
        else:
            claim, person = self._newcomer(terms, command.name, by=command.by)
        employment = str(new_id())
        person.record_employment(employment, terms, by=command.by, now=self.now())
        return Decision((claim, person), {"person": str(person.id), "employment": employment})

    @handles(ChangeEmployment)
    def change_employment(self, command: ChangeEmployment) -> Decision:
        """Let other terms hold from a day on."""
        person = self._person(command.person)
        terms = self._terms(command.particulars)
        person.change_employment(command.employment, terms, command.effective_from, by=command.by, now=self.now())
        claim = self._claim(terms, command.person, by=command.by)
        return Decision((claim, person), {"person": command.person, "employment": command.employment})

    @handles(EndEmployment)
    def end_employment(self, command: EndEmployment) -> Decision:
        """Give an employment its last day."""
        person = self._person(command.person)
        person.end_employment(command.employment, command.ends, by=command.by, now=self.now())
        return Decision((person,), {"person": command.person, "employment": command.employment})

    @handles(CorrectName)
    def correct_name(self, command: CorrectName) -> Decision:
        """Call a person by another name."""
        person = self._person(command.person)
        person.correct_name(command.name, by=command.by, now=self.now())
        return Decision((person,), {"person": command.person})

    @handles(ForgetPerson)
    def forget_person(self, command: ForgetPerson) -> Decision:
        """Erase a person: ``execute`` destroys their key once the event is stored."""
        person = self._person(command.person)
        person.forget(by=command.by, now=self.now())
        return Decision((person,), {"person": command.person})

    @handles(ClaimStaffNumbers)
    def claim_staff_numbers(self, command: ClaimStaffNumbers) -> Decision:
        """Let each number mean a person. Answers the persons in the order of the claims."""
        ids = [StaffNumber.id_of(claim.employer, claim.number) for claim in command.claims]
        held = self.load_many(StaffNumber, ids)
        fresh = {
            id: StaffNumber.claimed(
                claim.employer,
                claim.number,
                person=str(new_id()),
                organisation=claim.organisation,
                by=command.by,
                now=self.now(),
            )
            for id, claim in zip(ids, command.claims, strict=True)
            if id not in held
        }
        return Decision(tuple(fresh.values()), {"persons": [(held.get(id) or fresh[id]).person for id in ids]})

    @handles(ImportStaff)
    def import_staff(self, command: ImportStaff) -> Decision:
        """Bring people to what the rows say. Answers ``Settled.answer``."""
        known = self._known(command)
        fresh = [row.person for row in command.rows if row.person not in known]
        self.keys.create(*fresh)
        self.keys.preload(*fresh)
        settled = settle_all(command, known, self.now())
        return Decision(settled.people, settled.answer())

    def preview(self, command: ImportStaff) -> Settled:
        """What an import would do, with nothing stored."""
        return settle_all(command, self._known(command), self.now())

    def places(self, person: str) -> list[Place]:
        """Where the person works today by each employment as the log has it, the newest first; none for a stranger."""
        found = self.load(Person, UUID(person))
        day = self.today()
        places = [_place(name, held, day) for name, held in found.employments.items()] if found else []
        return sorted(places, key=lambda place: place.starts, reverse=True)

    def people_of(self, numbers: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The persons (UUID as text) whom these numbers (legal employer, number) mean already."""
        ids = {StaffNumber.id_of(employer, number): (employer, number) for employer, number in numbers}
        return {ids[id]: claim.person for id, claim in self.load_many(StaffNumber, list(ids)).items()}

    def _known(self, command: ImportStaff) -> dict[str, Person]:
        persons = list(dict.fromkeys(row.person for row in command.rows))
        self.keys.preload(*persons)
        held = self.load_many(Person, [UUID(person) for person in persons])
        return {str(id): person for id, person in held.items()}

    def _terms(self, particulars: Particulars) -> Terms:
        organisation = self.load(Organisation, Organisation.id_of(particulars.organisation))
        employer = self.load(LegalEmployer, LegalEmployer.id_of(particulars.employer))
        if organisation is None:
            raise _unknown("organisation", "This organisation does not exist. Choose one from the list.")
        if employer is None:
            raise _unknown("employer", "This legal employer does not exist. Choose one from the list.")
        return terms_of(particulars, self._manager(particulars))

    def _manager(self, particulars: Particulars) -> str:
        number = particulars.manager_staff_number
        if not number:
            return ""
        claim = self.load(StaffNumber, StaffNumber.id_of(particulars.employer, number))
        if claim is None:
            raise _unknown(
                "manager_staff_number",
                f"Nobody has the staff number {number} with this employer. Check the number, or leave it empty.",
            )
        return claim.person

    def _person(self, person: str) -> Person:
        found = self.load(Person, UUID(person))
        if found is None:
            raise NotFoundError("This person does not exist. Go back to the staff list and choose one.")
        return found

    def _newcomer(self, terms: Terms, name: str, *, by: str) -> tuple[StaffNumber, Person]:
        """A claim and a person for a number that is free, or was claimed for somebody not yet recorded."""
        claim = self._claim(terms, None, by=by)
        id = UUID(claim.person)
        if self.load(Person, id) is not None:
            raise _taken(terms.staff_number)
        person = Person.recorded(id, name, terms.organisation, by=by, now=self.now())
        self.keys.create(claim.person)
        return claim, person

    def _claim(self, terms: Terms, person: str | None, *, by: str) -> StaffNumber:
        claim = self.load(StaffNumber, StaffNumber.id_of(terms.employer, terms.staff_number))
        if claim is None:
            return StaffNumber.claimed(
                terms.employer,
                terms.staff_number,
                person=person or str(new_id()),
                organisation=terms.organisation,
                by=by,
                now=self.now(),
            )
        if person is not None and claim.person != person:
            raise _taken(terms.staff_number)
        return claim


def _place(employment: str, held: Employment, day: date) -> Place:
    state = held.state_on(day)
    return Place(employment, state["organisation"], state["employer"], state["manager"] or "", held.starts, held.ends)


def _taken(number: str) -> RefusedError:
    return RefusedError(
        f"Somebody already has the staff number {number}. Enter another number, or open that person's record.",
        code="number-taken",
        field="staff_number",
    )


def _unknown(field: str, why: str) -> RefusedError:
    return RefusedError(why, code=f"unknown-{field.replace('_', '-')}", field=field)
