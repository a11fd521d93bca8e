"""HR's pages about what is in place for carers: record it, a champion's vacancy, its end."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from services.accreditation.access import PUT_IN_PLACE, admit_to_organisation
from services.accreditation.blueprint import blueprint
from services.accreditation.domain.commands import RecordProvision, VacateChampion, WithdrawProvision
from services.accreditation.domain.provisions import CHAMPION, KINDS
from services.accreditation.read.provisions import ProvisionShown, provisions_of
from services.accreditation.schemas import EndsSchema, ProvisionFields, VacancySchema
from services.accreditation.views import this_day
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.errors import InvalidError, NotFoundError, RefusedError
from shared.store.application import Answer
from shared.web.actor import Actor, current_actor
from shared.web.app_context import wired
from shared.web.commands import run, see_other
from shared.web.forms import Form, form_for


@blueprint.route("/provisions/<slug:kind>", methods=["GET", "POST"])
def record_provision(kind: str) -> ResponseReturnValue:
    """Record that something is in place, or change what is said of it."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    shown = _provision(actor, kind)
    known = shown.starts if shown.state == "in-place" else None
    same = {"starts": known, "owner": shown.owner, "evidence": shown.evidence, "review_on": shown.review_on}
    form = form_for(ProvisionFields(), values=same)
    if form.submitted and form.valid:
        command = RecordProvision(organisation=actor.organisation, kind=kind, by=actor.person, **form.data)
        try:
            answer = run("accreditation", command)
        except (RefusedError, InvalidError) as refusal:
            _refuse(form, refusal, "starts")
        else:
            return _back(answer)
    page = render_template(
        "accreditation/provision.html", form=form, shown=shown, name=KINDS[kind], champion=kind == CHAMPION
    )
    return page, form.status


@blueprint.route("/provisions/carers-champion/vacancy", methods=["GET", "POST"])
def vacate_champion() -> ResponseReturnValue:
    """Record since when nobody is the champion."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    form = form_for(VacancySchema())
    if form.submitted and form.valid:
        try:
            answer = run("accreditation", VacateChampion(actor.organisation, form.data["since"], actor.person))
        except (RefusedError, InvalidError) as refusal:
            _refuse(form, refusal, "since")
        else:
            return _back(answer)
    return render_template("accreditation/vacancy.html", form=form), form.status


@blueprint.route("/provisions/<slug:kind>/end", methods=["GET", "POST"])
def withdraw_provision(kind: str) -> ResponseReturnValue:
    """Record that something is in place no longer."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    shown = _provision(actor, kind)
    form = form_for(EndsSchema())
    if form.submitted and form.valid:
        command = WithdrawProvision(actor.organisation, kind, form.data["ends"], actor.person)
        try:
            answer = run("accreditation", command)
        except (RefusedError, InvalidError) as refusal:
            _refuse(form, refusal, "ends")
        else:
            return _back(answer)
    return render_template("accreditation/provision_end.html", form=form, shown=shown, name=KINDS[kind]), form.status


def _provision(actor: Actor, kind: str) -> ProvisionShown:
    """How a kind stands today; raises NotFoundError for one that there is not."""
    with wired(AccreditationWiring).reading() as connection:
        found = {each.kind: each for each in provisions_of(connection, actor.organisation, this_day())}
    if kind not in found:
        raise NotFoundError("There is nothing here that you can see. Check the address, or go back to the start page.")
    return found[kind]


def _refuse(form: Form, refusal: RefusedError | InvalidError, field: str) -> None:
    """Show the refusal beside the day, which is what nearly every rule is about."""
    form.refuse(refusal.message, field=refusal.data.get("field") or field)


def _back(answer: Answer) -> Response:
    return see_other("accreditation", answer, url_for("accreditation.organisation"), "Recorded")
