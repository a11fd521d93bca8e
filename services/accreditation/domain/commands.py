"""What can be asked of accreditation. Dates are dates; persons are UUIDs, organisations and codes names, as text.

``organisation`` is the one whose courses, provisions and awards are meant; ``by`` is who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RecordCourse:
    """Ask an audience to take a course. ``validity_months``: None for ever."""

    organisation: str
    code: str
    title: str
    audience: str
    validity_months: int | None
    grace_days: int
    starts: date
    by: str


@dataclass(frozen=True)
class ReviseCourse:
    """Add a version to a course; with ``retake`` everybody takes it anew."""

    organisation: str
    code: str
    title: str
    validity_months: int | None
    grace_days: int
    retake: bool
    starts: date
    by: str


@dataclass(frozen=True)
class RetireCourse:
    """Ask nobody to take the course from ``ends`` on."""

    organisation: str
    code: str
    ends: date
    by: str


@dataclass(frozen=True)
class AssignTraining:
    """Somebody is in the audience since a day. By the clock."""

    organisation: str
    code: str
    person: str
    since: date
    due_on: date
    least_version: int
    by: str = "clock"


@dataclass(frozen=True)
class ReleaseTraining:
    """Somebody is in the audience no longer, from ``left_on`` on. By the clock."""

    organisation: str
    code: str
    person: str
    left_on: date
    by: str = "clock"


@dataclass(frozen=True)
class ExpireTraining:
    """A completion's validity is over. By the clock."""

    organisation: str
    code: str
    person: str
    completion: str
    by: str = "clock"


@dataclass(frozen=True)
class RecordCompletion:
    """Somebody completed a version. ``evidence``: a note or an address, may be empty."""

    organisation: str
    code: str
    person: str
    version: int
    completed_on: date
    source: str
    evidence: str
    by: str


@dataclass(frozen=True)
class CompletionRow:
    """One row of a training file, understood. ``line``: where it began."""

    line: int
    organisation: str
    code: str
    person: str
    version: int
    completed_on: date
    source: str


@dataclass(frozen=True)
class ImportCompletions:
    """These rows say who completed what."""

    rows: tuple[CompletionRow, ...]
    by: str


@dataclass(frozen=True)
class CorrectCompletion:
    """A completion was recorded by mistake."""

    organisation: str
    code: str
    person: str
    completion: str
    by: str


@dataclass(frozen=True)
class ExemptPerson:
    """Somebody need not take a course for a time. ``note``: may be empty."""

    organisation: str
    code: str
    person: str
    starts: date
    until: date | None
    reason: str
    note: str
    by: str


@dataclass(frozen=True)
class RecordProvision:
    """Something is in place for carers from a day on."""

    organisation: str
    kind: str
    starts: date
    owner: str
    evidence: str
    review_on: date | None
    by: str


@dataclass(frozen=True)
class VacateChampion:
    """Nobody is the champion from a day on."""

    organisation: str
    since: date
    by: str


@dataclass(frozen=True)
class WithdrawProvision:
    """A provision is in place no longer from a day on."""

    organisation: str
    kind: str
    ends: date
    by: str


@dataclass(frozen=True)
class AssessArea:
    """What was found in an area of a scheme: a score by criterion, and evidence of a day."""

    organisation: str
    scheme: str
    area: str
    scores: Mapping[str, int]
    evidence: str
    evidence_on: date
    by: str


@dataclass(frozen=True)
class RecordAward:
    """An award is held. ``until``: the last day, None for the scheme's; ``organisations``: those it covers."""

    organisation: str
    scheme: str
    level: str
    starts: date
    until: date | None
    organisations: tuple[str, ...]
    reference: str
    by: str


@dataclass(frozen=True)
class EndAward:
    """An award ends before its time, from a day on."""

    organisation: str
    award: str
    ends: date
    by: str


@dataclass(frozen=True)
class LapseAward:
    """An award's last day is over. By the clock."""

    organisation: str
    award: str
    by: str = "clock"


@dataclass(frozen=True)
class Forget:
    """Erase a person: what their key sealed cannot be read again, and their record takes nothing more."""

    person: str
    organisation: str
    by: str
