"""The carer's pages: the passport step by step, until both have signed it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.passport.access import READ, SIGN, WRITE, Standing, admit_own, admit_to_own, passports
from services.passport.blueprint import blueprint
from services.passport.domain import refusals
from services.passport.domain.commands import (
    BeginPassport,
    DropChanges,
    RecordConversation,
    SignPassport,
    WriteSection,
)
from services.passport.domain.posts import organisations_of
from services.passport.domain.sections import (
    FLEXIBILITIES,
    MOST_FLEXIBILITIES,
    PATTERN,
    SECTIONS,
    Value,
    flexibilities_in,
    missing,
)
from services.passport.domain.signatures import CARER
from services.passport.domain.terms import DRAFTED
from services.passport.life_pages import reviews_of
from services.passport.reading import open_sections
from services.passport.schemas import (
    ConversationSchema,
    FlexibilitySchema,
    PatternSchema,
    SignSchema,
    TextSchema,
    flexibility_of,
)
from services.passport.views import arrangements_in, passport_view, sections_view
from shared.kernel.clock import today
from shared.kernel.errors import InvalidError, RefusedError
from shared.web.actor import current_actor
from shared.web.commands import run, see_other
from shared.web.forms import form_for
from shared.web.wiring import wiring


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
    actor = current_actor()
    admit_own(actor, WRITE)
    answer = run("passport", BeginPassport(actor.person, actor.person))
    return see_other("passport", answer, url_for("passport.write_section", section=SECTIONS[0]), "Passport started")


@blueprint.route("/sections/<slug:section>", methods=["GET", "POST"])
def write_section(section: str) -> ResponseReturnValue:
    """One section: saved as one goes, and on to the next."""
    actor = current_actor()
    standing = admit_to_own(actor, WRITE)
    _require_open(standing)
    if section not in SECTIONS:
        raise refusals.no_passport()
    content = open_sections(actor, standing).content
    if section == FLEXIBILITIES:
        return render_template(
            "passport/flexibilities.html",
            arrangements=arrangements_in(content),
            most=MOST_FLEXIBILITIES,
            next=_next(section),
            back=_before(section),
            then=_then(),
        )
    schema = PatternSchema() if section == PATTERN else TextSchema()
    form = form_for(schema, values={"text": content.get(section)})
    if form.submitted and form.valid:
        try:
            answer = run("passport", WriteSection(actor.person, section, form.data["text"], actor.person))
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message, field="text")
        else:
            return see_other(
                "passport", answer, _next(section), "Saved" if form.data["text"] or section in content else ""
            )
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
    actor = current_actor()
    standing = admit_to_own(actor, WRITE)
    _require_open(standing)
    held = flexibilities_in(open_sections(actor, standing).content)
    if not 1 <= number <= min(len(held) + 1, MOST_FLEXIBILITIES):
        raise refusals.no_passport()
    now = vars(held[number - 1]) if number <= len(held) else {}
    form = form_for(FlexibilitySchema(), values=now)
    if form.submitted and form.valid:
        value = (*held[: number - 1], flexibility_of(form.data), *held[number:])
        try:
            answer = run("passport", WriteSection(actor.person, FLEXIBILITIES, value, actor.person))
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message)
        else:
            return see_other("passport", answer, _arrangements(), "Saved")
    page = render_template("passport/arrangement.html", form=form, number=number, there=bool(now), then=_then())
    return page, form.status


@blueprint.post("/arrangements/<int:number>/remove")
def remove_arrangement(number: int) -> ResponseReturnValue:
    """Take an arrangement out."""
    actor = current_actor()
    standing = admit_to_own(actor, WRITE)
    held = flexibilities_in(open_sections(actor, standing).content)
    if not 1 <= number <= len(held):
        raise refusals.no_passport()
    value: Value = (*held[: number - 1], *held[number:])
    answer = run("passport", WriteSection(actor.person, FLEXIBILITIES, value, actor.person))
    return see_other("passport", answer, _arrangements(), "Arrangement removed")


@blueprint.route("/conversation", methods=["GET", "POST"])
def conversation() -> ResponseReturnValue:
    """When carer and manager talked."""
    actor = current_actor()
    standing = admit_to_own(actor, WRITE)
    _require_open(standing)
    form = form_for(ConversationSchema(), values={"held_on": standing.passport.paper.held_on})
    if form.submitted and form.valid:
        try:
            answer = run("passport", RecordConversation(actor.person, form.data["held_on"], actor.person))
        except (RefusedError, InvalidError) as refusal:
            form.refuse(refusal.message, field="held_on")
        else:
            return see_other("passport", answer, url_for("passport.check"), "Conversation recorded")
    return render_template(
        "passport/conversation.html", form=form, example=today(wiring("passport").clock)
    ), form.status


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """Check the answers, and sign."""
    actor = current_actor()
    standing = admit_to_own(actor, SIGN)
    _require_open(standing)
    form = form_for(SignSchema())
    if form.submitted and form.valid:
        try:
            answer = run("passport", SignPassport(actor.person, CARER, form.data["digest"], actor.person))
        except RefusedError as refusal:
            form.refuse(refusal.message, field="agreed")
        else:
            settled = answer.data["settled"]
            message = "You and your manager have both signed" if settled else "You have signed. Your manager signs next"
            return see_other("passport", answer, url_for("passport.overview"), message)
    paper = standing.passport.paper
    opened = open_sections(actor, standing)
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
    actor = current_actor()
    admit_to_own(actor, WRITE)
    answer = run("passport", DropChanges(actor.person, actor.person))
    return see_other(
        "passport", answer, url_for("passport.overview"), "Changes undone. Your passport is as it was agreed"
    )


def _require_open(standing: Standing) -> None:
    """An ended passport is not written in."""
    if not standing.passport.is_open:
        raise refusals.no_passport()


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
