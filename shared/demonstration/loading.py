"""Making the world as a command: in an empty deployment, with an honest word on the terminal of how far it is."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, datetime

import click

from shared.demonstration.making import make
from shared.demonstration.plan import Plan
from shared.demonstration.record import MAKING, READY, WorldRecord
from shared.demonstration.reset import is_empty, reset
from shared.kernel.errors import SettingsError
from shared.process.migrate import migrate_services
from shared.process.service import Service, installed
from shared.process.settings import Settings
from shared.process.supervisor import only_one

_TOLD_EVERY = 10
"""Seconds between two lines where nobody watches a terminal."""


def is_wanted(services: Mapping[str, Service], settings: Settings) -> bool:
    """Whether a start has a world to make: nothing is recorded, or the last one was not made whole."""
    record = WorldRecord.read(settings.var)
    if record is not None:
        return record.state == MAKING
    return is_empty(services, settings)


def load(settings: Settings, *, begun: bool, organisations: int, scale: float, years: int, seed: int) -> None:
    """Make a world. ``begun``: by a start that holds the folder. Raises ``SettingsError`` where it cannot."""
    if not settings.demonstration:
        raise SettingsError("A world is made in the demonstration only: CARERS_DEMONSTRATION is no.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    services = installed()
    with nullcontext() if begun else only_one(settings.var):
        _make_room(services, settings)
        began = time.monotonic()
        ends = datetime.now(UTC).replace(microsecond=0)
        plan = Plan(ends, organisations=organisations, scale=scale, years=years, seed=seed)
        make(plan, services, settings, _Teller())
        click.echo(f"The world is ready after {time.monotonic() - began:.0f} seconds. Its people are invented.")


def start_anew(settings: Settings) -> None:
    """Take away what a demonstration recorded. Raises ``SettingsError`` outside of one, and while it runs."""
    with only_one(settings.var):
        reset(installed(), settings)


def _make_room(services: Mapping[str, Service], settings: Settings) -> None:
    """An empty deployment; what a broken-off world left is taken away."""
    record = WorldRecord.read(settings.var)
    if record is not None and record.state != READY:
        reset(services, settings)
        return
    migrate_services(services, settings)
    if not is_empty(services, settings):
        raise SettingsError(
            "This deployment holds records already, and a world is made in an empty one. "
            "'carers demo reset' takes everything away."
        )


class _Teller:
    """Says how far it is: one line that changes on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._told = 0.0
        click.echo("Making the demonstration's world, years of history. It takes a minute or two.", err=True)

    def __call__(self, record: WorldRecord) -> None:
        line = f"  it is {record.told} there, {record.share:.0%}"
        if self._watched:
            click.echo(f"\r{line}   ", nl=False, err=True)
            if record.share >= 0.899:
                click.echo("\r  the last returns are made ...      ", err=True)
        elif time.monotonic() - self._told > _TOLD_EVERY:
            self._told = time.monotonic()
            click.echo(line, err=True)
