"""A person's training record: what they were asked to take, what they completed, what they are exempt from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final, Self
from uuid import UUID

from services.accreditation.domain import refusals
from services.accreditation.domain.compliance import LONG_ABSENCE, Completion, Exemption
from services.accreditation.domain.courses import CourseRules
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id
from shared.kernel.provenance import Provenance

SOURCES: Final = {
    "learning-system": "The learning system",
    "certificate": "A certificate that you have seen",
    "attendance-list": "An attendance list",
    "other-employer": "Another employer’s record",
}
"""How it is known that somebody completed a course: the value and its words."""

REASONS: Final = {
    "equivalent-training": "They have done equivalent training",
    "not-in-their-role": "Their role does not need this course",
    LONG_ABSENCE: "They are away for more than 28 days",
    "other": "Another reason",
}
"""Why somebody does not have to take a course: the value and its words."""


@dataclass(frozen=True)
class Assignment:
    """That somebody is asked to take a course. ``since``: from when; ``due_on``: the first day after grace."""

    since: date
    due_on: date
    least_version: int


@dataclass
class Training:
    """One person and one course."""

    assignment: Assignment | None = None
    completions: dict[str, Completion] = field(default_factory=dict)
    expired: set[str] = field(default_factory=set)
    exemptions: dict[date, Exemption] = field(default_factory=dict)


class TrainingRecord(Aggregate):
    """One person's training, over all courses and organisations."""

    TOPIC: ClassVar[str] = "accreditation.training-record"

    class Event(Aggregate.Event):
        """What happened in a training record. ``organisation`` is the course's."""

        TOPIC: ClassVar[str] = "accreditation.training-record.event"

    class Opened(Event, First):
        """The record is there."""

        TOPIC: ClassVar[str] = "accreditation.training-record.opened"

    class Assigned(Event):
        """The person is asked to take a course; what they were asked before about it is replaced."""

        TOPIC: ClassVar[str] = "accreditation.training.assigned"
        course: str
        code: str
        audience: str
        least_version: int
        since: str
        due_on: str

        def apply(self, aggregate: TrainingRecord) -> None:
            """Keep what is asked."""
            aggregate.of(self.course).assignment = Assignment(
                date.fromisoformat(self.since), date.fromisoformat(self.due_on), self.least_version
            )

    class Released(Event):
        """The person left the audience: they are asked no longer from ``left_on`` on."""

        TOPIC: ClassVar[str] = "accreditation.training.released"
        course: str
        code: str
        left_on: str

        def apply(self, aggregate: TrainingRecord) -> None:
            """Nothing is asked."""
            aggregate.of(self.course).assignment = None

    class Completed(Event):
        """The person completed a version on a day. ``evidence``: a note or an address, sealed; None where none."""

        TOPIC: ClassVar[str] = "accreditation.training.completed"
        SEALED: ClassVar[tuple[str, ...]] = ("evidence",)
        course: str
        code: str
        completion: str
        training_version: int
        completed_on: str
        expires_on: str | None
        source: str
        evidence: str | None

        def apply(self, aggregate: TrainingRecord) -> None:
            """Keep the completion."""
            aggregate.of(self.course).completions[self.completion] = Completion(
                self.completion,
                self.training_version,
                date.fromisoformat(self.completed_on),
                date.fromisoformat(self.expires_on) if self.expires_on else None,
            )

    class Corrected(Event):
        """A completion was recorded by mistake and counts no longer."""

        TOPIC: ClassVar[str] = "accreditation.training.corrected"
        course: str
        code: str
        completion: str

        def apply(self, aggregate: TrainingRecord) -> None:
            """The completion never was."""
            held = aggregate.of(self.course)
            del held.completions[self.completion]
            held.expired.discard(self.completion)

    class Expired(Event):
        """A completion's validity ended. ``renewed``: another one counted on that day."""

        TOPIC: ClassVar[str] = "accreditation.training.expired"
        course: str
        code: str
        completion: str
        expired_on: str
        renewed: bool

        def apply(self, aggregate: TrainingRecord) -> None:
            """Remember that it is told."""
            aggregate.of(self.course).expired.add(self.completion)

    class Exempted(Event):
        """The person need not take a course for a time; ``starts`` names it, and the last word on it counts.

        ``counted_from``: the first day on which that takes them out of the figures. ``note``: sealed.
        """

        TOPIC: ClassVar[str] = "accreditation.training.exempted"
        SEALED: ClassVar[tuple[str, ...]] = ("note",)
        course: str
        code: str
        starts: str
        until: str | None
        reason: str
        counted_from: str
        note: str | None

        def apply(self, aggregate: TrainingRecord) -> None:
            """Keep the exemption."""
            starts = date.fromisoformat(self.starts)
            until = date.fromisoformat(self.until) if self.until else None
            aggregate.of(self.course).exemptions[starts] = Exemption(starts, until, self.reason)

    class Forgotten(Event):
        """The person was erased: nothing more is recorded."""

        TOPIC: ClassVar[str] = "accreditation.training-record.forgotten"

        def apply(self, aggregate: TrainingRecord) -> None:
            """Close the record."""
            aggregate.forgotten = True

    def __init__(self, person: str) -> None:
        self.person = person
        self.courses: dict[str, Training] = {}
        self.forgotten = False

    @staticmethod
    def id_of(person: str) -> UUID:
        """The identifier of a person's record."""
        return derived_id("training-record", person)

    @classmethod
    def open(cls, person: str, act: Provenance) -> Self:
        """A new record with nothing in it."""
        return cls.begin(
            cls.Opened, id=cls.id_of(person), at=act.at, person=person, organisation=act.organisation, by=act.by
        )

    def of(self, course: str) -> Training:
        """What is held of a course."""
        return self.courses.setdefault(course, Training())

    def assign(self, course: CourseRules, asked: Assignment, act: Provenance) -> None:
        """Ask the person to take the course; no event where exactly that is asked already."""
        self._require_kept()
        if self.of(course.course).assignment != asked:
            self._record(
                self.Assigned,
                course,
                act,
                audience=course.audience,
                least_version=asked.least_version,
                since=asked.since.isoformat(),
                due_on=asked.due_on.isoformat(),
            )

    def release(self, course: CourseRules, left_on: date, act: Provenance) -> None:
        """Ask no longer; no event where nothing is asked."""
        self._require_kept()
        if self.of(course.course).assignment is not None:
            self._record(self.Released, course, act, left_on=left_on.isoformat())

    def complete(
        self, course: CourseRules, number: int, completed_on: date, source: str, evidence: str, act: Provenance
    ) -> tuple[str, bool]:
        """Record that a version was completed; answers the completion's id, and whether it is new.

        The same version on the same day is the same completion, and recording it again changes nothing. It may come
        before the person is asked. Raises RefusedError for a version that there is not or a day to come, and
        InvalidError for a source that is none.
        """
        self._require_kept()
        self._require_other(act)
        version = course.version(number)
        if version is None:
            raise refusals.no_such_version(number, [each.number for each in course.versions])
        if completed_on > act.today:
            raise refusals.completed_in_future(act.today)
        if source not in SOURCES:
            raise refusals.unknown_source(source, tuple(SOURCES))
        completion = str(derived_id("completion", self.person, course.course, str(number), completed_on.isoformat()))
        if completion in self.of(course.course).completions:
            return completion, False
        expires_on = version.expires_on(completed_on)
        self._record(
            self.Completed,
            course,
            act,
            completion=completion,
            training_version=number,
            completed_on=completed_on.isoformat(),
            expires_on=expires_on.isoformat() if expires_on else None,
            source=source,
            evidence=evidence or None,
        )
        return completion, True

    def correct(self, course: CourseRules, completion: str, act: Provenance) -> None:
        """Remove a completion that was recorded by mistake. Raises NotFoundError where there is none."""
        self._require_kept()
        self._require_other(act)
        if completion not in self.of(course.course).completions:
            raise refusals.no_such_completion()
        self._record(self.Corrected, course, act, completion=completion)

    def exempt(
        self, course: CourseRules, starts: date, until: date | None, reason: str, note: str, act: Provenance
    ) -> None:
        """Let the person off for a time. With the first day of one that is there, that one gets another last day.

        A last day before the first takes it back. Raises RefusedError where another exemption has some of the days.
        """
        self._require_kept()
        self._require_other(act)
        if reason not in REASONS:
            raise refusals.unknown_reason(reason, tuple(REASONS))
        exemption = Exemption(starts, until, reason)
        held = self.of(course.course).exemptions
        if until is not None and until < starts and starts not in held:
            raise refusals.until_before_start(starts)
        for other in held.values():
            if other.starts != starts and _overlap(other, exemption):
                raise refusals.exemptions_overlap(other.starts)
        if held.get(starts) != exemption:
            self._record(
                self.Exempted,
                course,
                act,
                starts=starts.isoformat(),
                until=until.isoformat() if until else None,
                reason=reason,
                counted_from=exemption.counted_from.isoformat(),
                note=note or None,
            )

    def expire(self, course: CourseRules, completion: str, act: Provenance) -> None:
        """A completion's validity is over. No event where that is not so, or is told already."""
        self._require_kept()
        held = self.of(course.course)
        found = held.completions.get(completion)
        if found is None or completion in held.expired or found.expires_on is None or found.expires_on > act.today:
            return
        day = found.expires_on
        asked = course.round_on(day)
        least = asked.least_version if asked else 1
        renewed = any(other.counts(least, day) for id, other in held.completions.items() if id != completion)
        self._record(self.Expired, course, act, completion=completion, expired_on=day.isoformat(), renewed=renewed)

    def forget(self, act: Provenance) -> None:
        """Erase: nothing more is accepted. No event where it is done already."""
        if not self.forgotten:
            self.record(self.Forgotten, at=act.at, person=self.person, organisation=act.organisation, by=act.by)

    def _record(self, event: type[Event], course: CourseRules, act: Provenance, **fields: object) -> None:
        self.record(
            event,
            at=act.at,
            person=self.person,
            organisation=course.organisation,
            by=act.by,
            course=course.course,
            code=course.code,
            **fields,
        )

    def _require_kept(self) -> None:
        if self.forgotten:
            raise refusals.erased()

    def _require_other(self, act: Provenance) -> None:
        if act.by == self.person:
            raise refusals.own_record()


def _overlap(one: Exemption, other: Exemption) -> bool:
    empty = any(each.until is not None and each.until < each.starts for each in (one, other))
    return (
        not empty
        and (one.until is None or other.starts <= one.until)
        and (other.until is None or one.starts <= other.until)
    )
