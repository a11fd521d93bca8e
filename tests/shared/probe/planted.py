"""Words planted in private texts, and a search for them in everything that a deployment wrote."""

from __future__ import annotations

from pathlib import Path

import psycopg

from shared.runtime.settings import Settings


def places_of(settings: Settings, *words: bytes) -> list[str]:
    """Where any of these words lies: files under the deployment's folder, and rows of its databases."""
    return [*_files(settings.var, words), *_rows(settings, words)]


def _files(folder: Path, words: tuple[bytes, ...]) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [f"{path.name}: {word!r}" for word in words if word in content]
    return found


def _rows(settings: Settings, words: tuple[bytes, ...]) -> list[str]:
    """PostgreSQL's rows as text and as hexadecimal of bytes."""
    if not settings.database:
        return []
    found = []
    with psycopg.connect(settings.addresses("probe").log) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('log', 'read', 'keys')"
        ).fetchall()
        for schema, name in tables:
            for (row,) in connection.execute(f'SELECT whole::text FROM "{schema}"."{name}" AS whole').fetchall():
                found += [f"{schema}.{name}: {word!r}" for word in words if word.decode() in row or word.hex() in row]
    return found
