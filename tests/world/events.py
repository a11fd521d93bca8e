"""Published events as the oracle reads them: CloudEvents of workforce, leave, passport and accreditation.

Standard library only: nothing here knows how any service is made. Days and months stay the text that they are
published as ("2026-03-13", "2026-03"), which compares in the order of the calendar.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

FOREVER = "9999-12-31"
"""The day of what never comes."""


_OF_NO_CONCERN = {"pattern", "days"}
"""What figures are not made of, and what is long: a working pattern, and the days that a notice asks for."""


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
    """CloudEvents as events, each once, by source in the order of its log."""
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
            {name: value for name, value in each["data"].items() if name not in _OF_NO_CONCERN},
        )
    return [found[place] for place in sorted(found)]


Read = Mapping[str, int]
"""How far each source's log was read: by service the last position."""

Known = datetime | Read
"""What is known: all that was recorded up to an instant, or all that had been read up to some positions."""


class Log:
    """Events that can be cut where somebody's knowledge ends: at an instant, or at a position of one source."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._by_place = sorted(events, key=lambda event: event.position)
        self._by_time = sorted(self._by_place, key=lambda event: event.at)
        self._places = [event.position for event in self._by_place]
        self._times = [event.at for event in self._by_time]
        self._reached = [0, *accumulate((event.position for event in self._by_time), max)]

    def count(self, known: Known) -> int:
        """How many of the events are known."""
        if isinstance(known, datetime):
            return bisect_right(self._times, known)
        return bisect_right(self._places, known.get(self._by_place[0].service, 0)) if self._by_place else 0

    def known(self, known: Known) -> list[Event]:
        """The events that are known."""
        ordered = self._by_time if isinstance(known, datetime) else self._by_place
        return ordered[: self.count(known)]

    def read_before(self, instant: datetime) -> int:
        """The last position that was recorded before an instant, 0 for none."""
        return self._reached[bisect_left(self._times, instant)]

    def read_until(self, instant: datetime) -> int:
        """The last position that was recorded up to an instant, 0 for none."""
        return self._reached[bisect_right(self._times, instant)]


def by(key: Callable[[Event], Hashable], events: Iterable[Event]) -> dict[Any, list[Event]]:
    """The events by a key, each list in the order of the source's log."""
    found: dict[Any, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.position):
        found[key(event)].append(event)
    return found


@lru_cache(maxsize=1024)
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
