"""What leave's own events do to its lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, exists, update

from services.leave.domain.account import LeaveAccount
from services.leave.domain.notices import (
    BOOKED,
    CONFIRMED,
    GIVEN,
    LAPSED,
    LATE,
    NOT_WAIVED,
    POSTPONED,
    TAKEN,
    WITHDRAWN,
)
from services.leave.read.tables import days, notices
from services.leave.read.told import TOLD
from shared.kernel.clock import start_of_day
from shared.kernel.events import Event, Payload
from shared.store.news import with_news
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect


def requested(rows: Rows, events: Sequence[Event]) -> None:
    """A notice waits, late or in time, and its days are booked."""
    rows.upsert(notices, [_notice(event) for event in events], key=("notice",))
    rows.upsert(days, [_day(event, day) for event in events for day in event["days"]], key=("notice", "date"))


def confirmed(rows: Rows, events: Sequence[Event]) -> None:
    """The notice stands."""
    named = ("notice", "confirmed_by", "confirmed_on")
    changes = [{name: event[name] for name in named} | {"state": CONFIRMED} for event in events]
    rows.change(notices, changes, key=("notice",))


def waived(rows: Rows, events: Sequence[Event]) -> None:
    """A late notice is accepted; days of it that had lapsed are booked again."""
    rows.change(notices, [{"notice": event["notice"], "waived": True} for event in events], key=("notice",))
    revived = [
        {
            "notice": event["notice"],
            "date": day["date"],
            "state": BOOKED,
            "counted_minutes": str(day["counted_minutes"]),
        }
        for event in events
        for day in event["days"]
    ]
    rows.change(days, revived, key=("notice", "date"))


def lapsed(rows: Rows, events: Sequence[Event]) -> None:
    """Nobody decided: what was booked counts no longer."""
    rows.change(notices, [{"notice": event["notice"], "state": LAPSED} for event in events], key=("notice",))
    _end_booked(rows, events, LAPSED)


def not_waived(rows: Rows, events: Sequence[Event]) -> None:
    """A late notice does not stand: what was booked counts no longer."""
    named = ("notice", "decided_on", "decided_by", "in_time_from")
    changes = [
        {name: event[name] for name in named} | {"state": NOT_WAIVED, "reason": event["reason"] or ""}
        for event in events
    ]
    rows.change(notices, changes, key=("notice",))
    _end_booked(rows, events, NOT_WAIVED)


def moved(rows: Rows, events: Sequence[Event]) -> None:
    """Another notice has the place of one that was not waived."""
    rows.change(notices, [{name: event[name] for name in ("notice", "moved_to")} for event in events], key=("notice",))


def postponed(rows: Rows, events: Sequence[Event]) -> None:
    """Dates were postponed, and the days in their place are booked."""
    named = ("notice", "postponed_on", "decided_by", "consulted_on", "agreed", "lawful")
    changes = [{name: event[name] for name in named} | {"reason": event["reason"] or ""} for event in events]
    rows.change(notices, changes, key=("notice",))
    gone = [{"notice": event["notice"], "date": day, "state": POSTPONED} for event in events for day in event["dates"]]
    rows.change(days, gone, key=("notice", "date"))
    new = [_day(event, day) | {"is_new": True} for event in events for day in event["days"]]
    rows.upsert(days, new, key=("notice", "date"))


def withdrawn(rows: Rows, events: Sequence[Event]) -> None:
    """Dates were given back; a notice without any other is withdrawn."""
    given_back = [
        {"notice": event["notice"], "date": day, "state": WITHDRAWN, "cause": event["cause"]}
        for event in events
        for day in event["dates"]
    ]
    rows.change(days, given_back, key=("notice", "date"))
    table, of_days = rows[notices], rows[days]
    state = of_days.c.state
    other = exists().where(of_days.c.notice == table.c.notice, state != WITHDRAWN, state != POSTPONED)
    statement = update(table).where(table.c.notice == bindparam("which"), ~other).values(state=WITHDRAWN)
    rows.connection.execute(statement, [{"which": event["notice"]} for event in events])


def taken(rows: Rows, events: Sequence[Event]) -> None:
    """A day ended as leave."""
    taken = [{"notice": event["notice"], "date": event["date"], "state": TAKEN} for event in events]
    rows.change(days, taken, key=("notice", "date"))


def corrected(rows: Rows, events: Sequence[Event]) -> None:
    """A day has other minutes than were taken."""
    changes = {
        (event["notice"], event["date"]): {
            "notice": event["notice"],
            "date": event["date"],
            "minutes": str(event["minutes"]),
            "counted_minutes": str(event["counted_minutes"]),
            "reason": event["reason"] or "",
            "corrected": True,
        }
        for event in events
    }
    rows.change(days, list(changes.values()), key=("notice", "date"))


def forgotten(rows: Rows, events: Sequence[Event]) -> None:
    """An erased person is on no list, and nothing of theirs falls due."""
    persons = [{"whose": event["person"]} for event in events]
    for table in (rows[notices], rows[days]):
        rows.connection.execute(delete(table).where(table.c.person == bindparam("whose")), persons)


def _end_booked(rows: Rows, events: Sequence[Event], state: str) -> None:
    of_days = rows[days]
    booked = (of_days.c.notice == bindparam("which"), of_days.c.state == BOOKED)
    rows.connection.execute(
        update(of_days).where(*booked).values(state=state), [{"which": event["notice"]} for event in events]
    )


_LISTED: Mapping[str, RowEffect] = {
    LeaveAccount.Requested.TOPIC: requested,
    LeaveAccount.Confirmed.TOPIC: confirmed,
    LeaveAccount.Waived.TOPIC: waived,
    LeaveAccount.Lapsed.TOPIC: lapsed,
    LeaveAccount.NotWaived.TOPIC: not_waived,
    LeaveAccount.Moved.TOPIC: moved,
    LeaveAccount.Postponed.TOPIC: postponed,
    LeaveAccount.Withdrawn.TOPIC: withdrawn,
    LeaveAccount.Taken.TOPIC: taken,
    LeaveAccount.Corrected.TOPIC: corrected,
    LeaveAccount.Forgotten.TOPIC: forgotten,
}

PROJECTED: Mapping[str, RowEffect] = with_news(_LISTED, TOLD, closing=[LeaveAccount.Forgotten.TOPIC])


_DECIDED_LATER: Final = (
    "postponed_on",
    "decided_on",
    "decided_by",
    "consulted_on",
    "in_time_from",
    "moved_to",
    "reason",
)


def _notice(event: Event) -> dict[str, object]:
    same = (
        "notice",
        "position",
        "person",
        "employer",
        "organisation",
        "employment",
        "given_at",
        "given_on",
        "late",
        "waived",
        "standing_waiver",
        "deadline",
        "law",
        "calendar",
    )
    return {
        **{name: event[name] for name in same},
        "state": LATE if event["late"] else GIVEN,
        "confirmed_by": "",
        "confirmed_on": "",
        "week_minutes": str(event["week_minutes"]),
        "latest_notice": json.dumps(event["latest_notice"], sort_keys=True),
        "gave_back": json.dumps(event["gave_back"]),
        **dict.fromkeys(_DECIDED_LATER, ""),
        "agreed": False,
        "lawful": False,
    }


def _day(event: Event, day: Payload) -> dict[str, object]:
    ends_at = start_of_day(date.fromisoformat(day["date"]) + timedelta(days=1))
    minutes = ("minutes", "counted_minutes", "scheduled_minutes", "left_by_minutes", "left_by_share")
    return {
        **{name: event[name] for name in ("notice", "person", "employer")},
        **{name: day[name] for name in ("date", "part", "begins_at")},
        **{name: str(day[name]) for name in minutes},
        "week_minutes": str(event["week_minutes"]),
        "state": BOOKED,
        "ends_at": ends_at.isoformat(),
        "window_first": day["window"]["first"],
        "window_last": day["window"]["last"],
        "corrected": False,
        "is_new": False,
        "cause": "",
        "reason": "",
    }
