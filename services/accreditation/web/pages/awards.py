"""HR's pages about awards and self-assessments: record an award step by step, end it; assess area by area."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.accreditation.domain.schemes import Scheme
from services.accreditation.read.awards import assessed_areas
from services.accreditation.web.access import ASSESS, PUT_IN_PLACE, admit_to_organisation
from services.accreditation.web.acts import ASSESS_AREA, END_AWARD, RECORD_AWARD
from services.accreditation.web.blueprint import blueprint, organisation_names
from services.accreditation.web.evidence.live import Live, live
from services.accreditation.web.schemas import (
    SchemeSchema,
    area_form,
    score_field,
    scores_of,
)
from services.accreditation.web.views import application, assessment_view, this_day
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.errors import NotFoundError
from shared.web.actor import current_actor
from shared.web.app_context import wired
from shared.web.forms import form_for


@blueprint.route("/awards/new", methods=["GET", "POST"])
def choose_scheme() -> ResponseReturnValue:
    """First page of an award: under which scheme."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    schemes = application().schemes
    form = form_for(SchemeSchema())
    if form.submitted and form.valid:
        if form.data["scheme"] in schemes:
            return redirect(url_for("accreditation.record_award", scheme=form.data["scheme"]), 303)
        form.refuse("Choose the scheme", field="scheme")
    return render_template("accreditation/award_scheme.html", form=form, schemes=schemes), form.status


@blueprint.route("/awards/new/<slug:scheme>", methods=["GET", "POST"])
def record_award(scheme: str) -> ResponseReturnValue:
    """Second page of an award: what its certificate says, and whom it covers."""
    let = RECORD_AWARD.let()
    own, found = let.actor.organisation, application().scheme(scheme)
    group = organisation_names(set(application().group_of(own)))
    form = RECORD_AWARD.form("scheme", values={"organisations": [own]})
    onward = url_for("accreditation.organisation"), "Award recorded"
    if done := RECORD_AWARD.submit(form, let, onward, scheme=scheme):
        return done
    return render_template("accreditation/award.html", form=form, scheme=found, group=group), form.status


@blueprint.route("/awards/<uuid:award>/end", methods=["GET", "POST"])
def end_award(award: UUID) -> ResponseReturnValue:
    """End an award before its time."""
    let, form = END_AWARD.let(award=award), END_AWARD.form()
    if done := END_AWARD.submit(form, let, (url_for("accreditation.organisation"), "Award ended")):
        return done
    scheme = application().scheme(let.subject.scheme)
    return render_template("accreditation/award_end.html", form=form, award=let.subject, scheme=scheme), form.status


@blueprint.get("/assessments/<slug:scheme>")
def show_assessment(scheme: str) -> ResponseReturnValue:
    """A self-assessment: every area of the scheme, with what was found."""
    actor = current_actor()
    admit_to_organisation(actor, ASSESS)
    found, day = application().scheme(scheme), this_day()
    with wired(AccreditationWiring).reading() as connection:
        shown = live(connection, actor.organisation, day)
    return render_template(
        "accreditation/assessment.html",
        scheme=found,
        assessment=assessment_view(actor.organisation, found, day),
        live=shown,
        supporting={area.area: shown.supporting(area) for area in found.areas},
        day=day,
    )


@blueprint.route("/assessments/<slug:scheme>/<slug:area>", methods=["GET", "POST"])
def assess_area(scheme: str, area: str) -> ResponseReturnValue:
    """One area of a self-assessment; the next one that was not looked at follows."""
    let = ASSESS_AREA.let()
    found = application().scheme(scheme)
    looked_at = found.area(area)
    if looked_at is None:
        raise NotFoundError("The scheme does not have this area. Go back to the self-assessment and choose one.")
    with wired(AccreditationWiring).reading() as connection:
        known = assessed_areas(connection, let.actor.organisation, scheme)
        shown = live(connection, let.actor.organisation, this_day()).supporting(looked_at)
    held = known.get(area)
    same = {score_field(name): score for name, score in held.scores.items()} if held else {}
    form = form_for(
        area_form(looked_at),
        values={**same, "evidence": held.evidence, "evidence_on": held.evidence_on} if held else _begun(shown),
    )
    onward = _next(found, {*known, area}), f"{looked_at.name} saved"
    scores = scores_of(looked_at, form.data)
    if done := ASSESS_AREA.submit(form, let, onward, scheme=scheme, area=area, scores=scores):
        return done
    page = render_template(
        "accreditation/area.html",
        form=form,
        scheme=found,
        area=looked_at,
        live=shown,
        fields=[(score_field(each.criterion), each.text) for each in looked_at.criteria],
    )
    return page, form.status


def _begun(shown: Live) -> dict[str, object]:
    """What an area that was not looked at begins with: what the records show today."""
    return {"evidence": shown.words, "evidence_on": shown.day} if shown.words else {}


def _next(scheme: Scheme, known: set[str]) -> str:
    """The next area that was not looked at; after the last the whole self-assessment."""
    rest = [area.area for area in scheme.areas if area.area not in known]
    if rest:
        return url_for("accreditation.assess_area", scheme=scheme.scheme, area=rest[0])
    return url_for("accreditation.show_assessment", scheme=scheme.scheme)
