"""The aggregate of a course: recorded once, revised by further versions, retired."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from services.accreditation.domain import refusals
from services.accreditation.domain.courses import AUDIENCES, CourseRules, Version, check_code, course_id
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.provenance import Provenance


class Course(Aggregate):
    """What an organisation asks a kind of its people to take. No person is concerned in its events."""

    TOPIC: ClassVar[str] = "accreditation.course"

    class Event(Aggregate.Event):
        """What happened to a course."""

        TOPIC: ClassVar[str] = "accreditation.course.event"

    class Recorded(Event, First):
        """The course is known, with its first version. Dates are ISO text."""

        TOPIC: ClassVar[str] = "accreditation.course.recorded"
        course: str
        code: str
        audience: str
        number: int
        title: str
        validity_months: int | None
        grace_days: int
        retake: bool
        starts: str

    class Revised(Event):
        """The course has a further version."""

        TOPIC: ClassVar[str] = "accreditation.course.revised"
        course: str
        number: int
        title: str
        validity_months: int | None
        grace_days: int
        retake: bool
        starts: str

        def apply(self, aggregate: Course) -> None:
            """Keep the version."""
            aggregate.versions.append(
                Version(
                    self.number,
                    self.title,
                    self.validity_months,
                    self.grace_days,
                    self.retake,
                    date.fromisoformat(self.starts),
                )
            )

    class Retired(Event):
        """Nobody is asked to take it from the day ``ends`` on."""

        TOPIC: ClassVar[str] = "accreditation.course.retired"
        course: str
        ends: str

        def apply(self, aggregate: Course) -> None:
            """Keep the day."""
            aggregate.ends = date.fromisoformat(self.ends)

    def __init__(
        self,
        *,
        organisation: str,
        course: str,
        code: str,
        audience: str,
        number: int,
        title: str,
        validity_months: int | None,
        grace_days: int,
        retake: bool,
        starts: str,
    ) -> None:
        self.organisation = organisation
        self.course = course
        self.code = code
        self.audience = audience
        self.versions = [Version(number, title, validity_months, grace_days, retake, date.fromisoformat(starts))]
        self.ends: date | None = None

    @staticmethod
    def id_of(organisation: str, code: str) -> UUID:
        """The identifier of an organisation's course."""
        return UUID(course_id(organisation, code))

    @classmethod
    def recorded(cls, code: str, audience: str, first: Version, act: Provenance) -> Self:
        """A new course of the organisation that acts. Raises InvalidError where a value will not do."""
        check_code(code)
        if audience not in AUDIENCES:
            raise refusals.unknown_audience(audience, tuple(AUDIENCES))
        first.check()
        id = cls.id_of(act.organisation, code)
        return cls.begin(
            cls.Recorded,
            id=id,
            at=act.at,
            person="",
            organisation=act.organisation,
            by=act.by,
            course=str(id),
            code=code,
            audience=audience,
            **first.to_json(),
        )

    @property
    def rules(self) -> CourseRules:
        """The course as rules need it."""
        return CourseRules(self.course, self.organisation, self.code, self.audience, tuple(self.versions), self.ends)

    def check_same(self, audience: str, first: Version) -> None:
        """Raise RefusedError where its audience or first version is another one; nothing happens where it is known."""
        if (audience, first) != (self.audience, self.versions[0]):
            raise refusals.course_known(self.code)

    def revise(self, version: Version, act: Provenance) -> None:
        """Add a version. Raises RefusedError where it would begin before the one before it, or the course has ended."""
        version.check()
        newest = self.versions[-1]
        if self.ends is not None:
            raise refusals.course_ended(self.ends)
        if version.starts <= newest.starts:
            raise refusals.version_too_early(newest.starts)
        self.record(
            self.Revised,
            at=act.at,
            person="",
            organisation=self.organisation,
            by=act.by,
            course=self.course,
            **version.to_json(),
        )

    def retire(self, ends: date, act: Provenance) -> None:
        """Ask nobody from this day on; nothing happens where that is known."""
        if ends < self.versions[0].starts:
            raise refusals.ends_before_start(self.versions[0].starts)
        if ends != self.ends:
            self.record(
                self.Retired,
                at=act.at,
                person="",
                organisation=self.organisation,
                by=act.by,
                course=self.course,
                ends=ends.isoformat(),
            )
