"""Dates as people type them: what is understood, and which box is wrong where nothing is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.forms import Form
from shared.web.typed_dates import FIRST_YEAR, LAST_YEAR, MONTHS, PARTS, TypedDateError, typed_date
from tests.shared.web.errands.web.schemas import WriteSchema

DAYS = st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))
THIS_CENTURY = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
MARCH = dt.date(2027, 3, 15)


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR.", "Marc", " march "])
@pytest.mark.parametrize("year", ["2027", "27"])
@pytest.mark.parametrize("day", ["15", "15th"])
def test_a_month_may_be_a_name_and_a_year_two_figures(day: str, month: str, year: str) -> None:
    assert typed_date(day, month, year) == MARCH


@pytest.mark.parametrize(
    "text",
    [
        *("15/3/27", "15 March 2027", "15 mar 27", "15.3.2027", "15-3-2027", "15 03 2027", "15th March, 2027"),
        *("15th March 2027", "15th of March 2027", "15March 2027", "15-Mar-27", "2027-03-15", "2027/3/15"),
        *("March 15 2027", "March 15, 2027", "march 15th, 2027", "Mar. 15 27", "MARCH-15-2027"),
    ],
)
def test_a_whole_date_in_the_first_box_is_understood(text: str) -> None:
    assert typed_date(text, "", "") == MARCH


def test_september_is_known_by_four_letters_too() -> None:
    assert typed_date("1", "Sept", "2026") == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("boxes", "parts", "words"),
    [
        (("15", "", "2027"), ("month",), "The date must include a month"),
        (("", "3", ""), ("day", "year"), "The date must include a day and a year"),
        (("32", "3", "2027"), ("day",), "Enter the day as a number from 1 to 31"),
        (("0", "3", "2027"), ("day",), "Enter the day as a number from 1 to 31"),
        (("x", "3", "2027"), ("day",), "Enter the day as a number from 1 to 31"),
        (("15", "13", "2027"), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("15", "Ma", "2027"), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("15", "Mai", "2027"), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("15", "²", "2027"), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("15", "3", "202"), ("year",), "Enter the year in 4 figures"),
        (("15", "3", "٢٠٢٧"), ("year",), "Enter the year in 4 figures"),
        (("15", "3", "1899"), ("year",), "Enter a year from 1900 to 2200"),
        (("31", "feb", "2026"), ("day",), "Enter a real date: February 2026 has 28 days"),
        (("15/13/27", "", ""), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("15/3", "", ""), ("year",), "Enter the year, for example 15 March 2027"),
        (("15 March", "", ""), ("year",), "Enter the year, for example 15 March 2027"),
        (("15th March", "", ""), ("year",), "Enter the year, for example 15 March 2027"),
        (("March 15", "", ""), ("year",), "Enter the year, for example 15 March 2027"),
        (("March 15th", "", ""), ("year",), "Enter the year, for example 15 March 2027"),
        (("15", "3", ""), ("year",), "Enter the year, for example 15 March 2027"),
        (("29", "February", ""), ("year",), "Enter the year, for example 29 February 2028"),
        (("31 April", "", ""), ("day",), "Enter a real date: April has 30 days"),
        (("3/15", "", ""), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("3/15/2027", "", ""), ("month",), "Enter the month as a number from 1 to 12 or as a name"),
        (("March 2027", "", ""), ("month", "year"), "The date must include a month and a year"),
        (("15", "", ""), ("month", "year"), "The date must include a month and a year"),
    ],
)
def test_an_error_names_the_box_and_says_what_to_enter(
    boxes: tuple[str, str, str], parts: tuple[str, ...], words: str
) -> None:
    with pytest.raises(TypedDateError) as refused:
        typed_date(*boxes)
    assert refused.value.parts == parts
    assert words in str(refused.value)


@given(DAYS, st.integers(3, 9), st.booleans())
def test_every_date_is_read_from_its_own_words(day: dt.date, letters: int, capital: bool) -> None:
    name = MONTHS[day.month - 1][:letters]
    month = name.upper() if capital else name
    assert typed_date(str(day.day), month, str(day.year)) == day
    assert typed_date(f"{day.day} {month} {day.year}", "", "") == day
    assert typed_date(f"{month} {day.day}, {day.year}", "", "") == day
    assert typed_date(day.isoformat(), "", "") == day


@given(THIS_CENTURY, st.sampled_from(["/", ".", "-", " ", " / "]))
def test_two_figures_of_a_year_are_of_this_century(day: dt.date, between: str) -> None:
    parts = (str(day.day), str(day.month), f"{day.year % 100:02d}")
    assert typed_date(*parts) == typed_date(between.join(parts), "", "") == day


@given(*[st.text(max_size=12) | st.text("0123456789/. -", max_size=10)] * 3)
def test_whatever_stands_in_the_boxes_is_a_date_or_names_a_box(day: str, month: str, year: str) -> None:
    wrong: tuple[str, ...] = PARTS
    year_found = FIRST_YEAR
    try:
        year_found = typed_date(day, month, year).year
    except TypedDateError as error:
        wrong = error.parts
    assert FIRST_YEAR <= year_found <= LAST_YEAR
    assert wrong
    assert set(wrong) <= set(PARTS)


@given(DAYS)
def test_a_form_loads_a_date_in_words(day: dt.date) -> None:
    form = Form(WriteSchema(), {"day-day": [f"{day.day} {day:%B} {day.year}"], "part": ["am"]})
    assert form.errors == {}
    assert form.data["day"] == day


@pytest.mark.parametrize(
    ("part", "typed"), [("day", "40"), ("month", "Marz"), ("year", "3"), ("month", ""), ("year", "")]
)
def test_a_form_marks_the_wrong_box_alone_and_links_to_it(part: str, typed: str) -> None:
    good = {"day-day": ["13"], "day-month": ["3"], "day-year": ["2026"], "part": ["am"]}
    form = Form(WriteSchema(), good | {f"day-{part}": [typed]})
    assert [each["href"] for each in form.summary()] == [f"#day-{part}"]
    assert [each for each in PARTS if form.part_is_wrong("day", each)] == [part]


def test_a_form_marks_all_boxes_where_the_date_as_a_whole_is_refused() -> None:
    form = Form(WriteSchema(), {"day-day": ["13"], "day-month": ["3"], "day-year": ["2026"], "part": ["am"]})
    assert not form.part_is_wrong("day", "day")
    form.refuse("Nobody runs errands on that day", field="day")
    assert all(form.part_is_wrong("day", part) for part in PARTS)
    assert form.summary()[0]["href"] == "#day-day"
