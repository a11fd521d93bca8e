"""Accreditation's commands: load, one decision of the domain, save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

from services.accreditation.domain import refusals
from services.accreditation.domain.assessment import Assessment
from services.accreditation.domain.award import Award
from services.accreditation.domain.commands import (
    AssessArea,
    AssignTraining,
    CompletionRow,
    CorrectCompletion,
    EndAward,
    ExemptPerson,
    ExpireTraining,
    Forget,
    ImportCompletions,
    LapseAward,
    RecordAward,
    RecordCompletion,
    RecordCourse,
    RecordProvision,
    ReleaseTraining,
    RetireCourse,
    ReviseCourse,
    VacateChampion,
    WithdrawProvision,
)
from services.accreditation.domain.course import Course
from services.accreditation.domain.courses import Version
from services.accreditation.domain.history import HISTORY
from services.accreditation.domain.provisions import CHAMPION, Provision
from services.accreditation.domain.schemes import Scheme
from services.accreditation.domain.training import Assignment, TrainingRecord
from shared.kernel.clock import Clock
from shared.kernel.errors import CarersError
from shared.kernel.provenance import Provenance
from shared.store.application import CommandApplication, handles
from shared.store.commands import Decision
from shared.store.stores import Stores

NEW: Final = "new"
UNCHANGED: Final = "unchanged"


class Groups(Protocol):
    """What accreditation asks of the people view."""

    def group_of(self, organisation: str) -> Sequence[str]:
        """The organisation and all others of its group."""
        ...


class Accreditation(CommandApplication):
    """Training, provisions, self-assessments and awards."""

    name = "accreditation"
    history = HISTORY

    def __init__(self, stores: Stores, clock: Clock, groups: Groups, schemes: Mapping[str, Scheme]) -> None:
        self._groups = groups
        self.schemes = schemes
        super().__init__(stores, clock)

    @handles(RecordCourse)
    def record_course(self, command: RecordCourse) -> Decision:
        """Ask an audience to take a course; nothing happens where exactly this one is known."""
        first = Version(
            1, command.title, command.validity_months, command.grace_days, retake=False, starts=command.starts
        )
        held = self.load(Course, Course.id_of(command.organisation, command.code))
        if held is not None:
            held.check_same(command.audience, first)
            return _course(held)
        return _course(Course.recorded(command.code, command.audience, first, self._act(command)))

    @handles(ReviseCourse)
    def revise_course(self, command: ReviseCourse) -> Decision:
        """Add a version to a course."""
        course = self._course(command.organisation, command.code)
        number = course.versions[-1].number + 1
        version = Version(
            number, command.title, command.validity_months, command.grace_days, command.retake, command.starts
        )
        course.revise(version, self._act(command))
        return _course(course)

    @handles(RetireCourse)
    def retire_course(self, command: RetireCourse) -> Decision:
        """Ask nobody to take it from a day on."""
        course = self._course(command.organisation, command.code)
        course.retire(command.ends, self._act(command))
        return _course(course)

    @handles(AssignTraining)
    def assign_training(self, command: AssignTraining) -> Decision:
        """Somebody is in the audience."""
        course = self._course(command.organisation, command.code).rules
        record = self._record_of(command.person, command)
        asked = Assignment(command.since, command.due_on, command.least_version)
        record.assign(course, asked, self._act(command))
        return Decision((record,))

    @handles(ReleaseTraining)
    def release_training(self, command: ReleaseTraining) -> Decision:
        """Somebody is in the audience no longer."""
        course = self._course(command.organisation, command.code).rules
        record = self._known_record(command.person)
        record.release(course, command.left_on, self._act(command))
        return Decision((record,))

    @handles(ExpireTraining)
    def expire_training(self, command: ExpireTraining) -> Decision:
        """A completion's validity is over."""
        course = self._course(command.organisation, command.code).rules
        record = self._known_record(command.person)
        record.expire(course, command.completion, self._act(command))
        return Decision((record,))

    @handles(RecordCompletion)
    def record_completion(self, command: RecordCompletion) -> Decision:
        """Somebody completed a version; answers the completion, and whether it is new."""
        course = self._course(command.organisation, command.code).rules
        record = self._record_of(command.person, command)
        completion, new = record.complete(
            course, command.version, command.completed_on, command.source, command.evidence, self._act(command)
        )
        if command.evidence and new:
            self.keys.create(command.person)
        return Decision((record,), {"completion": completion, "new": new})

    @handles(ImportCompletions)
    def import_completions(self, command: ImportCompletions) -> Decision:
        """Bring in rows of a training file; a row that is refused is answered, and the others go on."""
        records = self._records(command.rows)
        outcomes, refused = {NEW: 0, UNCHANGED: 0}, []
        for row in command.rows:
            act = Provenance(command.by, self.now(), row.organisation)
            record = records.get(row.person) or TrainingRecord.open(row.person, act)
            try:
                course = self._course(row.organisation, row.code).rules
                _, new = record.complete(course, row.version, row.completed_on, row.source, "", act)
            except CarersError as error:
                refused.append({"line": row.line, "field": error.data.get("field", ""), "message": error.message})
            else:
                records[row.person] = record
                outcomes[NEW if new else UNCHANGED] += 1
        changed = tuple(record for record in records.values() if record.pending_events)
        return Decision(changed, {**outcomes, "refused": refused})

    def preview(self, command: ImportCompletions) -> dict[str, object]:
        """What an import would answer, with nothing stored."""
        return self.import_completions(command).answer

    @handles(CorrectCompletion)
    def correct_completion(self, command: CorrectCompletion) -> Decision:
        """A completion was recorded by mistake."""
        course = self._course(command.organisation, command.code).rules
        record = self._known_record(command.person)
        record.correct(course, command.completion, self._act(command))
        return Decision((record,), {"completion": command.completion})

    @handles(ExemptPerson)
    def exempt_person(self, command: ExemptPerson) -> Decision:
        """Somebody need not take a course for a time."""
        course = self._course(command.organisation, command.code).rules
        record = self._record_of(command.person, command)
        record.exempt(course, command.starts, command.until, command.reason, command.note, self._act(command))
        if command.note and record.pending_events:
            self.keys.create(command.person)
        return Decision((record,), {"person": command.person})

    @handles(RecordProvision)
    def record_provision(self, command: RecordProvision) -> Decision:
        """Something is in place for carers."""
        act = self._act(command)
        found = self.load(Provision, Provision.id_of(command.organisation, command.kind))
        provision = found or Provision.open(command.kind, act)
        provision.put_in_place(command.starts, command.owner, command.evidence, command.review_on, act)
        return _provision(provision)

    @handles(VacateChampion)
    def vacate_champion(self, command: VacateChampion) -> Decision:
        """Nobody is the champion from a day on."""
        provision = self._provision(command.organisation, CHAMPION)
        provision.vacate(command.since, self._act(command))
        return _provision(provision)

    @handles(WithdrawProvision)
    def withdraw_provision(self, command: WithdrawProvision) -> Decision:
        """A provision is in place no longer."""
        provision = self._provision(command.organisation, command.kind)
        provision.withdraw(command.ends, self._act(command))
        return _provision(provision)

    @handles(AssessArea)
    def assess_area(self, command: AssessArea) -> Decision:
        """An area of a scheme was looked at."""
        scheme, act = self.scheme(command.scheme), self._act(command)
        found = self.load(Assessment, Assessment.id_of(command.organisation, command.scheme))
        assessment = found or Assessment.open(command.scheme, act)
        assessment.assess(scheme, command.area, command.scores, command.evidence, command.evidence_on, act)
        return Decision((assessment,), {"scheme": command.scheme, "area": command.area})

    @handles(RecordAward)
    def record_award(self, command: RecordAward) -> Decision:
        """An award is held; nothing happens where exactly this one is known."""
        scheme = self.scheme(command.scheme)
        if not set(command.organisations) <= set(self._groups.group_of(command.organisation)):
            raise refusals.not_in_group()
        id = Award.id_of(command.organisation, command.scheme, command.level, command.starts)
        held = self.load(Award, id)
        if held is not None:
            held.check_same(command.until, command.organisations, scheme)
            return _award(held)
        return _award(
            Award.awarded(
                scheme,
                command.level,
                command.starts,
                command.until,
                command.organisations,
                command.reference,
                self._act(command),
            )
        )

    @handles(EndAward)
    def end_award(self, command: EndAward) -> Decision:
        """An award ends before its time."""
        award = self._award(command.award)
        award.end(command.ends, self._act(command))
        return _award(award)

    @handles(LapseAward)
    def lapse_award(self, command: LapseAward) -> Decision:
        """An award's last day is over."""
        award = self._award(command.award)
        award.lapse(self._act(command))
        return _award(award)

    @handles(Forget)
    def forget(self, command: Forget) -> Decision:
        """Destroy the person's key and close their record."""
        self.erase(command.person)
        record = self._record_of(command.person, command)
        record.forget(self._act(command))
        return Decision((record,))

    def scheme(self, name: str) -> Scheme:
        """The scheme of this name; raises NotFoundError where there is none."""
        if name not in self.schemes:
            raise refusals.no_such_scheme()
        return self.schemes[name]

    def group_of(self, organisation: str) -> Sequence[str]:
        """The organisations that an award of this one may cover."""
        return self._groups.group_of(organisation)

    def _course(self, organisation: str, code: str) -> Course:
        course = self.load(Course, Course.id_of(organisation, code))
        if course is None:
            raise refusals.no_such_course()
        return course

    def _record_of(self, person: str, command: object) -> TrainingRecord:
        found = self.load(TrainingRecord, TrainingRecord.id_of(person))
        return found or TrainingRecord.open(person, self._act(command))

    def _known_record(self, person: str) -> TrainingRecord:
        found = self.load(TrainingRecord, TrainingRecord.id_of(person))
        if found is None:
            raise refusals.no_such_completion()
        return found

    def _records(self, rows: Sequence[CompletionRow]) -> dict[str, TrainingRecord]:
        ids = list(dict.fromkeys(TrainingRecord.id_of(row.person) for row in rows))
        return {record.person: record for record in self.load_many(TrainingRecord, ids).values()}

    def _provision(self, organisation: str, kind: str) -> Provision:
        found = self.load(Provision, Provision.id_of(organisation, kind))
        if found is None:
            raise refusals.not_in_place()
        return found

    def _award(self, award: str) -> Award:
        found = self.load(Award, UUID(award))
        if found is None:
            raise refusals.no_such_award()
        return found

    def _act(self, command: Any) -> Provenance:
        return Provenance(command.by, self.now(), command.organisation)


def _course(course: Course) -> Decision:
    return Decision((course,), {"course": course.course, "code": course.code, "version": course.versions[-1].number})


def _provision(provision: Provision) -> Decision:
    return Decision((provision,), {"kind": provision.kind})


def _award(award: Award) -> Decision:
    return Decision((award,), {"award": award.award, "until": award.until.isoformat()})
