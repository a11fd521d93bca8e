"""What somebody else did to a person's things: a row an event in a read model, folded from the service's own log.

A service adds the table to its read models (``add_news``), says which of its events are news (``with_news``) and asks
what a person has not seen (``unseen``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, Text, bindparam, delete, func, select

from shared.kernel.events import Event, Payload
from shared.store.rows import Rows
from shared.store.seen import SeenSoFar
from shared.store.subscriptions import RowEffect

news_metadata = MetaData()

news = Table(
    "news",
    news_metadata,
    Column("person", String(36), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(100), nullable=False),
    Column("at", String(32), nullable=False),
    Column("about", Text, nullable=False),
)
"""``person``: whose thing it is, never who did it; ``kind``: the event's topic; ``about``: JSON of what names it."""

Tell = Callable[[Event], Mapping[str, object] | None]
"""What is told of an event, plain JSON without a word that somebody typed; None where it is no news."""


@dataclass(frozen=True)
class News:
    """What happened at a position of the log. ``kind``: the event's topic; ``about``: what the service tells of it."""

    position: int
    kind: str
    at: datetime
    about: Payload


def add_news(metadata: MetaData) -> None:
    """Make the table part of a service's read models."""
    news.to_metadata(metadata)


def named(*fields: str) -> Tell:
    """Tell these fields of an event."""
    return lambda event: {field: event[field] for field in fields}


def with_news(
    effects: Mapping[str, RowEffect], told: Mapping[str, Tell], *, closing: Iterable[str]
) -> dict[str, RowEffect]:
    """The effects, with a row of news where the event is told and its actor is not the person whose thing it is.

    ``closing``: topics of a person's after which nothing that came before is told, their erasure among them.
    """
    added: dict[str, RowEffect] = {topic: _telling(tell) for topic, tell in told.items()}
    added |= dict.fromkeys(closing, _forget)
    return {topic: _both(effects.get(topic), added.get(topic)) for topic in {**effects, **added}}


def unseen(connection: Connection, person: str, seen: SeenSoFar, *, limit: int) -> tuple[list[News], int]:
    """So many of the newest that a person has not seen, newest first, and how many there are in all."""
    waits = [news.c.person == person, news.c.position > seen.through, news.c.position.not_in(sorted(seen.positions))]
    number = connection.execute(select(func.count()).select_from(news).where(*waits)).scalar_one()
    rows = connection.execute(select(news).where(*waits).order_by(news.c.position.desc()).limit(limit))
    return [_news(row) for row in rows], number


def _news(row: Any) -> News:
    return News(row.position, row.kind, datetime.fromisoformat(row.at), msgspec.json.decode(row.about))


def _telling(tell: Tell) -> RowEffect:
    def note(rows: Rows, events: Sequence[Event]) -> None:
        found = [
            {
                "person": event["person"],
                "position": event["position"],
                "kind": event["topic"],
                "at": event["time"],
                "about": msgspec.json.encode(about, order="sorted").decode(),
            }
            for event in events
            if event["person"] and event["by"] != event["person"] and (about := tell(event)) is not None
        ]
        rows.insert_missing(news, found)

    return note


def _forget(rows: Rows, events: Sequence[Event]) -> None:
    table = rows[news]
    persons = [{"whose": event["person"]} for event in events]
    rows.connection.execute(delete(table).where(table.c.person == bindparam("whose")), persons)


def _both(first: RowEffect | None, second: RowEffect | None) -> RowEffect:
    steps = [effect for effect in (first, second) if effect is not None]

    def apply(rows: Rows, events: Sequence[Event]) -> None:
        for step in steps:
            step(rows, events)

    return apply if len(steps) > 1 else steps[0]
