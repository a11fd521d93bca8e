"""Everything on one machine: the demonstration's start and its clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import click

from shared.demonstration.loading import make_room
from shared.kernel.clock import today
from shared.kernel.errors import SettingsError, UnavailableError
from shared.kernel.periods import DAY
from shared.process.port import require_free_port
from shared.runtime.clock_moves import DONE, NEXT, ONE_DAY, begin, movable, target_day
from shared.runtime.http_client import fetch
from shared.runtime.migrate import migrate_services
from shared.runtime.service import installed
from shared.runtime.settings import Settings
from shared.runtime.supervisor import Role, Supervisor, only_one
from shared.runtime.telemetry import configure
from shared.runtime.upcoming import soonest
from shared.runtime.wiring import wire_all
from shared.web.keys import load_keys
from shared.web.words import long_day

WAIT_SECONDS = 30.0
_WORLD = Role(
    "world",
    ["demo", "--begun"],
    once=True,
    failed="The demonstration's world could not be made whole. The next start begins it anew.",
)


def start(settings: Settings) -> None:
    """Migrate, start the web, on a first start make the world, start the worker, keep both running until Ctrl-C."""
    configure(settings.log_level, "up")
    if settings.database or not settings.embedded:
        raise SettingsError(
            "'carers up' runs everything on this machine with SQLite and its own bus. For PostgreSQL or RabbitMQ "
            "start the roles one by one with 'carers web' and 'carers worker', or use docker compose."
        )
    services = installed()
    with only_one(settings.var):
        require_free_port(settings.host, settings.port)
        migrate_services(services, settings)
        load_keys(settings)
        world = [_WORLD] if settings.demonstration and make_room(services, settings) else []
        Supervisor([Role("web", ["web"]), *world, Role("worker", ["worker"])]).run(lambda: _greet(settings))
    click.echo("Stopped. Everything recorded is kept; start again with the same command.")


def advance(settings: Settings, how: str, days: int, *, tell: Callable[[str], None]) -> None:
    """Move the demonstration's date, a day at a time, waiting until every subscription has caught up.

    ``how``: one of the moves of ``clock_moves``; so many ``days`` where it is by day.
    """
    if not settings.demonstration:
        raise SettingsError("The date can be moved in the demonstration only.")
    clock = movable(settings.clock())
    wirings = wire_all(installed(), settings, settings.clock())
    try:
        day = today(clock)
        coming = [item for wiring in wirings.values() for item in wiring.upcoming()] if how == NEXT else []
        target = day + days * DAY if how == ONE_DAY else target_day(how, day, coming)
        for item in soonest(coming):
            if item.on == target:
                tell(f"On {long_day(target)} {item.what}.")
        move = begin(clock, target).run(
            lambda: all(wiring.health().caught_up for wiring in wirings.values()),
            lambda: any(wiring.is_due() for wiring in wirings.values()),
            lambda reached: tell(f"It is now {long_day(reached)}."),
        )
    finally:
        for wiring in wirings.values():
            wiring.close()
    if move.state != DONE:
        raise UnavailableError("The services have not caught up. Does the worker run? See 'carers status'.")


def _greet(settings: Settings) -> None:
    address = f"http://{settings.host}:{settings.port}"
    _wait_for_web(address)
    click.echo(f"\nWorking Carers runs at {address}\n")
    click.echo(f"What is recorded is kept in {settings.var}. Stop with Ctrl-C.\n")


def _wait_for_web(address: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with suppress(UnavailableError):
            if fetch(f"{address}/health/live", seconds=2).status == 200:
                return
        time.sleep(0.1)
    raise UnavailableError(
        f"The page at {address} does not answer. Is the port in use? Set CARERS_PORT to another one and start again."
    )
