"""Where it is measured: SQLite files with the in-process bus, or PostgreSQL with RabbitMQ; the databases are fresh."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from kombu import Connection

from bench.backlog import Accounts
from bench.library import LibraryApplication, Runner, environment
from shared.runtime.gc_tuning import collect_seldom
from shared.runtime.migrate import migrate_services
from shared.runtime.service import installed
from shared.runtime.wiring import Wiring
from shared.web.keys import load_keys
from tests.system.harness import Deployment, Role
from tests.system.ports import free_port
from tests.system.substrate import BROKER, POSTGRES, Bus, Databases

EMBEDDED = "embedded"
SCALED = "scaled"

WEB = "web"


@dataclass
class Place:
    """A deployment to measure in, migrated and not started, and databases for the library beside it."""

    where: str
    deployment: Deployment
    library_url: Callable[[], str]

    def __getitem__(self, service: str) -> Wiring:
        """A service's stores and application, opened here."""
        return self.deployment.wirings[service]

    @property
    def workers(self) -> list[str]:
        """The names of the worker processes."""
        return [name for name in self.deployment.roles if name != WEB]

    def runner(self, accounts: int, *, alternating: bool = False) -> Runner:
        """The library's runner over a log of so many accounts, corrected too where they alternate."""
        url = self.library_url()
        with LibraryApplication(env=environment(url)) as application:
            made = Accounts(application.mapper.to_stored_event, corrected=alternating)
        ordered = made.alternating if alternating else made.one_after_another
        runner = Runner(url)
        runner.record(ordered(range(accounts)))
        return runner


@contextmanager
def place(where: str, workers: Sequence[str] = ()) -> Iterator[Place]:
    """A fresh place. ``workers``: the services that have a worker in it; scaled, each in a process of its own."""
    with ExitStack() as held:
        folder = Path(held.enter_context(TemporaryDirectory(prefix="carers-bench-")))
        port = free_port()
        settings = {"CARERS_PORT": str(port), "CARERS_LOG_LEVEL": "info"}
        numbers = count()
        if where == EMBEDDED:
            roles = [Role("worker", ["worker", *workers])] if workers else []

            def library_url() -> str:
                return f"sqlite:///{folder / f'library-{next(numbers)}.db'}"

        else:
            databases, bus = Databases(), Bus()
            held.callback(databases.drop)
            held.callback(bus.clear)
            databases.create(list(installed()))
            roles = [Role(f"{service} worker", ["worker", service]) for service in workers]
            settings |= {
                "CARERS_INSTANCE": bus.instance,
                "CARERS_DATABASE": databases.template,
                "CARERS_BUS": bus.address,
            }

            def library_url() -> str:
                name = f"library{next(numbers)}"
                databases.create([name])
                return databases.template.replace("{service}", name)

        deployment = held.enter_context(Deployment(folder, [Role(WEB, ["web"], port), *roles], settings))
        migrate_services(installed(), deployment.settings())
        load_keys(deployment.settings())
        collect_seldom()  # as the worker does, whose work is done in this process too
        yield Place(where, deployment, library_url)


def missing() -> str:
    """Why the scaled place cannot be had here; empty where it can."""
    try:
        psycopg.connect(POSTGRES.replace("+psycopg", ""), connect_timeout=3).close()
        with Connection(BROKER, connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
    except Exception as error:
        return f"PostgreSQL or RabbitMQ does not answer ({str(error).splitlines()[0]})"
    return ""


def no_setting() -> None:
    """Forget settings of whoever called: a measurement has its own."""
    for name in [name for name in os.environ if name.startswith("CARERS_")]:
        del os.environ[name]
