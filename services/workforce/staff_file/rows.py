"""A row of the staff file: understood, or every cell of it that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.workforce.domain.commands import Particulars, StaffRow
from services.workforce.staff_file.columns import COLUMNS
from shared.files.rows import Problem, RowReader, row_schema
from shared.kernel.events import Payload


@dataclass(frozen=True)
class ReadRow:
    """A row whose every cell is understood. The slugs of organisation and employer stand in the particulars."""

    line: int
    organisation: str
    group: str
    kind: str
    employer: str
    name: str
    particulars: Particulars

    def for_import(self, person: str, manager: str) -> StaffRow:
        """The row with the persons (UUIDs as text) that its staff numbers mean."""
        return StaffRow(self.line, person, manager, self.name, self.particulars)


def _contradiction(values: Payload) -> tuple[str, str] | None:
    starts: date = values["starts"]
    ends: date | None = values.get("ends")
    if ends is not None and ends < starts:
        return "ends", f"The last day, {ends}, is before the first day, {starts}. Correct one of them."
    if values.get("manager_staff_number") == values["staff_number"]:
        return (
            "manager_staff_number",
            "A person cannot be their own line manager. Enter somebody else, or leave it empty.",
        )
    return None


STAFF_ROW: Final = row_schema(COLUMNS, _contradiction)
"""The schema of a row: the one that finds every cell that is wrong."""


class StaffRowReader:
    """Reads rows of a staff file with this header."""

    def __init__(self, header: list[str]) -> None:
        self._rows = RowReader(COLUMNS, header, _contradiction)

    def read(self, line: int, cells: list[str]) -> ReadRow | list[Problem]:
        """The row, or what is wrong with it."""
        values = self._rows.values(line, cells)
        return values if isinstance(values, list) else _row(line, values)


def _row(line: int, values: dict[str, Any]) -> ReadRow:
    organisation, organisation_slug = values["organisation"]
    employer, employer_slug = values["employer"]
    particulars = Particulars(
        staff_number=values["staff_number"],
        post=values["post"],
        organisation=organisation_slug,
        employer=employer_slug,
        manager_staff_number=values.get("manager_staff_number", ""),
        nation=values["nation"],
        status=values["status"],
        fte=values["fte"],
        full_time_minutes=values["full_time_hours"],
        pattern=values["pattern"],
        starts=values["starts"],
        ends=values.get("ends"),
    )
    kind = values.get("organisation_kind", "")
    return ReadRow(line, organisation, values.get("group", ""), kind, employer, values["name"], particulars)
