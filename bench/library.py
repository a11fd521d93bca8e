"""The other side: eventsourcing's own application, recorders, projection and runner, as its documentation has them.

The projection writes one row a day taken and the runner's tracking row, in one transaction an event. SQLite's
recorder offers no subscription; here it gets the library's own pulling one, which its runner then drives unchanged.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, ListenNotifySubscription, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteFactory, SQLiteTrackingRecorder
from psycopg.sql import SQL
from sqlalchemy import make_url

from services.leave.domain.account import LeaveAccount

TIMEOUT_SECONDS = 120.0
_COLUMNS = "notification, person, organisation, known_from, notice, date, minutes, paid_minutes, full_time_minutes"


class LibraryApplication(Application[UUID]):
    """The library's application with nothing of ours."""

    name = "bench"


class PullingRecorder(SQLiteApplicationRecorder):
    """The SQLite recorder with the library's subscription that pulls pages."""

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> ListenNotifySubscription[ApplicationRecorder]:
        """Pull what is recorded after a position."""
        return ListenNotifySubscription(self, gt=gt, topics=topics)


class PullingFactory(SQLiteFactory):
    """Makes the recorder above."""

    application_recorder_class = PullingRecorder


class DaysView(Protocol):
    """Where the projection writes."""

    def write(self, row: Mapping[str, Any], tracking: Tracking) -> None:
        """Write a day and how far the log was read, in one transaction."""
        ...


class SqliteDays(SQLiteTrackingRecorder):
    """Days in SQLite."""

    def construct_create_table_statements(self) -> list[str]:
        """The days beside the tracking."""
        days = f"CREATE TABLE IF NOT EXISTS days ({_COLUMNS}, PRIMARY KEY (notification))"
        return [*super().construct_create_table_statements(), days]

    def write(self, row: Mapping[str, Any], tracking: Tracking) -> None:
        """Write a day and how far the log was read, in one transaction."""
        marks = ", ".join(f":{name}" for name in _COLUMNS.split(", "))
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(f"INSERT INTO days ({_COLUMNS}) VALUES ({marks}) ON CONFLICT DO NOTHING", dict(row))
            self._insert_tracking(cursor, tracking)


class PostgresDays(PostgresTrackingRecorder):
    """Days in PostgreSQL."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = ", ".join(f"{name} text" for name in _COLUMNS.split(", ")[1:])
        self.sql_create_statements.append(
            SQL(f"CREATE TABLE IF NOT EXISTS days (notification bigint PRIMARY KEY, {columns})")  # type: ignore[arg-type]
        )

    def write(self, row: Mapping[str, Any], tracking: Tracking) -> None:
        """Write a day and how far the log was read, in one transaction."""
        marks = ", ".join(f"%({name})s" for name in _COLUMNS.split(", "))
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(
                f"INSERT INTO days ({_COLUMNS}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # type: ignore[arg-type]
                dict(row),
                prepare=True,
            )
            self._insert_tracking(cursor, tracking)


class DaysTaken(Projection[Any]):
    """Days taken by notice and date."""

    name = "days"
    topics: ClassVar[tuple[str, ...]] = (LeaveAccount.Taken.TOPIC,)

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self.written: list[float] = []
        """When each day was written, by the performance counter."""

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Write the day."""
        row = {
            "notification": tracking.notification_id,
            "person": domain_event.person,
            "organisation": domain_event.organisation,
            "known_from": domain_event.timestamp.isoformat(),
            "notice": domain_event.notice,
            "date": domain_event.date,
            "minutes": str(domain_event.minutes),
            "paid_minutes": str(domain_event.paid_minutes),
            "full_time_minutes": str(domain_event.full_time_minutes),
        }
        self.view.write(row, tracking)
        self.written.append(time.perf_counter())


def environment(url: str) -> dict[str, str]:
    """The library's environment variables for a database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return {"PERSISTENCE_MODULE": "bench.sqlite_persistence", "SQLITE_DBNAME": str(parsed.database)}
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parsed.database),
        "POSTGRES_HOST": str(parsed.host),
        "POSTGRES_PORT": str(parsed.port or 5432),
        "POSTGRES_USER": str(parsed.username),
        "POSTGRES_PASSWORD": parsed.password or "",
    }


def runner_rate(url: str, days: int) -> float:
    """Days a second of the library's runner over a log that holds so many, from its first to its last."""
    env = environment(url)
    view = SqliteDays if "sqlite" in env["PERSISTENCE_MODULE"] else PostgresDays
    with ProjectionRunner(
        application_class=LibraryApplication, projection_class=DaysTaken, view_class=view, env=env
    ) as runner:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while len(written := runner.projection.written) < days:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the runner wrote {len(written)} of {days} days")
            time.sleep(0.01)
    return (days - 1) / (written[-1] - written[0])
