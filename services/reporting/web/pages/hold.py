"""HR's pages about their organisation's returns: put them on hold, and let them go on."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.reporting.read.organisation_names import organisation_names
from services.reporting.web.acts import HOLD_RETURNS, RESUME_RETURNS
from services.reporting.web.blueprint import blueprint
from services.reporting.web.schemas import HoldPageSchema
from services.reporting.web.words import organisation_words
from services.reporting.wiring import ReportingWiring
from shared.web.app_context import wired
from shared.web.forms import form_for


@blueprint.route("/organisation/hold", methods=["GET", "POST"])
def hold_returns() -> ResponseReturnValue:
    """Put the returns of one's own organisation on hold."""
    let, form = HOLD_RETURNS.let(), form_for(HoldPageSchema())
    if done := HOLD_RETURNS.submit(form, let, (url_for("reporting.organisation"), "Your returns are on hold")):
        return done
    with wired(ReportingWiring).reading() as connection:
        name = organisation_words(let.actor.organisation, organisation_names(connection))
    return render_template("reporting/hold.html", form=form, name=name), form.status


@blueprint.post("/organisation/resume")
def resume_returns() -> ResponseReturnValue:
    """Let the returns of one's own organisation go on."""
    return RESUME_RETURNS.press(RESUME_RETURNS.let(), (url_for("reporting.organisation"), "Your returns go on"))
