"""How facts are kept: a new row for each event, and the row it replaces is closed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Table

from services.reporting.read.tables import changes
from shared.store.rows import Rows

Event = dict[str, Any]
Row = dict[str, Any]

MARKS: Final = 2**40
"""Marks are sums modulo this."""

_place: Final = itemgetter("epoch", "position")
_position: Final = itemgetter("position")


def _own(row: Row) -> tuple[str, ...]:
    return (str(row["organisation"]),)


@dataclass(frozen=True)
class FactKind:
    """What facts are told of. ``key``: the columns that name one of them.

    Of the facts about one, in the order of their positions: ``chain`` gives each with the one that takes its place;
    ``months`` are those that the last of them is about, or the first that it can touch. ``touches``: the organisations
    that a fact is of.
    """

    kind: str
    table: Table
    key: tuple[str, ...]
    chain: Callable[[list[Row]], Iterable[tuple[Row, Row]]]
    months: Callable[[list[Row]], Iterable[str]]
    touches: Callable[[Row], Iterable[str]] = _own


def keep(rows: Rows, subject: FactKind, said: Sequence[Row]) -> None:
    """Write the rows that are new, close those that others follow, and mark the months."""
    told = [(tuple(row[name] for name in subject.key), row) for row in said]
    before = rows.matching(subject.table, subject.key, {key for key, _ in told})
    closed = {_place(row): row["known_to"] for row in before}
    fresh = {place: row for row in said if (place := _place(row)) not in closed}
    histories: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in chain(before, fresh.values()):
        histories[tuple(row[name] for name in subject.key)].append(row)
    marks: Counter[tuple[str, str]] = Counter()
    for history in histories.values():
        history.sort(key=_position)
        for row, following in subject.chain(history):
            row["known_to"] = following["known_from"]
        _add_marks(marks, subject, history, fresh)
    rows.insert_missing(subject.table, list(fresh.values()))
    _close(rows, subject.table, [row for row in before if row["known_to"] != closed[_place(row)]])
    _mark(rows, subject.kind, marks)


def _add_marks(
    marks: Counter[tuple[str, str]], subject: FactKind, history: list[Row], fresh: Mapping[tuple[str, int], Row]
) -> None:
    """A fresh fact marks its months in every organisation that was said of the same thing up to then."""
    organisations: set[str] = set()
    for number, row in enumerate(history, 1):
        organisations.update(subject.touches(row))
        if _place(row) in fresh:
            mark = mark_of(row)
            for month in subject.months(history[:number]):
                for organisation in organisations:
                    marks[organisation, month] += mark


def fact_of(event: Event) -> Row:
    """The columns that every fact has."""
    return {
        "epoch": event["epoch"],
        "position": event["position"],
        "known_from": event["time"],
        "known_to": None,
        "person": event.get("subject", ""),
        "organisation": event["organisation"],
    }


def by_said(history: list[Row]) -> Iterable[tuple[Row, Row]]:
    """Each statement is replaced by the next that says the same kind of thing."""
    last: dict[str, Row] = {}
    for row in history:
        if row["said"] in last:
            yield last[row["said"]], row
        last[row["said"]] = row


def _close(rows: Rows, table: Table, followed: Sequence[Row]) -> None:
    closing = [{name: row[name] for name in ("epoch", "position", "known_to")} for row in followed]
    rows.change(table, closing, key=("epoch", "position"))


def mark_of(row: Row) -> int:
    """The identity of a fact's event as a number."""
    digest = hashlib.blake2b(f"{row['epoch']}:{row['position']}".encode(), digest_size=5).digest()
    return int.from_bytes(digest, "big")


def _mark(rows: Rows, kind: str, added: Counter[tuple[str, str]]) -> None:
    """Add the events' marks to those of the months."""
    for row in rows.matching(changes, ("organisation", "kind", "month"), [(o, kind, m) for o, m in added]):
        added[row["organisation"], row["month"]] += row["mark"]
    marked = [
        {"organisation": organisation, "kind": kind, "month": month, "mark": mark % MARKS}
        for (organisation, month), mark in added.items()
    ]
    rows.upsert(changes, marked, key=("organisation", "kind", "month"))
