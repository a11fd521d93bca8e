"""A post: one employment as it is on a day, with what leave needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.kernel.working_time import WorkingPattern


@dataclass(frozen=True)
class Post:
    """An employment on a day. ``employer``: the legal employer; ``full_time_minutes``: of the full-time week.

    ``pattern_since``: from when the working pattern has been in force without a change.
    """

    employment: str
    staff_number: str
    post: str
    organisation: str
    employer: str
    nation: str
    status: str
    full_time_minutes: int
    pattern: WorkingPattern
    pattern_since: date
    starts: date
    ends: date | None = None
