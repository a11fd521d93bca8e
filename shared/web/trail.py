"""The trail: what was recorded, where, at which position. No person, no figure, no text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from shared.runtime.wiring import Wiring
from shared.web.step_words import STEPS

LISTED_APART = 4
"""So many equal steps in a row are listed each; more become one line."""


@dataclass(frozen=True)
class TrailRow:
    """One recorded event as the log's catalogue has it.

    ``time``: when recorded, ISO 8601 in UTC. ``what``: the event's stored name (``leave.notice.requested``).
    ``revision``: of a return, where the event is one. ``thread``: the same number for those rows of a service's answer
    that are about the same thing, such as a request for leave; 0 where about none.
    """

    service: str
    epoch: str
    position: int
    time: str
    what: str
    organisation: str
    revision: int | None = None
    thread: int = 0

    @property
    def clause(self) -> str:
        """What happened: ``leave.notice.requested`` is "a carer asked for leave"; else the words of its own name."""
        step = STEPS.get(self.what)
        words = step.one if step else _name_words(self.what)
        return words if self.revision is None else f"{words} (revision {self.revision})"

    @property
    def words(self) -> str:
        """The same as the beginning of a sentence."""
        return self.clause[:1].upper() + self.clause[1:]


def trail_of(wiring: Wiring, limit: int, below: int = 0) -> list[TrailRow]:
    """A service's newest published events, newest first, with no content; ``below`` a position, where one is given."""
    return [
        TrailRow(
            wiring.service.name,
            line.epoch,
            line.position,
            line.time,
            line.topic,
            line.organisation,
            line.revision,
            line.thread,
        )
        for line in wiring.outbox.trail(limit, below)
    ]


@dataclass(frozen=True)
class TrailLine:
    """Equal steps that a service recorded one after another, newest first; mostly a single one.

    ``cut``: more of them may lie before what was looked at.
    """

    rows: tuple[TrailRow, ...]
    cut: bool = False

    @property
    def newest(self) -> TrailRow:
        """The last of the steps."""
        return self.rows[0]

    @property
    def oldest(self) -> TrailRow:
        """The first of the steps that was looked at."""
        return self.rows[-1]

    @property
    def times(self) -> str:
        """How many steps they are, in words; empty for one."""
        if len(self.rows) == 1:
            return ""
        return f"{'at least ' if self.cut else ''}{len(self.rows):,} times"

    @property
    def organisations(self) -> frozenset[str]:
        """Whose steps they are."""
        return frozenset(row.organisation for row in self.rows)


def trail_lines(rows: Sequence[TrailRow], limit: int) -> list[TrailLine]:
    """The rows, newest first, as lines; a long run of one service's equal steps is one line.

    ``limit``: how many rows each service was asked for. Where one gave as many, the lines end with its oldest: what
    the others recorded before it would stand there without its own.
    """
    ends = oldest_of_full(rows, limit)
    lines: list[TrailLine] = []
    for _, run in groupby(rows, key=lambda row: (row.service, row.epoch, row.words)):
        steps = tuple(run)
        cut = not ends.isdisjoint(steps)
        if len(steps) > LISTED_APART:
            lines.append(TrailLine(steps, cut))
        else:
            lines.extend(TrailLine((step,), step in ends) for step in steps)
        if cut:
            break
    return lines


def whole(
    rows: Sequence[TrailRow], limit: int, *, service: str = "", organisation: str = ""
) -> tuple[list[TrailRow], str]:
    """The rows of a service and an organisation, of all where they are empty, and the time at which they end.

    Where a service gave as many rows as it was asked for, they end with its oldest: what the others recorded before it
    would stand there without its own. The time is empty where nothing is left out.
    """
    horizon = max((row.time for row in oldest_of_full(rows, limit) if service in ("", row.service)), default="")
    wanted = [row for row in rows if service in ("", row.service) and organisation in ("", row.organisation)]
    return [row for row in wanted if row.time >= horizon], horizon


def older_than(rows: Sequence[TrailRow], limit: int, told: int, below: Mapping[str, int]) -> dict[str, int] | None:
    """By service the position below which the next page's rows lie; None where there are no older rows.

    ``told``: how many of the rows, newest first, this page has told; ``below``: where it began itself.
    """
    rest = rows[told:]
    if not rest and not oldest_of_full(rows, limit):
        return None
    ends = dict(below)
    for row in rows[:told]:
        ends[row.service] = min(row.position, ends.get(row.service, row.position))
    return ends | {service: position + 1 for position, service in sorted((row.position, row.service) for row in rest)}


def oldest_of_full(rows: Sequence[TrailRow], limit: int) -> frozenset[TrailRow]:
    """The oldest row of each service that gave as many as it was asked for."""
    by_service: dict[str, list[TrailRow]] = {}
    for row in rows:
        by_service.setdefault(row.service, []).append(row)
    return frozenset(found[-1] for found in by_service.values() if len(found) >= limit)


def _name_words(what: str) -> str:
    """``errands.errand.written-down`` is "Errand written down"."""
    _, _, rest = what.partition(".")
    return (rest or what).replace(".", " ").replace("-", " ").capitalize()
