"""Hold a whole deployment's returns, board and releases against the oracle.

    python -m tests.world.check VAR_FOLDER [--months N|MONTH,...] [--organisations N|NAME,...] [--days N]

Opens the stores of a deployment on SQLite under the folder and changes nothing. Ends with status 1 where anything
differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from shared.runtime.service import installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, wire_all
from tests.world.board import board_differences, released_differences
from tests.world.compare import Return, different, never_returned, outdated, overlooked, parse_returns
from tests.world.events import months_ahead
from tests.world.holds import Holds, holds_of
from tests.world.oracle import SOURCES, Oracle
from tests.world.release import LONDON

T = TypeVar("T")

PAGE = 5_000
SHOWN = 40
FEW = 3


@dataclass(frozen=True)
class World:
    """A deployment as it lies there: its reporting, what everybody published, and the returns among it."""

    reporting: Wiring
    oracle: Oracle
    returns: list[Return]
    counts: dict[str, int]

    @property
    def now(self) -> datetime:
        """The business time; that of the last return where the clock did not come along with the databases."""
        return max([self.reporting.clock.now(), *(each.as_known for each in self.returns)])

    @cached_property
    def holds(self) -> Holds:
        """When organisations had their returns on hold."""
        return holds_of(self.reporting)

    @property
    def today(self) -> date:
        """The business day in London."""
        return self.now.astimezone(LONDON).date()


def main(arguments: Sequence[str]) -> int:
    """Compare, print a report, and answer the exit status."""
    asked = _parser().parse_args(arguments)
    os.environ["CARERS_VAR"] = str(asked.var)
    begun = time.monotonic()
    world = _open(Settings.read())
    try:
        months = _sample(asked.months, sorted({each.month for each in world.returns}))
        chosen = _sample(asked.organisations, sorted({each.organisation for each in world.returns}))
        _progress_over()
        _say(f"{sum(world.counts.values())} events ({_listed(world.counts)})")
        returns = [each for each in world.returns if each.organisation in set(chosen) and each.month in set(months)]
        _say(f"{len(world.returns)} revisions; compared: {len(returns)}")
        _say(f"  of {len(chosen)} organisations in {len(months)} months from {months[0]} to {months[-1]}")
        found = sum(
            _report(title, lines)
            for title, lines in (
                ("departments without a return", never_returned(world.returns, world.oracle, world.holds)),
                ("differences in returns as they were made", different(returns, world.oracle, _progress)),
                ("differences in returns as they stand", _last_words(world, chosen, months)),
                ("differences in the board as known on past days", _boards(world, asked.days)),
                ("differences in what everybody may see today", _releases(world, months)),
            )
        )
        _report(
            "not counted: figures of returns that something was still on its way to",
            overlooked(returns, world.oracle),
            most=FEW,
        )
    finally:
        world.reporting.close()
    _say(f"{found} differences, in {time.monotonic() - begun:.0f} seconds")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.world.check", description="Hold returns against the oracle.")
    parser.add_argument("var", type=Path, help="the folder of the deployment's databases, CARERS_VAR")
    parser.add_argument("--months", default="", help="how many, spread over all, or which, with commas; else all")
    parser.add_argument("--organisations", default="", help="how many, spread over all, or which; else all")
    parser.add_argument("--days", type=int, default=12, help="past days on which the board is compared")
    return parser


def _open(settings: Settings) -> World:
    clock, counts = settings.clock(), Counter[str]()
    wirings = wire_all({name: installed()[name] for name in (*SOURCES, "reporting")}, settings, clock)
    oracle = Oracle(chain.from_iterable(_published(wirings[source], counts) for source in SOURCES))
    returns = parse_returns(_published(wirings["reporting"], counts))
    for source in SOURCES:
        wirings[source].close()
    return World(wirings["reporting"], oracle, returns, counts)


def _published(wiring: Wiring, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """What a service published, a page at a time; counted as it comes."""
    after, head = 0, wiring.outbox.published_head()
    while after < head:
        page = wiring.outbox.page(after, PAGE)
        counts[wiring.service.name] += len(page.events)
        yield from (json.loads(event.body) for event in page.events)
        after = page.read_to
        _progress(after, head)


def _last_words(world: World, chosen: Sequence[str], months: Sequence[str]) -> Iterator[str]:
    now = world.now
    for number, organisation in enumerate(chosen, 1):
        own = [each for each in world.returns if each.organisation == organisation]
        yield from outdated(own, world.oracle, now, set(months), world.holds)
        _progress(number, len(chosen))


def _boards(world: World, count: int) -> Iterator[str]:
    """On each day, the boards of its own month, of the one before and of the one a year ago."""
    made = sorted({each.as_known.astimezone(LONDON).date() for each in world.returns})
    days = _spread(count, [day for day in made if day < world.today])
    with world.reporting.reading() as connection:
        for number, day in enumerate(days, 1):
            for month in (months_ahead(day.isoformat()[:7], back) for back in (0, -1, -12)):
                yield from board_differences(connection, world.oracle, world.returns, month, day)
            _progress(number, len(days))


def _releases(world: World, months: Sequence[str]) -> Iterator[str]:
    with world.reporting.reading() as connection:
        for number, month in enumerate(months, 1):
            yield from released_differences(connection, world.oracle, world.returns, month, world.today)
            _progress(number, len(months))


def _sample(asked: str, every: Sequence[str]) -> list[str]:
    if not asked or asked.isdecimal():
        return _spread(int(asked or len(every)), every)
    unknown = sorted(set(asked.split(",")) - set(every))
    if unknown:
        raise SystemExit(f"There is no return of {', '.join(unknown)}.")
    return asked.split(",")


def _spread(count: int, every: Sequence[T]) -> list[T]:
    """So many of all, at equal distances, the last among them."""
    taken = min(count, len(every))
    return [every[(number + 1) * len(every) // taken - 1] for number in range(taken)]


def _report(title: str, lines: Iterable[str], most: int = SHOWN) -> int:
    remaining = iter(lines)
    shown = list(islice(remaining, most))
    more = sum(1 for _ in remaining)
    _progress_over()
    _say(f"{title}: {len(shown) + more or 'none'}")
    for line in shown:
        _say(f"  {line}")
    if more:
        _say(f"  and {more} more")
    return len(shown) + more


class _ProgressLine:
    """How many of how many, on one line that is written anew each second."""

    def __init__(self) -> None:
        self._written = 0.0

    def __call__(self, done: int, of: int) -> None:
        """Tell it where a second has passed."""
        now = time.monotonic()
        if now >= self._written + 1:
            self._written = now
            print(f"\r{done} of {of}", end="", file=sys.stderr, flush=True)


_progress = _ProgressLine()


def _progress_over() -> None:
    print("\r" + " " * 30 + "\r", end="", file=sys.stderr, flush=True)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} of {name}" for name, count in counts.items())


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
