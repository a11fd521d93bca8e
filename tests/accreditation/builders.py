"""Courses, people and acts for tests of accreditation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.accreditation.domain.compliance import Completion, Exemption, Learner
from services.accreditation.domain.courses import ALL_STAFF, CourseRules, Version, course_id
from services.accreditation.domain.schemes import Area, Criterion, Level, Scheme
from shared.kernel.periods import Span
from shared.kernel.provenance import Provenance

CARER = "11111111-1111-4111-8111-111111111111"
MANAGER = "22222222-2222-4222-8222-222222222222"
HR = "33333333-3333-4333-8333-333333333333"
STRANGER = "77777777-aaaa-4aaa-8aaa-777777777777"
ORGANISATION = "ministry-of-works"
OTHER = "ministry-of-plenty"
CODE = "carer-aware"
FIRST = date(2025, 1, 1)
FOREVER = date(9999, 12, 31)

SCHEME = Scheme(
    scheme="carer-confident",
    name="Carer Confident",
    about="For tests.",
    validity_months=36,
    warning_months=6,
    levels=(
        Level("active", "Active", 1),
        Level("accomplished", "Accomplished", 2),
        Level("ambassador", "Ambassador", 3),
    ),
    areas=(
        Area("preparation", "Preparation", (Criterion("lead", "A lead"), Criterion("plan", "A plan"))),
        Area("peer-support", "Peer support", (Criterion("network", "A network"),)),
    ),
)


def version(number: int = 1, starts: date = FIRST, **changes: Any) -> Version:
    """A version for twelve months and without grace, unless told otherwise."""
    plain: dict[str, Any] = {"title": "Carer aware", "validity_months": 12, "grace_days": 0, "retake": False}
    return Version(number=number, starts=starts, **(plain | changes))


def course(*versions: Version, audience: str = ALL_STAFF, ends: date | None = None) -> CourseRules:
    """A course of the organisation."""
    return CourseRules(course_id(ORGANISATION, CODE), ORGANISATION, CODE, audience, versions or (version(),), ends)


def learner(
    *completions: Completion, here_from: date = FIRST, here_until: date = FOREVER, exemptions: Any = ()
) -> Learner:
    """Somebody in the audience, from the course's first day on unless told otherwise."""
    return Learner(CARER, (Span(here_from, here_until),), completions, tuple(exemptions))


def done(on: date, number: int = 1, expires_on: date | None = None) -> Completion:
    """A completion."""
    return Completion(f"{number}/{on}", number, on, expires_on)


def exempt(starts: date, until: date | None = None, reason: str = "not-in-their-role") -> Exemption:
    """An exemption."""
    return Exemption(starts, until, reason)


def act(day: date, by: str = HR, organisation: str = ORGANISATION) -> Provenance:
    """Somebody acts in the morning of a day."""
    return Provenance(by, datetime(day.year, day.month, day.day, 10, tzinfo=UTC), organisation)


def topics(aggregate: Any) -> list[str]:
    """What has happened to an aggregate since it was made, by stored name."""
    return [type(event).TOPIC for event in aggregate.pending_events]
