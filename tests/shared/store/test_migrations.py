"""Databases are made and brought to this program's version by one command, and opened at no other version."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import column, inspect, select, table, text, update

from shared.kernel.errors import SettingsError, UnavailableError
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.store.migrations.run import latest, migrate
from shared.store.seen import SeenSoFar
from shared.store.stores import VERSIONS, open_databases, open_stores
from shared.store.tables import (
    KEYS_VERSION,
    LOG_VERSION,
    RECEIVED_VERSION,
    keys_metadata,
    log_metadata,
    read_models,
    received_metadata,
)
from tests.shared.probe.read import VERSION, metadata
from tests.shared.probe.stories import open_tally, person, some_event
from tests.shared.probe.substrates import SUBSTRATES
from tests.support import settings_for
from tests.system.substrate import Databases, need_postgres

OURS = {"log": log_metadata, "read": received_metadata, "keys": keys_metadata}
NO_DATABASE = "postgresql://127.0.0.1:1/nobody?connect_timeout=2"


@pytest.fixture(params=SUBSTRATES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A deployment that was never migrated."""
    if request.param == "sqlite":
        (tmp_path / "probe").mkdir()
        yield settings_for(tmp_path)
        return
    need_postgres()
    databases = Databases()
    databases.create(["probe"])
    yield settings_for(tmp_path, database=databases.template)
    databases.drop()


def test_what_migrations_make_is_what_the_program_reads(probe: Wiring) -> None:
    addresses = probe.settings.addresses("probe")
    for part, database in open_databases(addresses).items():
        with database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_ours})
            differences = compare_metadata(context, OURS[part])
        database.close()
        assert differences == [], part


def test_the_program_needs_the_versions_that_the_newest_scripts_make() -> None:
    assert (latest("log"), latest("read"), latest("keys")) == (LOG_VERSION, RECEIVED_VERSION, KEYS_VERSION)


def test_migrating_again_changes_nothing(probe: Wiring, settings: Settings) -> None:
    open_tally(probe, person(1))
    head = probe.stores.log.head()
    custody = settings.addresses("probe").custody.read_bytes()

    _migrate(settings)

    assert probe.stores.log.head() == head
    assert settings.addresses("probe").custody.read_bytes() == custody


def test_a_log_of_an_earlier_release_gets_what_was_seen_with_all_of_it_seen(probe: Wiring, settings: Settings) -> None:
    for number in (1, 2):
        open_tally(probe, person(number))
    with probe.stores.log.database.writing() as connection:
        connection.execute(text("DROP TABLE seen"))
        connection.execute(update(table("alembic_version", column("version_num"))).values(version_num="0001"))

    _migrate(settings)

    assert probe.seen.of(person(1)) == SeenSoFar(probe.stores.log.head()[1])
    stores = open_stores("probe", settings.addresses("probe"))
    assert stores.log.head() == probe.stores.log.head()
    stores.close()


def test_on_a_new_log_nothing_counts_as_seen(probe: Wiring) -> None:
    assert probe.seen.of(person(1)) == SeenSoFar()


def test_a_service_that_was_not_migrated_does_not_open(empty: Settings) -> None:
    with pytest.raises(SettingsError, match="carers migrate"):
        open_stores("probe", empty.addresses("probe"))


def test_several_migrations_at_once_make_one_set_of_databases(empty: Settings) -> None:
    """Each replica's start may run it; none may fail, and the log has one first epoch."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_migrate, [empty] * 2))

    stores = open_stores("probe", empty.addresses("probe"))
    try:
        with stores.log.database.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM epochs")).scalar() == 1
            assert connection.execute(text("SELECT count(*) FROM head")).scalar() == 1
        with stores.read.reading() as connection:
            assert connection.execute(select(read_models.c.version)).scalars().all() == [VERSION]
            assert set(metadata.tables) <= set(inspect(connection).get_table_names())
    finally:
        stores.close()


@pytest.mark.parametrize("part", ["log", "read", "keys"])
def test_a_database_of_another_version_does_not_open(probe: Wiring, settings: Settings, part: str) -> None:
    database = open_databases(settings.addresses("probe"))[part]
    with database.writing() as connection:
        connection.execute(update(table("alembic_version", column("version_num"))).values(version_num="9999"))

    try:
        with pytest.raises(SettingsError, match=rf"The {part} database of probe has version 9999"):
            open_stores("probe", settings.addresses("probe"))
    finally:
        with database.writing() as connection:
            connection.execute(
                update(table("alembic_version", column("version_num"))).values(version_num=VERSIONS[part])
            )
        database.close()


def test_a_server_that_stays_away_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.store.stores.WAIT_SECONDS", 0.1)
    settings = settings_for(tmp_path, database=NO_DATABASE)

    with pytest.raises(UnavailableError, match="cannot be reached"):
        open_stores("probe", settings.addresses("probe"))


def test_sqlite_runs_as_safely_as_promised(probe: Wiring) -> None:
    if not probe.stores.read.is_sqlite:
        return
    for database in (probe.stores.log.database, probe.stores.read, probe.stores.keys.database):
        with database.reading() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
            assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 5000


def test_every_write_on_sqlite_claims_its_place_at_once(probe: Wiring) -> None:
    """Else it fails without waiting, as soon as it turns from reading to writing while somebody else writes."""
    if not probe.stores.read.is_sqlite:
        return
    said: list[str] = []
    for database in (probe.stores.log.database, probe.stores.read, probe.stores.keys.database):
        with database.writing() as connection:
            assert connection.connection.driver_connection is not None
            connection.connection.driver_connection.set_trace_callback(said.append)
        with database.writing() as connection:
            connection.execute(text("SELECT 1"))
    probe.stores.log.insert_events([some_event(uuid4())])

    assert [words for words in said if words.startswith("BEGIN")] == ["BEGIN IMMEDIATE"] * 4


def test_postgresql_waits_for_nothing_for_ever(probe: Wiring) -> None:
    if probe.stores.read.is_sqlite:
        return
    for database in (probe.stores.log.database, probe.stores.read, probe.stores.keys.database):
        with database.reading() as connection:
            shown = {
                name: connection.execute(text(f"SHOW {name}")).scalar()
                for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "search_path")
            }
        assert shown == {
            "lock_timeout": "3s",
            "statement_timeout": "1min",
            "idle_in_transaction_session_timeout": "1min",
            "search_path": database.schema,
        }


def _migrate(settings: Settings) -> None:
    migrate("probe", settings.addresses("probe"), metadata, VERSION)


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Read models and Alembic's own table are no part of the migrations."""
    ours = {table for held in OURS.values() for table in held.tables}
    return kind != "table" or name in ours
