"""The terms of an employment: what holds of it from a day on, checked when they are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from shared.kernel.errors import InvalidError
from shared.kernel.working_time import MINUTES_IN_A_DAY, WorkingPattern, fraction_text

NATIONS: Final = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
    "overseas": "Overseas",
}
"""Where someone works: it decides which law and which bank holidays apply."""

STATUSES: Final = {
    "employee": "Employee",
    "worker": "Worker",
    "agency": "Agency worker",
    "office-holder": "Office holder",
    "volunteer": "Volunteer",
}
"""In what capacity someone works: only employees have the statutory right."""

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
LONGEST_NUMBER: Final = 40
LONGEST_POST: Final = 80
LONGEST_NAME: Final = 200
LONGEST_SLUG: Final = 80
MINUTES_IN_A_WEEK: Final = 7 * MINUTES_IN_A_DAY

_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Terms:
    """What holds of an employment from a day on.

    ``fte`` in (0, 1]; ``full_time_minutes``: a full-time colleague's week; ``manager``: a person's UUID as text;
    ``starts`` and ``ends``: the first and the last day. Raises InvalidError, with ``field`` in its data.
    """

    staff_number: str
    post: str
    organisation: str
    employer: str
    manager: str | None
    nation: str
    status: str
    fte: Fraction
    full_time_minutes: int
    pattern: WorkingPattern
    starts: date
    ends: date | None

    def __post_init__(self) -> None:
        check_text("staff_number", self.staff_number, LONGEST_NUMBER)
        check_text("post", self.post, LONGEST_POST)
        _check_choice("nation", self.nation, NATIONS)
        _check_choice("status", self.status, STATUSES)
        if not 0 < self.fte <= 1:
            raise _bad("fte", "The full-time equivalent must be above 0 and at most 1.")
        if not 0 < self.full_time_minutes <= MINUTES_IN_A_WEEK:
            raise _bad("full_time_hours", "The full-time week must be above 0 and at most 168 hours.")
        check_day("starts", self.starts)
        if self.ends is not None:
            check_day("ends", self.ends)
            if self.ends < self.starts:
                raise _bad("ends", f"The last day, {self.ends}, is before the first day, {self.starts}.")

    def to_json(self) -> dict[str, object]:
        """The terms as an event's fields, but for the organisation, which every event has of its own."""
        return {
            "staff_number": self.staff_number,
            "post": self.post,
            "employer": self.employer,
            "manager": self.manager,
            "nation": self.nation,
            "status": self.status,
            "fte": fraction_text(self.fte),
            "full_time_minutes": self.full_time_minutes,
            "pattern": self.pattern.to_json(),
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat() if self.ends else None,
        }


def check_text(field: str, text: str, longest: int) -> None:
    """Raise InvalidError where the text is empty, too long, or would harm a reader or a spreadsheet."""
    if not text.strip():
        raise _bad(field, "This is empty. Enter something.")
    if len(text) > longest:
        raise _bad(field, f"This has {len(text)} characters. Use {longest} or fewer.")
    if _UNWANTED.search(text):
        raise _bad(field, "This has control characters, or characters that change the direction of text. Remove them.")
    if text.startswith(_FORMULA):
        raise _bad(field, f"This begins with ‘{text[0]}’, which a spreadsheet reads as a formula. Remove it.")


def check_day(field: str, day: date) -> None:
    """Raise InvalidError where the day lies outside 1900 to 2200."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _bad(field, f"{day} is not between 1900 and 2200; check the year.")


def _check_choice(field: str, value: str, choices: dict[str, str]) -> None:
    if value not in choices:
        raise _bad(field, f"‘{value}’ is not one of {', '.join(choices)}.")


def _bad(field: str, why: str) -> InvalidError:
    return InvalidError(why, code=f"bad-{field.replace('_', '-')}", field=field)
