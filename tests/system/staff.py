"""A staff file of two departments and the centre. Everybody works every day of the week, bank holidays too, so that
a story can begin on any date.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

WORKS = "ministry-of-works"
RIVERS = "rivers-agency"
CENTRE = "carers-strategy-team"
NAMES = {WORKS: "Ministry of Works", RIVERS: "Rivers Agency", CENTRE: "Carers Strategy Team"}

DAILY_MINUTES = 444
HALF_DAY = "0.50"
COLUMNS = (
    "organisation",
    "employer",
    "staff_number",
    "name",
    "post",
    "manager_staff_number",
    "nation",
    "pattern",
    "fte",
    "full_time_hours",
    "status",
    "starts",
    "ends",
    "group",
    "organisation_kind",
)


@dataclass(frozen=True)
class Member:
    """One row: who, where, and under whom. Staff numbers are the employer's, which is the organisation here."""

    organisation: str
    staff_number: str
    name: str
    manager: str = ""


def team(organisation: str, carers: int, *, surname: str = "Sample") -> list[Member]:
    """A manager, somebody in HR, somebody in payroll, and so many carers that the manager manages."""
    office = [
        Member(organisation, "M1", f"Manager {surname}"),
        Member(organisation, "H1", f"Hr {surname}", "M1"),
        Member(organisation, "P1", f"Payroll {surname}", "M1"),
    ]
    return office + [
        Member(organisation, f"C{number}", f"Carer {surname} {number}", "M1") for number in range(1, carers + 1)
    ]


def everybody(carers: int = 12, rivers: int = 24) -> list[Member]:
    """Both departments, and one statistician in the centre."""
    return [*team(WORKS, carers), *team(RIVERS, rivers), Member(CENTRE, "S1", "Statistics Sample")]


def staff_csv(members: list[Member]) -> str:
    """The file as ``carers import staff`` takes it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(member) for member in members)
    return text.getvalue()


def _row(member: Member) -> list[str]:
    name = NAMES[member.organisation]
    kind = "centre" if member.organisation == CENTRE else "department"
    return [
        name,
        name,
        member.staff_number,
        member.name,
        "Officer",
        member.manager,
        "england",
        "mon-sun 7:24 +holidays",
        "1",
        "37",
        "employee",
        "2020-04-01",
        "",
        "",
        kind,
    ]
