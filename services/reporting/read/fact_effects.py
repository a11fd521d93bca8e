"""What workforce's and leave's events do to the facts: a new row each, and the row it replaces is closed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Table

from services.reporting.read.tables import changes, day_facts, employment_facts
from shared.contracts import types
from shared.kernel.working_time import fraction_text, parse_minutes
from shared.store.rows import Rows

Event = dict[str, Any]
Row = dict[str, Any]

_MARKS: Final = 2**40
_place: Final = itemgetter("epoch", "position")
_position: Final = itemgetter("position")


def employment_said(rows: Rows, events: Sequence[Event]) -> None:
    """An employment was recorded, changed or ended."""
    _said(rows, _EMPLOYMENTS, [_employment_row(event) for event in events])


def day_said(rows: Rows, events: Sequence[Event]) -> None:
    """A day was taken or corrected."""
    _said(rows, _DAYS, [_day_row(event) for event in events])


@dataclass(frozen=True)
class _Subject:
    """What facts are told of. ``key``: the columns that name one of them.

    Of the facts about one, in the order of their positions: ``chain`` gives each with the one that takes its place;
    ``month`` is the first that the last of them can touch.
    """

    kind: str
    table: Table
    key: tuple[str, ...]
    chain: Callable[[list[Row]], Iterable[tuple[Row, Row]]]
    month: Callable[[list[Row]], str]


def _said(rows: Rows, subject: _Subject, said: Sequence[Row]) -> None:
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
    marks: Counter[tuple[str, str]], subject: _Subject, history: list[Row], fresh: Mapping[tuple[str, int], Row]
) -> None:
    """A fresh fact marks its month in every organisation that was said of the same thing up to then."""
    organisations = set()
    for number, row in enumerate(history, 1):
        organisations.add(row["organisation"])
        if _place(row) in fresh:
            month, mark = subject.month(history[:number]), _mark_of(row)
            for organisation in organisations:
                marks[organisation, month] += mark


def _employment_row(event: Event) -> Row:
    data = event["data"]
    row = _fact(event) | {"employment": data["employment"], "ends": data["ends"] or ""}
    if event["type"] == types.EMPLOYMENT_ENDED:
        return row | {"effective_from": "", "starts": "", "fte": "0/1", "status": ""}
    return row | {name: data[name] for name in ("effective_from", "starts", "fte", "status")}


def _day_row(event: Event) -> Row:
    data = event["data"]
    row = _fact(event)
    row["notice"] = data["notice"]
    row["date"] = data["date"]
    row["minutes"] = _minutes(data["minutes"])
    row["paid_minutes"] = _minutes(data["paid_minutes"])
    row["full_time_minutes"] = _minutes(data["full_time_minutes"])
    return row


def _minutes(value: Any) -> str:
    return f"{value}/1" if type(value) is int else fraction_text(parse_minutes(value))


def _fact(event: Event) -> Row:
    return {
        "epoch": event["epoch"],
        "position": event["position"],
        "known_from": event["time"],
        "known_to": None,
        "person": event["subject"],
        "organisation": event["organisation"],
    }


def _employment_chain(said: list[Row]) -> Iterable[tuple[Row, Row]]:
    """A statement is replaced by the next of the same effective day, and an end by any other."""
    last: dict[str, Row] = {}
    for row in said:
        since = row["effective_from"]
        if since and since in last:
            yield last[since], row
        last[since] = row
    yield from ((row, following) for row, following in pairwise(said) if not row["effective_from"])


def _employment_month(said: list[Row]) -> str:
    ends = [row["ends"] for row in said if row["ends"]]
    return str(min([said[-1]["effective_from"] or said[-1]["ends"], *ends])[:7])


def _day_month(said: list[Row]) -> str:
    return str(said[-1]["date"][:7])


_EMPLOYMENTS: Final = _Subject("employment", employment_facts, ("employment",), _employment_chain, _employment_month)
_DAYS: Final = _Subject("day", day_facts, ("notice", "date"), pairwise, _day_month)


def _close(rows: Rows, table: Table, followed: Sequence[Row]) -> None:
    closing = [{name: row[name] for name in ("epoch", "position", "known_to")} for row in followed]
    rows.change(table, closing, key=("epoch", "position"))


def _mark_of(row: Row) -> int:
    digest = hashlib.blake2b(f"{row['epoch']}:{row['position']}".encode(), digest_size=5).digest()
    return int.from_bytes(digest, "big")


def _mark(rows: Rows, kind: str, added: Counter[tuple[str, str]]) -> None:
    """Add the events' marks to those of the months."""
    for row in rows.matching(changes, ("organisation", "kind", "month"), [(o, kind, m) for o, m in added]):
        added[row["organisation"], row["month"]] += row["mark"]
    marked = [
        {"organisation": organisation, "kind": kind, "month": month, "mark": mark % _MARKS}
        for (organisation, month), mark in added.items()
    ]
    rows.upsert(changes, marked, key=("organisation", "kind", "month"))
