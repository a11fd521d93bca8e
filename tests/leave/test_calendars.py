"""Bank holidays by nation, put right by a file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files

import pytest

from services.leave.calendars import Calendars, shipped_calendars
from shared.kernel.calendars import NATIONS
from tests.leave.builders import FIVE_DAYS

PLAIN = {"version": "t", "bank_holidays": {}, "not_bank_holidays": {}, "closures": {}}

ENGLAND_2026 = ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]
SCOTLAND_2026 = ["01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30", "12-25", "12-28"]
NORTHERN_IRELAND_2026 = ["01-01", "03-17", "04-03", "04-06", "05-04", "05-25", "07-13", "08-31", "12-25", "12-28"]


def days_of(nation: str, year: int) -> list[str]:
    return [day.isoformat()[5:] for day in sorted(shipped_calendars().calendar(nation, "any", [year]).bank_holidays)]


@pytest.mark.parametrize(
    ("nation", "expected"),
    [
        ("england", ENGLAND_2026),
        ("wales", ENGLAND_2026),
        ("scotland", SCOTLAND_2026),
        ("northern-ireland", NORTHERN_IRELAND_2026),
        ("overseas", []),
    ],
)
def test_bank_holidays_of_2026_are_those_announced(nation: str, expected: list[str]) -> None:
    assert days_of(nation, 2026) == expected


def test_christmas_at_a_weekend_is_its_substitute_days_alone() -> None:
    assert days_of("england", 2027)[-2:] == ["12-27", "12-28"]


@pytest.mark.parametrize("nation", NATIONS)
def test_no_bank_holiday_falls_at_a_weekend(nation: str) -> None:
    calendar = shipped_calendars().calendar(nation, "any", range(2024, 2035))
    assert all(day.weekday() < 5 for day in calendar.bank_holidays)


def test_the_year_after_a_named_one_is_not_in_it() -> None:
    assert {day.year for day in shipped_calendars().calendar("england", "any", [2026, 2028]).bank_holidays} == {
        2026,
        2028,
    }


def test_monday_of_the_summer_bank_holiday_is_off_and_the_four_days_after_it_count() -> None:
    calendar = shipped_calendars().calendar("england", "any", [2026])
    week = [date(2026, 8, 31) + timedelta(days=offset) for offset in range(5)]
    assert [FIVE_DAYS.scheduled(day, calendar).total for day in week] == [0, 444, 444, 444, 444]


def test_the_file_adds_renames_and_takes_out_days() -> None:
    corrections = PLAIN | {
        "bank_holidays": {"england": {"2026-07-20": "A jubilee", "2026-12-25": "Christmas"}},
        "not_bank_holidays": {"england": ["2026-05-04"]},
    }
    days = Calendars(corrections).calendar("england", "any", [2026]).bank_holidays
    assert days[date(2026, 7, 20)] == "A jubilee"
    assert days[date(2026, 12, 25)] == "Christmas"
    assert date(2026, 5, 4) not in days
    assert date(2026, 7, 20) not in Calendars(corrections).calendar("wales", "any", [2026]).bank_holidays


def test_an_employers_own_closures_are_theirs_alone() -> None:
    corrections = PLAIN | {"closures": {"works": {"2026-12-24": ["pm"]}}}
    eve = date(2026, 12, 24)
    assert Calendars(corrections).calendar("england", "works", [2026]).parts_off(eve) == {"pm"}
    assert Calendars(corrections).calendar("england", "plenty", [2026]).parts_off(eve) == frozenset()


def test_a_calendar_says_which_lists_it_was_made_of() -> None:
    calendar = shipped_calendars().calendar("scotland", "any", [2026])
    assert calendar.version.startswith("holidays 0.")
    assert calendar.version.endswith("corrections 1")
    assert "calendars.json" in calendar.provenance


def test_the_shipped_file_has_every_part() -> None:
    shipped = json.loads(files("services.leave").joinpath("calendars.json").read_text(encoding="utf-8"))
    assert set(shipped) == set(PLAIN)
    assert set(shipped["bank_holidays"]) <= set(NATIONS)
