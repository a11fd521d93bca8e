"""News on the home page: what somebody else did to one's things, told until one has marked it as seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import marshmallow as ma
from sqlalchemy import Connection

from shared.kernel.clock import LONDON
from shared.kernel.events import Payload
from shared.store.news import News, unseen
from shared.web.actor import Actor
from shared.web.app_context import wired_by_name
from shared.web.schemas import Schema

MOST_NEWS: Final = 50
"""News of one service on the home page, the newest; what is older is counted, and can be marked as seen with it."""

InWords = Callable[[Connection, Sequence[News]], Sequence[tuple[str, str]]]
"""What a service says of its news: for each a sentence, and the address of the page that has the rest."""


@dataclass(frozen=True)
class HomeNews:
    """Something that somebody else did. No free text, nothing about health.

    ``position``: its place in the service's log, by which it is marked as seen; ``on``: the day in London.
    """

    position: int
    text: str
    href: str
    on: date


@dataclass(frozen=True)
class NewsFound:
    """What one has not seen, newest first; ``more``: how many there are besides, all older."""

    items: tuple[HomeNews, ...] = ()
    more: int = 0


NO_NEWS: Final = NewsFound()
"""Nothing happened, or all is seen."""


def news_found(service: str, actor: Actor, in_words: InWords) -> NewsFound:
    """What this person has not seen of what others did to their own things in a service."""
    held = wired_by_name(service)
    seen = held.seen.of(actor.person)
    with held.reading() as connection:
        found, number = unseen(connection, actor.person, seen, limit=MOST_NEWS)
        words = in_words(connection, found)
    items = tuple(
        HomeNews(each.position, text, href, each.at.astimezone(LONDON).date())
        for each, (text, href) in zip(found, words, strict=True)
    )
    return NewsFound(items, number - len(items))


class HomeNewsSchema(Schema):
    """Something that somebody else did to one's things."""

    position = ma.fields.Integer(
        required=True, metadata={"description": "Its place in the service's log, by which it is marked as seen"}
    )
    text = ma.fields.String(required=True, metadata={"description": "What happened, in words"})
    href = ma.fields.String(required=True, metadata={"description": "The address of the page that has the rest"})
    on = ma.fields.Date(required=True, metadata={"description": "The day on which it happened"})


class HomeSeenSchema(Schema):
    """What one has seen of the news."""

    position = ma.fields.Integer(
        required=True,
        strict=True,
        validate=ma.validate.Range(1, 2**62),
        metadata={"description": "The position of the news that one has seen"},
    )
    through = ma.fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "Whether all that happened before it is seen too"},
    )


def mark_seen(service: str, actor: Actor, position: int, *, through: bool) -> None:
    """Note that this person has seen something, or all up to it. Access must have been checked before."""
    seen = wired_by_name(service).seen
    if through:
        seen.mark_through(actor.person, position)
    else:
        seen.mark(actor.person, position)


def news_of(answer: Payload) -> NewsFound:
    """The news as a service elsewhere told it; one of an earlier release tells none."""
    rows = answer.get("news", ())
    items = tuple(
        HomeNews(int(row["position"]), str(row["text"]), str(row["href"]), date.fromisoformat(row["on"]))
        for row in rows
    )
    return NewsFound(items, int(answer.get("news_more", 0)))
