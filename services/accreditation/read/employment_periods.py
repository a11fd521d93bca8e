"""When people were in an organisation, and when they managed anybody: kept as the people view changes.

Who works where comes from the people view: a state of an employment holds from its day until the next one's, inside
the employment's first and last day. To put that together for a hundred thousand people takes seconds, and it changes
for few of them at a time; so it is kept here, and a question about a whole organisation reads it as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, bindparam, delete

from services.accreditation.domain.audience import joined
from services.accreditation.read.tables import managing, stays
from shared.kernel.events import Event
from shared.kernel.periods import DAY, Span
from shared.people.tables import employments
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect

State = Mapping[str, Any]
Spans = dict[str, list[Span]]

_IN_ORDER = itemgetter("employment", "effective_from")


def keeping_stays(effect: RowEffect) -> RowEffect:
    """An effect of workforce's events on the people view, and with it the stays and times of managing that follow."""

    def keep(rows: Rows, events: Sequence[Event]) -> None:
        told = {event["data"]["employment"] for event in events}
        before = _states(rows, "employment", told)
        effect(rows, events)
        after = _states(rows, "employment", told)
        _keep_stays(rows, {state["person"] for state in (*before, *after)})
        _keep_managing(rows, _managed(before), _managed(after))

    return keep


def _keep_stays(rows: Rows, persons: Collection[str]) -> None:
    spans: dict[tuple[str, str], list[Span]] = {}
    for state, span in _held(_states(rows, "person", persons)):
        spans.setdefault((state["organisation"], state["person"]), []).append(span)
    should = [
        {"organisation": organisation, "person": person, **_days(span)}
        for (organisation, person), found in spans.items()
        for span in joined(found)
    ]
    _replace(rows, stays, persons, should)


def _keep_managing(rows: Rows, before: Spans, after: Spans) -> None:
    """Where managers lost no day, what they had stays and what is new is added; else all their reports are looked at.

    A manager of thousands, whose reports come a page at a time, is not looked at anew with every page.
    """
    lost = {manager for manager, spans in before.items() if not _within(spans, after.get(manager, []))}
    known: Spans = {manager: [] for manager in lost}
    if gained := after.keys() - lost:
        for row in _matching(rows, managing, "person", gained):
            known.setdefault(row["person"], []).append(_span(row["first"], row["last"]))
        for manager in gained:
            known.setdefault(manager, []).extend(after[manager])
    if lost:
        reports = {state["employment"] for state in _states(rows, "manager", lost)}
        for manager, spans in _managed(_states(rows, "employment", reports)).items():
            if manager in lost:
                known[manager] = spans
    should = [{"person": manager, **_days(span)} for manager, spans in known.items() for span in joined(spans)]
    _replace(rows, managing, known, should)


def _managed(states: Sequence[State]) -> Spans:
    """By manager, when these employments had them; nobody manages themselves."""
    found: Spans = {}
    for state, span in _held(states):
        if state["manager"] and state["manager"] != state["person"]:
            found.setdefault(state["manager"], []).append(span)
    return {manager: joined(spans) for manager, spans in found.items()}


def _held(states: Sequence[State]) -> Iterator[tuple[State, Span]]:
    """These states, of whole employments, each with the days on which it holds; those that never hold are left out."""
    ordered = sorted(states, key=_IN_ORDER)
    for state, following in zip(ordered, [*ordered[1:], None], strict=False):
        first, last = max(state["effective_from"], state["starts"]), date.fromisoformat(state["ends"])
        if following is not None and following["employment"] == state["employment"]:
            last = min(last, date.fromisoformat(following["effective_from"]) - DAY)
        if (begins := date.fromisoformat(first)) <= last:
            yield state, Span(begins, last)


def _replace(rows: Rows, table: Table, persons: Iterable[str], should: Sequence[State]) -> None:
    """Leave of these persons the rows that should be there."""
    names = tuple(column.name for column in table.columns)
    wanted = {tuple(row[name] for name in names) for row in should}
    known = {tuple(row[name] for name in names) for row in _matching(rows, table, "person", persons)}
    if gone := sorted(known - wanted):
        live = rows[table]
        same = [column == bindparam(f"its_{column.name}") for column in live.columns]
        parameters = [{f"its_{name}": value for name, value in zip(names, row, strict=True)} for row in gone]
        rows.connection.execute(delete(live).where(*same), parameters)
    rows.insert_missing(table, [dict(zip(names, row, strict=True)) for row in sorted(wanted - known)])


def _states(rows: Rows, column: str, values: Collection[str]) -> list[dict[str, Any]]:
    return _matching(rows, employments, column, values)


def _matching(rows: Rows, table: Table, column: str, values: Iterable[str]) -> list[dict[str, Any]]:
    return rows.matching(table, (column,), {(value,) for value in values})


def _within(spans: Sequence[Span], wider: Sequence[Span]) -> bool:
    return all(any(each.first <= span.first and span.last <= each.last for each in wider) for span in spans)


def _days(span: Span) -> dict[str, str]:
    return {"first": span.first.isoformat(), "last": span.last.isoformat()}


def _span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))
