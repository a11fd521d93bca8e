"""The sample that a demonstration begins with: two courses, a few provisions and awards of some organisations."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from typing import Any, Final

import click

from services.accreditation.domain.commands import RecordAward, RecordCourse, RecordProvision
from services.accreditation.wiring import wire
from shared.kernel.clock import today
from shared.kernel.errors import CarersError
from shared.kernel.periods import add_months
from shared.people.questions import all_organisations
from shared.process.settings import Settings
from shared.process.wiring import Wiring
from shared.store.application import CommandKey

BY: Final = "system"
WAIT_SECONDS: Final = 15.0
"""How long the staff that were loaded just before may take to be known here."""

_PAUSE_SECONDS: Final = 0.1
_BATCH: Final = 50


def load(settings: Settings) -> None:
    """Record the sample where nothing is recorded yet and the sample's organisations are known; else do nothing.

    A deployment that began with staff of its own is left alone.
    """
    wiring = wire(settings, settings.clock())
    try:
        sample = _sample()
        if wiring.stores.log.head()[1] == 0 and _known(wiring, sample["organisations"]):
            _record(wiring, list(_commands(sample, today(wiring.clock))))
            click.echo(f"Sample courses are loaded for {len(sample['organisations'])} organisations.")
    finally:
        wiring.close()


def _known(wiring: Wiring, wanted: Sequence[str]) -> bool:
    """Whether these organisations are known, which is waited for while they may be on their way.

    The first of them is the first of the sample staff: where others are known without it, the staff are another's.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with wiring.reading() as connection:
            found = {each.organisation for each in all_organisations(connection)}
        if found >= set(wanted):
            return True
        if found and wanted[0] not in found:
            return False
        time.sleep(_PAUSE_SECONDS)
    return False


def _record(wiring: Wiring, commands: Sequence[Any]) -> None:
    for start in range(0, len(commands), _BATCH):
        part = commands[start : start + _BATCH]
        keyed = [(command, _key(start + number, command)) for number, command in enumerate(part)]
        for answer in wiring.application.execute_batch(keyed):
            if isinstance(answer, CarersError):
                raise answer


def _key(number: int, command: Any) -> CommandKey:
    return CommandKey(f"{command.organisation}/{BY}/{type(command).__name__}", f"sample:{number}")


def _commands(sample: Any, day: date) -> Iterator[RecordCourse | RecordProvision | RecordAward]:
    for organisation in sample["organisations"]:
        for course in sample["courses"]:
            yield RecordCourse(organisation, **_dated(course, day), by=BY)
        for provision in sample["provisions"]:
            yield RecordProvision(organisation, **_dated(provision, day), review_on=None, by=BY)
    for award in sample["awards"]:
        covers = (award["organisation"],)
        yield RecordAward(**_dated(award, day), until=None, organisations=covers, reference="", by=BY)


def _dated(told: dict[str, Any], day: date) -> dict[str, Any]:
    """What is told, with its first day so many months ago."""
    rest = {name: value for name, value in told.items() if name != "months_ago"}
    return rest | {"starts": add_months(day.replace(day=1), -told["months_ago"])}


def _sample() -> Any:
    return json.loads(files("services.accreditation").joinpath("sample.json").read_text(encoding="utf-8"))
