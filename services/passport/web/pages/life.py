"""The carer's pages from the agreement on: to keep and print, proposals, review, another organisation, the end."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.passport.domain import refusals
from services.passport.domain.posts import default_reader, managers_in, organisations_of
from services.passport.domain.terms import IN_FORCE
from services.passport.read.listed import listed_of
from services.passport.read.reviews import review_reasons
from services.passport.web.access import READ, WRITE, admit_to_own, passports, require_open
from services.passport.web.acts import ANSWER_PROPOSAL, ASK_FOR_REVIEW, END_PASSPORT, TRANSFER_PASSPORT
from services.passport.web.blueprint import blueprint
from services.passport.web.reading import open_sections
from services.passport.web.views import labels, organisation_names, proposal_view, sections_view
from services.passport.wiring import PassportWiring
from shared.kernel.clock import today
from shared.web.actor import Actor, current_actor
from shared.web.app_context import wired
from shared.web.words import slug_words


@blueprint.get("/agreed")
def agreed() -> ResponseReturnValue:
    """What was agreed, as one page to keep or print."""
    actor = current_actor()
    standing = admit_to_own(actor, READ)
    paper = standing.passport.paper
    if paper.agreed is None or not paper.is_open:
        raise refusals.no_passport()
    by = {side: each.by for side, each in paper.agreed_by.items()}
    return render_template(
        "passport/agreed.html",
        sections=sections_view(paper.agreed),
        paper=paper,
        labels=labels(*by.values()),
        by=by,
    )


@blueprint.get("/proposals/<uuid:proposal>")
def show_proposal(proposal: UUID) -> ResponseReturnValue:
    """What the manager proposes, beside what is written."""
    actor = current_actor()
    standing = admit_to_own(actor, WRITE)
    found = standing.passport.paper.proposals.get(str(proposal))
    if found is None:
        raise refusals.no_such_proposal()
    content = open_sections(actor, standing).content
    now = {found.section: content[found.section]} if found.section in content else {}
    return render_template(
        "passport/proposal.html",
        proposal=proposal_view(found),
        now=sections_view(now),
        who=labels(found.by).get(found.by, ""),
        overtaken=content.get(found.section) != found.before,
    )


@blueprint.post("/proposals/<uuid:proposal>/accept")
def accept_proposal(proposal: UUID) -> ResponseReturnValue:
    """Take over what the manager proposed."""
    return _answer(
        proposal, accepted=True, message="Your passport has been changed. You and your manager must both sign it again"
    )


@blueprint.post("/proposals/<uuid:proposal>/decline")
def decline_proposal(proposal: UUID) -> ResponseReturnValue:
    """Leave it as it is."""
    return _answer(proposal, accepted=False, message="Proposed change declined. Your passport has not changed")


@blueprint.get("/review")
def review() -> ResponseReturnValue:
    """Look at it again: nothing has changed, or something has."""
    actor = current_actor()
    standing = admit_to_own(actor, READ)
    if standing.passport.paper.state not in IN_FORCE:
        raise refusals.no_passport()
    return render_template("passport/review.html", paper=standing.passport.paper, reviews=reviews_of(actor))


@blueprint.post("/review/ask")
def ask_for_review() -> ResponseReturnValue:
    """Circumstances have changed: tell the manager that a review is due."""
    then = url_for("passport.review"), "Review requested. Your manager can see that a review is due"
    return ASK_FOR_REVIEW.press(ASK_FOR_REVIEW.let(), then)


@blueprint.route("/move", methods=["GET", "POST"])
def move() -> ResponseReturnValue:
    """Whether one's passport comes along to another organisation."""
    let = TRANSFER_PASSPORT.let()
    person, paper = let.actor.person, let.subject.passport.paper
    posts = passports().posts(person)
    there = [place for place in organisations_of(posts) if place != paper.organisation]
    if not there or not paper.is_open or paper.agreed is None:
        raise refusals.no_passport()
    form = TRANSFER_PASSPORT.form(values={"organisation": there[0]})
    message = "You have taken your passport with you. Your new manager can read it and accept it"
    if done := TRANSFER_PASSPORT.submit(form, let, (url_for("passport.overview"), message)):
        return done
    names = organisation_names()
    managers = {place: default_reader(managers_in(posts, place, person)) for place in there}
    page = render_template(
        "passport/move.html",
        form=form,
        places={place: names.get(place) or slug_words(place) for place in there},
        managers=managers,
        labels=labels(*filter(None, managers.values())),
        here=names.get(paper.organisation) or slug_words(paper.organisation),
    )
    return page, form.status


@blueprint.route("/end", methods=["GET", "POST"])
def end() -> ResponseReturnValue:
    """End one's passport."""
    let, form = END_PASSPORT.let(), END_PASSPORT.form()
    require_open(let.subject)
    if done := END_PASSPORT.submit(form, let, (url_for("passport.overview"), "Your passport has ended")):
        return done
    return render_template("passport/end.html", form=form), form.status


def reviews_of(actor: Actor) -> tuple[str, ...]:
    """Why one's own passport is due for a review, if it is."""
    held = wired(PassportWiring)
    with held.reading() as connection:
        mine = listed_of(connection, actor.person)
        return review_reasons(connection, mine, today(held.clock)) if mine else ()


def _answer(proposal: UUID, *, accepted: bool, message: str) -> ResponseReturnValue:
    then = url_for("passport.overview"), message
    return ANSWER_PROPOSAL.press(ANSWER_PROPOSAL.let(), then, proposal=proposal, accepted=accepted)
