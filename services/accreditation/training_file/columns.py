"""The columns of the training file: what each holds, and the function that understands a cell of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from services.accreditation.domain.training import SOURCES
from shared.files.columns import Column, bad_cell, choice_cell, day_cell
from shared.kernel.ids import slug

LONGEST_NUMBER: Final = 40
LONGEST_NAME: Final = 200
MOST_VERSIONS: Final = 999


def _number(cell: str) -> str:
    if len(cell) > LONGEST_NUMBER:
        raise bad_cell("staff_number", f"A staff number has at most {LONGEST_NUMBER} characters. Correct it.")
    return cell


def _named(column: str) -> Callable[[str], str]:
    """Understands a name, or the slug that it makes."""

    def read(cell: str) -> str:
        made = slug(cell)
        if not made or len(cell) > LONGEST_NAME:
            raise bad_cell(column, "This has no letters or digits; write the name.")
        return made

    return read


def _version(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 3 and 1 <= int(cell) <= MOST_VERSIONS):
        raise bad_cell("version", f"‘{cell}’ is not the number of a version. Write it such as 1.")
    return int(cell)


def _likely(column: str, day: date) -> None:
    if day.year < 1950:
        raise bad_cell(column, f"{day} is long ago. Write the day on which the course was completed.")


COLUMNS: Final = (
    Column("staff_number", "The person's staff number, as in the staff file.", "00042", _number),
    Column(
        "organisation",
        "The organisation that asks for the course, by name.",
        "Met Office",
        _named("organisation"),
        repeats=True,
    ),
    Column("course", "The course's short name.", "carer-aware", _named("course"), repeats=True),
    Column("version", "The number of the version that was completed.", "1", _version, repeats=True),
    Column(
        "completed_on",
        "The day on which it was completed.",
        "2026-03-27",
        day_cell("completed_on", _likely),
        repeats=True,
    ),
    Column(
        "source",
        f"How it is known: {', '.join(SOURCES)}.",
        "learning-system",
        choice_cell("source", SOURCES),
        repeats=True,
    ),
)
"""Every column; their order in a file does not matter."""
