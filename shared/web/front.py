"""The front: the start page, accessibility, and the pages that other modules put on its blueprint."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from shared.kernel.clock import today
from shared.web import clock_pages, persona_pages, tour_pages, trail_pages
from shared.web.actor import Actor, actor_or_none
from shared.web.front_blueprint import ACCESS, blueprint, may_follow
from shared.web.home import HomeItem, soonest_first
from shared.web.peers import peers
from shared.web.state import state
from shared.web.words import short_day, slug_words

__all__ = ["ACCESS", "blueprint", "clock_pages", "persona_pages", "tour_pages", "trail_pages"]


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What waits for the person and how their own things stand; for a stranger, how to sign in."""
    actor = actor_or_none()
    if actor is None:
        return persona_pages.choose_page()
    parts, silent = peers().homes_for(actor, g.session_token or "")
    items = [*(item for part in parts.values() for item in part.items), *_standing_still(actor)]
    return render_template(
        "front/home.html",
        parts=dict(sorted(parts.items(), key=lambda part: part[1].title)),
        items=soonest_first(items),
        by_words=partial(by_words, day=today(state().clock)),
        silent=silent,
        trail=may_follow(actor),
    )


def by_words(by: date | None, day: date) -> str:
    """The day by which something is to be done, on a day: what is overdue or for today says so in words."""
    if by is None:
        return "No date"
    if by < day:
        return f"Overdue: was due by {short_day(by)}"
    return f"Today, {short_day(by)}" if by == day else short_day(by)


def _standing_still(actor: Actor) -> list[HomeItem]:
    """For operators, the messages that each service could not take in. The trail tells of which service they are."""
    if "operator" not in actor.roles:
        return []
    healths, _ = peers().healths()
    parked = {name: sum(source.parked for source in health.sources) for name, health in healths.items()}
    left = "They stay parked, and what came after them about the same person waits."
    return [
        HomeItem(
            f"Messages that {slug_words(name)} could not take in: {number:,}",
            url_for("front.trail", view="services"),
            left,
        )
        for name, number in parked.items()
        if number
    ]


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("front/accessibility.html")
