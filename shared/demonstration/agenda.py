"""What is to happen in the world, in the order of its instants."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Act = Callable[[], None]


class Agenda:
    """Acts by instant (aware, UTC). Of the same instant, the one that was put down first comes first."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._numbers = count()
        self.now: datetime | None = None

    def at(self, instant: datetime, act: Act) -> None:
        """Put an act down; of what should have happened already, it happens next."""
        due = instant if self.now is None else max(instant, self.now)
        heapq.heappush(self._waiting, (due, next(self._numbers), act))

    def run(self, until: datetime, set_clock: Callable[[datetime], None]) -> int:
        """Let everything happen that is due before an instant; answers how many acts that were."""
        done = 0
        while self._waiting and self._waiting[0][0] < until:
            self.now, _, act = heapq.heappop(self._waiting)
            set_clock(self.now)
            act()
            done += 1
        return done
