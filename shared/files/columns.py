"""A column of such a file: what it holds, and the function that understands a cell of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.kernel.errors import InvalidError
from shared.kernel.ids import slug

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Column:
    """One column. ``read`` turns a cell's text into its value and raises InvalidError with what to do.

    ``filled``: a cell may not be empty. ``needed``: the file must have the column. ``repeats``: few cells differ.
    """

    name: str
    meaning: str
    example: str
    read: Callable[[str], object]
    filled: bool = True
    needed: bool = True
    repeats: bool = False


def bad_cell(column: str, why: str) -> InvalidError:
    """What is wrong with a cell, and what to do."""
    return InvalidError(why, code=f"bad-{column.replace('_', '-')}", field=column)


def choice_cell(column: str, choices: Mapping[str, str]) -> Callable[[str], str]:
    """Understands one of a few words, however it is written."""

    def read(cell: str) -> str:
        value = slug(cell)
        if value not in choices:
            raise bad_cell(column, f"‘{cell}’ is not one of {', '.join(choices)}. Write one of these.")
        return value

    return read


def day_cell(column: str, check: Callable[[str, date], None]) -> Callable[[str], date]:
    """Understands a day written year, month, day; ``check`` raises InvalidError for one that will not do."""

    def read(cell: str) -> date:
        try:
            day = date.fromisoformat(cell) if _ISO_DATE.fullmatch(cell) else None
        except ValueError:
            day = None
        if day is None:
            raise bad_cell(column, f"‘{cell}’ is not a date. Write year, month and day, such as 2026-03-27.")
        check(column, day)
        return day

    return read
