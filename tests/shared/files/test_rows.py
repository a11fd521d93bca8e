"""Rows of a file: understood cell by cell, every mistake told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from shared.files.columns import Column, bad_cell, choice_cell, day_cell
from shared.files.rows import Problem, RowReader
from shared.kernel.errors import InvalidError

ASKED: list[str] = []


def colour(cell: str) -> str:
    ASKED.append(cell)
    return choice_cell("colour", {"light-blue": "Light blue", "red": "Red"})(cell)


def no_sunday(column: str, day: date) -> None:
    if day.isoweekday() == 7:
        raise bad_cell(column, "Not on a Sunday.")


COLUMNS = (
    Column("colour", "A colour.", "red", colour, repeats=True),
    Column("day", "A day.", "2026-03-02", day_cell("day", no_sunday)),
    Column("note", "Anything.", "x", str, filled=False),
)
HEADER = ["day", "colour", "note"]


def red_on_monday(values: Mapping[str, Any]) -> tuple[str, str] | None:
    return ("colour", "Not red on a Monday.") if values["colour"] == "red" and values["day"].isoweekday() == 1 else None


@pytest.fixture
def reader() -> RowReader:
    ASKED.clear()
    return RowReader(COLUMNS, HEADER, red_on_monday)


def test_a_good_row_is_its_filled_cells_by_column(reader: RowReader) -> None:
    assert reader.values(2, [" 2026-03-03 ", "Light Blue", ""]) == {"day": date(2026, 3, 3), "colour": "light-blue"}


def test_every_cell_that_is_wrong_is_told_in_the_order_of_the_header(reader: RowReader) -> None:
    assert reader.values(7, ["3 March", "green", ""]) == [
        Problem(7, "day", "‘3 March’ is not a date. Write year, month and day, such as 2026-03-27."),
        Problem(7, "colour", "‘green’ is not one of light-blue, red. Write one of these."),
    ]


@pytest.mark.parametrize("day", ["2026-02-30", "20260303", "2026-3-3", "2026-W10-2"])
def test_only_a_real_date_written_in_full_is_one(reader: RowReader, day: str) -> None:
    (problem,) = reader.values(2, [day, "red", ""])
    assert isinstance(problem, Problem)
    assert problem.column == "day"


def test_a_day_may_be_refused_by_its_columns_own_rule(reader: RowReader) -> None:
    assert reader.values(2, ["2026-03-01", "red", ""]) == [Problem(2, "day", "Not on a Sunday.")]


def test_an_empty_cell_that_must_be_filled_is_told_with_an_example(reader: RowReader) -> None:
    assert reader.values(2, ["2026-03-03", " ", "x"]) == [
        Problem(2, "colour", "This cell is empty. Fill it in, such as red.")
    ]


def test_what_two_cells_say_against_each_other_is_told(reader: RowReader) -> None:
    assert reader.values(2, ["2026-03-02", "red", ""]) == [Problem(2, "colour", "Not red on a Monday.")]


@pytest.mark.parametrize("cells", [1, 4])
def test_a_row_of_another_length_is_told_as_a_whole(reader: RowReader, cells: int) -> None:
    (problem,) = reader.values(2, ["x"] * cells)
    assert isinstance(problem, Problem)
    assert (problem.column, f"{cells} cells and the header 3" in problem.message) == ("", True)


def test_a_cell_that_repeats_is_understood_once(reader: RowReader) -> None:
    for line in range(2, 10):
        reader.values(line, ["2026-03-03", "red", ""])
    assert ASKED == ["red"]


def test_a_bad_cell_names_its_column() -> None:
    assert isinstance(bad_cell("staff_number", "No."), InvalidError)
    assert bad_cell("staff_number", "No.").code_ == "bad-staff-number"
