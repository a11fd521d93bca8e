"""HR's pages about their organisation's returns: put them on hold, and let them go on."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.reporting.access import HOLD, admit_to_own
from services.reporting.blueprint import blueprint
from services.reporting.domain.commands import HoldReturns, ResumeReturns
from services.reporting.held import require_returns
from services.reporting.read.organisation_names import organisation_names
from services.reporting.schemas import HoldPageSchema
from services.reporting.words import organisation_words
from shared.kernel.errors import RefusedError
from shared.web.actor import current_actor
from shared.web.commands import run, see_other
from shared.web.forms import form_for
from shared.web.wiring import wiring


@blueprint.route("/organisation/hold", methods=["GET", "POST"])
def hold_returns() -> ResponseReturnValue:
    """Put the returns of one's own organisation on hold."""
    actor = current_actor()
    admit_to_own(actor, HOLD)
    require_returns(actor.organisation)
    form = form_for(HoldPageSchema())
    if form.submitted and form.valid:
        try:
            answer = run("reporting", HoldReturns(actor.organisation, form.data["reason"], actor.person))
        except RefusedError as refusal:
            form.refuse(refusal.message)
        else:
            return see_other(answer, url_for("reporting.organisation"), "Your returns are on hold")
    with wiring("reporting").reading() as connection:
        name = organisation_words(actor.organisation, organisation_names(connection))
    return render_template("reporting/hold.html", form=form, name=name), form.status


@blueprint.post("/organisation/resume")
def resume_returns() -> ResponseReturnValue:
    """Let the returns of one's own organisation go on."""
    actor = current_actor()
    admit_to_own(actor, HOLD)
    answer = run("reporting", ResumeReturns(actor.organisation, actor.person))
    return see_other(answer, url_for("reporting.organisation"), "Your returns go on")
