"""A row of the staff file: understood, or every cell of it that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import marshmallow as ma

from services.workforce.domain.commands import Particulars, StaffRow
from services.workforce.staff_file.columns import COLUMNS, Column
from shared.kernel.errors import InvalidError

_REMEMBERED: Final = 4096
_EMPTY: Final = "This cell is empty. Fill it in, such as {example}."


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and what to do. ``column`` is empty where it concerns the whole row."""

    line: int
    column: str
    message: str


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


class _Cell(ma.fields.Field[Any]):
    """A cell, understood as its column says."""

    def __init__(self, column: Column) -> None:
        empty = _EMPTY.format(example=column.example)
        super().__init__(required=column.filled, error_messages={"required": empty})
        self._column = column

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return self._column.read(value)
        except InvalidError as error:
            raise ma.ValidationError(error.message) from error


class StaffRowSchema(ma.Schema):
    """A row of the staff file, an empty cell left out; loads each column's value."""

    class Meta:
        """The columns and nothing else."""

        unknown = ma.RAISE
        include = {column.name: _Cell(column) for column in COLUMNS}  # noqa: RUF012 - declared so by marshmallow

    @ma.validates_schema
    def check_together(self, data: Mapping[str, Any], **_: Any) -> None:
        """What two cells say of each other."""
        if (wrong := _contradiction(data)) is not None:
            raise ma.ValidationError(wrong[1], wrong[0])


def _contradiction(values: Mapping[str, Any]) -> tuple[str, str] | None:
    starts: date = values["starts"]
    ends: date | None = values.get("ends")
    if ends is not None and ends < starts:
        return "ends", f"The last day, {ends}, is before the first day, {starts}. Correct one of them."
    if values.get("manager_staff_number") == values["staff_number"]:
        return (
            "manager_staff_number",
            "A person cannot be their own line manager. Name somebody else, or leave it empty.",
        )
    return None


class RowReader:
    """Reads rows. A good row passes straight through the columns' own functions, which remember cells that repeat.

    Only a row in which something is wrong goes through the schema, which finds everything that is: a good row takes
    a quarter of the time that the schema needs for it.
    """

    def __init__(self, header: list[str]) -> None:
        self._header = header
        self._schema = StaffRowSchema()
        readers = {column.name: _reader(column) for column in COLUMNS}
        self._readers = [(name, readers[name]) for name in header]
        self._filled = [column.name for column in COLUMNS if column.filled]

    def read(self, line: int, cells: list[str]) -> ReadRow | list[Problem]:
        """The row, or what is wrong with it."""
        if len(cells) != len(self._header):
            return [
                Problem(
                    line,
                    "",
                    f"The row has {len(cells)} cells and the header {len(self._header)}. "
                    "Look for a comma inside a cell, and put that cell in double quotes.",
                )
            ]
        try:
            values = {
                name: read(cell)
                for (name, read), text in zip(self._readers, cells, strict=True)
                if (cell := text.strip())
            }
        except InvalidError:
            return self._problems(line, cells)
        if any(name not in values for name in self._filled) or _contradiction(values):
            return self._problems(line, cells)
        return _row(line, values)

    def _problems(self, line: int, cells: list[str]) -> list[Problem]:
        filled = {name: cell for name, text in zip(self._header, cells, strict=True) if (cell := text.strip())}
        found = self._schema.validate(filled)
        return [Problem(line, name, found[name][0]) for name in self._header if name in found]


def _reader(column: Column) -> Callable[[str], Any]:
    return lru_cache(_REMEMBERED)(column.read) if column.repeats else column.read


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
