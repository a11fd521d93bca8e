"""The pages of accreditation: one's own training and what is in place; a manager's team; and, for HR, the rest."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.accreditation import award_pages, course_pages, provision_pages, training_pages
from services.accreditation.access import (
    COURSES,
    IN_PLACE,
    PUT_IN_PLACE,
    admit_own,
    admit_to_organisation,
    admit_to_reports,
    may,
)
from services.accreditation.blueprint import blueprint, organisation_name
from services.accreditation.domain.compliance import DUE
from services.accreditation.domain.provisions import CHAMPION
from services.accreditation.read.awards import awards_of, expiring
from services.accreditation.read.figures import all_compliance_on
from services.accreditation.read.provisions import provisions_of
from services.accreditation.views import application, awards_view, team_view, this_day, training_view
from shared.people.labels import labels_of_people
from shared.people.questions import reports_of
from shared.web.actor import Actor, current_actor
from shared.web.home import HomeItem
from shared.web.wiring import wiring

__all__ = ["award_pages", "blueprint", "course_pages", "home", "provision_pages", "training_pages"]


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """One's own training, what the organisation has in place for carers, and its awards."""
    actor = current_actor()
    admit_to_organisation(actor, IN_PLACE)
    own = "carer" in actor.roles
    training = training_view(actor.person, actor.organisation, admit_own(actor), own=True) if own else None
    with wiring("accreditation").reading() as connection:
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
    with wiring("accreditation").reading() as connection:
        provisions = provisions_of(connection, slug, day)
        shown = awards_of(connection, slug)
        courses = all_compliance_on(connection, slug, day)
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
        schemes=schemes,
        courses=courses,
        day=day,
    )


@blueprint.get("/team")
def team() -> ResponseReturnValue:
    """How the people whom one manages stand to their courses."""
    actor = current_actor()
    asked = team_view(actor.person, admit_to_reports(actor))
    with wiring("accreditation").reading() as connection:
        places = {held.person: held.organisation for held in reports_of(connection, actor.person, this_day())}
        labels: dict[str, str] = {}
        for slug in set(places.values()):
            persons = [person for person, place in places.items() if place == slug]
            labels |= labels_of_people(connection, persons, slug, this_day())
    return render_template("accreditation/team.html", asked=asked, labels=labels)


def home(actor: Actor) -> list[HomeItem]:
    """Training that is not done, one's own and one's team's; for HR, awards that end soon and a vacant champion."""
    return [*_training_items(actor), *_organisation_items(actor)]


def _training_items(actor: Actor) -> list[HomeItem]:
    if "carer" not in actor.roles:
        return []
    own = training_view(actor.person, actor.organisation, frozenset({"state"}), own=True)["asked"]
    team = [each for each in team_view(actor.person, frozenset({"state", "person"})) if each["state"] == DUE]
    items = []
    if number := sum(each["state"] == DUE for each in own):
        text = (
            "1 course is still to be taken by you" if number == 1 else f"{number} courses are still to be taken by you"
        )
        items.append(HomeItem(text=text, href=url_for("accreditation.overview")))
    if people := len({each["person"] for each in team}):
        text = (
            "1 person in your team has training to do"
            if people == 1
            else f"{people} people in your team have training to do"
        )
        items.append(HomeItem(text=text, href=url_for("accreditation.team")))
    return items


def _organisation_items(actor: Actor) -> list[HomeItem]:
    if not may(actor, PUT_IN_PLACE):
        return []
    day = this_day()
    with wiring("accreditation").reading() as connection:
        ending = expiring(awards_of(connection, actor.organisation), application().schemes, day)
        provisions = provisions_of(connection, actor.organisation, day)
    href = url_for("accreditation.organisation")
    items = [HomeItem(text=_ends(award.scheme, award.last_day), href=href) for award in ending]
    if any(each.kind == CHAMPION and each.vacant_since and not each.ends for each in provisions):
        items.append(HomeItem(text="The Carers’ Champion’s place is vacant", href=href))
    return items


def _ends(scheme: str, last_day: Any) -> str:
    return f"The {application().scheme(scheme).name} award ends on {last_day.day} {last_day:%B %Y}"
