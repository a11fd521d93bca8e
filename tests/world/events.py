"""Published events as the oracle reads them: CloudEvents of workforce, leave, passport and accreditation.

Standard library only: nothing here knows how any service is made. Days and months stay the text that they are
published as ("2026-03-13", "2026-03"), which compares in the order of the calendar.
"""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

FOREVER = "9999-12-31"
"""The day of what never comes."""


class Event(NamedTuple):
    """One published event. ``kind``: "leave.taken"; ``at``: when it was recorded; ``person``: empty for nobody."""

    service: str
    kind: str
    position: int
    at: datetime
    organisation: str
    person: str
    data: dict[str, Any]


def parse(published: Iterable[dict[str, Any]]) -> list[Event]:
    """CloudEvents as events, each once, a source's in the order of its log. The rest of the envelope does not matter."""
    found = {}
    for each in published:
        service = each["source"].rpartition("/")[2]
        place = int(each["id"].rpartition(":")[2])
        found[service, place] = Event(
            service,
            each["type"].removeprefix("carers.").rpartition(".v")[0],
            place,
            datetime.fromisoformat(each["time"]),
            each["organisation"],
            each.get("subject", ""),
            each["data"],
        )
    return [found[place] for place in sorted(found)]


@dataclass(frozen=True)
class Log:
    """Events in the order in which they were recorded."""

    events: list[Event]
    times: list[datetime]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Log:
        """The log of these events."""
        ordered = sorted(events, key=lambda event: (event.at, event.position))
        return cls(ordered, [event.at for event in ordered])

    def known(self, instant: datetime) -> int:
        """How many were recorded up to an instant."""
        return bisect_right(self.times, instant)


def by(key: Callable[[Event], Hashable], events: Iterable[Event]) -> dict[Any, list[Event]]:
    """The events by a key, each list in the order of the source's log."""
    found: dict[Any, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.position):
        found[key(event)].append(event)
    return found


def month_end(month: str) -> str:
    """The month's last day.

    >>> month_end("2028-02")
    '2028-02-29'
    """
    year, number = int(month[:4]), int(month[5:])
    return f"{month}-{calendar.monthrange(year, number)[1]:02d}"


def months_ahead(month: str, count: int) -> str:
    """The month so many months later, or earlier.

    >>> months_ahead("2026-01", -11)
    '2025-02'
    """
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + count, 12)
    return f"{year:04d}-{number + 1:02d}"


def twelve_months(month: str) -> list[str]:
    """The rolling twelve months that end with this one, earliest first."""
    return [months_ahead(month, count) for count in range(-11, 1)]


def a_year_before(day: str) -> str:
    """The same day twelve months earlier; of 29 February the 28th.

    >>> a_year_before("2028-02-29")
    '2027-02-28'
    """
    month = months_ahead(day[:7], -12)
    return min(f"{month}{day[7:]}", month_end(month))


def days_between(first: str, second: str) -> int:
    """Calendar days from one day to another."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
