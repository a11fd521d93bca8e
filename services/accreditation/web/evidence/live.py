"""What an organisation's records show on a day, and which area of a scheme it supports, as the scheme's file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from services.accreditation.domain.assessment import LONGEST_EVIDENCE
from services.accreditation.domain.compliance import Compliance
from services.accreditation.domain.schemes import Area
from services.accreditation.domain.wording import day_text
from services.accreditation.read.figures import all_compliance_on
from services.accreditation.read.provisions import ProvisionShown, provisions_of
from services.accreditation.web.words import trained_words

MISSING: Final = "missing"
VACANT: Final = "vacant"


@dataclass(frozen=True)
class CourseShown:
    """A course that people are asked to take on the day, with its exact figures."""

    code: str
    title: str
    audience: str
    figures: Compliance


@dataclass(frozen=True)
class Live:
    """An organisation's provisions of every kind, and its courses, on a day."""

    day: date
    provisions: Sequence[ProvisionShown]
    courses: Sequence[CourseShown]

    def supporting(self, area: Area) -> Live:
        """The part of it that supports an area."""
        return Live(
            self.day,
            [each for each in self.provisions if each.kind in area.provisions],
            [each for each in self.courses if each.audience in area.training],
        )

    @property
    def in_place(self) -> list[ProvisionShown]:
        """What counts as in place."""
        return [each for each in self.provisions if each.state != MISSING]

    @property
    def missing(self) -> list[ProvisionShown]:
        """What does not."""
        return [each for each in self.provisions if each.state == MISSING]

    @property
    def words(self) -> str:
        """What is in place and how far training is, as evidence to begin with; empty where there is nothing."""
        lines = [f"{each.name}: {_state(each)}." for each in self.in_place]
        lines += [f"{each.title}: {trained_words(each.figures)}." for each in self.courses]
        return "\n".join([f"As at {day_text(self.day)}:", *lines])[:LONGEST_EVIDENCE] if lines else ""


def _state(shown: ProvisionShown) -> str:
    if shown.vacant_since is not None and shown.state == VACANT:
        return f"vacant since {day_text(shown.vacant_since)}"
    return f"in place since {day_text(shown.starts)}" if shown.starts else "in place"


def live(connection: Connection, organisation: str, day: date) -> Live:
    """What an organisation's records show on a day."""
    courses = [
        CourseShown(course.code, version.title, course.audience, figures)
        for course, figures in all_compliance_on(connection, organisation, day)
        if (version := course.version_on(day)) is not None
    ]
    return Live(day, provisions_of(connection, organisation, day), courses)
