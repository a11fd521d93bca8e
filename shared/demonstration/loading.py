"""Making the world as a command: in an empty deployment, with an honest word on the terminal of how far it is."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Final

import click

from shared.demonstration.making import make
from shared.demonstration.plan import Plan
from shared.demonstration.reset import is_empty, require_demonstration, reset
from shared.kernel.errors import SettingsError
from shared.kernel.events import Payload
from shared.runtime.migrate import migrate_services
from shared.runtime.service import Service, installed
from shared.runtime.settings import Settings
from shared.runtime.supervisor import only_one
from shared.runtime.world_record import MAKING, WorldRecord
from shared.web.keys import forget_sign_ins
from shared.web.words import month

_TOLD_EVERY = 10
"""Seconds between two lines where nobody watches a terminal."""


_SMALL: Final[Payload] = {"organisations": 3, "scale": 0.1, "years": 2}


def make_room(services: Mapping[str, Service], settings: Settings) -> bool:
    """Whether a start has a world to make; what one that was not made whole has left is taken away before."""
    record = WorldRecord.read(settings.var)
    if record is None:
        return settings.world != "none" and is_empty(services, settings)
    if record.state == MAKING:
        reset(services, settings)
    return record.state == MAKING


def load(settings: Settings, chosen: Plan, *, begun: bool, unless_made: bool = False) -> None:
    """Make a world. ``begun``: by a start, which holds the folder and makes what the settings say.

    ``unless_made``: what the settings say, and nothing where there are records already or none is made at all. Raises
    ``SettingsError`` where it cannot be made.
    """
    if unless_made and (settings.world == "none" or not settings.demonstration):
        return
    if not settings.demonstration:
        raise SettingsError("A world is made in the demonstration only: CARERS_DEMONSTRATION is no.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    services = installed()
    with nullcontext() if begun else only_one(settings.var):
        if not begun and not _has_room(services, settings):
            if not unless_made:
                raise SettingsError(_NO_ROOM)
            return
        began = time.monotonic()
        plan = replace(chosen, **_SMALL) if (begun or unless_made) and settings.world == "small" else chosen
        make(plan, services, settings, _Teller())
        click.echo(f"The world is ready after {time.monotonic() - began:.0f} seconds. Its people are invented.")


def start_anew(settings: Settings, agree: Callable[[], None]) -> None:
    """Take away what a demonstration recorded, once whoever asks has agreed; nobody stays signed in.

    Raises ``SettingsError`` outside of a demonstration, and while it runs.
    """
    require_demonstration(settings)
    with only_one(settings.var):
        agree()
        reset(installed(), settings)
        forget_sign_ins(settings.keys_folder)


def _has_room(services: Mapping[str, Service], settings: Settings) -> bool:
    migrate_services(services, settings)
    return make_room(services, settings) or is_empty(services, settings)


_NO_ROOM: Final = (
    "This deployment holds records already, and a world is made in an empty one. "
    "'carers demo reset' takes everything away."
)


def progress_line(record: WorldRecord) -> str:
    """How far the story is, for a terminal: its month, and the share of the work that is done."""
    return f"  {month(record.told)}, {record.share:.0%} done"


class _Teller:
    """Says how far it is: one line that changes on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._told = 0.0
        click.echo("Making the demonstration's world, years of history. It takes a minute or two.", err=True)

    def __call__(self, record: WorldRecord) -> None:
        line = progress_line(record)
        if self._watched:
            click.echo(f"\r{line}   ", nl=False, err=True)
            if record.share >= 0.899:
                click.echo("\r  the last returns are made ...      ", err=True)
        elif time.monotonic() - self._told > _TOLD_EVERY:
            self._told = time.monotonic()
            click.echo(line, err=True)
