"""The blueprint of the front's pages, and who may what there; the modules whose names end in ``_pages`` are on it."""

from __future__ import annotations

from flask import Blueprint

from shared.web.access import Access, allow
from shared.web.actor import ROLES, current_actor
from shared.web.app_context import app_context
from shared.web.home import OWN_HOME

blueprint = Blueprint("front", __name__)

FOLLOW, MOVE, TOUR = "follow-the-trail", "move-the-date", "take-the-tour"

ACCESS: Access = {
    **{(role, action, "demonstration"): ("*",) for role in ROLES for action in (FOLLOW, MOVE, TOUR)},
    ("operator", FOLLOW, "any"): ("*",),
    **OWN_HOME,
}


def admit(action: str) -> None:
    """Let those in who may do it; raises ``NotFoundError`` for others outside the demonstration."""
    allow(ACCESS, current_actor(), action, _standing())


def _standing() -> frozenset[str]:
    return frozenset({"any", "demonstration"}) if app_context().settings.demonstration else frozenset({"any"})
