"""Above every page of the demonstration: who one is, and the roles that one can change to with one click."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from shared.web.actor import Actor
from shared.web.app_context import app_context
from shared.web.demonstration import ROLES
from shared.web.service_clients import service_clients
from shared.web.tour_steps import guides_for


@dataclass(frozen=True)
class Bar:
    """Who one is, above every page of the demonstration.

    ``you``: a clause; ``current``: the role's short name; ``tour``: that of the tour's page for it, if there is one.
    """

    you: str
    current: str
    tour: str
    roles: tuple[tuple[str, str], ...]


def bar(actor: Actor) -> Bar:
    """Who one is, with one's name, and the roles that one can change to."""
    names = service_clients().names_for(actor, [actor.person], g.get("session_token") or "") if actor.person else {}
    word, _, organisation = actor.label.partition(", ")
    current = next((key for key, role in ROLES.items() if role.persona == word), "")
    name = names.get(actor.person, "")
    parts = [name, ROLES[current].you if current else actor.label]
    you = ", ".join(part for part in parts if part) + (f" at {organisation}" if current and organisation else "")
    tour = next((guide.name for guide in guides_for(app_context().settings.services) if guide.name == current), "")
    return Bar(you, current, tour, tuple((key, role.word) for key, role in ROLES.items()))
