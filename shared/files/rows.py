"""A row of such a file: the value of each of its cells, or every cell of it that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import marshmallow as ma

from shared.files.columns import Column
from shared.kernel.errors import InvalidError

_REMEMBERED: Final = 4096
_EMPTY: Final = "This cell is empty. Fill it in, such as {example}."

Contradiction = Callable[[Mapping[str, object]], tuple[str, str] | None]
"""What two cells of a row say against each other: the column to correct, and what to do; None where nothing."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and what to do. ``column`` is empty where it concerns the whole row."""

    line: int
    column: str
    message: str


class _Cell(ma.fields.Field[object]):
    """A cell, understood as its column says."""

    def __init__(self, column: Column) -> None:
        empty = _EMPTY.format(example=column.example)
        super().__init__(required=column.filled, error_messages={"required": empty})
        self._column = column

    def _deserialize(self, value: Any, *_: object, **__: object) -> object:
        try:
            return self._column.read(value)
        except InvalidError as error:
            raise ma.ValidationError(error.message) from error


def no_contradiction(_: Mapping[str, object]) -> None:
    """Nothing that two cells could say against each other."""


def row_schema(columns: Sequence[Column], contradiction: Contradiction = no_contradiction) -> ma.Schema:
    """The schema of a row, an empty cell left out; loads each column's value."""

    class RowSchema(ma.Schema):
        """The columns and nothing else."""

        class Meta:
            """Allow-listed columns only."""

            unknown = ma.RAISE
            include = {column.name: _Cell(column) for column in columns}  # noqa: RUF012 - declared so by marshmallow

        @ma.validates_schema
        def check_together(self, data: Mapping[str, object], **_: object) -> None:
            """What two cells say of each other."""
            if (wrong := contradiction(data)) is not None:
                raise ma.ValidationError(wrong[1], wrong[0])

    return RowSchema()


class RowReader:
    """Reads rows. A good row passes straight through the columns' own functions, which remember cells that repeat.

    Only a row in which something is wrong goes through the schema, which finds everything that is: a good row takes
    a quarter of the time that the schema needs for it.
    """

    def __init__(
        self, columns: Sequence[Column], header: Sequence[str], contradiction: Contradiction = no_contradiction
    ) -> None:
        self._header = header
        self._contradiction = contradiction
        self._schema = row_schema(columns, contradiction)
        readers = {column.name: _reader(column) for column in columns}
        self._readers = [(name, readers[name]) for name in header]
        self._filled = [column.name for column in columns if column.filled]

    def values(self, line: int, cells: Sequence[str]) -> dict[str, object] | list[Problem]:
        """The values of the cells that are filled, by column; or what is wrong with the row."""
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
        if any(name not in values for name in self._filled) or self._contradiction(values):
            return self._problems(line, cells)
        return values

    def _problems(self, line: int, cells: Sequence[str]) -> list[Problem]:
        filled = {name: cell for name, text in zip(self._header, cells, strict=True) if (cell := text.strip())}
        found = self._schema.validate(filled)
        return [Problem(line, name, found[name][0]) for name in self._header if name in found]


def _reader(column: Column) -> Callable[[str], object]:
    return lru_cache(_REMEMBERED)(column.read) if column.repeats else column.read
