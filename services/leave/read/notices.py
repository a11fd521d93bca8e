"""Notices and their days: one, a person's, and those that wait for a decision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from services.leave.domain.moving import LOOKED_FOR_DAYS
from services.leave.domain.notices import BOOKED, GIVEN, LATE, NOT_WAIVED
from services.leave.read.tables import days, notices
from shared.people.questions import reports_of

WAITING = (LATE, GIVEN)

MOST_MOVABLE = 3

_FIRST_BOOKED = (
    select(func.min(days.c.date)).where(days.c.notice == notices.c.notice, days.c.state == BOOKED).scalar_subquery()
)
"""The earliest date of a notice that stands: with it a late notice lapses."""


@dataclass(frozen=True)
class DayShown:
    """One date of a notice. Minutes are text; from ``begins_at`` on it can no longer be given back.

    ``is_new``: it has the place of a day that was postponed. ``cause``: why it was withdrawn.
    ``reason``: of a correction, sealed with the person's key.
    """

    date: str
    part: str
    state: str
    minutes: str
    counted_minutes: str
    scheduled_minutes: str
    begins_at: str
    window_first: str
    window_last: str
    left_by_minutes: str
    left_by_share: str
    corrected: bool
    is_new: bool
    cause: str
    reason: str


@dataclass(frozen=True)
class NoticeShown:
    """A notice with its days and what was decided by which rule. ``reason``: of a decision, sealed.

    ``gave_back``: the dates of other leave that was cancelled in one with it, to make room.
    """

    notice: str
    person: str
    employer: str
    organisation: str
    employment: str
    state: str
    given_at: str
    given_on: str
    late: bool
    waived: bool
    standing_waiver: bool
    deadline: str
    confirmed_by: str
    confirmed_on: str
    law: str
    calendar: str
    week_minutes: str
    latest_notice: dict[str, str]
    gave_back: list[str]
    postponed_on: str
    decided_on: str
    decided_by: str
    consulted_on: str
    agreed: bool
    lawful: bool
    in_time_from: str
    moved_to: str
    reason: str
    days: tuple[DayShown, ...]
    pay: str = "unpaid"

    @property
    def waits(self) -> bool:
        """Whether a decision or an acknowledgement is still open."""
        return self.state in WAITING

    @property
    def ends_at(self) -> str:
        """When a late notice ends if nobody answers: as the first of its days that are booked begins. Empty of none."""
        return min((day.begins_at for day in self.days if day.state == BOOKED), default="")

    def day(self, day: str) -> DayShown | None:
        """One of its dates."""
        return next((each for each in self.days if each.date == day), None)

    def free_days(self, now: datetime) -> list[str]:
        """The dates that can still be given back."""
        return [day.date for day in self.days if day.state == BOOKED and datetime.fromisoformat(day.begins_at) > now]


@dataclass(frozen=True)
class NextDay:
    """A day that is booked. ``late``: of a late notice that waits for an answer."""

    date: str
    part: str
    late: bool


def notice(connection: Connection, notice_id: str) -> NoticeShown | None:
    """One notice."""
    return next(iter(_shown(connection, select(notices).where(notices.c.notice == notice_id))), None)


def notices_of(
    connection: Connection, person: str, organisation: str | None = None, *, limit: int, offset: int
) -> list[NoticeShown]:
    """A person's notices, newest first; those of one organisation where it is named."""
    of_person = notices.c.person == person
    chosen = of_person if organisation is None else and_(of_person, notices.c.organisation == organisation)
    return _shown(connection, _newest(chosen).limit(limit).offset(offset))


def days_of(connection: Connection, wanted: Sequence[str]) -> dict[str, tuple[DayShown, ...]]:
    """The days of these notices, by notice, in their order."""
    if not wanted:
        return {}
    statement = select(days).where(days.c.notice.in_(wanted)).order_by(days.c.date)
    found: dict[str, tuple[DayShown, ...]] = {}
    for row in connection.execute(statement):
        found[row.notice] = (*found.get(row.notice, ()), _day(row))
    return found


def not_waived_of(connection: Connection, person: str, today: date) -> list[NoticeShown]:
    """A person's newest notices that were not waived and not moved, whose first dates in time may still be ahead."""
    earliest = (today - timedelta(days=LOOKED_FOR_DAYS)).isoformat()
    statement = _newest(and_(notices.c.person == person, notices.c.state == NOT_WAIVED, notices.c.moved_to == ""))
    return _shown(connection, statement.where(notices.c.in_time_from >= earliest).limit(MOST_MOVABLE))


def next_day_of(connection: Connection, person: str, today: date) -> NextDay | None:
    """A person's first booked day, today or later."""
    statement = (
        select(days.c.date, days.c.part, notices.c.state)
        .join(notices, notices.c.notice == days.c.notice)
        .where(days.c.person == person, days.c.state == BOOKED, days.c.date >= today.isoformat())
        .order_by(days.c.date, days.c.begins_at)
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return NextDay(row.date, row.part, late=row.state == LATE) if row else None


def waiting_for(connection: Connection, manager: str, today: date, *, limit: int, offset: int) -> list[NoticeShown]:
    """Notices that wait for a manager: those of the people they manage today, the nearest first day first."""
    return _shown(connection, _waiting(_of_reports(connection, manager, today)).limit(limit).offset(offset))


def soonest_for(connection: Connection, manager: str, today: date, *, limit: int) -> list[NoticeShown]:
    """The same by what comes soonest: a notice's last day for a postponement, of a late one its first day."""
    chosen = _of_reports(connection, manager, today)
    soonest = case((notices.c.state == LATE, _FIRST_BOOKED), else_=notices.c.deadline)
    statement = select(notices).where(notices.c.state.in_(WAITING), chosen).order_by(soonest, notices.c.position)
    return _shown(connection, statement.limit(limit))


def count_waiting_for(connection: Connection, manager: str, today: date) -> int:
    """How many notices wait for a manager."""
    statement = _waiting(_of_reports(connection, manager, today)).subquery()
    return connection.execute(select(func.count()).select_from(statement)).scalar_one()


def waiting_in(
    connection: Connection, organisation: str, but_not_of: str, *, limit: int, offset: int
) -> list[NoticeShown]:
    """Notices that wait in an organisation, for its HR; never a person's own."""
    chosen = and_(notices.c.organisation == organisation, notices.c.person != but_not_of)
    return _shown(connection, _waiting(chosen).limit(limit).offset(offset))


def count_late_in(connection: Connection, organisation: str, but_not_of: str) -> tuple[int, str]:
    """How many late notices wait in an organisation, and the earliest first day of any (ISO, empty for none)."""
    chosen = (notices.c.organisation == organisation, notices.c.person != but_not_of, notices.c.state == LATE)
    found = select(_FIRST_BOOKED.label("first")).where(*chosen).subquery()
    row = connection.execute(select(func.count(found.c.first), func.min(found.c.first))).one()
    return row[0], row[1] or ""


def count_imposed_in(connection: Connection, organisation: str, but_not_of: str, today: date) -> tuple[int, str]:
    """How many notices with a day ahead were postponed without the carer's agreement, and the soonest such day.

    For an organisation's HR; the day is ISO, empty for none.
    """
    ahead = days.c.is_new & (days.c.state == BOOKED) & (days.c.date >= today.isoformat())
    statement = (
        select(func.count(notices.c.notice.distinct()), func.min(days.c.date))
        .join(days, days.c.notice == notices.c.notice)
        .where(notices.c.organisation == organisation, notices.c.person != but_not_of)
        .where(notices.c.postponed_on != "", ~notices.c.agreed, ahead)
    )
    row = connection.execute(statement).one()
    return row[0], row[1] or ""


def flagged_in(
    connection: Connection, organisation: str, but_not_of: str, *, limit: int, offset: int
) -> list[NoticeShown]:
    """Notices that were postponed without agreement or outside the limits, for an organisation's HR; newest first."""
    flagged = or_(~notices.c.agreed, ~notices.c.lawful)
    chosen = and_(
        notices.c.organisation == organisation, notices.c.person != but_not_of, notices.c.postponed_on != "", flagged
    )
    return _shown(connection, _newest(chosen).limit(limit).offset(offset))


def _of_reports(connection: Connection, manager: str, today: date) -> ColumnElement[bool]:
    held = [employment.employment for employment in reports_of(connection, manager, today)]
    parts = [notices.c.employment.in_(held[start : start + 500]) for start in range(0, len(held), 500)]
    return and_(or_(*parts) if parts else notices.c.employment == "", notices.c.person != manager)


def _waiting(chosen: ColumnElement[bool]) -> Select[object]:
    return select(notices).where(notices.c.state.in_(WAITING), chosen).order_by(_FIRST_BOOKED, notices.c.position)


def _newest(chosen: ColumnElement[bool]) -> Select[object]:
    return select(notices).where(chosen).order_by(notices.c.position.desc())


def _shown(connection: Connection, statement: Select[object]) -> list[NoticeShown]:
    found = connection.execute(statement).all()
    of_notices = days_of(connection, [row.notice for row in found])
    return [_notice(row, of_notices.get(row.notice, ())) for row in found]


def _notice(row: Row[object], of_notice: Iterable[DayShown]) -> NoticeShown:
    values = {name: value for name, value in row._mapping.items() if name != "position"}
    texts = {name: json.loads(values[name]) for name in ("latest_notice", "gave_back")}
    return NoticeShown(**{**values, **texts, "days": tuple(of_notice)})


def _day(row: Row[object]) -> DayShown:
    return DayShown(**{name: row._mapping[name] for name in DayShown.__dataclass_fields__})
