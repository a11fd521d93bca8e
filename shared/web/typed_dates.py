"""Dates as people type them: in three boxes ("15", "March", "27"), or whole in the first box ("15/3/27").

The day comes first, as is usual in the United Kingdom, except where the year does ("2027-03-15"). A year of two figures
is one of this century.
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
_WHOLE = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s/.,-]+(?P<month>[0-9]{1,2}|[a-z]{3,9})[\s/.,-]+(?P<year>[0-9]{2,4})"
    r"|(?P<first>[0-9]{4})-(?P<second>[0-9]{1,2})-(?P<third>[0-9]{1,2})",
    re.IGNORECASE | re.ASCII,
)


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
    if not boxes["month"] and not boxes["year"] and (whole := _WHOLE.fullmatch(boxes["day"])):
        boxes = _apart(whole)
    if missing := [part for part in PARTS if not boxes[part]]:
        raise TypedDateError(f"The date must include a {' and a '.join(missing)}", *missing)
    return _date(_day(boxes["day"]), _month(boxes["month"]), _year(boxes["year"]))


def _apart(whole: re.Match[str]) -> dict[str, str]:
    """The parts of a date that was typed whole."""
    if whole["first"]:
        return {"day": whole["third"], "month": whole["second"], "year": whole["first"]}
    return {part: whole[part] for part in PARTS}


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
        name = f"{MONTHS[month - 1].capitalize()} {year}"
        raise TypedDateError(f"Enter a real date: {name} has {length} days", "day")
    return dt.date(year, month, day)
