"""Moving the demonstration's date over several days: one move at a time, a day at a time, sound wherever it ends."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.kernel.clock import FixedClock, OffsetClock, today
from shared.kernel.errors import RefusedError
from shared.kernel.periods import DAY
from shared.runtime import clock_moves
from shared.runtime.clock_moves import (
    BEHIND,
    BROKEN_OFF,
    DONE,
    MONTH_END,
    MOVING,
    NEXT,
    ONE_DAY,
    WEEK,
    begin,
    last_move,
    movable,
    target_day,
)
from shared.runtime.upcoming import Upcoming
from tests.shared.web.fakes import FRIDAY

THURSDAY = date(2026, 12, 3)
COMING = [
    Upcoming(THURSDAY, "something is late"),
    Upcoming(date(2026, 12, 9), "a"),
    Upcoming(date(2026, 12, 5), "b"),
]

KILLED = """
import os, signal, sys
from pathlib import Path
from shared.kernel.clock import OffsetClock, today
from shared.kernel.periods import DAY
from shared.runtime import clock_moves
clock = OffsetClock(Path(sys.argv[1]))
looks = iter(range(100))
def settled():
    if next(looks) == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return True
clock_moves.begin(clock, today(clock) + 7 * DAY).run(settled, lambda: False)
"""


def nothing() -> bool:
    """Nothing is due."""
    return False


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OffsetClock:
    """A clock that can be moved; a move waits for nobody."""
    monkeypatch.setattr(clock_moves, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(clock_moves, "DUE_SECONDS", 0.2)
    return OffsetClock(tmp_path / "clock")


@pytest.mark.parametrize(
    ("how", "target"),
    [
        (ONE_DAY, date(2026, 12, 4)),
        (WEEK, date(2026, 12, 10)),
        (MONTH_END, date(2026, 12, 31)),
        (NEXT, date(2026, 12, 5)),
    ],
)
def test_a_move_goes_to_a_day_after_today(how: str, target: date) -> None:
    assert target_day(how, THURSDAY, COMING) == target


def test_a_move_to_what_happens_next_is_refused_where_nothing_does() -> None:
    with pytest.raises(RefusedError, match="Nothing is due"):
        target_day(NEXT, THURSDAY, COMING[:1])


def test_a_clock_that_stands_still_cannot_be_moved() -> None:
    with pytest.raises(RefusedError, match="stands still"):
        movable(FixedClock(FRIDAY))


def test_each_day_begins_after_the_services_have_settled(clock: OffsetClock) -> None:
    began, looks, told = today(clock), [], []

    def settled() -> bool:
        looks.append(clock.offset())
        return looks.count(clock.offset()) > 1

    move = begin(clock, began + 3 * DAY).run(settled, nothing, told.append)
    assert looks == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert told == [began + days * DAY for days in (1, 2, 3)]
    assert (move.state, move.moved, move.days, clock.offset()) == (DONE, 3, 3, 3)
    assert last_move(clock) == move


def test_what_is_due_on_a_day_happens_before_the_next(clock: OffsetClock) -> None:
    looks: list[int] = []

    def is_due() -> bool:
        looks.append(clock.offset())
        return len(looks) % 2 == 1

    begin(clock, today(clock) + 2 * DAY).run(lambda: True, is_due)
    assert looks == [0, 0, 1, 1, 2, 2]


def test_a_day_waits_for_what_comes_of_the_last_thing_that_was_due(clock: OffsetClock) -> None:
    """Something is due until all has settled again: then it is looked at once more."""
    asked: list[str] = []

    def settled() -> bool:
        asked.append("settled")
        return True

    def is_due() -> bool:
        asked.append("due")
        return asked.count("due") < 3

    begin(clock, today(clock) + DAY).run(settled, is_due)
    assert asked[:7] == ["settled", *["settled", "due"] * 3]


def test_what_is_due_and_never_happens_does_not_hold_the_date(clock: OffsetClock) -> None:
    assert begin(clock, today(clock) + 2 * DAY).run(lambda: True, lambda: True).state == DONE
    assert clock.offset() == 2


def test_one_sees_how_far_a_move_is_and_a_second_one_is_told(clock: OffsetClock) -> None:
    began, seen = today(clock), []

    def settled() -> bool:
        move = last_move(OffsetClock(clock.path))
        assert move is not None
        seen.append((move.state, move.moved, move.days))
        with pytest.raises(RefusedError, match="already"):
            begin(OffsetClock(clock.path), began + DAY)
        return True

    assert last_move(clock) is None
    begin(clock, began + 2 * DAY).run(settled, nothing)
    assert list(dict.fromkeys(seen)) == [(MOVING, 0, 2), (MOVING, 1, 2), (MOVING, 2, 2)]


def test_a_move_stops_where_it_is_when_the_services_are_not_ready_in_time(clock: OffsetClock) -> None:
    move = begin(clock, today(clock) + 5 * DAY).run(lambda: clock.offset() < 2, nothing)
    assert (move.state, move.moved, clock.offset()) == (BEHIND, 2, 2)
    assert begin(clock, today(clock) + DAY).run(lambda: True, nothing).state == DONE


def test_a_move_that_fails_gives_way_to_the_next_and_is_called_broken_off(clock: OffsetClock) -> None:
    with pytest.raises(ZeroDivisionError):
        begin(clock, today(clock) + 5 * DAY).run(lambda: bool(1 / (1 - clock.offset())), nothing)
    move = last_move(clock)
    assert move is not None
    assert (move.state, move.moved) == (BROKEN_OFF, 1)
    begin(clock, today(clock) + DAY).run(lambda: True, nothing)
    assert clock.offset() == 2


def test_a_kill_in_the_middle_leaves_whole_days_and_no_lock(clock: OffsetClock) -> None:
    command = [sys.executable, "-c", KILLED, str(clock.path)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -9
    move = last_move(clock)
    assert move is not None
    assert (move.state, move.moved, move.days) == (BROKEN_OFF, 3, 7)
    assert clock.offset() == 3
    assert begin(clock, today(clock) + DAY).run(lambda: True, nothing).state == DONE


def test_what_is_written_of_a_move_and_cannot_be_read_is_no_move(clock: OffsetClock) -> None:
    begin(clock, today(clock) + timedelta(days=1)).run(lambda: True, nothing)
    clock.path.with_name("clock.move").write_text("nonsense")
    assert last_move(clock) is None
