"""In the demonstration: choosing whom to be, changing that from every page, and signing in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.kernel.errors import InvalidError
from shared.runtime.directory import Persona
from shared.web import fields
from shared.web.actor import Actor, actor_or_none
from shared.web.app_context import app_context
from shared.web.come_back import forget_page, page_before
from shared.web.demonstration import ROLES, Role, default_persons, here, only_here
from shared.web.forms import form_for
from shared.web.front_blueprint import blueprint
from shared.web.schemas import Schema
from shared.web.service_clients import service_clients
from shared.web.sign_in import end_session, set_session
from shared.web.tokens import issue_session
from shared.web.tour_steps import GUIDES

_TRIED: Final = 12
"""Organisations that are looked at for somebody to offer, where no default persons are named."""


Cast = Callable[[str], Sequence[Persona]]
"""The people offered for an organisation, each asked for once."""


class SignInSchema(Schema):
    """Who one wants to be in the demonstration."""

    person = fields.Identifier(required=True)
    organisation = fields.Text(max=80, required=True)
    role = fields.Text(max=40, required=True)


class BecomeSchema(Schema):
    """Which role one wants to take; ``tour``: and to go on with the tour's page of that name."""

    role = fields.Choice({key: role.word for key, role in ROLES.items()}, required=True)
    tour = fields.Choice({guide.name: guide.title for guide in GUIDES})


@dataclass(frozen=True)
class Offer:
    """A person to be with one click."""

    role: Role
    persona: Persona
    why: str


def choose_page() -> ResponseReturnValue:
    """For a stranger on the start page: somebody to be for each role, and everybody else by organisation."""
    if not (app_context().settings.demonstration and here()):
        return render_template("front/closed.html")
    chosen = request.args.get("organisation", "")
    organisations = service_clients().organisations()
    return render_template(
        "front/sign_in.html",
        organisations=organisations,
        offers=[] if "organisation" in request.args else _offers(),
        personas=service_clients().personas(chosen) if chosen else (),
        whys={each.person: each.why for each in default_persons() if each.organisation == chosen},
        told=bool(default_persons()),
        chosen=chosen,
        none_chosen="organisation" in request.args and not chosen,
        name=next((found.name for found in organisations if found.slug == chosen), ""),
    )


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Become one of the people offered; refused like a missing page outside the demonstration or from elsewhere."""
    only_here()
    form = form_for(SignInSchema())
    wanted = form.data
    if form.valid:
        for persona in service_clients().personas(wanted["organisation"]):
            if (persona.person, persona.role) == (wanted["person"], wanted["role"]):
                response = _signed_in_as(persona, page_before())
                forget_page(response)
                return response
    raise InvalidError("This person is not among those offered. Go back and choose again.")


@blueprint.post("/become")
def become() -> ResponseReturnValue:
    """Change to the default person of a role: in the same organisation, or where there is such a role."""
    only_here()
    form = form_for(BecomeSchema())
    if form.valid:
        actor = actor_or_none()
        offer = _offer(form.data["role"], actor.organisation if actor else "", cache(service_clients().personas))
        if offer is not None:
            tour = form.data.get("tour")
            return _signed_in_as(offer.persona, url_for("front.tour_of", name=tour) if tour else url_for("front.home"))
    raise InvalidError("There is nobody in this role. Go to the start page and choose somebody else.")


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Forget who is signed in. In the demonstration the next page offers the same organisation's people."""
    actor, practice = actor_or_none(), app_context().settings.demonstration and here()
    organisation = actor.organisation if actor and practice else None
    response = current_app.make_response(redirect(url_for("front.home", organisation=organisation), 303))
    end_session(response)
    return response


def _signed_in_as(persona: Persona, address: str) -> Response:
    label = f"{persona.role}, {persona.organisation_name}"
    actor = Actor(persona.person, persona.organisation, frozenset(persona.roles), label)
    response = current_app.make_response(redirect(address, 303))
    web = app_context()
    set_session(response, issue_session(web.keys, actor, instance=web.settings.instance))
    return response


def _offers() -> list[Offer]:
    cast = cache(service_clients().personas)
    return [offer for key in ROLES if (offer := _offer(key, "", cast)) is not None]


def _offer(key: str, organisation: str, cast: Cast) -> Offer | None:
    """The person of a role in an organisation; elsewhere where it has none, or none is named."""
    role = ROLES[key]
    why = {each.organisation: each.why for each in reversed(default_persons()) if each.role == key}
    for place in _places(key, organisation, cast):
        for persona in cast(place):
            if persona.role == role.persona:
                return Offer(role, persona, why.get(place, "") or role.why)
    return None


def _places(key: str, organisation: str, cast: Cast) -> Iterator[str]:
    """Where to look for somebody in a role, best first: here, where default persons are, where there is everybody."""
    named = dict.fromkeys(each.organisation for each in default_persons() if each.role == key)
    here_first = [organisation] if organisation and (organisation in named or not named) else []
    yield from dict.fromkeys([*here_first, *named, *([organisation] if organisation else [])])
    kind = "centre" if key == "statistics" else "department"
    of_kind = [found.slug for found in service_clients().organisations() if found.kind == kind][:_TRIED]
    yield from sorted(of_kind, key=lambda slug: -len({each.person for each in cast(slug)}))
