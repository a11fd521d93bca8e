"""What waits for a person, told by each service for the home page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from shared.web.access import Access, allow
from shared.web.actor import ROLES, Actor, current_actor

OWN_HOME: Access = {(role, "see-what-waits", "own"): ("*",) for role in ROLES}


@dataclass(frozen=True)
class HomeItem:
    """One thing that waits, with where to deal with it. No names and no figures about others."""

    text: str
    href: str


Home = Callable[[Actor], Sequence[HomeItem]]
"""A service's function in ``pages.py``: what waits there for this person."""


def home_blueprint(service: str, home: Home) -> Blueprint:
    """``GET /api/<service>/home``: what waits for whoever's token comes with the request, for a front elsewhere."""
    blueprint = Blueprint(f"{service}-home", __name__, url_prefix=f"/api/{service}")

    @blueprint.get("/home")
    def waiting() -> ResponseReturnValue:
        actor = current_actor()
        allow(OWN_HOME, actor, "see-what-waits", {"own"})
        return {"items": [asdict(item) for item in home(actor)]}

    return blueprint
