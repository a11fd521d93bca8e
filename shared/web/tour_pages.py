"""The guided tour of the demonstration: a page a role, with steps to do and to tick off.

What is ticked is kept by the browser alone, in a cookie of step names; it says nothing about anybody.
"""

from __future__ import annotations

from typing import Final

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.kernel.errors import InvalidError, NotFoundError
from shared.web import fields
from shared.web.actor import current_actor
from shared.web.app_context import app_context
from shared.web.demonstration import ROLES, only_here
from shared.web.demonstration_bar import bar
from shared.web.forms import form_for
from shared.web.front_blueprint import TOUR, admit, blueprint
from shared.web.schemas import Schema
from shared.web.tour_guide import Guide
from shared.web.tour_steps import guides_for

COOKIE: Final = "carers_tour"
_KEPT_SECONDS: Final = 30 * 24 * 60 * 60


class TickSchema(Schema):
    """A step of a page, by its number from 1, and whether it is done."""

    step = fields.Whole(min=1, max=99, required=True)
    done = fields.Choice({"yes": "Done", "no": "Still to do"}, required=True)


@blueprint.get("/tour")
def tour() -> ResponseReturnValue:
    """The tour's pages, and how far one is with each."""
    _admit()
    guides, ticked = guides_for(app_context().settings.services), _ticked()
    done = {guide.name: len(ticked & _steps(guide)) for guide in guides}
    return render_template("front/tour.html", guides=guides, done=done)


@blueprint.get("/tour/<slug:name>")
def tour_of(name: str) -> ResponseReturnValue:
    """The steps of one role."""
    _admit()
    guide = _guide(name)
    return render_template(
        "front/tour_of.html",
        guide=guide,
        role=ROLES[guide.role],
        is_in_role=bar(current_actor()).current == guide.role,
        ticked=_ticked(),
        all_done=_steps(guide) <= _ticked(),
    )


@blueprint.post("/tour/<slug:name>")
def tick_step(name: str) -> ResponseReturnValue:
    """Tick a step off, or take the tick away."""
    _admit()
    guide, form = _guide(name), form_for(TickSchema())
    if not form.valid or form.data["step"] > len(guide.steps):
        raise InvalidError("There is no such step. Go back to the tour and try again.")
    step = f"{guide.name}-{form.data['step']}"
    ticked = _ticked() | {step} if form.data["done"] == "yes" else _ticked() - {step}
    address = url_for("front.tour_of", name=name, _anchor=f"step-{form.data['step']}")
    response = current_app.make_response(redirect(address, 303))
    response.set_cookie(COOKIE, ".".join(sorted(ticked)), max_age=_KEPT_SECONDS, httponly=True, samesite="Lax")
    return response


def _admit() -> None:
    only_here()
    admit(TOUR)


def _guide(name: str) -> Guide:
    for guide in guides_for(app_context().settings.services):
        if guide.name == name:
            return guide
    raise NotFoundError("The tour has no such page. Go back to the start of the tour.")


def _ticked() -> frozenset[str]:
    """The names of the steps that are ticked; what the cookie says besides is left out."""
    known = {step for guide in guides_for(app_context().settings.services) for step in _steps(guide)}
    return frozenset(request.cookies.get(COOKIE, "").split(".")) & known


def _steps(guide: Guide) -> frozenset[str]:
    return frozenset(f"{guide.name}-{number}" for number in range(1, len(guide.steps) + 1))
