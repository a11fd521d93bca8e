"""PostgreSQL and RabbitMQ for a deployment under test: databases and queues of its own, taken away at its end.

``TEST_POSTGRES`` and ``TEST_BROKER`` say where they are. Without them a test is skipped, and fails with ``CI=true``.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
import pytest
from amqp.exceptions import AMQPError
from kombu import Connection
from kombu.exceptions import OperationalError
from sqlalchemy import URL, make_url

from shared.runtime.service import installed

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
BROKER = os.environ.get("TEST_BROKER", "amqp://guest:guest@127.0.0.1:5672//")


def need_postgres() -> None:
    """Skip, or fail in CI, where PostgreSQL does not answer."""
    _need(postgres_trouble())


def need_broker() -> None:
    """Skip, or fail in CI, where RabbitMQ does not answer."""
    _need(broker_trouble())


def postgres_trouble() -> str:
    """Why PostgreSQL cannot be used; empty where it can."""
    try:
        psycopg.connect(_plain(make_url(POSTGRES)), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"PostgreSQL does not answer at {make_url(POSTGRES).render_as_string()}: {str(error).splitlines()[0]}"
    return ""


def broker_trouble() -> str:
    """Why RabbitMQ cannot be used; empty where it can."""
    try:
        with Connection(BROKER, connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
    except (OSError, AMQPError, OperationalError) as error:
        return f"RabbitMQ does not answer: {type(error).__name__}"
    return ""


class Databases:
    """One database a service, with a prefix that nobody else uses."""

    def __init__(self) -> None:
        self.prefix = f"carers_test_{secrets.token_hex(4)}"
        self._made: list[str] = []

    @property
    def template(self) -> str:
        """The value of ``CARERS_DATABASE``."""
        url = make_url(POSTGRES).set(drivername="postgresql", database=f"{self.prefix}_SERVICE")
        return url.render_as_string(hide_password=False).replace("SERVICE", "{service}")

    def create(self, services: Sequence[str]) -> None:
        """Make them, empty."""
        for service in services:
            self._made.append(f"{self.prefix}_{service}")
            self._execute(f'CREATE DATABASE "{self._made[-1]}"')

    def refuse(self, service: str) -> None:
        """Let a service's database take no connections, and end those that it has."""
        name = f"{self.prefix}_{service}"
        self._execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        self._execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def take(self, service: str) -> None:
        """Let a service's database take connections again."""
        self._execute(f'ALTER DATABASE "{self.prefix}_{service}" WITH ALLOW_CONNECTIONS true')

    def back_up(self, service: str) -> None:
        """Keep a copy of one, as the server's own tools would; nobody may be connected."""
        self._made.append(f"{self.prefix}_{service}_backup")
        self._execute(f'CREATE DATABASE "{self._made[-1]}" TEMPLATE "{self.prefix}_{service}"')

    def restore(self, service: str) -> None:
        """Put the copy in its place."""
        name = f"{self.prefix}_{service}"
        self._execute(f'DROP DATABASE "{name}"')
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{name}_backup"')

    def drop(self) -> None:
        """Take them away, whoever is still connected."""
        while self._made:
            self._execute(f'DROP DATABASE IF EXISTS "{self._made.pop()}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(_plain(make_url(POSTGRES)), autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)


@contextmanager
def database_of(request: pytest.FixtureRequest, service: str) -> Iterator[str]:
    """The address of a service's database on the substrate that a fixture's parameter names; empty on SQLite."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield ""
        return
    need_postgres()
    databases = Databases()
    try:
        databases.create([service])
        yield databases.template
    finally:
        databases.drop()


class Bus:
    """A broker as one deployment sees it: queues and routing keys begin with its instance."""

    def __init__(self, address: str = BROKER) -> None:
        self.address = address
        self.instance = f"test-{secrets.token_hex(4)}"

    def clear(self) -> None:
        """Delete the deployment's queues; a broker that is gone has none."""
        try:
            with Connection(self.address, connect_timeout=3) as connection:
                connection.ensure_connection(max_retries=1, timeout=3)
                channel = connection.channel()
                for name in self.queues():
                    channel.queue_delete(name)
        except OSError:
            return

    def queues(self) -> list[str]:
        """The names of the queues that the installed services have here."""
        return [
            f"{self.instance}.{subscription.name}"
            for service in installed().values()
            for subscription in service.part("consumed").CONSUMED
        ]


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _need(trouble: str) -> None:
    if trouble and os.environ.get("CI") == "true":
        pytest.fail(trouble)
    if trouble:
        pytest.skip(trouble)
