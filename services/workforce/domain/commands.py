"""What workforce can be asked to do. A command holds what the caller said, and who that was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Particulars:
    """The terms of an employment as people write them.

    ``organisation`` and ``employer`` are slugs; ``manager_staff_number``: of the same employer, empty for nobody;
    ``fte`` is a fraction ``"n/d"``; ``full_time_minutes``: a full-time colleague's week; ``pattern`` is text as
    ``pattern_text`` describes it.
    """

    staff_number: str
    post: str
    organisation: str
    employer: str
    manager_staff_number: str
    nation: str
    status: str
    fte: str
    full_time_minutes: int
    pattern: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class RecordOrganisation:
    """An organisation is to be known by this name. ``group``: the department it belongs to, empty for none."""

    name: str
    group: str
    kind: str
    by: str


@dataclass(frozen=True)
class RecordLegalEmployer:
    """A legal employer is to be known by this name; ``organisation``: the slug of the one it was named for."""

    name: str
    organisation: str
    by: str


@dataclass(frozen=True)
class RecordEmployment:
    """Somebody is or will be employed: a new person by name, or one already known by UUID (then ``name`` is empty)."""

    person: str
    name: str
    particulars: Particulars
    by: str


@dataclass(frozen=True)
class ChangeEmployment:
    """An employment has these terms from a day on."""

    person: str
    employment: str
    effective_from: date
    particulars: Particulars
    by: str


@dataclass(frozen=True)
class EndEmployment:
    """An employment's last day is ``ends``."""

    person: str
    employment: str
    ends: date
    by: str


@dataclass(frozen=True)
class CorrectName:
    """A person is called this."""

    person: str
    name: str
    by: str


@dataclass(frozen=True)
class ForgetPerson:
    """A person's name is to be erased for ever."""

    person: str
    by: str


@dataclass(frozen=True)
class NumberClaim:
    """A legal employer's staff number, and the organisation of the row that it stands in."""

    employer: str
    number: str
    organisation: str


@dataclass(frozen=True)
class ClaimStaffNumbers:
    """Each of these numbers is to mean a person: the one it means already, or a new one."""

    claims: tuple[NumberClaim, ...]
    by: str


@dataclass(frozen=True)
class StaffRow:
    """One row of a staff file, understood. ``line``: where it began; ``manager``: a person's UUID, empty for nobody."""

    line: int
    person: str
    manager: str
    name: str
    particulars: Particulars


@dataclass(frozen=True)
class ImportStaff:
    """These rows are what the HR system says today; changed terms hold from ``as_of`` on."""

    rows: tuple[StaffRow, ...]
    as_of: date
    by: str
