"""Who was erased, as every database of the deployment knows it: a restore must not bring them back.

An erasure leaves its mark in several places that are not restored together: in the key databases, in the log of the
service where it began, and at every service that heard of it. Restoring asks them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from eventsourcing.persistence import PersistenceError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from shared.contracts.types import PERSON_FORGOTTEN
from shared.kernel.errors import SettingsError
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.telemetry import log
from shared.runtime.wiring import Wiring, wire
from shared.store.tables import received


def known_erasures(service: Service, settings: Settings) -> set[str]:
    """The persons that a service knows to be erased, also by events that were withdrawn since.

    Raises ``SettingsError`` where its databases are missing or of another version.
    """
    wiring = wire(service, settings, settings.clock())
    try:
        return erased_at(wiring)
    finally:
        wiring.close()


def all_known_erasures(services: Mapping[str, Service], settings: Settings) -> set[str]:
    """The persons that any of these services knows to be erased; one whose databases are lost knows nobody."""
    found: set[str] = set()
    for name, service in services.items():
        try:
            found |= known_erasures(service, settings)
        except (SettingsError, SQLAlchemyError, PersistenceError) as error:
            log.warning("erasures-unknown", service=name, error=type(error).__name__)
    return found


def erased_at(wiring: Wiring) -> set[str]:
    """The persons that an open service knows to be erased."""
    heard = select(received.c.stream).where(received.c.type == PERSON_FORGOTTEN).distinct()
    with wiring.reading() as connection:
        persons = set(connection.execute(heard).scalars())
    return persons | wiring.keys.destroyed() | wiring.outbox.about(PERSON_FORGOTTEN)


def listed_in(file: Path | None) -> set[str]:
    """The persons of a list kept outside, an identifier a line; raises ``SettingsError`` for a line that is none."""
    if file is None:
        return set()
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return {_person(line) for line in lines if line}


def erase_again(wiring: Wiring, persons: Iterable[str]) -> int:
    """Erase those whose keys came back; answers how many did."""
    back = set(persons) - wiring.keys.destroyed()
    wiring.application.erase(*sorted(back))
    return len(back)


def _person(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise SettingsError(f"{text!r} is no person's identifier. The list has one a line.") from None
