"""The carer's pages: the passport step by step, until both have signed it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.passport.domain import refusals
from services.passport.domain.posts import organisations_of
from services.passport.domain.sections import FLEXIBILITIES, MOST_FLEXIBILITIES, PATTERN, SECTIONS, missing
from services.passport.domain.signatures import CARER
from services.passport.domain.terms import DRAFTED
from services.passport.web.access import READ, Standing, admit_own, admit_to_own, passports, require_open
from services.passport.web.acts import BEGIN_PASSPORT, DROP_CHANGES, RECORD_CONVERSATION, SIGN_MINE, WRITE_SECTION
from services.passport.web.blueprint import blueprint
from services.passport.web.pages.life import reviews_of
from services.passport.web.reading import open_sections
from services.passport.web.schemas import FlexibilitySchema, PatternSchema, SignSchema
from services.passport.web.views import arrangements_in, numbered, passport_view, sections_view
from services.passport.wiring import PassportWiring
from shared.kernel.clock import today
from shared.kernel.events import Payload
from shared.store.commands import Answer
from shared.web.actor import current_actor
from shared.web.acts import Onward
from shared.web.app_context import wired
from shared.web.forms import Form, form_for

"""The same from a page that has no field for the section as a whole."""


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """One's own passport: what it is now, what is next; or how to begin."""
    actor = current_actor()
    admit_own(actor, READ)
    found = passports().passport_of(actor.person)
    if found is None or found.forgotten or not found.is_open:
        ended_on = found.paper.ended_on if found and not found.forgotten else None
        employed = bool(passports().posts(actor.person))
        return render_template("passport/begin.html", ended_on=ended_on, employed=employed)
    standing = admit_to_own(actor, READ)
    paper, places = standing.passport.paper, organisations_of(passports().posts(actor.person))
    return render_template(
        "passport/overview.html",
        shown=passport_view(standing, open_sections(actor, standing)),
        missing=missing(paper.content),
        unread=_unread(standing),
        reviews=reviews_of(actor),
        moved=bool(places) and paper.organisation not in places,
        agreed=paper.agreed is not None,
        signed=sorted(paper.signatures),
    )


@blueprint.post("/begin")
def begin() -> ResponseReturnValue:
    """Begin a passport."""
    then = url_for("passport.write_section", section=SECTIONS[0]), "Passport started"
    return BEGIN_PASSPORT.press(BEGIN_PASSPORT.let(), then)


@blueprint.route("/sections/<slug:section>", methods=["GET", "POST"])
def write_section(section: str) -> ResponseReturnValue:
    """One section: saved as one goes, and on to the next."""
    let = WRITE_SECTION.let()
    require_open(let.subject)
    if section not in SECTIONS:
        raise refusals.no_passport()
    content = open_sections(let.actor, let.subject).content
    if section == FLEXIBILITIES:
        return render_template(
            "passport/flexibilities.html",
            arrangements=arrangements_in(content),
            most=MOST_FLEXIBILITIES,
            next=_next(section),
            back=_before(section),
            then=_then(),
        )
    form = _section_form(section, {"text": content.get(section)})
    saved = "Saved" if form.data.get("text") or section in content else ""
    if done := WRITE_SECTION.submit(form, let, (_next(section), saved), section=section):
        return done
    page = render_template(
        "passport/section.html",
        form=form,
        section=section,
        number=SECTIONS.index(section) + 1,
        of=len(SECTIONS),
        back=_before(section),
        then=_then(),
    )
    return page, form.status


@blueprint.route("/arrangements/<int:number>", methods=["GET", "POST"])
def write_arrangement(number: int) -> ResponseReturnValue:
    """One arrangement: a new one where the number is one more than there are."""
    let = WRITE_SECTION.let()
    require_open(let.subject)
    before, now, after = numbered(open_sections(let.actor, let.subject).content, number)
    form = form_for(FlexibilitySchema(), values=now)
    written, then = [*before, form.data, *after], (_arrangements(), "Saved")
    if done := WRITE_SECTION.submit(form, let, then, section=FLEXIBILITIES, flexibilities=written):
        return done
    page = render_template("passport/arrangement.html", form=form, number=number, there=bool(now), then=_then())
    return page, form.status


@blueprint.post("/arrangements/<int:number>/remove")
def remove_arrangement(number: int) -> ResponseReturnValue:
    """Take an arrangement out."""
    let = WRITE_SECTION.let()
    before, now, after = numbered(open_sections(let.actor, let.subject).content, number)
    if not now:
        raise refusals.no_passport()
    then = _arrangements(), "Arrangement removed"
    return WRITE_SECTION.press(let, then, section=FLEXIBILITIES, flexibilities=[*before, *after])


@blueprint.route("/conversation", methods=["GET", "POST"])
def conversation() -> ResponseReturnValue:
    """When carer and manager talked."""
    let = RECORD_CONVERSATION.let()
    require_open(let.subject)
    form = RECORD_CONVERSATION.form(values={"held_on": let.subject.passport.paper.held_on})
    if done := RECORD_CONVERSATION.submit(form, let, (url_for("passport.check"), "Conversation recorded")):
        return done
    return render_template(
        "passport/conversation.html", form=form, example=today(wired(PassportWiring).clock)
    ), form.status


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """Check the answers, and sign."""
    let, form = SIGN_MINE.let(), form_for(SignSchema())
    require_open(let.subject)
    if done := SIGN_MINE.submit(form, let, _signed):
        return done
    standing, paper = let.subject, let.subject.passport.paper
    opened = open_sections(let.actor, standing)
    page = render_template(
        "passport/check.html",
        form=form,
        shown=passport_view(standing, opened),
        before=sections_view(opened.before),
        changed=list(opened.before),
        missing=missing(paper.content),
        talked=paper.state != DRAFTED,
        signed=CARER in paper.signatures,
        unread=_unread(standing),
    )
    return page, form.status


@blueprint.post("/drop-changes")
def drop_changes() -> ResponseReturnValue:
    """Go back to what was agreed last."""
    then = url_for("passport.overview"), "Changes undone. Your passport is as it was agreed"
    return DROP_CHANGES.press(DROP_CHANGES.let(), then)


def _section_form(section: str, values: Payload) -> Form:
    if section == PATTERN:
        return form_for(PatternSchema(), values)
    return WRITE_SECTION.form("section", "flexibilities", values=values)


def _signed(answer: Answer) -> Onward:
    settled = answer.data["settled"]
    message = "You and your manager have both signed" if settled else "You have signed. Your manager signs next"
    return url_for("passport.overview"), message


def _unread(standing: Standing) -> tuple[str, ...]:
    """The filled sections that no manager of today can read, which a manager needs in order to sign."""
    sharing = passports().sharing_of(standing.passport.person)
    written = [section for section in SECTIONS if section in standing.passport.paper.content]
    day = passports().today()
    of_managers = [
        sharing.readable_by(manager, day, standing.managers) for manager in standing.managers if sharing is not None
    ]
    best: frozenset[str] = max(of_managers, key=len, default=frozenset())
    return tuple(section for section in written if section not in best)


def _then() -> dict[str, Any]:
    """Where a section leads when it was not reached on the way through all of them."""
    return {"then": "check"} if request.args.get("then") == "check" else {}


def _next(section: str) -> str:
    following = SECTIONS[SECTIONS.index(section) + 1 :]
    if _then() or not following:
        return url_for("passport.check")
    return url_for("passport.write_section", section=following[0])


def _before(section: str) -> str:
    earlier = SECTIONS[: SECTIONS.index(section)]
    if _then():
        return url_for("passport.check")
    return url_for("passport.write_section", section=earlier[-1]) if earlier else url_for("passport.overview")


def _arrangements() -> str:
    return url_for("passport.write_section", section=FLEXIBILITIES, **_then())
