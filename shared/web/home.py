"""What a service has on the home page: what is to be done, what is new, how things stand, what people find there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import marshmallow as ma

from shared.kernel.events import Event, Payload
from shared.runtime.service import Service
from shared.web.access import Access, allow, may_ever
from shared.web.actor import ROLES, Actor, current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import app_context
from shared.web.commands import command_key
from shared.web.news import NO_NEWS, HomeNewsSchema, HomeSeenSchema, NewsFound, mark_seen, news_of
from shared.web.schemas import Schema

OWN_HOME: Access = {(role, action, "own"): ("*",) for role in ROLES for action in ("see-what-waits", "mark-as-seen")}

MOST: Final = 50
"""Lines of one kind on the home page; what is beyond them is counted, with a link."""


@dataclass(frozen=True)
class HomeItem:
    """One thing that is to be done, with what is needed to decide whether to open it. No free text, nothing about
    health.

    ``silence``: a sentence, what happens if nothing is done. ``who``: what the service's other pages call the one
    person whom one manages and whom it is about, else empty. ``by``: the last day on which it can be done, or on
    which something happens automatically; None where there is no such day.
    """

    text: str
    href: str
    silence: str
    who: str = ""
    by: date | None = None


@dataclass(frozen=True)
class HomeKind:
    """The things of one kind that are to be done.

    ``heading``: what the kind is called; ``href``: the page that lists all of it, empty where there is none; ``more``:
    how many there are that were not read; ``legal``: whether the law sets their days, so that they come first.
    """

    heading: str
    items: Sequence[HomeItem]
    href: str = ""
    more: int = 0
    legal: bool = False

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.items) + self.more


@dataclass(frozen=True)
class HomeStanding:
    """How one's own things stand in a service: names and values in their order, and the page that has the rest."""

    facts: tuple[tuple[str, str], ...]
    link: str
    href: str


@dataclass(frozen=True)
class HomeFound:
    """What a service's ``home`` answers. Kinds in which there is nothing to do are left out of the page."""

    kinds: Sequence[HomeKind] = ()
    standing: HomeStanding | None = None
    news: NewsFound = NO_NEWS


@dataclass(frozen=True)
class HomePart:
    """A service as the home page shows it. ``title`` and ``about`` are empty for who can do nothing there.

    ``kinds``: each with something to do, at most ``MOST`` of it, soonest first.
    """

    title: str
    about: str
    kinds: tuple[HomeKind, ...] = ()
    standing: HomeStanding | None = None
    news: NewsFound = NO_NEWS


Home = Callable[[Actor], HomeFound]
"""A service's function in ``home.py``."""


def soonest_first(items: Iterable[HomeItem]) -> list[HomeItem]:
    """By date; those without one last, in the order in which they came."""
    return sorted(items, key=lambda item: item.by or date.max)


def in_order(kinds: Iterable[HomeKind]) -> list[HomeKind]:
    """Kinds whose days the law sets first; then by their soonest day."""
    return sorted(kinds, key=lambda kind: (not kind.legal, min(item.by or date.max for item in kind.items)))


def home_part(record: Service, home: Home, actor: Actor) -> HomePart:
    """What this process's service shows this person."""
    welcome = may_ever(app_context().access[record.name], actor.roles)
    found = home(actor)
    return HomePart(
        title=record.title if welcome else "",
        about=record.about if welcome else "",
        kinds=tuple(in_order(_soonest(kind) for kind in found.kinds if kind.items)),
        standing=found.standing,
        news=found.news,
    )


def _soonest(kind: HomeKind) -> HomeKind:
    items = tuple(soonest_first(kind.items))
    return HomeKind(kind.heading, items[:MOST], kind.href, kind.more + len(items[MOST:]), kind.legal)


class HomeLinkSchema(Schema):
    """What waits, and where to deal with it."""

    text = ma.fields.String(required=True, metadata={"description": "The task, in words"})
    href = ma.fields.String(required=True, metadata={"description": "The address of the page that deals with it"})


class HomeItemSchema(HomeLinkSchema):
    """One thing that waits."""

    kind = ma.fields.String(required=True, metadata={"description": "Of which kind, by its heading"})
    silence = ma.fields.String(required=True, metadata={"description": "What happens if nothing is done"})
    who = ma.fields.String(
        required=True, metadata={"description": "The name that one may know, with staff number and post; or nothing"}
    )
    by = ma.fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "The last day for it, or on which it happens automatically; null where there is none"},
    )


class HomeKindSchema(Schema):
    """A kind of things that wait."""

    heading = ma.fields.String(required=True, metadata={"description": "What it is called"})
    number = ma.fields.Integer(required=True, metadata={"description": "How many of it wait"})
    href = ma.fields.String(
        required=True, metadata={"description": "The address of the page that lists all of it; or nothing"}
    )
    legal = ma.fields.Boolean(required=True, metadata={"description": "Whether the law sets its days"})


class HomeFactSchema(Schema):
    """A name and its value, in words."""

    name = ma.fields.String(required=True, metadata={"description": "What it is, in words"})
    value = ma.fields.String(required=True, metadata={"description": "How it stands, in words"})


class HomeStandingSchema(Schema):
    """How one's own things stand."""

    facts = ma.fields.List(ma.fields.Nested(HomeFactSchema), required=True, metadata={"description": "In their order"})
    link = ma.fields.String(required=True, metadata={"description": "The words of the link to the rest"})
    href = ma.fields.String(required=True, metadata={"description": "The address of the page that has the rest"})


class HomePartSchema(Schema):
    """A service on somebody's home page. ``items``: ``waiting`` as earlier releases of the front read it."""

    title = ma.fields.String(
        required=True, metadata={"description": "The service's name; empty for who can do nothing"}
    )
    about = ma.fields.String(required=True, metadata={"description": "What people find there, in a sentence"})
    items = ma.fields.List(
        ma.fields.Nested(HomeLinkSchema), required=True, metadata={"description": "The same as waiting, in short"}
    )
    waiting = ma.fields.List(
        ma.fields.Nested(HomeItemSchema), required=True, metadata={"description": "Tasks, soonest first"}
    )
    standing = ma.fields.Nested(
        HomeStandingSchema,
        required=True,
        allow_none=True,
        metadata={"description": "How one's own things stand; null for who has none"},
    )
    kinds = ma.fields.List(
        ma.fields.Nested(HomeKindSchema), required=True, metadata={"description": "The kinds of tasks"}
    )
    more = ma.fields.Integer(required=True, metadata={"description": "How many wait besides"})
    more_href = ma.fields.String(
        required=True, metadata={"description": "The address of the page that lists them all; or nothing"}
    )
    news = ma.fields.List(
        ma.fields.Nested(HomeNewsSchema),
        required=True,
        metadata={"description": "What others did that one has not marked as seen, newest first"},
    )
    news_more = ma.fields.Integer(required=True, metadata={"description": "How many older ones there are besides"})


def home_blueprint(record: Service, home: Home) -> ApiBlueprint:
    """``GET /api/<service>/home`` and ``POST /api/<service>/seen``: for whoever's token comes with the request.

    They are the same for a front in this process and for one elsewhere.
    """
    blueprint = ApiBlueprint(record.name, __name__, description=record.about, part="home")

    @blueprint.get("/home")
    @blueprint.response(200, HomePartSchema)
    def show_home() -> dict[str, object]:
        """What waits for whoever asks, and how things stand for them."""
        actor = current_actor()
        allow(OWN_HOME, actor, "see-what-waits", {"own"})
        return home_answer(home_part(record, home, actor))

    @blueprint.post("/seen")
    @blueprint.arguments(HomeSeenSchema)
    @blueprint.response(204)
    def mark_as_seen(seen: dict[str, Any]) -> None:
        """Mark news as seen: one, or all up to it. Doing it again changes nothing."""
        actor = current_actor()
        allow(OWN_HOME, actor, "mark-as-seen", {"own"})
        command_key(actor, "mark-as-seen")
        mark_seen(record.name, actor, seen["position"], through=seen["through"])

    return blueprint


def home_answer(part: HomePart) -> dict[str, object]:
    """A part as the API tells it."""
    standing = part.standing
    facts = [{"name": name, "value": value} for name, value in standing.facts] if standing else []
    items = [(kind.heading, item) for kind in part.kinds for item in kind.items]
    items.sort(key=lambda pair: pair[1].by or date.max)
    return {
        "title": part.title,
        "about": part.about,
        "items": [item for _, item in items],
        "waiting": [{**vars(item), "kind": heading} for heading, item in items],
        "kinds": part.kinds,
        "standing": {**vars(standing), "facts": facts} if standing else None,
        "more": sum(kind.more for kind in part.kinds),
        "more_href": next((kind.href for kind in part.kinds if kind.more), ""),
        "news": part.news.items,
        "news_more": part.news.more,
    }


def home_part_of(answer: Payload) -> HomePart:
    """A part as a service elsewhere told it, which may be of an earlier release or of a later one.

    What is missing is empty, what is not known is left aside; of an earlier release each item is words and a link,
    and all are of one kind.
    """
    return HomePart(
        title=str(answer.get("title", "")),
        about=str(answer.get("about", "")),
        kinds=_kinds(answer),
        standing=_standing(answer.get("standing")),
        news=news_of(answer),
    )


def _kinds(answer: Payload) -> tuple[HomeKind, ...]:
    told = answer.get("waiting", answer.get("items", ()))
    items: dict[str, list[HomeItem]] = {}
    for row in told:
        items.setdefault(str(row.get("kind", "")), []).append(_item(row))
    kinds = {str(row.get("heading", "")): row for row in answer.get("kinds", ())}
    return tuple(in_order(_kind(heading, found, kinds.get(heading), answer) for heading, found in items.items()))


def _kind(heading: str, items: list[HomeItem], told: Event | None, answer: Payload) -> HomeKind:
    if told is None:
        named = heading or str(answer.get("title", "")) or "Other tasks"
        return HomeKind(named, tuple(items), str(answer.get("more_href", "")), int(answer.get("more", 0)))
    more = max(0, int(told.get("number", 0)) - len(items))
    return HomeKind(heading, tuple(items), str(told.get("href", "")), more, bool(told.get("legal", False)))


def _item(row: Payload) -> HomeItem:
    text, href, silence, who = (str(row.get(name, "")) for name in ("text", "href", "silence", "who"))
    by = row.get("by")
    return HomeItem(text, href, silence, who, date.fromisoformat(by) if by else None)


def _standing(row: Payload | None) -> HomeStanding | None:
    if not row:
        return None
    facts = tuple((str(fact.get("name", "")), str(fact.get("value", ""))) for fact in row.get("facts", ()))
    return HomeStanding(facts, str(row.get("link", "")), str(row.get("href", "")))
