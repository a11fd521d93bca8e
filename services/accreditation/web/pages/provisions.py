"""HR's pages about what is in place for carers: record it, a champion's vacancy, its end."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.accreditation.domain.provisions import CHAMPION, KINDS
from services.accreditation.read.provisions import ProvisionShown, provisions_of
from services.accreditation.web.acts import RECORD_PROVISION, VACATE_CHAMPION, WITHDRAW_PROVISION
from services.accreditation.web.blueprint import blueprint
from services.accreditation.web.views import this_day
from services.accreditation.wiring import AccreditationWiring
from shared.web.access import nothing_here
from shared.web.actor import Actor
from shared.web.acts import Onward
from shared.web.app_context import wired


@blueprint.route("/provisions/<slug:kind>", methods=["GET", "POST"])
def record_provision(kind: str) -> ResponseReturnValue:
    """Record that something is in place, or change what is said of it."""
    let = RECORD_PROVISION.let()
    shown = _provision(let.actor, kind)
    known = shown.starts if shown.state == "in-place" else None
    same = {"starts": known, "owner": shown.owner, "evidence": shown.evidence, "review_on": shown.review_on}
    form = RECORD_PROVISION.form("kind", values=same)
    if done := RECORD_PROVISION.submit(form, let, _recorded(), kind=kind):
        return done
    page = render_template(
        "accreditation/provision.html", form=form, shown=shown, name=KINDS[kind], champion=kind == CHAMPION
    )
    return page, form.status


@blueprint.route("/provisions/carers-champion/vacancy", methods=["GET", "POST"])
def vacate_champion() -> ResponseReturnValue:
    """Record since when nobody is the champion."""
    let, form = VACATE_CHAMPION.let(), VACATE_CHAMPION.form()
    if done := VACATE_CHAMPION.submit(form, let, _recorded()):
        return done
    return render_template("accreditation/vacancy.html", form=form), form.status


@blueprint.route("/provisions/<slug:kind>/end", methods=["GET", "POST"])
def withdraw_provision(kind: str) -> ResponseReturnValue:
    """Record that something is in place no longer."""
    let = WITHDRAW_PROVISION.let()
    shown = _provision(let.actor, kind)
    form = WITHDRAW_PROVISION.form("kind")
    if done := WITHDRAW_PROVISION.submit(form, let, _recorded(), kind=kind):
        return done
    return render_template("accreditation/provision_end.html", form=form, shown=shown, name=KINDS[kind]), form.status


def _provision(actor: Actor, kind: str) -> ProvisionShown:
    """How a kind stands today; raises NotFoundError for one that there is not."""
    with wired(AccreditationWiring).reading() as connection:
        found = {each.kind: each for each in provisions_of(connection, actor.organisation, this_day())}
    if kind not in found:
        raise nothing_here()
    return found[kind]


def _recorded() -> Onward:
    return url_for("accreditation.organisation"), "Recorded"
