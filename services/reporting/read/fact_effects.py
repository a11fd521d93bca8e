"""What workforce's and leave's events do to the facts: a new row each, and the row it replaces is closed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Table, bindparam, select, update

from services.reporting.read.tables import changes, day_facts, employment_facts
from shared.contracts import types
from shared.kernel.working_time import fraction_text, parse_minutes
from shared.store.rows import Rows

Event = dict[str, Any]
Row = dict[str, Any]

CHUNK: Final = 400
"""Values in one IN list: below every database's limit."""

_MARKS: Final = 2**40


def employment_said(rows: Rows, events: Sequence[Event]) -> None:
    """An employment was recorded, changed or ended."""
    said = [_employment_row(event) for event in events]
    before = _rows_with(rows, employment_facts, "employment", {row["employment"] for row in said})
    fresh = _unseen(said, before)
    _add(rows, employment_facts, before, fresh, _employment_chains)
    _mark(rows, "employment", _employment_changes(before, fresh))


def day_said(rows: Rows, events: Sequence[Event]) -> None:
    """A day was taken or corrected."""
    said = [_day_row(event) for event in events]
    before = _rows_with(rows, day_facts, "notice", {row["notice"] for row in said})
    fresh = _unseen(said, before)
    _add(rows, day_facts, before, fresh, _day_chains)
    _mark(rows, "day", _day_changes(before, fresh))


def _employment_row(event: Event) -> Row:
    data = event["data"]
    row = _fact(event) | {"employment": data["employment"], "ends": data["ends"] or ""}
    if event["type"] == types.EMPLOYMENT_ENDED:
        return row | {"effective_from": "", "starts": "", "fte": "0/1", "status": ""}
    return row | {name: data[name] for name in ("effective_from", "starts", "fte", "status")}


def _day_row(event: Event) -> Row:
    data = event["data"]
    minutes = {name: fraction_text(parse_minutes(data[name])) for name in _MINUTES}
    return _fact(event) | {"notice": data["notice"], "date": data["date"]} | minutes


_MINUTES: Final = ("minutes", "paid_minutes", "full_time_minutes")


def _fact(event: Event) -> Row:
    return {
        "epoch": event["epoch"],
        "position": event["position"],
        "known_from": event["time"],
        "known_to": None,
        "person": event["subject"],
        "organisation": event["organisation"],
    }


def _rows_with(rows: Rows, table: Table, column: str, values: Iterable[str]) -> list[Row]:
    live, found = rows[table], []
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        chosen = live.c[column].in_(ordered[start : start + CHUNK])
        found += [dict(row) for row in rows.connection.execute(select(live).where(chosen)).mappings()]
    return found


def _place(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["epoch"], row["position"]


def _unseen(said: Sequence[Row], before: Sequence[Row]) -> list[Row]:
    """What was said and not yet written, each place once."""
    known = {_place(row) for row in before}
    return list({_place(row): row for row in said if _place(row) not in known}.values())


def _add(
    rows: Rows,
    table: Table,
    before: Sequence[Row],
    fresh: Sequence[Row],
    chains: Callable[[Iterable[Row]], Iterator[tuple[Row, Row]]],
) -> None:
    """Write the fresh rows, and ``known_to`` of every row that another follows."""
    closed = {_place(row): row["known_to"] for row in before}
    for row, following in chains([*before, *fresh]):
        row["known_to"] = following["known_from"]
    rows.insert_missing(table, fresh)
    closing = [row for row in before if row["known_to"] != closed[_place(row)]]
    if closing:
        live = rows[table]
        at = (live.c.epoch == bindparam("at_epoch"), live.c.position == bindparam("at_position"))
        rows.connection.execute(
            update(live).where(*at).values(known_to=bindparam("until")),
            [{"at_epoch": row["epoch"], "at_position": row["position"], "until": row["known_to"]} for row in closing],
        )


def _day_chains(facts: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Each fact with the next one about the same notice and date."""
    return _followed(facts, lambda row: (row["notice"], row["date"]))


def _employment_chains(facts: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Each statement with the one that takes its place: of the same effective day, and after an end any other."""
    by_employment: dict[str, list[Row]] = defaultdict(list)
    for row in facts:
        by_employment[row["employment"]].append(row)
    for said in by_employment.values():
        yield from _followed([row for row in said if row["effective_from"]], lambda row: row["effective_from"])
        ordered = sorted(said, key=lambda row: row["position"])
        yield from ((row, following) for row, following in pairwise(ordered) if not row["effective_from"])


def _followed(facts: Iterable[Row], key: Callable[[Row], Any]) -> Iterator[tuple[Row, Row]]:
    last: dict[Any, Row] = {}
    for row in sorted(facts, key=lambda row: row["position"]):
        if key(row) in last:
            yield last[key(row)], row
        last[key(row)] = row


Change = tuple[str, str, int]
"""Organisation, month, the changing event's mark."""


def _day_changes(before: Sequence[Row], fresh: Sequence[Row]) -> Iterator[Change]:
    """A day's month, in the organisations that were said of it up to then."""
    for row, said in _said_up_to(before, fresh, lambda row: (row["notice"], row["date"])):
        for organisation in {other["organisation"] for other in said}:
            yield organisation, row["date"][:7], _mark_of(row)


def _employment_changes(before: Sequence[Row], fresh: Sequence[Row]) -> Iterator[Change]:
    """The earliest month that a statement can touch, in the organisations said of the employment up to then."""
    for row, said in _said_up_to(before, fresh, lambda row: row["employment"]):
        ends = [other["ends"] for other in said if other["ends"]]
        earliest = min([row["effective_from"] or row["ends"], *ends])
        for organisation in {other["organisation"] for other in said}:
            yield organisation, earliest[:7], _mark_of(row)


def _said_up_to(
    before: Sequence[Row], fresh: Sequence[Row], key: Callable[[Row], Any]
) -> Iterator[tuple[Row, list[Row]]]:
    """Each fresh row with all that share its key up to its position, itself included."""
    sharing: dict[Any, list[Row]] = defaultdict(list)
    for row in (*before, *fresh):
        sharing[key(row)].append(row)
    for row in fresh:
        yield row, [other for other in sharing[key(row)] if other["position"] <= row["position"]]


def _mark_of(row: Row) -> int:
    digest = hashlib.blake2b(f"{row['epoch']}:{row['position']}".encode(), digest_size=5).digest()
    return int.from_bytes(digest, "big")


def _mark(rows: Rows, kind: str, changed: Iterable[Change]) -> None:
    """Add the events' marks to those of the months."""
    added: dict[tuple[str, str], int] = defaultdict(int)
    for organisation, month, mark in changed:
        added[organisation, month] += mark
    if not added:
        return
    live = rows[changes]
    organisations = sorted({organisation for organisation, _ in added})
    for start in range(0, len(organisations), CHUNK):
        chosen = live.c.organisation.in_(organisations[start : start + CHUNK])
        for row in rows.connection.execute(select(live).where(live.c.kind == kind, chosen)):
            if (row.organisation, row.month) in added:
                added[row.organisation, row.month] += row.mark
    rows.upsert(
        changes,
        [
            {"organisation": organisation, "kind": kind, "month": month, "mark": mark % _MARKS}
            for (organisation, month), mark in added.items()
        ],
        key=("organisation", "kind", "month"),
    )
