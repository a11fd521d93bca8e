"""The other side: eventsourcing's own application, recorders, projection and runner, as its documentation has them.

The projection keeps the same facts as reporting's: a row a day taken or corrected with the time from which it was
known, the row that it replaces closed, and the mark of the month raised, with the same indexes; one transaction an
event. It asks for the topics that it knows, so that the others never leave the database. SQLite's recorder offers no
subscription; here it gets the library's own pulling one, which the library's runner then drives unchanged.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, ListenNotifySubscription, StoredEvent, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteFactory, SQLiteTrackingRecorder
from psycopg.sql import SQL
from sqlalchemy import make_url

from services.leave.domain.account import LeaveAccount

_SECONDS = 120.0
_SAVE = 500

_FACTS = (
    "CREATE TABLE IF NOT EXISTS facts (position bigint PRIMARY KEY, known_from text, known_to text, person text, "
    "organisation text, notice text, date text, minutes text, paid_minutes text, full_time_minutes text)"
)
_TABLES = (
    _FACTS,
    "CREATE INDEX IF NOT EXISTS facts_notice ON facts (notice, date)",
    "CREATE INDEX IF NOT EXISTS facts_organisation ON facts (organisation, date)",
    "CREATE TABLE IF NOT EXISTS changes (organisation text, month text, mark numeric, "
    "PRIMARY KEY (organisation, month))",
)
_CLOSE = "UPDATE facts SET known_to = {known_from} WHERE notice = {notice} AND date = {date} AND known_to IS NULL"
_KEEP = (
    "INSERT INTO facts VALUES ({position}, {known_from}, NULL, {person}, {organisation}, {notice}, {date}, {minutes}, "
    "{paid_minutes}, {full_time_minutes})"
)
_MARK = (
    "INSERT INTO changes VALUES ({organisation}, {month}, {position}) "
    "ON CONFLICT (organisation, month) DO UPDATE SET mark = changes.mark + excluded.mark"
)
_STATEMENTS = (_CLOSE, _KEEP, _MARK)
_NAMES = (
    "position",
    "known_from",
    "person",
    "organisation",
    "notice",
    "date",
    "minutes",
    "paid_minutes",
    "full_time_minutes",
    "month",
)


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


class SqliteFacts(SQLiteTrackingRecorder):
    """Facts in SQLite."""

    _statements = tuple(text.format(**{name: f":{name}" for name in _NAMES}) for text in _STATEMENTS)

    def construct_create_table_statements(self) -> list[str]:
        """The facts beside the tracking."""
        return [*super().construct_create_table_statements(), *_TABLES]

    def write(self, fact: Mapping[str, Any], tracking: Tracking) -> None:
        """Keep a fact and how far the log was read, in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            for statement in self._statements:
                cursor.execute(statement, dict(fact))
            self._insert_tracking(cursor, tracking)


class PostgresFacts(PostgresTrackingRecorder):
    """Facts in PostgreSQL."""

    _statements: ClassVar[tuple[Any, ...]] = tuple(
        text.format(**{name: f"%({name})s" for name in _NAMES}) for text in _STATEMENTS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sql_create_statements += [SQL(text) for text in _TABLES]

    def write(self, fact: Mapping[str, Any], tracking: Tracking) -> None:
        """Keep a fact and how far the log was read, in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            for statement in self._statements:
                cursor.execute(statement, dict(fact), prepare=True)
            self._insert_tracking(cursor, tracking)


class DayFacts(Projection[Any]):
    """Days taken and corrected, as facts."""

    name = "facts"
    topics: ClassVar[tuple[str, ...]] = (LeaveAccount.Taken.TOPIC, LeaveAccount.Corrected.TOPIC)

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self.written: list[float] = []
        """When each was written, by the performance counter."""

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Keep the fact."""
        fact = {
            "position": tracking.notification_id,
            "known_from": domain_event.timestamp.isoformat(),
            "person": domain_event.person,
            "organisation": domain_event.organisation,
            "notice": domain_event.notice,
            "date": domain_event.date,
            "minutes": str(domain_event.minutes),
            "paid_minutes": str(domain_event.paid_minutes),
            "full_time_minutes": str(domain_event.full_time_minutes),
            "month": domain_event.date[:7],
        }
        self.view.write(fact, tracking)
        self.written.append(time.perf_counter())


class Runner:
    """The library's runner over a log of its own in a fresh database, going on in each round where it stopped."""

    def __init__(self, url: str) -> None:
        self._env = environment(url)
        self._view = SqliteFacts if "sqlite" in self._env["PERSISTENCE_MODULE"] else PostgresFacts

    def record(self, stored: Sequence[StoredEvent]) -> None:
        """Append to its log."""
        with LibraryApplication(env=self._env) as application:
            for start in range(0, len(stored), _SAVE):
                application.recorder.insert_events(stored[start : start + _SAVE])

    def rate(self, facts: int) -> float:
        """Facts a second over the next so many, from the first to the last of them."""
        with ProjectionRunner(
            application_class=LibraryApplication, projection_class=DayFacts, view_class=self._view, env=self._env
        ) as runner:
            deadline = time.monotonic() + _SECONDS
            written = runner.projection.written
            while len(written) < facts:
                runner.run_forever(timeout=0.005)
                if time.monotonic() > deadline:
                    raise TimeoutError(f"the runner wrote {len(written)} of {facts} facts")
        return (facts - 1) / (written[facts - 1] - written[0])


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
