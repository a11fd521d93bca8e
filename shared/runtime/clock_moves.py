"""Moving the demonstration's date over several days: how far, one move at a time, a day at a time, with progress.

A move holds a lock on a file beside the clock's for as long as it runs, so that there is one in the whole deployment,
and the lock of a process that was killed is gone with it. What is written down about a move is where it began and
where it goes; how far it is, the clock itself tells. So a move that was broken off leaves nothing to put right.
"""

from __future__ import annotations

import fcntl
import json
import time
from calendar import monthrange
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Final

from shared.kernel.clock import Clock, OffsetClock, today
from shared.kernel.errors import RefusedError
from shared.kernel.periods import DAY
from shared.runtime.upcoming import Upcoming

ONE_DAY: Final = "day"
WEEK: Final = "week"
MONTH_END: Final = "month-end"
NEXT: Final = "next"

MOVING: Final = "moving"
DONE: Final = "done"
BEHIND: Final = "behind"
BROKEN_OFF: Final = "broken-off"

PATIENCE_SECONDS: Final = 60.0
"""How long a move waits for the services before it stops where it is."""

DUE_SECONDS: Final = 20.0
"""How long a move waits until all that is due on a day has happened. It goes on then: something may be refused."""

_PAUSE_SECONDS: Final = 0.1
_TURN_SECONDS: Final = 0.5
"""Whoever looks whether a move is under way holds the lock for a moment; a move that begins waits so long for it."""


@dataclass(frozen=True)
class Move:
    """A move of the date, the last there was. ``began``: the day before it; ``target``: the day it goes to.

    ``now``: the day it is; ``state``: moving, done, behind (it stopped, because the services were not ready in time) or
    broken off (its process ended).
    """

    began: date
    target: date
    now: date
    state: str

    @property
    def days(self) -> int:
        """How many days it is long."""
        return (self.target - self.began).days

    @property
    def moved(self) -> int:
        """How many of them are over."""
        return min(self.days, (self.now - self.began).days)


def movable(clock: Clock) -> OffsetClock:
    """The clock, if it can be moved. Raises ``RefusedError`` for another one."""
    if not isinstance(clock, OffsetClock):
        raise RefusedError("The date of this demonstration stands still and cannot be moved.")
    return clock


def target_day(how: str, day: date, upcoming: Sequence[Upcoming]) -> date:
    """Where a move from a day goes. ``upcoming``: what is asked for the next thing that happens.

    >>> target_day(MONTH_END, date(2026, 12, 3), ()), target_day(MONTH_END, date(2026, 12, 31), ())
    (datetime.date(2026, 12, 31), datetime.date(2027, 1, 31))
    """
    if how == WEEK:
        return day + 7 * DAY
    if how == MONTH_END:
        after = day + DAY
        return after.replace(day=monthrange(after.year, after.month)[1])
    if how == NEXT:
        days = [item.on for item in upcoming if item.on > day]
        if not days:
            raise RefusedError("Nothing is due on a later day yet. Ask for leave as a carer, or move to the next day.")
        return min(days)
    return day + DAY


class ClockMove:
    """A move that holds the lock: ``run`` does it, and gives the lock back whatever happens."""

    def __init__(self, clock: OffsetClock, target: date, lock: IO[str]) -> None:
        self._clock, self._lock = clock, lock
        self._move = Move(today(clock), target, today(clock), MOVING)
        self._note(BROKEN_OFF)  # as long as the lock is held it is under way, whatever is written

    def run(
        self, settled: Callable[[], bool], is_due: Callable[[], bool], tell: Callable[[date], None] = lambda _: None
    ) -> Move:
        """Move day by day; answers how it ended.

        A day ends once the services have ``settled``, everybody has what is in the logs, and nothing ``is_due``: no
        timer has anything to do with what came. ``tell`` is told each new day.
        """

        def over() -> bool:
            if not _wait(settled, PATIENCE_SECONDS):
                return False
            _wait(lambda: settled() and not is_due(), DUE_SECONDS)
            return True

        try:
            while (day := today(self._clock)) < self._move.target and over():
                self._clock.advance(1)
                tell(day + DAY)
            arrived = today(self._clock) >= self._move.target and over()
            self._note(DONE if arrived else BEHIND)
            return self._move
        finally:
            self._lock.close()

    def _note(self, state: str) -> None:
        self._move = replace(self._move, now=today(self._clock), state=state)
        note = {"began": self._move.began.isoformat(), "target": self._move.target.isoformat(), "state": state}
        file = _note_file(self._clock)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(note))
        fresh.replace(file)


def begin(clock: OffsetClock, target: date) -> ClockMove:
    """Take the lock for a move to a day. Raises ``RefusedError`` while there is another."""
    deadline = time.monotonic() + _TURN_SECONDS
    while (lock := _locked(clock, fcntl.LOCK_EX)) is None:
        if time.monotonic() > deadline:
            raise RefusedError("The date is being moved already. Wait until that is done.")
        time.sleep(_PAUSE_SECONDS)
    return ClockMove(clock, target, lock)


def last_move(clock: OffsetClock) -> Move | None:
    """The move that is under way, or the last one; None before the first."""
    if not _note_file(clock).exists():
        return None
    with suppress(OSError, ValueError, KeyError):
        lock = _locked(clock, fcntl.LOCK_SH)  # before the note is read: it is not written while nobody moves
        if lock is not None:
            lock.close()
        note = json.loads(_note_file(clock).read_text())
        began, target = (date.fromisoformat(note[name]) for name in ("began", "target"))
        return Move(began, target, today(clock), MOVING if lock is None else str(note["state"]))
    return None


def _wait(true: Callable[[], bool], seconds: float) -> bool:
    """Ask until the answer is yes or the time is over; whether it was yes."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def _locked(clock: OffsetClock, kind: int) -> IO[str] | None:
    """The open lock file, locked until it is closed; None where another has it."""
    file = _lock_file(clock).open("a+")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _lock_file(clock: OffsetClock) -> Path:
    return clock.path.with_name(f"{clock.path.name}.lock")


def _note_file(clock: OffsetClock) -> Path:
    return clock.path.with_name(f"{clock.path.name}.move")
