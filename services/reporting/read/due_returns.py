"""Which returns are due, and what would they say?

A return is due where the facts of its span, its completeness or the definitions are other than at its last
revision. The answer is one pass over the facts of each organisation concerned, whatever number of events came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, and_, func, select

from services.reporting.domain.commands import ReportProgress
from services.reporting.domain.facts import spells
from services.reporting.domain.figures import DEFINITION, compute, figures_json
from services.reporting.domain.months import (
    SPAN_MONTHS,
    first_open,
    has_settled,
    months_between,
    plus_months,
)
from services.reporting.read.facts_of import day_facts_of, employment_facts_of
from services.reporting.read.tables import changes, organisations, returns
from services.reporting.read.waiting_organisations import waiting_organisations
from shared.kernel.periods import month_of, month_span
from shared.store.tables import bookmarks

SUBSCRIPTIONS: Final[Mapping[str, str]] = {"reporting.workforce": "workforce", "reporting.leave": "leave"}
"""The department half's subscriptions and the services they read."""

_DAYS, _EMPLOYMENTS = "day", "employment"

Marks = dict[tuple[str, str], int]
"""(kind, month) → mark, of one organisation."""


@dataclass(frozen=True)
class State:
    """What decides whether a return must be computed again."""

    mark: int
    complete: bool
    definition: int = DEFINITION


class DueReturns:
    """Finds due returns, and remembers which ones were computed and said nothing new."""

    def __init__(self) -> None:
        self._computed: dict[tuple[str, str], State] = {}
        self._settled: tuple[Any, ...] = ()

    def find(self, connection: Connection, today: date) -> Iterator[list[ReportProgress]]:
        """The reports to make, an organisation at a time."""
        positions = _positions(connection)  # before the facts: they are at least as new
        waiting = waiting_organisations(connection, tuple(SUBSCRIPTIONS))
        seen = (_sum_of_marks(connection), today, waiting)
        if seen == self._settled:
            return
        quiet = True
        for organisation, marks in _marks(connection).items():
            expected = {
                month: State(_mark_of(marks, month), has_settled(month, today) and organisation not in waiting)
                for month in _open_months(marks, today)
            }
            due = {
                month: state for month, state in expected.items() if self._computed.get((organisation, month)) != state
            }
            reports = self._reports(connection, organisation, due, positions) if due else []
            quiet = quiet and not reports
            yield reports
        if quiet:
            self._settled = seen

    def _reports(
        self, connection: Connection, organisation: str, due: Mapping[str, State], positions: Mapping[str, Any]
    ) -> list[ReportProgress]:
        recorded = _recorded(connection, organisation, due)
        changed = {month: state for month, state in due.items() if recorded.get(month, _NOTHING).state != state}
        reports = []
        for month, figures in _compute(connection, organisation, changed).items():
            last, state = recorded.get(month, _NOTHING), changed[month]
            report = ReportProgress(
                organisation, month, state.definition, state.complete, figures, positions, state.mark, last.revision
            )
            if last.would_be_changed_by(report):
                reports.append(report)
        self._computed.update({(organisation, month): state for month, state in due.items()})
        for report in reports:  # until the lists show it, it stays due
            del self._computed[organisation, report.month]
        return reports


@dataclass(frozen=True)
class _Recorded:
    """What the last revision of a return says."""

    revision: int
    state: State | None
    figures: Any

    def would_be_changed_by(self, report: ReportProgress) -> bool:
        if self.state is None:
            return True
        said = (self.state.definition, self.state.complete, self.figures)
        return said != (report.definition, report.complete, report.figures)


_NOTHING: Final = _Recorded(0, None, None)


def _positions(connection: Connection) -> dict[str, tuple[str, int]]:
    rows = connection.execute(select(bookmarks).where(bookmarks.c.subscription.in_(tuple(SUBSCRIPTIONS))))
    return {SUBSCRIPTIONS[row.subscription]: (row.epoch, row.position) for row in rows if row.position}


def _sum_of_marks(connection: Connection) -> tuple[int, int]:
    row = connection.execute(select(func.count(), func.coalesce(func.sum(changes.c.mark), 0))).one()
    return int(row[0]), int(row[1])


def _marks(connection: Connection) -> dict[str, Marks]:
    """The marks of each department; the central team makes no return."""
    centres = select(organisations.c.organisation).where(organisations.c.kind == "centre")
    found: dict[str, Marks] = defaultdict(dict)
    statement = select(changes).where(changes.c.organisation.not_in(centres)).order_by(changes.c.organisation)
    for row in connection.execute(statement):
        found[row.organisation][row.kind, row.month] = row.mark
    return dict(found)


def _open_months(marks: Marks, today: date) -> Iterator[str]:
    """The open months since the organisation's first fact."""
    first = min(month for _, month in marks)
    return months_between(max(first, first_open(today)), month_of(today))


def _mark_of(marks: Marks, month: str) -> int:
    """The identity of the facts that a month's return is made of: employments up to it, days of its rolling year."""
    year = plus_months(month, 1 - SPAN_MONTHS)
    return sum(mark for (kind, at), mark in marks.items() if at <= month and (kind == _EMPLOYMENTS or at >= year))


def _recorded(connection: Connection, organisation: str, months: Mapping[str, State]) -> dict[str, _Recorded]:
    """The last revision of each month that has one."""
    last = (
        select(returns.c.month, func.max(returns.c.revision).label("revision"))
        .where(returns.c.organisation == organisation, returns.c.month.in_(list(months)))
        .group_by(returns.c.month)
        .subquery()
    )
    statement = select(returns).join(last, and_(returns.c.month == last.c.month, returns.c.revision == last.c.revision))
    return {
        row.month: _Recorded(
            row.revision, State(row.mark, row.complete, row.definition), msgspec.json.decode(row.figures)
        )
        for row in connection.execute(statement.where(returns.c.organisation == organisation))
    }


def _compute(connection: Connection, organisation: str, months: Mapping[str, State]) -> dict[str, dict[str, Any]]:
    if not months:
        return {}
    since = month_span(plus_months(min(months), 1 - SPAN_MONTHS)).first
    facts = employment_facts_of(connection, organisation)
    figures = compute(months, spells(facts, organisation), day_facts_of(connection, organisation, since))
    return {month: figures_json(computed) for month, computed in figures.items()}
