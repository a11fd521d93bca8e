"""One key a person, kept apart from the log: what it sealed is gone the moment the key is.

Text is sealed with AES-256-GCM under the person's key and bound to where it stands; the person's key is itself
wrapped by a key in custody (a file by default). An unwrapped key is kept in memory for 30 seconds at most.
"""

from __future__ import annotations

import base64
import hmac
import os
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, text, update

from shared.kernel.errors import ErasedError, SettingsError
from shared.store.database import Database
from shared.store.rows import insert_missing
from shared.store.tables import person_keys

_KEPT_SECONDS = 30.0
_MOST_KEPT = 2_000
_NONCE = 12
_PREFIX = "sealed1:"


class Custody(Protocol):
    """Who holds the key that wraps persons' keys."""

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """The key, unreadable without custody, bound to the context."""
        ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The key again; raises ``cryptography.exceptions.InvalidTag`` where it was tampered with."""
        ...

    def mark(self, text: str) -> str:
        """64 hex digits that are the same for the same text, and that nobody without custody can make."""
        ...


class FileCustody:
    """Custody in a file of 32 bytes that only the service can read."""

    def __init__(self, path: Path) -> None:
        try:
            secret = path.read_bytes()
        except FileNotFoundError:
            raise SettingsError(f"The key file {path.name} is missing. Run 'carers migrate' to create it.") from None
        if len(secret) != 32:
            raise SettingsError(f"The key file {path.name} must hold exactly 32 bytes.")
        self._cipher = AESGCM(secret)
        self._marking = hmac.digest(secret, b"working carers: marks", "sha256")

    @staticmethod
    def create(path: Path) -> None:
        """Write a fresh key file, readable by its owner only, unless there is one: whole and on disk, or not at all."""
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first
        finally:
            fresh.unlink()

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """The key, unreadable without the file, bound to the context."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The key again."""
        return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context)

    def mark(self, text: str) -> str:
        """64 hex digits that are the same for the same text, and that nobody without the file can make."""
        return hmac.digest(self._marking, text.encode(), "sha256").hex()


class PersonalKeys:
    """The persons' keys of one service."""

    def __init__(self, database: Database, custody: Custody) -> None:
        self.database = database
        self._custody = custody
        self._kept: dict[str, tuple[float, AESGCM]] = {}

    def mark(self, text: str) -> str:
        """64 hex digits that tell a text from another, and that nobody can check a guess against."""
        return self._custody.mark(text)

    def create(self, *persons: str) -> None:
        """Make keys for those of these persons that have none; raises ``ErasedError`` for one who was erased."""
        known = self._known(persons)
        if not all(known.values()):
            raise ErasedError("This person's record has been erased, so nothing can be added to it.")
        missing = [person for person in dict.fromkeys(persons) if person not in known]
        if not missing:
            return
        now = datetime.now(UTC).isoformat()
        rows = [
            {
                "person": person,
                "wrapped": self._custody.wrap(AESGCM.generate_key(256), person.encode()),
                "created": now,
                "destroyed": None,
            }
            for person in missing
        ]
        with self.database.writing() as connection:
            insert_missing(connection, person_keys, rows)

    def preload(self, *persons: str) -> None:
        """Read and unwrap these persons' keys together; what is kept is kept for 30 seconds at most."""
        for start in range(0, len(persons), 500):
            part = persons[start : start + 500]
            statement = select(person_keys.c.person, person_keys.c.wrapped).where(person_keys.c.person.in_(part))
            with self.database.reading() as connection:
                rows = connection.execute(statement).all()
            held = [row for row in rows if row.wrapped is not None]
            self._keep({row.person: self._unwrapped(row.person, row.wrapped) for row in held})

    def destroy(self, *persons: str) -> None:
        """Erase: each key is overwritten, and no key is ever made for these persons again."""
        if not persons:
            return
        now = datetime.now(UTC).isoformat()
        gone = [{"person": person, "wrapped": None, "created": now, "destroyed": now} for person in persons]
        with self.database.writing() as connection:
            insert_missing(connection, person_keys, gone)
            for person in persons:
                self._kept.pop(person, None)
                connection.execute(
                    update(person_keys).where(person_keys.c.person == person).values(wrapped=None, destroyed=now)
                )
        self._sweep()

    def destroyed(self) -> set[str]:
        """The persons whose keys were destroyed."""
        with self.database.reading() as connection:
            return set(
                connection.execute(select(person_keys.c.person).where(person_keys.c.destroyed.is_not(None))).scalars()
            )

    def seal(self, person: str, plain: str, context: str) -> str:
        """The text, readable only with the person's key and in this place; raises ``ErasedError`` without a key."""
        cipher = self._cipher(person)
        if cipher is None:
            raise ErasedError("This person's record has been erased, so nothing can be added to it.")
        nonce = os.urandom(_NONCE)
        sealed = nonce + cipher.encrypt(nonce, plain.encode(), context.encode())
        return _PREFIX + base64.b64encode(sealed).decode()

    def open(self, person: str, sealed: str | None, context: str) -> str | None:
        """The text again, or None where the person was erased."""
        if sealed is None:
            return None
        cipher = self._cipher(person)
        if cipher is None:
            return None
        raw = base64.b64decode(sealed.removeprefix(_PREFIX))
        try:
            return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], context.encode()).decode()
        except InvalidTag:
            raise ErasedError(
                "This text was moved or altered and cannot be read.", code="sealed-text-altered"
            ) from None

    def _cipher(self, person: str) -> AESGCM | None:
        now = time.monotonic()
        kept = self._kept.get(person)
        if kept and kept[0] > now:
            return kept[1]
        with self.database.reading() as connection:
            wrapped = connection.execute(
                select(person_keys.c.wrapped).where(person_keys.c.person == person)
            ).scalar_one_or_none()
        if wrapped is None:
            self._kept.pop(person, None)
            return None
        cipher = self._unwrapped(person, wrapped)
        self._keep({person: cipher})
        return cipher

    def _keep(self, ciphers: Mapping[str, AESGCM]) -> None:
        """Keep opened keys for a while, and few of them: those past their time make room first, then all."""
        now = time.monotonic()
        if len(self._kept) + len(ciphers) > _MOST_KEPT:
            self._kept = {name: entry for name, entry in self._kept.items() if entry[0] > now}
            if len(self._kept) + len(ciphers) > _MOST_KEPT:
                self._kept = {}
        self._kept.update({person: (now + _KEPT_SECONDS, cipher) for person, cipher in ciphers.items()})

    def _unwrapped(self, person: str, wrapped: bytes) -> AESGCM:
        return AESGCM(self._custody.unwrap(bytes(wrapped), person.encode()))

    def _known(self, persons: Sequence[str]) -> dict[str, bool]:
        """Those that ever had a key, and whether they have it still."""
        known: dict[str, bool] = {}
        with self.database.reading() as connection:
            for start in range(0, len(persons), 500):
                part = persons[start : start + 500]
                statement = select(person_keys.c.person, person_keys.c.wrapped.is_not(None).label("kept")).where(
                    person_keys.c.person.in_(part)
                )
                known.update((row.person, row.kept) for row in connection.execute(statement))
        return known

    def _sweep(self) -> None:
        """Leave no copy of a destroyed key in the file's free pages or the write-ahead log."""
        self.database.checkpoint()
        if not self.database.is_sqlite:
            with self.database.reading() as connection:
                connection.execute(text("VACUUM person_keys"))
