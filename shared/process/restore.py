"""Restoring: databases put back from a backup, and what must follow wherever a log was restored.

A restored log begins a new epoch, so that everybody who read what came after the backup notices. Of a folder's files
the log is put in place last, and already in its new epoch: a restore that was cut off left an older read side beside
the log of before, which heals, and can be run again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from shared.kernel.errors import SettingsError
from shared.process.backup import (
    Kept,
    Manifest,
    Tell,
    check_database,
    copy_database,
    digest_of,
    file_of,
    place_in,
    refuse_other_versions,
    refuse_postgres,
    sync,
)
from shared.process.erasures import all_known_erasures, erase_again
from shared.runtime.service import Service, installed
from shared.runtime.settings import Settings
from shared.runtime.supervisor import only_one
from shared.runtime.wiring import wire
from shared.store.database import Database
from shared.store.leases import TTL_SECONDS, is_held
from shared.store.log import Log
from shared.store.stores import Addresses, open_databases

_PUT_BACK = ("read", "log")


@dataclass(frozen=True)
class Restored:
    """What followed a restore. ``head``: the log's last position; ``again``: received events that are applied again.

    ``erased``: keys that were destroyed anew, and erasures that the log recorded anew.
    """

    head: int
    again: int
    rebuilt: bool
    erased: int


def restore(
    services: Mapping[str, Service], settings: Settings, folder: Path, erased: set[str], tell: Tell
) -> dict[str, Restored]:
    """Put the services' databases back from a backup's folder, then do what must follow.

    Keys that are there stay: they are newer, and lack those of persons erased since. Raises ``SettingsError`` where
    the folder is no whole backup of this deployment, or any process has a database open.
    """
    refuse_postgres(settings, "pg_restore or recovery to a point in time")
    manifest = Manifest.read(folder)
    parts = {name: _parts(settings.addresses(name)) for name in services}  # before anything is opened, and so made
    _check(manifest, parts, settings, folder, tell)
    with only_one(settings.var):
        erased = erased | set(manifest.erased) | all_known_erasures(installed(), settings)
        for name in services:
            _close_down(name, settings.addresses(name))
        for name in services:
            _put_back(name, parts[name], settings.addresses(name), folder, tell)
        return {name: _follow_up(service, settings, erased) for name, service in services.items()}


def after_restore(services: Mapping[str, Service], settings: Settings, erased: set[str]) -> dict[str, Restored]:
    """Begin a new epoch in logs that were restored by other means, and do what must follow.

    Raises ``SettingsError`` while a worker of one of them runs.
    """
    with nullcontext() if settings.database else only_one(settings.var):
        erased = erased | all_known_erasures(installed(), settings)
        done = {}
        for name, service in services.items():
            with _log_of(name, settings.addresses(name)) as log:
                log.begin_epoch()
            done[name] = _follow_up(service, settings, erased)
        return done


def _follow_up(service: Service, settings: Settings, erased: set[str]) -> Restored:
    """First the erased, before anything can be read; each step can be done again after a kill."""
    wiring = wire(service, settings, settings.clock())
    try:
        destroyed = erase_again(wiring, erased)
        _, head = wiring.stores.log.head()
        healed = wiring.heal()
        return Restored(head, healed.again, healed.rebuilt, destroyed + healed.forgotten)
    finally:
        wiring.close()


@contextmanager
def _log_of(service: str, addresses: Addresses) -> Iterator[Log]:
    """A service's log, once no worker publishes it any more."""
    databases = open_databases(addresses)
    try:
        deadline = time.monotonic() + TTL_SECONDS + 2
        while is_held(databases["log"]):
            if time.monotonic() > deadline:
                raise SettingsError(f"The worker of {service} runs. Stop every process of {service} first.")
            time.sleep(0.5)
        yield Log(databases["log"])
    finally:
        for database in databases.values():
            database.close()


def _parts(addresses: Addresses) -> tuple[str, ...]:
    """What is put back, in this order: keys only where there are none."""
    keys = file_of(addresses, "keys")
    return _PUT_BACK if keys.exists() and keys.stat().st_size else ("keys", *_PUT_BACK)


def _check(
    manifest: Manifest, parts: Mapping[str, Sequence[str]], settings: Settings, folder: Path, tell: Tell
) -> None:
    """Nothing is touched before all of the backup is known to be whole and ours."""
    if manifest.instance != settings.instance:
        raise SettingsError(
            f"This is a backup of the instance {manifest.instance}, and this one is {settings.instance}. "
            "An instance's name never changes: set CARERS_INSTANCE to it, or choose another backup."
        )
    for name, needed in parts.items():
        if name not in manifest.services:
            raise SettingsError(f"The backup does not hold {name}. It holds {', '.join(manifest.services)}.")
        kept = manifest.services[name]
        refuse_other_versions(name, kept, manifest.release)
        for part in needed:
            _check_file(name, part, kept, folder)
            tell(f"{name} {part}: whole")


def _check_file(service: str, part: str, kept: Kept, folder: Path) -> None:
    file = place_in(folder, service, part)
    if not file.is_file():
        missing = f"The backup lacks {file}."
        if part == "keys":
            missing = (
                f"The keys of {service} are neither here nor at {file}. Put the backup's folder 'keys' back; where it "
                "is gone, run 'carers migrate' to go on without: what was sealed with them can never be read again."
            )
        raise SettingsError(missing)
    if digest_of(file) != kept.files[part]:
        raise SettingsError(f"{file} is not as it was when the backup was made. Use another backup.")
    check_database(file)


def _close_down(service: str, addresses: Addresses) -> None:
    """Raises ``SettingsError`` where any process has one of the databases open; leaves each as a single file."""
    for part in (*_PUT_BACK, "keys"):
        file = file_of(addresses, part)
        if not file.exists():
            continue
        try:
            with closing(sqlite3.connect(file, timeout=0.5, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise SettingsError(
                f"A process of this deployment has the {part} database of {service} open. Stop them all first."
            ) from error
        except sqlite3.DatabaseError:
            continue  # damaged: what it is to be restored for


def _put_back(service: str, parts: Sequence[str], addresses: Addresses, folder: Path, tell: Tell) -> None:
    staged = {part: _staged(service, part, addresses, folder) for part in parts}
    with closing(Database(f"sqlite:///{staged['log']}")) as database:
        Log(database).begin_epoch()
    for part in parts:
        file = file_of(addresses, part)
        for leftover in ("-wal", "-shm"):
            file.with_name(file.name + leftover).unlink(missing_ok=True)
        os.replace(staged[part], file)
        sync(file.parent)
        tell(f"{service} {part}: put back")


def _staged(service: str, part: str, addresses: Addresses, folder: Path) -> Path:
    """A copy of the backup's file beside the place where it will be."""
    file = file_of(addresses, part)
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f"{file.name}.restoring")
    staged.unlink(missing_ok=True)
    copy_database(place_in(folder, service, part), staged)
    return staged
