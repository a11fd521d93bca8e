"""The file of a batch."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payroll.domain.export import file_name, render
from services.payroll.domain.lines import PayLine
from services.payroll.domain.mapping import Column, Layout
from services.payroll.wiring import shipped_mapping

LINE = PayLine(
    line="762975a1-08a9-5bd9-a5c6-4c6b71d714f5",
    person="p1",
    organisation="works",
    employer="works",
    pay_group="monthly",
    staff_number="S1",
    post="P1",
    date="2026-03-13",
    element="unpaid",
    unit="days",
    quantity="-7.50",
    absence_code="A02",
    pay_code="P02",
    continuity="S",
    period="2026-03",
    revision=2,
    reverses="762975a1-08a9-5bd9-a5c6-4c6b71d714f5/1",
    batch=3,
)
LAYOUT = shipped_mapping().layout_on("works", date(2026, 4, 1))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_generic_file_is_this_text_for_ever() -> None:
    assert render(LAYOUT, [LINE]) == (
        "Employer,Payroll,Person number,Post,Date,Unit,Quantity,Absence code,Pay code,Continuity,"
        "Period,Batch,Line,Revision,Reverses\r\n"
        "works,monthly,S1,P1,2026-03-13,days,-7.50,A02,P02,S,2026-03,3,762975a1-08a9-5bd9-a5c6-4c6b71d714f5,2,"
        "762975a1-08a9-5bd9-a5c6-4c6b71d714f5/1\r\n"
    )


def test_columns_follow_the_layout() -> None:
    layout = Layout(
        "own-1", "works", date(2026, 1, 1), (Column("Menge", "quantity"), Column('Nr, "Person"', "staff_number"))
    )
    assert render(layout, [LINE]) == 'Menge,"Nr, ""Person"""\r\n-7.50,S1\r\n'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_starts_like_a_formula_is_neutralised(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    assert cells(render(LAYOUT, [replace(LINE, post=text)]))[1][3] == f"'{text}"


def test_a_negative_quantity_stays_a_number() -> None:
    assert cells(render(LAYOUT, [LINE]))[1][6] == "-7.50"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30))
def test_any_text_comes_back_whole_from_a_reader_of_the_standard(text: str) -> None:
    read = cells(render(LAYOUT, [replace(LINE, post=text)]).encode().decode())
    assert len(read) == 2
    assert read[1][3].removeprefix("'") == text.removeprefix("'")
    assert not read[1][3].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_file_name_says_whose_which_pay_group_and_number() -> None:
    assert file_name("ministry-of-works", "ministry-of-works", "monthly", 7) == "ministry-of-works-monthly-0007.csv"
    assert (
        file_name("canal-agency", "ministry-of-works", "weekly", 12) == "canal-agency-ministry-of-works-weekly-0012.csv"
    )
