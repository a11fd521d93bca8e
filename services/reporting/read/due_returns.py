"""Which returns are due, and what would they say?

A return is due where the facts of its span, its completeness or the definitions are other than at its last
revision. The answer is one pass over the facts of each organisation concerned, whatever number of events came.

New definitions alone make an open return due once what they are computed from has come: until then each batch of it
would make another revision.

An organisation whose returns are on hold is passed over; whatever is open is due once they go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, and_, func, select

from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.commands import ReportProgress
from services.reporting.domain.facts import Trained
from services.reporting.domain.figures import DEFINITION
from services.reporting.domain.months import (
    SPAN_MONTHS,
    first_open,
    has_settled,
    months_between,
    plus_months,
)
from services.reporting.domain.training import trained_at
from services.reporting.read.figures_of import figures_of
from services.reporting.read.measure_effects import ANYWHERE
from services.reporting.read.measure_facts_of import training_facts_of
from services.reporting.read.on_hold import on_hold
from services.reporting.read.tables import changes, employment_facts, organisations, passport_facts, returns
from services.reporting.read.waiting_organisations import waiting_organisations
from shared.kernel.events import Payload
from shared.kernel.periods import month_of, month_span
from shared.store.tables import bookmarks

SUBSCRIPTIONS: Final[Mapping[str, str]] = {
    "reporting.workforce": "workforce",
    "reporting.leave": "leave",
    "reporting.passport": "passport",
    "reporting.accreditation": "accreditation",
}
"""The department half's subscriptions and the services they read."""

_FLOWS: Final = frozenset({"day", "notice"})
"""Kinds of fact that count in their month's rolling year alone; all others hold from their month on."""

_AWARD, _PASSPORT, _TRAINING = "award", "passport", "training"

PATIENCE: Final = 3
"""Looks for which new definitions wait for a source that has never been heard of; then it is taken to be absent."""

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
        self._settled: tuple[object, ...] = ()
        self._trained: dict[str, tuple[object, dict[str, Trained]]] = {}
        self._looks = 0

    def find(self, connection: Connection, today: date) -> Iterator[list[ReportProgress]]:
        """The reports to make, an organisation at a time."""
        positions = _positions(connection)  # before the facts: they are at least as new
        waiting = waiting_organisations(connection, tuple(SUBSCRIPTIONS))
        held = on_hold(connection).keys()
        seen = (_sum_of_marks(connection), today, waiting, frozenset(held))
        if seen == self._settled:
            return
        self._looks += 1
        quiet = renew = self._looks > PATIENCE or _all_have_come(connection)
        for organisation, marks in _marks(connection).items():
            if organisation in held:
                continue
            expected = {
                month: State(_mark_of(marks, month), has_settled(month, today) and organisation not in waiting)
                for month in _open_months(marks, today)
            }
            due = {
                month: state for month, state in expected.items() if self._computed.get((organisation, month)) != state
            }
            reports = self._reports(connection, organisation, due, positions, marks, renew) if due else []
            quiet = quiet and not reports
            yield reports
        if quiet:
            self._settled = seen

    def _reports(
        self,
        connection: Connection,
        organisation: str,
        due: Mapping[str, State],
        positions: Payload,
        marks: Marks,
        renew: bool,
    ) -> list[ReportProgress]:
        recorded = _recorded(connection, organisation, due)
        ready = {month: state for month, state in due.items() if renew or recorded.get(month, _NOTHING).is_current}
        changed = {month: state for month, state in ready.items() if recorded.get(month, _NOTHING).state != state}
        reports = []
        for month, figures in self._compute(connection, organisation, changed, marks).items():
            last, state = recorded.get(month, _NOTHING), changed[month]
            report = ReportProgress(
                organisation, month, state.definition, state.complete, figures, positions, state.mark, last.revision
            )
            if last.would_be_changed_by(report):
                reports.append(report)
        self._computed.update({(organisation, month): state for month, state in ready.items()})
        for report in reports:  # until the lists show it, it stays due
            del self._computed[organisation, report.month]
        return reports

    def _compute(
        self, connection: Connection, organisation: str, months: Mapping[str, State], marks: Marks
    ) -> dict[str, dict[str, object]]:
        if not months:
            return {}
        since = month_span(plus_months(min(months), 1 - SPAN_MONTHS)).first
        trained = self._training(connection, organisation, months, marks)
        figures = figures_of(connection, organisation, months, since, trained)
        return {month: figures_json(computed) for month, computed in figures.items()}

    def _training(
        self, connection: Connection, organisation: str, months: Mapping[str, State], marks: Marks
    ) -> dict[str, Trained]:
        """The people trained; read again only where facts of training changed, because they are of all staff."""
        said = sum(mark for (kind, _), mark in marks.items() if kind == _TRAINING)
        asked, found = self._trained.get(organisation, (None, {}))
        if asked != said or not months.keys() <= found.keys():
            found = trained_at(months, training_facts_of(connection, organisation)) if said else {}
            self._trained[organisation] = (said, found)
        return found


@dataclass(frozen=True)
class _Recorded:
    """What the last revision of a return says."""

    revision: int
    state: State | None
    figures: object

    @property
    def is_current(self) -> bool:
        """Whether it is by today's definitions, or nothing is recorded yet."""
        return self.state is None or self.state.definition == DEFINITION

    def would_be_changed_by(self, report: ReportProgress) -> bool:
        if self.state is None:
            return True
        said = (self.state.definition, self.state.complete, self.figures)
        return said != (report.definition, report.complete, report.figures)


_NOTHING: Final = _Recorded(0, None, None)


def _positions(connection: Connection) -> dict[str, tuple[str, int]]:
    rows = connection.execute(select(bookmarks).where(bookmarks.c.subscription.in_(tuple(SUBSCRIPTIONS))))
    return {SUBSCRIPTIONS[row.subscription]: (row.epoch, row.position) for row in rows if row.position}


def _all_have_come(connection: Connection) -> bool:
    """Whether every source was heard of, and everything that each is known to have said."""
    chosen = bookmarks.c.subscription.in_(tuple(SUBSCRIPTIONS))
    rows = connection.execute(select(bookmarks).where(chosen)).all()
    return {row.subscription for row in rows} == set(SUBSCRIPTIONS) and all(row.position >= row.head for row in rows)


def _sum_of_marks(connection: Connection) -> tuple[int, int]:
    row = connection.execute(select(func.count(), func.coalesce(func.sum(changes.c.mark), 0))).one()
    return int(row[0]), int(row[1])


def _marks(connection: Connection) -> dict[str, Marks]:
    """The marks of each department; the central team makes no return, nor an organisation that only an award names."""
    centres = set(
        connection.execute(select(organisations.c.organisation).where(organisations.c.kind == "centre")).scalars()
    )
    found: dict[str, Marks] = defaultdict(dict)
    for row in connection.execute(
        select(changes).where(changes.c.organisation != ANYWHERE).order_by(changes.c.organisation)
    ):
        found[row.organisation][row.kind, row.month] = row.mark
    for organisation, month, mark in connection.execute(_passport_marks()):
        found[organisation][_PASSPORT, month] = int(mark)
    return {
        organisation: marks
        for organisation, marks in sorted(found.items())
        if organisation not in centres and any(kind != _AWARD for kind, _ in marks)
    }


def _passport_marks() -> Select[Any]:
    """The marks of passports' months in every organisation that employs the holder or did."""
    here = select(employment_facts.c.person, employment_facts.c.organisation).distinct().subquery()
    month = func.substr(passport_facts.c.day, 1, 7)
    statement = select(here.c.organisation, month, func.sum(passport_facts.c.mark))
    return statement.join(here, here.c.person == passport_facts.c.person).group_by(here.c.organisation, month)


def _open_months(marks: Marks, today: date) -> Iterator[str]:
    """The open months since the organisation's first fact."""
    first = min(month for _, month in marks)
    return months_between(max(first, first_open(today)), month_of(today))


def _mark_of(marks: Marks, month: str) -> int:
    """The identity of the facts that a month's return is made of: flows of its rolling year, all else up to it."""
    year = plus_months(month, 1 - SPAN_MONTHS)
    return sum(mark for (kind, at), mark in marks.items() if at <= month and (kind not in _FLOWS or at >= year))


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
