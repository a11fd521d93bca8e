"""Where it is measured: SQLite files with the in-process bus, or PostgreSQL with RabbitMQ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.backlog import accounts, groups
from bench.library import LibraryApplication, environment
from shared.process.wiring import Wiring
from tests.system.harness import Deployment, Role
from tests.system.substrate import Bus, Databases

EMBEDDED = "embedded"
SCALED = "scaled"


@dataclass
class Place:
    """A deployment to measure in, and databases for the library beside it."""

    substrate: str
    deployment: Deployment
    _library_url: Callable[[], str]

    @property
    def leave(self) -> Wiring:
        """Leave's stores."""
        return self.deployment.wirings["leave"]

    @property
    def reporting(self) -> Wiring:
        """Reporting's stores."""
        return self.deployment.wirings["reporting"]

    def library_url(self) -> str:
        """A fresh database for the library."""
        return self._library_url()

    def library_log(self, count: int) -> str:
        """The address of a fresh log of the library's with so many accounts."""
        url = self.library_url()
        with LibraryApplication(env=environment(url)) as application:
            for group in groups(accounts(count)):
                application.save(*group)
        return url


@contextmanager
def embedded_place(worker: Sequence[str]) -> Iterator[Place]:
    """SQLite and the in-process bus: one worker for these services."""
    with TemporaryDirectory(prefix="carers-bench-") as name:
        folder = Path(name)
        numbers = iter(range(10**6))
        deployment = Deployment(folder, [Role("worker", ["worker", *worker])], {"CARERS_LOG_LEVEL": "info"})
        with deployment:
            deployment.carers("migrate")
            yield Place(EMBEDDED, deployment, lambda: f"sqlite:///{folder / f'library-{next(numbers)}.db'}")


@contextmanager
def scaled_place(worker: Sequence[str]) -> Iterator[Place]:
    """PostgreSQL and RabbitMQ: a worker process for each of these services."""
    with TemporaryDirectory(prefix="carers-bench-") as name:
        databases, bus = Databases(), Bus()
        deployment = Deployment(
            Path(name),
            [Role(f"{service} worker", ["worker", service]) for service in reversed(worker)],
            {
                "CARERS_LOG_LEVEL": "error",
                "CARERS_INSTANCE": bus.instance,
                "CARERS_DATABASE": databases.template,
                "CARERS_BUS": bus.address,
            },
        )
        deployment.on_close += [databases.drop, bus.clear]
        numbers = iter(range(10**6))

        def library_url() -> str:
            service = f"library{next(numbers)}"
            databases.create([service])
            return databases.template.replace("{service}", service)

        with deployment:
            databases.create(list(deployment.settings().services))
            deployment.carers("migrate")
            yield Place(SCALED, deployment, library_url)
