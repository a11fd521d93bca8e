"""A backup of a deployment on one machine: each service's databases copied while everything runs, and a manifest.

Of a service the read side is copied first, then the log, then the keys: so the log knows every command that the read
side says was made, and there is a key for every person in the log.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import make_url

from shared.kernel.errors import SettingsError
from shared.process.erasures import known_erasures
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.store.stores import VERSIONS, Addresses

MANIFEST = "manifest.json"
PARTS = ("read", "log", "keys")
"""In the order in which they are copied."""

_PAGES = 2_000
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Kept:
    """What a backup has of one service. ``versions`` and ``files`` (SHA-256, hexadecimal) are by part."""

    epoch: str
    head: int
    versions: dict[str, str]
    files: dict[str, str]


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. ``made``: when it began, ISO in UTC; ``erased``: the persons erased until then."""

    instance: str
    release: str
    made: str
    services: dict[str, Kept]
    erased: list[str]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a backup; raises ``SettingsError`` where the folder is none."""
        try:
            stored = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(**stored | {"services": {name: Kept(**kept) for name, kept in stored["services"].items()}})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError(f"{folder} is no whole backup: its {MANIFEST} is missing or cannot be read.") from error


def back_up(services: Mapping[str, Service], settings: Settings, folder: Path, tell: Tell) -> Manifest:
    """Copy the services' databases into a folder that is not there yet; it appears once it is whole.

    Raises ``SettingsError`` for PostgreSQL, a folder that is there, or a database that is missing or damaged.
    """
    refuse_postgres(settings, "pg_dump or continuous archiving")
    if folder.exists():
        raise SettingsError(f"{folder} is there already. Name a new folder: a backup is never written over another.")
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    made = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        fresh.mkdir(mode=0o700, parents=True)
        kept = {name: _keep(name, settings.addresses(name), fresh, tell) for name in services}
        erased = {person for service in services.values() for person in known_erasures(service, settings)}
        manifest = Manifest(settings.instance, version("working-carers"), made, kept, sorted(erased))
        write_whole(fresh / MANIFEST, json.dumps(asdict(manifest), indent=2).encode())
        fresh.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def refuse_postgres(settings: Settings, instead: str) -> None:
    """Raises ``SettingsError`` where the databases are the server's to keep."""
    if settings.database:
        raise SettingsError(
            "These databases are on PostgreSQL, whose own tools keep them: use "
            f"{instead} for each service's database, with the schema 'keys' kept apart and for a short time. "
            "After a service's database was restored, and before its processes start, run 'carers restored SERVICE'."
        )


def place_in(folder: Path, service: str, part: str) -> Path:
    """Where a backup keeps a database; keys lie in a folder of their own, to be kept elsewhere and not for long."""
    return folder / "keys" / f"{service}.db" if part == "keys" else folder / service / f"{part}.db"


def file_of(addresses: Addresses, part: str) -> Path:
    """Where a service's SQLite database is."""
    return Path(str(make_url(getattr(addresses, part)).database))


def copy_database(source: Path, target: Path, tell: Tell = lambda _: None) -> None:
    """One moment of a database that others may be writing to, checked and on disk."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with closing(_opened(source)) as live, closing(_opened(target)) as copy:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on others' writes are not seen
        live.backup(copy, pages=_PAGES, progress=lambda _, rest, whole: tell(f"{100 * (whole - rest) // whole} %"))
        copy.execute("PRAGMA journal_mode=DELETE")
    check_database(target)
    sync(target)
    sync(target.parent)


def check_database(path: Path) -> None:
    """Raises ``SettingsError`` where a database is damaged."""
    try:
        with closing(_opened(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise SettingsError(f"{path} is damaged: {found}")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, and have it on disk."""
    path.touch(mode=0o600)
    path.write_bytes(content)
    sync(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file, or a folder's list of files, on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep(service: str, addresses: Addresses, folder: Path, tell: Tell) -> Kept:
    files = {}
    versions = {}
    for part in PARTS:
        source, target = file_of(addresses, part), place_in(folder, service, part)
        if not source.is_file():
            raise SettingsError(f"The {part} database of {service} is missing: {source}. Run 'carers migrate'.")
        copy_database(source, target, lambda done, part=part: tell(f"{service} {part}: {done}"))  # type: ignore[misc]
        files[part] = digest_of(target)
        with closing(_opened(target)) as copy:
            versions[part] = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    with closing(_opened(place_in(folder, service, "log"))) as log:
        epoch, head = log.execute("SELECT epoch, position FROM head").fetchone()
    return Kept(epoch, head, versions, files)


def refuse_other_versions(service: str, kept: Kept, release: str) -> None:
    """Raises ``SettingsError`` where another release's databases are in the backup."""
    if kept.versions != VERSIONS:
        raise SettingsError(
            f"The backup of {service} was made by release {release}, whose databases are of another version. "
            "Restore it with that release, then upgrade with 'carers migrate'."
        )


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=10, isolation_level=None)
