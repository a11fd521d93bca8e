"""The probe on SQLite files and on PostgreSQL. Databases are migrated once a session, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from shared.kernel.clock import FixedClock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.shared.probe import SERVICE
from tests.shared.probe.wiring import wire
from tests.support import MONDAY, migrate_one, settings_for
from tests.system.substrate import Databases, need_postgres

SUBSTRATES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

Opened = Callable[[], Wiring]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the probe's migrated databases."""
    folder = tmp_path_factory.mktemp("probe-template")
    migrate_one(SERVICE, settings_for(folder))
    return folder


@pytest.fixture(scope="session")
def postgres_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a migrated database of this session's own, and the folder of its keys."""
    need_postgres()
    databases = Databases()
    folder = tmp_path_factory.mktemp("probe-keys")
    try:
        databases.create([SERVICE.name])
        migrate_one(SERVICE, settings_for(folder, database=databases.template))
        yield databases.template, folder
    finally:
        databases.drop()


@pytest.fixture
def instance() -> str:
    """The deployment's name."""
    return "test"


@pytest.fixture(params=SUBSTRATES)
def settings(request: pytest.FixtureRequest, tmp_path: Path, instance: str) -> Settings:
    """Settings of a fresh deployment of the probe, once on each substrate."""
    var = tmp_path / "var"
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("sqlite_template"), var)
        return settings_for(var, instance=instance)
    address, keys = request.getfixturevalue("postgres_database")
    shutil.copytree(keys, var)
    _empty(address.replace("{service}", "probe"))
    return settings_for(var, database=address, instance=instance)


@pytest.fixture
def clock() -> FixedClock:
    """Business time: a Monday morning until told otherwise."""
    return FixedClock(MONDAY)


@pytest.fixture
def open_probe(settings: Settings, clock: FixedClock) -> Iterator[Opened]:
    """Opens the probe's stores once more, as another process would."""
    wirings: list[Wiring] = []

    def opened() -> Wiring:
        wirings.append(wire(settings, clock))
        return wirings[-1]

    yield opened
    for wiring in wirings:
        wiring.close()


@pytest.fixture
def probe(open_probe: Opened) -> Wiring:
    """The probe, wired."""
    return open_probe()


def _empty(address: str) -> None:
    """Make the database as it was after migration, whatever the test before did to it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('log', 'read', 'keys')"
        ).fetchall()
        with connection.transaction():
            for schema, table in tables:
                if table in {"alembic_version", "read_models"}:
                    continue
                verb = "DROP TABLE {}" if "__r" in table else "DELETE FROM {}"
                connection.execute(sql.SQL(verb).format(sql.Identifier(schema, table)))
            connection.execute("INSERT INTO log.head VALUES (1, %s, 0)", (epoch := str(uuid4()),))
            connection.execute("INSERT INTO log.epochs VALUES (%s, 0, '')", (epoch,))
