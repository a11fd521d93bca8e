"""What a service has on the home page: what waits for whoever asks, how things stand, what people find there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import marshmallow as ma

from shared.web.access import Access, allow, may_ever
from shared.web.actor import ROLES, Actor, current_actor
from shared.web.api import ApiBlueprint
from shared.web.schemas import Schema
from shared.web.state import state
from shared.web.wiring import ServiceRecord

OWN_HOME: Access = {(role, "see-what-waits", "own"): ("*",) for role in ROLES}

MOST: Final = 50
"""Lines of one service on the home page; what is beyond them is counted, with a link."""


@dataclass(frozen=True)
class HomeItem:
    """One thing that waits, with what is needed to decide whether to open it. No free text, nothing about health.

    ``silence``: a sentence, what happens if nothing is done. ``who``: what the service's other pages call the one
    person whom one manages and whom it is about, else empty. ``by``: the last day on which it can be done, or on
    which something happens by itself; None where there is no such day.
    """

    text: str
    href: str
    silence: str
    who: str = ""
    by: date | None = None


@dataclass(frozen=True)
class HomeStanding:
    """How one's own things stand in a service: names and values in their order, and the page that has the rest."""

    facts: tuple[tuple[str, str], ...]
    link: str
    href: str


@dataclass(frozen=True)
class HomeFound:
    """What a service's ``home`` answers.

    ``more``: how many items it knows of and did not read; ``more_href``: the page that lists all of them.
    """

    items: Sequence[HomeItem] = ()
    standing: HomeStanding | None = None
    more: int = 0
    more_href: str = ""


@dataclass(frozen=True)
class HomePart:
    """A service as the home page shows it. ``title`` and ``about`` are empty for who can do nothing there.

    ``items``: at most ``MOST``, soonest first; ``more``: how many there are besides, under ``more_href``.
    """

    title: str
    about: str
    items: tuple[HomeItem, ...]
    standing: HomeStanding | None = None
    more: int = 0
    more_href: str = ""


Home = Callable[[Actor], HomeFound]
"""A service's function in ``home.py``."""


def soonest_first(items: Sequence[HomeItem]) -> list[HomeItem]:
    """By date; those without one last, in the order in which they came."""
    return sorted(items, key=lambda item: item.by or date.max)


def home_part(record: ServiceRecord, home: Home, actor: Actor) -> HomePart:
    """What this process's service shows this person."""
    welcome = may_ever(state().access[record.name], actor.roles)
    found = home(actor)
    items = soonest_first(found.items)
    return HomePart(
        title=record.title if welcome else "",
        about=record.about if welcome else "",
        items=tuple(items[:MOST]),
        standing=found.standing,
        more=found.more + max(0, len(items) - MOST),
        more_href=found.more_href,
    )


class HomeLinkSchema(Schema):
    """What waits, and where to deal with it."""

    text = ma.fields.String(required=True, metadata={"description": "What waits, in words"})
    href = ma.fields.String(required=True, metadata={"description": "The address of the page that deals with it"})


class HomeItemSchema(HomeLinkSchema):
    """One thing that waits."""

    silence = ma.fields.String(required=True, metadata={"description": "What happens if nothing is done"})
    who = ma.fields.String(
        required=True, metadata={"description": "The name that one may know, with staff number and post; or nothing"}
    )
    by = ma.fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "The last day for it, or on which it happens by itself; null where there is none"},
    )


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
        ma.fields.Nested(HomeItemSchema), required=True, metadata={"description": "What waits, soonest first"}
    )
    standing = ma.fields.Nested(
        HomeStandingSchema,
        required=True,
        allow_none=True,
        metadata={"description": "How one's own things stand; null for who has none"},
    )
    more = ma.fields.Integer(required=True, metadata={"description": "How many wait besides"})
    more_href = ma.fields.String(required=True, metadata={"description": "The address of the page that lists them all"})


def home_blueprint(record: ServiceRecord, home: Home) -> ApiBlueprint:
    """``GET /api/<service>/home``: the same for whoever's token comes with the request, for a front elsewhere."""
    blueprint = ApiBlueprint(record.name, __name__, description=record.about, part="home")

    @blueprint.get("/home")
    @blueprint.response(200, HomePartSchema)
    def show_home() -> dict[str, Any]:
        """What waits for whoever asks, and how things stand for them."""
        actor = current_actor()
        allow(OWN_HOME, actor, "see-what-waits", {"own"})
        return home_answer(home_part(record, home, actor))

    return blueprint


def home_answer(part: HomePart) -> dict[str, Any]:
    """A part as the API tells it."""
    standing = part.standing
    facts = [{"name": name, "value": value} for name, value in standing.facts] if standing else []
    return {
        **vars(part),
        "waiting": part.items,
        "standing": {**vars(standing), "facts": facts} if standing else None,
    }


def home_part_of(answer: Mapping[str, Any]) -> HomePart:
    """A part as a service elsewhere told it, which may be of an earlier release or of a later one.

    What is missing is empty, what is not known is left aside; of an earlier release each item is words and a link.
    """
    told = answer.get("waiting", answer.get("items", ()))
    return HomePart(
        title=str(answer.get("title", "")),
        about=str(answer.get("about", "")),
        items=tuple(_item(row) for row in told),
        standing=_standing(answer.get("standing")),
        more=int(answer.get("more", 0)),
        more_href=str(answer.get("more_href", "")),
    )


def _item(row: Mapping[str, Any]) -> HomeItem:
    text, href, silence, who = (str(row.get(name, "")) for name in ("text", "href", "silence", "who"))
    by = row.get("by")
    return HomeItem(text, href, silence, who, date.fromisoformat(by) if by else None)


def _standing(row: Mapping[str, Any] | None) -> HomeStanding | None:
    if not row:
        return None
    facts = tuple((str(fact.get("name", "")), str(fact.get("value", ""))) for fact in row.get("facts", ()))
    return HomeStanding(facts, str(row.get("link", "")), str(row.get("href", "")))
