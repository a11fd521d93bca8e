"""What of the departments' returns has been released? Asked for everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection, Table

from services.reporting.domain.released import Released, released
from services.reporting.domain.revisions import held_by_release, highest
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT, known_revisions, statements


def own_progress(connection: Connection, organisation: str, month: str, today: date) -> Released | None:
    """What is released of the organisation's own return; None where it has none."""
    return next(iter(_progress(connection, DEPARTMENT, month, today, [organisation])), None)


def all_progress(connection: Connection, month: str, today: date) -> list[Released]:
    """What is released of every department's return, as the centre received them, by organisation."""
    return _progress(connection, CENTRE, month, today)


def own_released_series(
    connection: Connection, organisation: str, months: Iterable[str], today: date
) -> list[Released]:
    """What is released of the organisation's own returns for the months."""
    return [row for month in months for row in _progress(connection, DEPARTMENT, month, today, [organisation])]


def progress_of(connection: Connection, month: str, today: date, organisations: Collection[str]) -> list[Released]:
    """What is released of the returns of these organisations, as the centre received them, by organisation."""
    return _progress(connection, CENTRE, month, today, organisations)


def _progress(
    connection: Connection, half: Table, month: str, today: date, organisations: Collection[str] | None = None
) -> list[Released]:
    known = known_revisions(connection, half, month, organisations)
    held = {name: held_by_release(revisions, month, today) for name, revisions in known.items()}
    newest = highest(known)
    wanted = {name: release.revision.revision if release else newest[name] for name, release in held.items()}
    return [
        released(
            statement.returned,
            on=release.on if (release := held[statement.returned.organisation]) else None,
            revised_since=release is not None and release.revision.revision < newest[statement.returned.organisation],
        )
        for statement in statements(connection, half, month, wanted, {})  # a release tells itself what is revised
    ]
