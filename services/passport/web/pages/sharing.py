"""The carer's pages about others: who may read which part, until when, and who has looked."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.passport.domain import refusals
from services.passport.read.staff import person_with
from services.passport.web.access import SEE_READINGS, SHARE, Standing, admit_to_own, passports, require_open
from services.passport.web.acts import GIVE_CONSENT, WITHDRAW_CONSENT
from services.passport.web.blueprint import blueprint
from services.passport.web.reading import looked
from services.passport.web.schemas import PAGE_SIZE, SECTION_CHOICES, ReaderSchema
from services.passport.web.views import consents_view, labels, readings_view
from services.passport.wiring import PassportWiring
from shared.kernel.clock import today
from shared.web.actor import current_actor
from shared.web.app_context import wired
from shared.web.colleagues import with_names
from shared.web.forms import Form, form_for
from shared.web.paging import paged

SOMEBODY_ELSE = "somebody-else"


@blueprint.get("/sharing")
def sharing() -> ResponseReturnValue:
    """Who can read each part of one's passport."""
    standing = _open()
    consents = consents_view(standing)
    who = labels(*(each["reader"] for each in consents))
    return render_template("passport/sharing.html", consents=consents, labels=who)


@blueprint.route("/sharing/new", methods=["GET", "POST"])
def new_consent() -> ResponseReturnValue:
    """First page of a consent: who can read."""
    standing = _open()
    form = form_for(ReaderSchema())
    if form.submitted and form.valid and (reader := _reader(standing, form)):
        return redirect(url_for("passport.choose_parts", reader=reader), 303)
    who = labels(*standing.managers)
    choices = {manager: f"My manager ({who.get(manager, '')})" for manager in standing.managers}
    choices[SOMEBODY_ELSE] = "Somebody else in my organisation"
    return render_template("passport/reader.html", form=form, choices=choices), form.status


@blueprint.route("/sharing/new/parts", methods=["GET", "POST"])
def choose_parts() -> ResponseReturnValue:
    """Second page of a consent: which parts, what for, from when until when."""
    let = GIVE_CONSENT.let()
    standing, reader = let.subject, request.args.get("reader", "")
    require_open(standing)
    if not _is_colleague(standing, reader):
        return redirect(url_for("passport.new_consent"), 303)
    is_manager = reader in standing.managers
    form = GIVE_CONSENT.form("reader", values=_offered(standing, is_manager))
    then = url_for("passport.sharing"), "Passport shared. You can stop sharing at any time"
    if done := GIVE_CONSENT.submit(form, let, then, reader=reader):
        return done
    page = render_template(
        "passport/parts.html",
        form=form,
        reader=reader,
        who=labels(reader).get(reader, ""),
        is_manager=is_manager,
        choices=SECTION_CHOICES,
        example=today(wired(PassportWiring).clock),
    )
    return page, form.status


@blueprint.post("/sharing/<uuid:consent>/stop")
def stop_sharing(consent: UUID) -> ResponseReturnValue:
    """Withdraw a consent, from this moment."""
    let = WITHDRAW_CONSENT.let()
    require_open(let.subject)
    return WITHDRAW_CONSENT.press(let, (url_for("passport.sharing"), "You have stopped sharing"), consent=consent)


@blueprint.get("/readings")
def readings() -> ResponseReturnValue:
    """Who has looked at one's passport."""
    standing = admit_to_own(current_actor(), SEE_READINGS)
    page = paged(lambda most, start: looked(standing.passport.person, limit=most, offset=start), PAGE_SIZE)
    return render_template(
        "passport/readings.html",
        readings=readings_view(page.rows),
        names=with_names({each.reading.reader: "" for each in page.rows}),
        **page.turning(),
    )


def _open() -> Standing:
    standing = admit_to_own(current_actor(), SHARE)
    require_open(standing)
    return standing


def _reader(standing: Standing, form: Form) -> str:
    """Who was chosen; empty where nobody can be found, which the form then shows."""
    who: str = form.data["who"]
    if who in standing.managers:
        return who
    if who != SOMEBODY_ELSE:
        form.refuse("Choose who you want to share it with", field="who")
        return ""
    number = form.data["staff_number"]
    if not number:
        form.refuse("Enter their staff number", field="staff_number")
        return ""
    held, place = wired(PassportWiring), standing.passport.paper.organisation
    with held.reading() as connection:
        found = person_with(connection, place, number, today(held.clock))
    if found is None or found == standing.passport.person:
        form.refuse(refusals.nobody_there().message, field="staff_number")
        return ""
    return found


def _is_colleague(standing: Standing, reader: str) -> bool:
    """Whether this is the carer's manager, or somebody else who works where the passport is."""
    if not reader or reader == standing.passport.person:
        return False
    place = standing.passport.paper.organisation
    return reader in standing.managers or any(post.organisation == place for post in passports().posts(reader))


def _offered(standing: Standing, is_manager: bool) -> dict[str, object]:
    """What the page begins with: for a manager all that is written, because nobody signs what they cannot read."""
    day = today(wired(PassportWiring).clock)
    if not is_manager:
        return {"starts": day}
    written = [name for name in SECTION_CHOICES if name in standing.passport.paper.content]
    return {"starts": day, "sections": written, "purpose": "To agree it with me and to keep to what we agreed"}
