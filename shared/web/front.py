"""The front: the start page, signing in and out, the trail, the demonstration's date, accessibility."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.kernel.clock import OffsetClock
from shared.kernel.errors import InvalidError, RefusedError
from shared.web import fields
from shared.web.access import Access, allow
from shared.web.actor import ROLES, Actor, actor_or_none, current_actor
from shared.web.after import After, set_after, wait_until
from shared.web.come_back import forget_page, page_before
from shared.web.demonstration import here, only_here
from shared.web.desk import LONGEST_TRAIL
from shared.web.forms import form_for
from shared.web.home import OWN_HOME
from shared.web.home_page import home_page, mark_as_seen
from shared.web.peers import peers
from shared.web.schemas import Schema
from shared.web.sign_in import end_session, set_session
from shared.web.state import state
from shared.web.tokens import issue_session
from shared.web.trail import TrailLine, trail_lines
from shared.web.words import slug_words

blueprint = Blueprint("front", __name__)

TRAIL_LINES = 40
TRAIL_ROWS = (200, LONGEST_TRAIL)
"""How many rows each service is asked for; the second where the first ended inside a long run."""

FOLLOW_SECONDS = 3
CATCH_UP_SECONDS = 10.0

ACCESS: Access = {
    **{(role, "follow-the-trail", "demonstration"): ("*",) for role in ROLES},
    **{(role, "move-the-date", "demonstration"): ("*",) for role in ROLES},
    ("operator", "follow-the-trail", "any"): ("*",),
    **OWN_HOME,
}


class SignInSchema(Schema):
    """Who one wants to be in the demonstration."""

    person = fields.Identifier(required=True)
    organisation = fields.Text(max=80, required=True)
    role = fields.Text(max=40, required=True)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The person's tasks, what is new and how their own things stand; for a stranger, how to sign in."""
    actor = actor_or_none()
    if actor is None:
        return _sign_in_page()
    return home_page(actor)


@blueprint.post("/seen")
def mark_news() -> ResponseReturnValue:
    """Mark news on the home page as seen: one line, or all that was shown."""
    actor = current_actor()
    allow(OWN_HOME, actor, "mark-as-seen", {"own"})
    mark_as_seen(actor)
    return redirect(url_for("front.home"), 303)


def _sign_in_page() -> ResponseReturnValue:
    if not (state().settings.demonstration and here()):
        return render_template("front/closed.html")
    chosen = request.args.get("organisation", "")
    organisations = peers().organisations()
    personas = peers().personas(chosen) if chosen else ()
    name = next((found.name for found in organisations if found.slug == chosen), "")
    return render_template(
        "front/sign_in.html",
        organisations=organisations,
        personas=personas,
        chosen=chosen,
        none_chosen="organisation" in request.args and not chosen,
        name=name,
    )


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Become one of the people offered; refused like a missing page outside the demonstration or from elsewhere."""
    only_here()
    form = form_for(SignInSchema())
    wanted = form.data
    if form.valid:
        for persona in peers().personas(wanted["organisation"]):
            if (persona.person, persona.role) == (wanted["person"], wanted["role"]):
                label = f"{persona.role}, {persona.organisation_name}"
                actor = Actor(persona.person, persona.organisation, frozenset(persona.roles), label)
                response = current_app.make_response(redirect(page_before(), 303))
                forget_page(response)
                web = state()
                set_session(response, issue_session(web.keys, actor, instance=web.settings.instance))
                return response
    raise InvalidError("This person is not among those offered. Go back and choose again.")


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Forget who is signed in. In the demonstration the next page offers the same organisation's people."""
    actor, practice = actor_or_none(), state().settings.demonstration and here()
    organisation = actor.organisation if actor and practice else None
    response = current_app.make_response(redirect(url_for("front.home", organisation=organisation), 303))
    end_session(response)
    return response


@blueprint.get("/trail")
def trail() -> ResponseReturnValue:
    """What just happened in every service: positions and kinds, never names, figures or text."""
    allow(ACCESS, current_actor(), "follow-the-trail", _standing())
    follow = request.args.get("follow") == "yes"
    lines, silent = _trail()
    healths, _ = peers().healths()
    names = peers().organisation_names()
    return render_template(
        "front/trail.html",
        lines=lines,
        whose={slug: names.get(slug) or slug_words(slug) for line in lines for slug in line.organisations},
        healths=healths,
        silent=silent,
        follow=follow,
        seconds=FOLLOW_SECONDS,
    )


@blueprint.get("/clock")
def clock() -> ResponseReturnValue:
    """The demonstration's date."""
    only_here()
    allow(ACCESS, current_actor(), "move-the-date", _standing())
    return render_template("front/clock.html", form=form_for(Schema()))


@blueprint.post("/clock")
def next_day() -> ResponseReturnValue:
    """Move the demonstration's date one day on, once every service has caught up."""
    only_here()
    allow(ACCESS, current_actor(), "move-the-date", _standing())
    form = form_for(Schema())
    try:
        _advance()
    except RefusedError as refusal:
        form.refuse(refusal.message)
        return render_template("front/clock.html", form=form), 409
    response = current_app.make_response(redirect("/clock", 303))
    set_after(response, After("", 0, "It is the next day now"))
    return response


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("front/accessibility.html")


def _trail() -> tuple[list[TrailLine], list[str]]:
    """The newest lines; a long run that reaches beyond the first rows is looked at further."""
    for limit in TRAIL_ROWS:
        rows, silent = peers().trails(limit)
        lines = trail_lines(rows, limit)
        if len(lines) >= TRAIL_LINES or not (lines and lines[-1].cut):
            break
    return lines[:TRAIL_LINES], silent


def _advance() -> None:
    moving = state().clock
    if not isinstance(moving, OffsetClock):
        raise RefusedError("The date of this demonstration stands still and cannot be moved.")
    if not wait_until(_all_caught_up, CATCH_UP_SECONDS):
        raise RefusedError("The services are still catching up with today. Try again in a moment.")
    moving.advance(1)


def _all_caught_up() -> bool:
    healths, silent = peers().healths()
    return not silent and all(health.caught_up for health in healths.values())


def _standing() -> frozenset[str]:
    return frozenset({"any", "demonstration"}) if state().settings.demonstration else frozenset({"any"})
