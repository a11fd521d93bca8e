"""Business time as a port: decisions and recorded times use it. Leases, tokens and time-outs use system time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Anything that tells the business time."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


def today(clock: Clock) -> date:
    """The calendar date in London at the clock's instant."""
    return clock.now().astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """Midnight in London that begins the day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The machine's instant, aware, in UTC."""
        return datetime.now(UTC)


class OffsetClock:
    """The machine's clock moved by whole days that are read from a file: the demonstration's time.

    The file holds one integer; absent means zero. Only the demonstration may use it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._days = 0

    def now(self) -> datetime:
        """The machine's instant plus the offset, aware, in UTC."""
        return datetime.now(UTC) + timedelta(days=self.offset())

    def offset(self) -> int:
        """Days by which business time is ahead of the machine's."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return 0
        mark = (stat.st_mtime_ns, stat.st_ino)
        if mark != self._seen:
            self._days = int(self.path.read_text() or "0")
            self._seen = mark
        return self._days

    def advance(self, days: int) -> None:
        """Move business time forward; it never goes back, because recorded times would."""
        if days < 0:
            raise ValueError("business time only moves forward")
        total = self.offset() + days
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(total))
        fresh.replace(self.path)


class FixedClock:
    """A clock that stands still until told otherwise, for tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def advance(self, delta: timedelta) -> None:
        """Move it forward."""
        self.instant += delta
