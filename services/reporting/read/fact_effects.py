"""What workforce's events, and leave's of days, do to the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from services.reporting.read.fact_keeping import Event, FactKind, Row, fact_of, keep
from services.reporting.read.tables import day_facts, employment_facts
from shared.contracts import types
from shared.kernel.working_time import fraction_text, parse_minutes
from shared.store.rows import Rows


def employment_said(rows: Rows, events: Sequence[Event]) -> None:
    """An employment was recorded, changed or ended."""
    keep(rows, _EMPLOYMENTS, [_employment_row(event) for event in events])


def day_said(rows: Rows, events: Sequence[Event]) -> None:
    """A day was taken or corrected."""
    keep(rows, _DAYS, [_day_row(event) for event in events])


def _employment_row(event: Event) -> Row:
    data = event["data"]
    row = fact_of(event) | {"employment": data["employment"], "ends": data["ends"] or ""}
    if event["type"] == types.EMPLOYMENT_ENDED:
        return row | {"effective_from": "", "starts": "", "fte": "0/1", "status": ""}
    return row | {name: data[name] for name in ("effective_from", "starts", "fte", "status")}


def _day_row(event: Event) -> Row:
    data = event["data"]
    row = fact_of(event)
    row["notice"] = data["notice"]
    row["date"] = data["date"]
    row["minutes"] = _minutes(data["minutes"])
    row["paid_minutes"] = _minutes(data["paid_minutes"])
    row["full_time_minutes"] = _minutes(data["full_time_minutes"])
    return row


def _minutes(value: object) -> str:
    return f"{value}/1" if type(value) is int else fraction_text(parse_minutes(value))


def _employment_chain(said: list[Row]) -> Iterable[tuple[Row, Row]]:
    """A statement is replaced by the next of the same effective day, and an end by any other."""
    last: dict[str, Row] = {}
    for row in said:
        since = row["effective_from"]
        if since and since in last:
            yield last[since], row
        last[since] = row
    yield from ((row, following) for row, following in pairwise(said) if not row["effective_from"])


def _employment_month(said: list[Row]) -> Iterable[str]:
    ends = [row["ends"] for row in said if row["ends"]]
    return (str(min([said[-1]["effective_from"] or said[-1]["ends"], *ends])[:7]),)


def _day_month(said: list[Row]) -> Iterable[str]:
    return (str(said[-1]["date"][:7]),)


_EMPLOYMENTS: Final = FactKind("employment", employment_facts, ("employment",), _employment_chain, _employment_month)
_DAYS: Final = FactKind("day", day_facts, ("notice", "date"), pairwise, _day_month)
