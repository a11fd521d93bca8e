"""The pages of accreditation: one's own training and what is in place; a manager's team; and, for HR, the rest."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from services.accreditation.read.awards import awards_of, expiring
from services.accreditation.read.figures import all_compliance_on
from services.accreditation.read.provisions import provisions_of
from services.accreditation.web.access import (
    COURSES,
    IN_PLACE,
    PUT_IN_PLACE,
    admit_own,
    admit_to_organisation,
    admit_to_reports,
    may,
)
from services.accreditation.web.blueprint import blueprint, organisation_name, organisation_names
from services.accreditation.web.views import application, awards_view, team_labels, team_view, this_day, training_view
from services.accreditation.wiring import AccreditationWiring
from shared.people.questions import reports_of
from shared.web.actor import current_actor
from shared.web.app_context import wired


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """One's own training, what the organisation has in place for carers, and its awards."""
    actor = current_actor()
    admit_to_organisation(actor, IN_PLACE)
    own = "carer" in actor.roles
    training = training_view(actor.person, actor.organisation, admit_own(actor), own=True) if own else None
    with wired(AccreditationWiring).reading() as connection:
        provisions = provisions_of(connection, actor.organisation, this_day())
        team = bool(reports_of(connection, actor.person, this_day()))
    _, levels = awards_view(actor.organisation, this_day())
    return render_template(
        "accreditation/overview.html",
        training=training,
        provisions=[each for each in provisions if each.state != "missing"],
        levels=[each for each in levels if each["level"]],
        team=team,
        organisation=organisation_name(actor.organisation),
        hr=may(actor, COURSES),
    )


@blueprint.get("/organisation")
def organisation() -> ResponseReturnValue:
    """HR's start: what is missing, which awards end, how far training is."""
    actor = current_actor()
    admit_to_organisation(actor, PUT_IN_PLACE)
    day, slug = this_day(), actor.organisation
    with wired(AccreditationWiring).reading() as connection:
        provisions = provisions_of(connection, slug, day)
        shown = awards_of(connection, slug)
        courses = all_compliance_on(connection, slug, day)
    names = organisation_names({each for award in shown for each in (award.organisation, *award.organisations)})
    _, levels = awards_view(slug, day)
    schemes = application().schemes
    return render_template(
        "accreditation/organisation.html",
        organisation=organisation_name(slug),
        slug=slug,
        provisions=provisions,
        awards=shown,
        expiring={award.award for award in expiring(shown, schemes, day)},
        levels=levels,
        names=names,
        schemes=schemes,
        courses=courses,
        day=day,
    )


@blueprint.get("/team")
def team() -> ResponseReturnValue:
    """The courses of the people one manages, and how each stands."""
    actor = current_actor()
    asked = team_view(actor.person, admit_to_reports(actor))
    labels = team_labels(actor.person)
    asked.sort(key=lambda each: (labels.get(each["person"], "").casefold(), each["title"]))
    return render_template("accreditation/team.html", asked=asked, labels=labels)
