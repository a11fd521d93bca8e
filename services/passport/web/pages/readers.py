"""The pages of others: a manager's list and view, proposals, their signature; HR's look with a purpose."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import marshmallow as ma
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.passport.domain import refusals
from services.passport.domain.rules import manager_blockers
from services.passport.domain.sections import FLEXIBILITIES, MOST_FLEXIBILITIES, PROPOSED_BY_MANAGERS
from services.passport.domain.signatures import CARER, MANAGER
from services.passport.domain.terms import IN_FORCE, TRANSFERRED
from services.passport.read.listed import listed_of
from services.passport.read.reviews import review_reasons
from services.passport.read.staff import person_with
from services.passport.read.team import named_readers_passports, team_passports
from services.passport.web.access import (
    READ,
    READ_FOR_PURPOSE,
    REPORTS,
    Standing,
    admit_to_list,
    admit_to_organisation,
    admit_to_passport,
)
from services.passport.web.acts import PROPOSE_CHANGE, SIGN_AS_MANAGER, TAKE_OVER
from services.passport.web.blueprint import blueprint
from services.passport.web.reading import open_sections
from services.passport.web.schemas import (
    FindSchema,
    ProposedFlexibilitySchema,
    ProposedTextSchema,
    PurposeSchema,
    SignSchema,
)
from services.passport.web.views import arrangements_in, in_order, labels, numbered, passport_view, sections_view
from services.passport.wiring import PassportWiring
from shared.kernel.clock import today
from shared.store.commands import Answer
from shared.web.actor import current_actor
from shared.web.acts import Onward
from shared.web.app_context import wired
from shared.web.forms import form_for

_PROPOSE_ARRANGEMENT = replace(PROPOSE_CHANGE, refusal_field="detail")
"""The same from a page that has no field for the section as a whole."""


@blueprint.get("/team")
def team() -> ResponseReturnValue:
    """The passports of the people one manages, and those that others have shared with one."""
    actor = current_actor()
    admit_to_list(actor)
    held = wired(PassportWiring)
    day = today(held.clock)
    with held.reading() as connection:
        found = team_passports(connection, actor.person, day)
        named = named_readers_passports(connection, actor.person, day)
    mine = {each.listed.person for each in found}
    others = [person for person in named if person not in mine]
    names = labels(*mine, *others)
    return render_template(
        "passport/team.html",
        team=in_order(found, names),
        others=sorted(others, key=lambda person: names.get(person, "").casefold()),
        labels=names,
    )


@blueprint.get("/people/<uuid:person>")
def show_passport(person: UUID) -> ResponseReturnValue:
    """Somebody's passport, by the parts that they share. The reading is noted, and they see it."""
    actor = current_actor()
    standing = admit_to_passport(actor, READ, str(person))
    opened = open_sections(actor, standing)
    paper, is_manager = standing.passport.paper, standing.relation == REPORTS
    return render_template(
        "passport/person.html",
        shown=passport_view(standing, opened),
        before=sections_view(opened.before),
        changed=list(opened.before),
        who=labels(str(person)).get(str(person), ""),
        manages=is_manager,
        proposable=[name for name in PROPOSED_BY_MANAGERS if is_manager and name in standing.readable],
        reviews=_reviews(str(person)) if is_manager else (),
        can_sign=_can_sign(standing),
        blockers=_blockers(standing),
        signature_waits=paper.state not in IN_FORCE or paper.has_changes or CARER in paper.signatures,
        can_take_over=is_manager and bool(standing.readable) and paper.state == TRANSFERRED,
        waits_for_answer=any(each.by == actor.person for each in paper.proposals.values()) and is_manager,
        signed=is_manager and MANAGER in paper.signatures and paper.signatures[MANAGER].by == actor.person,
    )


@blueprint.route("/people/<uuid:person>/propose/<slug:section>", methods=["GET", "POST"])
def propose(person: UUID, section: str) -> ResponseReturnValue:
    """Other words for a section, for the carer to accept or to decline."""
    let = PROPOSE_CHANGE.let(person=person)
    _require_proposable(let.subject, section)
    content = open_sections(let.actor, let.subject).content
    if section == FLEXIBILITIES:
        return render_template(
            "passport/propose_which.html",
            person=str(person),
            who=labels(str(person)).get(str(person), ""),
            arrangements=arrangements_in(content),
            most=MOST_FLEXIBILITIES,
        )
    form = form_for(ProposedTextSchema(), values={"text": content.get(section)})
    if done := PROPOSE_CHANGE.submit(form, let, _proposed(person), section=section):
        return done
    page = render_template(
        "passport/propose.html",
        form=form,
        person=str(person),
        who=labels(str(person)).get(str(person), ""),
        section=section,
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/propose/arrangements/<int:number>", methods=["GET", "POST"])
def propose_arrangement(person: UUID, number: int) -> ResponseReturnValue:
    """Another wording of one arrangement, or one more."""
    let = PROPOSE_CHANGE.let(person=person)
    _require_proposable(let.subject, FLEXIBILITIES)
    before, now, after = numbered(open_sections(let.actor, let.subject).content, number)
    form = form_for(ProposedFlexibilitySchema(), values=now)
    proposed, then = [*before, form.data, *after], _proposed(person)
    if done := _PROPOSE_ARRANGEMENT.submit(form, let, then, section=FLEXIBILITIES, flexibilities=proposed):
        return done
    page = render_template(
        "passport/propose_arrangement.html",
        form=form,
        person=str(person),
        who=labels(str(person)).get(str(person), ""),
        number=number,
        there=bool(now),
    )
    return page, form.status


@blueprint.route("/people/<uuid:person>/sign", methods=["GET", "POST"])
def sign_as_manager(person: UUID) -> ResponseReturnValue:
    """Read all of it once more, and sign for one's own side."""
    let, form = SIGN_AS_MANAGER.let(person=person), form_for(SignSchema())
    standing = let.subject
    if done := SIGN_AS_MANAGER.submit(form, let, lambda answer: _signed(person, answer)):
        return done
    opened = open_sections(let.actor, standing)
    page = render_template(
        "passport/sign.html",
        form=form,
        shown=passport_view(standing, opened),
        before=sections_view(opened.before),
        changed=list(opened.before),
        who=labels(str(person)).get(str(person), ""),
        can_sign=_can_sign(standing),
        blockers=_blockers(standing),
    )
    return page, form.status


@blueprint.post("/people/<uuid:person>/take-over")
def take_over(person: UUID) -> ResponseReturnValue:
    """Take over what was agreed elsewhere."""
    then = url_for("passport.show_passport", person=person), "Passport accepted as it was agreed"
    return TAKE_OVER.press(TAKE_OVER.let(person=person), then)


@blueprint.route("/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """Whose passport HR has to read, and what for."""
    actor = current_actor()
    admit_to_organisation(actor)
    form = form_for(FindSchema())
    if form.submitted and form.valid:
        held = wired(PassportWiring)
        with held.reading() as connection:
            person = person_with(connection, actor.organisation, form.data["staff_number"], today(held.clock))
        if person is not None and person != actor.person:
            purpose = form.data["purpose"]
            return redirect(url_for("passport.show_for_purpose", person=person, purpose=purpose), 303)
        form.refuse(
            "Nobody else in your organisation has this staff number today. Check the number", field="staff_number"
        )
    return render_template("passport/find.html", form=form), form.status


@blueprint.get("/people/<uuid:person>/for-purpose")
def show_for_purpose(person: UUID) -> ResponseReturnValue:
    """An agreed passport, for HR with a purpose. The reading is noted, and the carer sees it with its purpose."""
    actor = current_actor()
    standing = admit_to_passport(actor, READ_FOR_PURPOSE, str(person))
    try:
        purpose = PurposeSchema().load({"purpose": request.args.get("purpose", "")})["purpose"]
    except ma.ValidationError:
        return redirect(url_for("passport.find"), 303)
    return render_template(
        "passport/for_purpose.html",
        shown=passport_view(standing, open_sections(actor, standing, purpose)),
        who=labels(str(person)).get(str(person), ""),
        purpose=purpose,
    )


def _proposed(person: UUID) -> Onward:
    return url_for("passport.show_passport", person=person), "Proposal sent. The carer can accept or decline it"


def _signed(person: UUID, answer: Answer) -> Onward:
    settled = answer.data["settled"]
    message = "You and the carer have both signed" if settled else "You have signed. The carer signs next"
    return url_for("passport.show_passport", person=person), message


def _require_proposable(standing: Standing, section: str) -> None:
    if section not in PROPOSED_BY_MANAGERS or section not in standing.readable:
        raise refusals.no_passport()


def _can_sign(standing: Standing) -> bool:
    """Whether the manager's signature is possible now; the command asks again."""
    return standing.relation == REPORTS and not _blockers(standing)


def _blockers(standing: Standing) -> tuple[str, ...]:
    return manager_blockers(standing.passport.paper, standing.readable)


def _reviews(person: str) -> tuple[str, ...]:
    held = wired(PassportWiring)
    with held.reading() as connection:
        found = listed_of(connection, person)
        return review_reasons(connection, found, today(held.clock)) if found else ()
