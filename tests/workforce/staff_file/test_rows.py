from __future__ import annotations

from datetime import date

import pytest

from services.workforce.staff_file.columns import COLUMNS
from services.workforce.staff_file.rows import STAFF_ROW, ReadRow, StaffRowReader
from shared.files.rows import Problem
from tests.workforce.conftest import GOOD_ROW

HEADER = [column.name for column in COLUMNS]


def read(**changes: str) -> ReadRow | list[Problem]:
    row = GOOD_ROW | changes
    return StaffRowReader(HEADER).read(7, [row.get(name, "") for name in HEADER])


def problems(**changes: str) -> list[Problem]:
    found = read(**changes)
    assert isinstance(found, list)
    return found


def test_a_good_row_is_understood() -> None:
    row = read(
        manager_staff_number="0002", fte="0.6", ends="2026-12-31", group="Works Group", organisation_kind="centre"
    )
    assert isinstance(row, ReadRow)
    terms = row.particulars
    assert (row.line, row.organisation, row.name, row.group, row.kind) == (
        7,
        "Ministry of Works",
        "Sample Person 0001",
        "Works Group",
        "centre",
    )
    assert (terms.organisation, terms.employer) == ("ministry-of-works", "ministry-of-works")
    assert (terms.fte, terms.full_time_minutes, terms.manager_staff_number) == ("3/5", 2220, "0002")
    assert (terms.starts, terms.ends) == (date(2020, 4, 1), date(2026, 12, 31))


def test_spaces_around_a_cell_do_not_count() -> None:
    assert read(nation=" England ", pattern="  MON-FRI   7:24 ") == read()


@pytest.mark.parametrize(("written", "minutes"), [("37", 2220), ("37.5", 2250), ("37:30", 2250), ("36:59", 2219)])
def test_full_time_hours_are_read_as_people_write_them(written: str, minutes: int) -> None:
    row = read(full_time_hours=written)
    assert isinstance(row, ReadRow)
    assert row.particulars.full_time_minutes == minutes


@pytest.mark.parametrize(("written", "fte"), [("1", "1/1"), ("1.0", "1/1"), ("0.6", "3/5"), ("22/37", "22/37")])
def test_the_full_time_equivalent_is_an_exact_fraction(written: str, fte: str) -> None:
    row = read(fte=written)
    assert isinstance(row, ReadRow)
    assert row.particulars.fte == fte


@pytest.mark.parametrize("written", ["Northern Ireland", "northern-ireland", "NORTHERN IRELAND"])
def test_a_nation_may_be_written_as_its_name(written: str) -> None:
    row = read(nation=written)
    assert isinstance(row, ReadRow)
    assert row.particulars.nation == "northern-ireland"


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        *((name, "", "This cell is empty") for name in GOOD_ROW if name not in ("manager_staff_number", "ends")),
        ("organisation", "…", "no letters or digits"),
        ("organisation", "x" * 81, "Use a short form"),
        ("organisation", "=Works", "reads as a formula"),
        ("employer", "@Works", "reads as a formula"),
        ("staff_number", "-0001", "reads as a formula"),
        ("staff_number", "1" * 41, "Use 40 or fewer"),
        ("name", "=HYPERLINK()", "reads as a formula"),
        ("name", "+44", "reads as a formula"),
        ("name", "two\nlines", "control characters"),
        ("name", "a\u202eb", "characters that change"),
        ("name", "x" * 201, "Use 200 or fewer"),
        ("post", "x" * 81, "Use 80 or fewer"),
        ("manager_staff_number", "@1", "reads as a formula"),
        ("manager_staff_number", "0001", "own line manager"),
        ("nation", "France", "is not one of england"),
        ("pattern", "whenever", "Each week needs days"),
        ("pattern", "mon 25:00", "24 hours"),
        ("fte", "0", "above 0 and at most 1"),
        ("fte", "1.1", "above 0 and at most 1"),
        ("fte", "-0.5", "above 0 and at most 1"),
        ("fte", "60%", "above 0 and at most 1"),
        ("fte", "1/0", "above 0 and at most 1"),
        ("fte", "NaN", "above 0 and at most 1"),
        ("fte", "1e-1", "above 0 and at most 1"),
        ("full_time_hours", "0", "not the hours of a week"),
        ("full_time_hours", "169", "not the hours of a week"),
        ("full_time_hours", "37.123", "not the hours of a week"),
        ("full_time_hours", "37:60", "not the hours of a week"),
        ("status", "friend", "is not one of employee"),
        ("starts", "01/04/2020", "is not a date"),
        ("starts", "2020-02-30", "is not a date"),
        ("starts", "20200401", "is not a date"),
        ("starts", "1899-12-31", "between 1900 and 2200"),
        ("ends", "2020-03-31", "before the first day"),
        ("ends", "soon", "is not a date"),
        ("group", "=Works", "reads as a formula"),
        ("organisation_kind", "branch", "is not one of department"),
    ],
)
def test_a_bad_cell_is_told_with_line_column_and_what_to_do(column: str, cell: str, told: str) -> None:
    (problem,) = problems(**{column: cell})
    assert (problem.line, problem.column) == (7, column)
    assert told in problem.message


def test_everything_wrong_with_a_row_is_told_at_once_in_the_order_of_the_columns() -> None:
    found = problems(fte="2", nation="", starts="never", name="=x")
    assert [problem.column for problem in found] == ["name", "nation", "fte", "starts"]


@pytest.mark.parametrize("cells", [12, 16])
def test_too_many_or_too_few_cells_are_told(cells: int) -> None:
    (problem,) = StaffRowReader(HEADER).read(7, ["x"] * cells)  # type: ignore[misc]
    assert f"has {cells} cells" in problem.message
    assert problem.column == ""


def test_the_schema_and_the_quick_way_agree_on_what_is_good() -> None:
    filled = {name: cell for name, cell in GOOD_ROW.items() if cell}
    assert STAFF_ROW.validate(filled) == {}
    assert isinstance(read(), ReadRow)
    assert set(STAFF_ROW.validate({**filled, "shoe_size": "9"})) == {"shoe_size"}


def test_every_example_in_the_documentation_is_good() -> None:
    for column in COLUMNS:
        for example in column.example.split(" or "):
            column.read(example)
