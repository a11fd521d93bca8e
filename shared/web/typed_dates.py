"""Dates as people type them: in three boxes ("15", "March", "27"), or whole in the first box ("15/3/27").

The day comes first, as is usual in the United Kingdom, except where the year does ("2027-03-15") or the month by its
name ("March 15, 2027"). A month in figures is never taken for a day: "3/15/2027" is no date. A year of two figures is
one of this century; a year that is left out is asked for, and never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import Final

PARTS: Final = ("day", "month", "year")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)

_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?", re.IGNORECASE | re.ASCII)
_BETWEEN = r"[\s/.,-]+"
_DAY_FIGURES = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH_NAME = r"(?P<month>[a-z]{3,9})"
_YEAR_LAST = rf"(?:{_BETWEEN}(?P<year>[0-9]{{2,4}}))?"
_WHOLE = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_DAY_FIGURES}{_BETWEEN}(?P<month>[0-9]{{1,2}}){_YEAR_LAST}",
        rf"{_DAY_FIGURES}(?:{_BETWEEN}(?:of\s+)?)?{_MONTH_NAME}{_YEAR_LAST}",
        rf"{_MONTH_NAME}{_BETWEEN}{_DAY_FIGURES}{_YEAR_LAST}",
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})",
    )
)
"""A date typed whole: the day first, the month's name first, or the year first. The year may be left out at the end."""

_EXAMPLE_YEARS: Final = (2027, 2028)
"""Years for an example: the first that has the day, and a leap year."""


class TypedDateError(ValueError):
    """What was typed is no date. ``parts``: the boxes to put right, of day, month and year; the message says how."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = parts


def typed_date(day: str, month: str, year: str) -> dt.date:
    """The date in three boxes, or whole in the first where the others are empty.

    Raises TypedDateError with the boxes that are wrong and a sentence that says what to enter.
    """
    boxes = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    if boxes["day"] and not boxes["month"] and not boxes["year"]:
        boxes = _apart(boxes["day"]) or boxes
    missing = [part for part in PARTS if not boxes[part]]
    if missing == ["year"]:
        example = _example(_day(boxes["day"]), _month(boxes["month"]))
        raise TypedDateError(f"Enter the year, for example {example}", "year")
    if missing:
        raise TypedDateError(f"The date must include a {' and a '.join(missing)}", *missing)
    return _date(_day(boxes["day"]), _month(boxes["month"]), _year(boxes["year"]))


def _apart(text: str) -> dict[str, str]:
    """The parts of a date that was typed whole, the year empty where it was left out; none of anything else."""
    found = next((match for pattern in _WHOLE if (match := pattern.fullmatch(text))), None)
    return {part: found[part] or "" for part in PARTS} if found else {}


def _example(day: int, month: int) -> str:
    """The day and the month with a year that has them."""
    for year in _EXAMPLE_YEARS:
        if day <= monthrange(year, month)[1]:
            return f"{day} {MONTHS[month - 1].capitalize()} {year}"
    raise _no_such_day(MONTHS[month - 1].capitalize(), monthrange(_EXAMPLE_YEARS[-1], month)[1])


def _day(text: str) -> int:
    match = _DAY.fullmatch(text)
    day = int(match[1]) if match else 0
    if not 1 <= day <= 31:
        raise TypedDateError("Enter the day as a number from 1 to 31", "day")
    return day


def _month(text: str) -> int:
    word = text.removesuffix(".").lower()
    number = int(word) if word.isascii() and word.isdigit() and len(word) <= 2 else 0
    if len(word) >= 3 and word.isalpha():
        number = next((place for place, name in enumerate(MONTHS, start=1) if name.startswith(word)), 0)
    if not 1 <= number <= 12:
        raise TypedDateError("Enter the month as a number from 1 to 12 or as a name, such as 3 or March", "month")
    return number


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) in (2, 4)):
        raise TypedDateError("Enter the year in 4 figures, such as 2027", "year")
    year = int(text) if len(text) == 4 else 2000 + int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TypedDateError(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}", "year")
    return year


def _date(day: int, month: int, year: int) -> dt.date:
    length = monthrange(year, month)[1]
    if day > length:
        raise _no_such_day(f"{MONTHS[month - 1].capitalize()} {year}", length)
    return dt.date(year, month, day)


def _no_such_day(month: str, length: int) -> TypedDateError:
    return TypedDateError(f"Enter a real date: {month} has {length} days", "day")
