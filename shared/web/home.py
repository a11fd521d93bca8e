"""What a service has on the home page: its name, what people find there, and what waits for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from shared.web.access import Access, allow, may_ever
from shared.web.actor import ROLES, Actor, current_actor
from shared.web.state import state
from shared.web.wiring import ServiceRecord

OWN_HOME: Access = {(role, "see-what-waits", "own"): ("*",) for role in ROLES}


@dataclass(frozen=True)
class HomeItem:
    """One thing that waits, with where to deal with it. No names and no figures about others."""

    text: str
    href: str


@dataclass(frozen=True)
class HomePart:
    """A service as the home page shows it. ``title`` and ``about`` are empty for who can do nothing there."""

    title: str
    about: str
    items: tuple[HomeItem, ...]


Home = Callable[[Actor], Sequence[HomeItem]]
"""A service's function in ``pages.py``: what waits there for this person."""


def home_part(record: ServiceRecord, home: Home, actor: Actor) -> HomePart:
    """What this process's service shows this person."""
    welcome = may_ever(state().access[record.name], actor.roles)
    return HomePart(record.title if welcome else "", record.about if welcome else "", tuple(home(actor)))


def home_blueprint(record: ServiceRecord, home: Home) -> Blueprint:
    """``GET /api/<service>/home``: the same for whoever's token comes with the request, for a front elsewhere."""
    blueprint = Blueprint(f"{record.name}-home", __name__, url_prefix=f"/api/{record.name}")

    @blueprint.get("/home")
    def waiting() -> ResponseReturnValue:
        actor = current_actor()
        allow(OWN_HOME, actor, "see-what-waits", {"own"})
        return asdict(home_part(record, home, actor))

    return blueprint
