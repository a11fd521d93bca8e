"""The columns of the staff file: what each holds, and the function that understands a cell of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Final

from services.workforce.domain.organisation import KINDS, slug_of
from services.workforce.domain.pattern_text import parse_pattern
from services.workforce.domain.terms import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_POST,
    MINUTES_IN_A_WEEK,
    NATIONS,
    STATUSES,
    check_day,
    check_text,
)
from shared.files.columns import Column, bad_cell, choice_cell, day_cell
from shared.kernel.working_time import fraction_text

_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,12})?|[0-9]{1,6}/[1-9][0-9]{0,5}")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_ANY_MONDAY = date(2024, 1, 1)


def _text(column: str, longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        check_text(column, cell, longest)
        return cell

    return read


def _named(column: str) -> Callable[[str], tuple[str, str]]:
    """A name and the slug that it makes."""

    def read(cell: str) -> tuple[str, str]:
        return cell, slug_of(column, cell)

    return read


def _fte(cell: str) -> str:
    value = Fraction(cell) if _NUMBER.fullmatch(cell) else Fraction(0)
    if not 0 < value <= 1:
        raise bad_cell(
            "fte", f"‘{cell}’ is not a full-time equivalent. Write a number above 0 and at most 1, such as 0.6."
        )
    return fraction_text(value)


def _full_time(cell: str) -> int:
    clock = _CLOCK.fullmatch(cell)
    if clock:
        minutes = Fraction(int(clock[1]) * 60 + int(clock[2]))
    else:
        minutes = Fraction(cell) * 60 if _NUMBER.fullmatch(cell) else Fraction(0)
    if minutes.denominator != 1 or not 0 < minutes <= MINUTES_IN_A_WEEK:
        raise bad_cell(
            "full_time_hours", f"‘{cell}’ are not the hours of a week. Write them such as 37, 37.5 or 37:30."
        )
    return int(minutes)


def _pattern(cell: str) -> str:
    parse_pattern(cell, _ANY_MONDAY)
    return " ".join(cell.lower().split())


COLUMNS: Final = (
    Column(
        "organisation",
        "The organisation where the person works, by name.",
        "Met Office",
        _named("organisation"),
        repeats=True,
    ),
    Column(
        "employer",
        "The legal employer, by name: the body that the contract is with.",
        "Met Office",
        _named("employer"),
        repeats=True,
    ),
    Column(
        "staff_number",
        "The employer's number for the person, at most 40 characters; once in a file.",
        "00042",
        _text("staff_number", LONGEST_NUMBER),
    ),
    Column("name", "The person's name, at most 200 characters.", "Sample Person 00042", _text("name", LONGEST_NAME)),
    Column(
        "post",
        "The job title, at most 80 characters.",
        "Forecaster",
        _text("post", LONGEST_POST),
        repeats=True,
    ),
    Column(
        "manager_staff_number",
        "The line manager's staff number with the same employer, in this file or known; empty: nobody.",
        "00041",
        _text("manager_staff_number", LONGEST_NUMBER),
        filled=False,
        repeats=True,
    ),
    Column(
        "nation",
        f"Where the person works: {', '.join(NATIONS)}.",
        "england",
        choice_cell("nation", NATIONS),
        repeats=True,
    ),
    Column(
        "pattern",
        "The working pattern: days and hours of each week.",
        "mon-wed 7:24 thu 3:42/",
        _pattern,
        repeats=True,
    ),
    Column("fte", "Full-time equivalent, above 0 and at most 1.", "0.6 or 3/5", _fte, repeats=True),
    Column("full_time_hours", "Hours of a full-time colleague's week.", "37 or 37:30", _full_time, repeats=True),
    Column(
        "status",
        f"Kind of employment: {', '.join(STATUSES)}.",
        "employee",
        choice_cell("status", STATUSES),
        repeats=True,
    ),
    Column("starts", "First day of the employment.", "2019-04-01", day_cell("starts", check_day), repeats=True),
    Column(
        "ends",
        "Last day of the employment; empty: none is known.",
        "2026-12-31",
        day_cell("ends", check_day),
        filled=False,
        repeats=True,
    ),
    Column(
        "group",
        "The department to which the organisation belongs, by name.",
        "Ministry of Defence",
        _text("group", LONGEST_NAME),
        filled=False,
        needed=False,
        repeats=True,
    ),
    Column(
        "organisation_kind",
        f"{' or '.join(KINDS)}; empty: department.",
        "department",
        choice_cell("organisation_kind", KINDS),
        filled=False,
        needed=False,
        repeats=True,
    ),
)
"""Every column, in the order in which the sample has them."""

BY_NAME: Final = {column.name: column for column in COLUMNS}
