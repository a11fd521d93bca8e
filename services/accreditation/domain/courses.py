"""What a course asks, of whom and from when: the values that a course is made of, and the rules of its versions.

A course belongs to one organisation. Its versions are numbered from 1 and never change once recorded. A version that
says *retake* begins a new round: completions of earlier versions count no longer from its first day on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.accreditation.domain import refusals
from shared.kernel.ids import derived_id
from shared.kernel.periods import add_months

ALL_STAFF: Final = "all-staff"
LINE_MANAGERS: Final = "line-managers"
NEW_JOINERS: Final = "new-joiners"

AUDIENCES: Final = {ALL_STAFF: "All staff", LINE_MANAGERS: "Line managers", NEW_JOINERS: "New joiners"}
"""Who is asked to take a course: the value and its words."""

JOINER_MONTHS: Final = 12
"""Calendar months from the first day in an organisation during which somebody is a new joiner [our decision]."""

LONGEST_CODE: Final = 40
LONGEST_TITLE: Final = 120
LONGEST_GRACE: Final = 366
LONGEST_VALIDITY: Final = 120

_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def course_id(organisation: str, code: str) -> str:
    """The identifier (UUID as text) of an organisation's course, from its code."""
    return str(derived_id("course", organisation, code))


def check_code(code: str) -> None:
    """Raise InvalidError where the text cannot be a course's code."""
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise refusals.bad_code(LONGEST_CODE)


@dataclass(frozen=True)
class Version:
    """One version of a course.

    ``validity_months``: calendar months for which a completion counts, None for ever. ``grace_days``: days from
    somebody's first day in the audience during which they are not counted. ``starts``: the first day of the version.
    ``retake``: who took an earlier version must take this one.
    """

    number: int
    title: str
    validity_months: int | None
    grace_days: int
    retake: bool
    starts: date

    def check(self) -> None:
        """Raise InvalidError where it cannot be a version of a course."""
        if not self.title.strip() or len(self.title) > LONGEST_TITLE:
            raise refusals.bad_title(LONGEST_TITLE)
        if self.validity_months is not None and not 1 <= self.validity_months <= LONGEST_VALIDITY:
            raise refusals.bad_validity(LONGEST_VALIDITY)
        if not 0 <= self.grace_days <= LONGEST_GRACE:
            raise refusals.bad_grace(LONGEST_GRACE)

    def expires_on(self, completed_on: date) -> date | None:
        """The first day on which a completion of that day counts no longer; None where it always does.

        The same day of the month that many months later, clamped to the month's end.
        """
        return None if self.validity_months is None else add_months(completed_on, self.validity_months)

    def to_json(self) -> dict[str, object]:
        """As an event holds it."""
        return {
            "number": self.number,
            "title": self.title,
            "validity_months": self.validity_months,
            "grace_days": self.grace_days,
            "retake": self.retake,
            "starts": self.starts.isoformat(),
        }


@dataclass(frozen=True)
class Round:
    """What must have been taken on a day: a version of at least this number, asked since ``since``."""

    least_version: int
    since: date


@dataclass(frozen=True)
class CourseRules:
    """A course as its rules need it. ``versions`` by number; ``ends``: the first day on which nobody is asked."""

    course: str
    organisation: str
    code: str
    audience: str
    versions: tuple[Version, ...]
    ends: date | None = None

    def version(self, number: int) -> Version | None:
        """The version of this number."""
        return next((version for version in self.versions if version.number == number), None)

    def version_on(self, day: date) -> Version | None:
        """The newest version that has begun; None before the first and once the course has ended."""
        if self.ends is not None and day >= self.ends:
            return None
        begun = [version for version in self.versions if version.starts <= day]
        return begun[-1] if begun else None

    def round_on(self, day: date) -> Round | None:
        """Which versions count on a day; None before the first and once the course has ended."""
        if self.version_on(day) is None:
            return None
        begun = [
            version for version in self.versions if version.starts <= day and (version.retake or version.number == 1)
        ]
        return Round(begun[-1].number, begun[-1].starts)

    def grace_days_on(self, day: date) -> int:
        """The days of grace by the version in force on a day; none where there is none."""
        version = self.version_on(day)
        return version.grace_days if version else 0
