"""The sample staff that a demonstration begins with."""

from __future__ import annotations

import csv
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from types import FrameType
from typing import Any

import click

from services.workforce.application import WorkforceApplication
from services.workforce.staff_file.importing import Imported, StaffImport
from services.workforce.wiring import wire
from shared.files.progress import Console
from shared.kernel.ids import slug
from shared.process.settings import Settings

Number = tuple[str, str]


class _StoppedError(Exception):
    """Somebody wants the process to end."""


def load(settings: Settings) -> None:
    """Import the shipped sample where nothing is recorded yet, or where that was broken off; else do nothing.

    SIGINT and SIGTERM end it at once: what was stored stays, and the next start goes on from there.
    """
    wiring = wire(settings, settings.clock())
    try:
        assert isinstance(wiring.application, WorkforceApplication)
        with as_file(files("services.workforce").joinpath("data", "staff-sample.csv")) as path:
            if _begins(wiring.application) or _broken_off(wiring.application, path):
                _load(wiring.application, path)
    finally:
        wiring.close()


def _load(application: WorkforceApplication, path: Path) -> None:
    try:
        with _stoppable(), path.open("rb") as file, Console() as console:
            result = StaffImport(application, console, as_of=application.today(), dry=False).run(file)
    except _StoppedError:
        click.echo("Not all sample staff are loaded. The next start continues.")
    else:
        click.echo(_told(result))


def _begins(application: WorkforceApplication) -> bool:
    return application.stores.log.head()[1] == 0


def _broken_off(application: WorkforceApplication, path: Path) -> bool:
    """Whether the sample's first number is known and its last person is not recorded."""
    first, last = _ends(path)
    known = application.people_of([first, last])
    return first in known and not (last in known and application.places(known[last]))


def _ends(path: Path) -> tuple[Number, Number]:
    """The employer and staff number of the first and of the last row."""
    with path.open(encoding="utf-8", newline="") as file:
        numbers = [(slug(row["employer"]), row["staff_number"]) for row in csv.DictReader(file)]
    return numbers[0], numbers[-1]


def _told(result: Imported) -> str:
    return (
        f"The sample staff are loaded: {result.outcomes['new']:,} people. They are no real people; "
        "services/workforce/data/README.md says what they are made from."
    )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Break off what is inside at the next signal to end, after whoever else waits for the signal has heard it."""
    usual: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        if callable(usual[number]):
            usual[number](number, frame)
        raise _StoppedError

    for number in usual:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
