"""The front: the start page, accessibility, and the pages that other modules put on its blueprint."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from shared.web import clock_pages, persona_pages, tour_pages, trail_pages
from shared.web.access import allow
from shared.web.actor import actor_or_none, current_actor
from shared.web.front_blueprint import ACCESS, blueprint
from shared.web.home import OWN_HOME
from shared.web.home_page import home_page, mark_as_seen

__all__ = ["ACCESS", "blueprint", "clock_pages", "persona_pages", "tour_pages", "trail_pages"]


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The person's tasks, what is new and how their own things stand; for a stranger, how to sign in."""
    actor = actor_or_none()
    return persona_pages.choose_page() if actor is None else home_page(actor)


@blueprint.post("/seen")
def mark_news() -> ResponseReturnValue:
    """Mark news on the home page as seen: one line, or all that was shown."""
    actor = current_actor()
    allow(OWN_HOME, actor, "mark-as-seen", {"own"})
    mark_as_seen(actor)
    return redirect(url_for("front.home"), 303)


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("front/accessibility.html")
