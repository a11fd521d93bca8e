"""The trail as stories: what happened on a day in an organisation, and what followed from it, in plain words.

Made of the same rows as the list of every step, so of kinds, times and organisations alone: no person, figure or text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final, NamedTuple

from shared.kernel.clock import LONDON
from shared.web.step_words import OTHER, PLACES, RETURNS, STEPS
from shared.web.trail import TrailRow, oldest_of_full

LISTED_APART: Final = 4
"""So many organisations with a story of one kind on one day have one each; more are told together."""

MOST: Final = 25
"""A day that makes so many stories of it, with those before, is the last on a page."""


class Told(NamedTuple):
    """A step of a story, as a clause. ``follows``: whether each such step followed from one of those before it."""

    words: str
    follows: bool = False


@dataclass(frozen=True)
class Story:
    """What happened to one kind of thing on one day, in one organisation or in several, told together.

    ``steps``: in the order in which one can lead to the next; ``first`` and ``last``: when, ISO 8601 in UTC.
    """

    title: str
    organisations: frozenset[str]
    steps: tuple[Told, ...]
    first: str
    last: str


@dataclass(frozen=True)
class Day:
    """The stories of a day, the newest first. ``ends``: the services of which no older step was looked at."""

    day: date
    stories: tuple[Story, ...]
    ends: tuple[str, ...] = ()


def stories(rows: Sequence[TrailRow], limit: int, *, service: str = "", organisation: str = "") -> list[Day]:
    """The rows, newest first, as stories by day, newest first; not more than fit on a page.

    ``limit``: how many rows each service was asked for. ``service``, ``organisation``: only of these, where given.
    """
    ends = {row.service: _day_of(row.time) for row in oldest_of_full(rows, limit) if service in ("", row.service)}
    told = [row for row in rows if service in ("", row.service) and organisation in ("", row.organisation)]
    days: list[Day] = []
    for day, of_day in groupby(told, key=lambda row: _day_of(row.time)):
        ending = tuple(name for name, ended in sorted(ends.items()) if ended == day)
        days.append(Day(day, tuple(_stories_of(list(of_day))), ending))
        if sum(len(each.stories) for each in days) >= MOST:
            break
    return days


def told_in(rows: Sequence[TrailRow], days: Sequence[Day], *, organisation: str = "") -> int:
    """How many of the rows, newest first, these days tell: all of them, unless the page is full before they end."""
    last = days[-1].day if days else date.min
    if any(organisation in ("", row.organisation) and _day_of(row.time) < last for row in rows):
        return sum(_day_of(row.time) >= last for row in rows)
    return len(rows)


def _stories_of(rows: Sequence[TrailRow]) -> list[Story]:
    apart = _by_title(rows)
    found = []
    for title in dict.fromkeys(title for title, _ in apart):
        mine = {organisation: its for (named, organisation), its in apart.items() if named == title}
        if len(mine) > LISTED_APART:
            found.append(_story(title, [row for its in mine.values() for row in its]))
        else:
            found += [_story(title, its) for its in mine.values()]
    return sorted(found, key=lambda story: story.last, reverse=True)


def _by_title(rows: Sequence[TrailRow]) -> dict[tuple[str, str], list[TrailRow]]:
    """The rows by story and organisation; returns are the end of the one other story that an organisation has."""
    apart: dict[tuple[str, str], list[TrailRow]] = {}
    for row in rows:
        apart.setdefault((_title(row), row.organisation), []).append(row)
    for title, organisation in [key for key in apart if key[0] == RETURNS]:
        before = [key for key in apart if key[1] == organisation and key[0] != RETURNS]
        if len(before) == 1:
            apart[before[0]] += apart.pop((title, organisation))
    return apart


def _story(title: str, rows: Sequence[TrailRow]) -> Story:
    times = [row.time for row in rows]
    organisations = frozenset(row.organisation for row in rows)
    return Story(title, organisations, tuple(_steps(rows)), min(times), max(times))


def _steps(rows: Iterable[TrailRow]) -> list[Told]:
    by_what: dict[str, list[TrailRow]] = {}
    for row in rows:
        by_what.setdefault(row.what, []).append(row)
    ordered = sorted(by_what, key=lambda what: (PLACES.get(what, len(PLACES)), by_what[what][-1].time))
    clauses = [by_what[what] for what in ordered]
    return [
        Told(_clause(after), _follow(before, after)) for before, after in zip([(), *clauses], clauses, strict=False)
    ]


def _follow(before: Sequence[TrailRow], after: Sequence[TrailRow]) -> bool:
    """Whether each of the later steps is about the same thing as an earlier one, and came after it."""
    earlier = {(row.service, row.thread): row.time for row in before if row.thread}
    return all(earlier.get((row.service, row.thread), "~") <= row.time for row in after)


def _clause(rows: Sequence[TrailRow]) -> str:
    step = STEPS.get(rows[0].what)
    if step is not None and len(rows) > 1:
        return step.many.format(n=f"{len(rows):,}")
    times = Counter(row.clause for row in rows)
    return ", ".join(words if number == 1 else f"{words}, {number:,} times" for words, number in times.items())


def _title(row: TrailRow) -> str:
    step = STEPS.get(row.what)
    return step.title if step else OTHER


def _day_of(time: str) -> date:
    return datetime.fromisoformat(time).astimezone(LONDON).date()
