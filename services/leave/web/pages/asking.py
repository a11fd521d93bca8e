"""The pages on which a carer asks for leave: dates, how much of each, then a list to check, change and add to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import marshmallow as ma
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.leave.application import Leave
from services.leave.domain.answers import FITS
from services.leave.domain.assessment import MOST_DATES
from services.leave.domain.commands import Day
from services.leave.domain.parts import HALF, WHOLE
from services.leave.domain.wording import day_text, listed
from services.leave.web.access import GIVE, admit_own
from services.leave.web.acts import GIVE_NOTICE
from services.leave.web.asking import (
    Answered,
    Asked,
    answer_with_room,
    asked_so_far,
    cost_of,
    counted,
    dates_in,
    days_of,
    fitting,
    left_after,
    not_counted,
    parts_in_common,
    total_of,
    why_not,
)
from services.leave.web.asking_schemas import PartSchema, WhenSchema
from services.leave.web.blueprint import blueprint
from services.leave.web.words import (
    PART_WORDS,
    PARTS_WORDS,
    day_list,
    day_words,
    days_too,
    sentence_case,
    surplus_words,
    time_of,
)
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.errors import RefusedError
from shared.kernel.events import Payload
from shared.kernel.periods import Span
from shared.people.labels import label_of
from shared.store.commands import Answer
from shared.web.actor import Actor, current_actor
from shared.web.acts import Onward
from shared.web.app_context import wired
from shared.web.forms import Form, form_for
from shared.web.words import long_day

_EXAMPLE_AHEAD: Final = timedelta(weeks=1)
"""How far ahead the example of a date is where no date can be asked for."""


@blueprint.route("/notices/new", methods=["GET", "POST"])
def new_notice() -> ResponseReturnValue:
    """First page: a day, or several in a row; and in which post where there are several."""
    actor = current_actor()
    admit_own(actor, GIVE)
    asked = asked_so_far() or Asked()
    form = form_for(WhenSchema(), values={**_named("employment"), **_dates_in_address()})
    if form.submitted and form.valid and (span := _span(actor, asked, form)):
        query = {**asked.query, **_post(asked, form), **_span_query(span), **_named("part")}
        return redirect(url_for("leave.choose_part", **query), 303)
    page = render_template(
        "leave/when.html",
        form=form,
        asked=asked,
        posts={} if asked.days else _post_choices(actor),
        example=_example(actor, asked),
    )
    return page, form.status


@blueprint.route("/notices/new/part", methods=["GET", "POST"])
def choose_part() -> ResponseReturnValue:
    """Second page: how much of the day, or of each; with what each choice costs and leaves, and until when to ask."""
    actor = current_actor()
    admit_own(actor, GIVE)
    asked, span = asked_so_far(), _span_in_address()
    if asked is None or span is None or dates_in(asked, span):
        return redirect(url_for("leave.new_notice"), 303)
    parts = _parts(actor, asked, span)
    tried = {part: asked.with_days(days_of(parts, part)) for part in parts_in_common(parts)}
    if not tried:
        return redirect(url_for("leave.new_notice", **asked.query), 303)
    answers = {part: answer_with_room(_application(), actor.person, each) for part, each in tried.items()}
    form = form_for(PartSchema(), values={"part": request.args.get("part")})
    if form.submitted and form.valid:
        part = form.data["part"]
        objection = _objection_to_part(answers[part], span) if part in tried else "Choose how much of the day you need"
        if not objection:
            return redirect(url_for("leave.check_notice", **tried[part].query), 303)
        form.refuse(objection, field="part")
    choices = {part: _choice(answer, span, part) for part, answer in answers.items()}
    page = render_template(
        "leave/part.html",
        form=form,
        span=span,
        query={**asked.query, **_span_query(span)},
        not_counted=not_counted(next(iter(answers.values())).answer) if span.first < span.last else [],
        choices={part: words for part, (words, _) in choices.items()},
        hints={part: hint for part, (_, hint) in choices.items()},
    )
    return page, form.status


@blueprint.route("/notices/new/check", methods=["GET", "POST"])
def check_notice() -> ResponseReturnValue:
    """Last page: all days asked for, to change, remove and add to; the declaration; one notice for all of them."""
    let, asked = GIVE_NOTICE.let(), asked_so_far()
    if asked is None or not asked.days:
        return redirect(url_for("leave.new_notice"), 303)
    form = GIVE_NOTICE.form()
    if done := GIVE_NOTICE.submit(form, let, lambda answer: _given(answer, form.data["give_back"])):
        return done
    try:
        answered = answer_with_room(_application(), let.actor.person, asked)
    except RefusedError:
        return redirect(url_for("leave.new_notice"), 303)
    answer_now = answered.answer
    page = render_template(
        "leave/check.html",
        form=form,
        asked=asked,
        answer=answer_now,
        room=answered.room,
        objection=answered.objection,
        rows=_rows(asked, answer_now),
        days=[Day(date.fromisoformat(one["date"]), one["part"]) for one in counted(answer_now)],
        not_counted=not_counted(answer_now),
        total=total_of(answer_now),
        left=left_after(answer_now),
        fitting=fitting(asked, answer_now),
        label=_label(asked.employment) if asked.employment else "",
    )
    return page, form.status


def _application() -> Leave:
    return wired(LeaveWiring).application


def _today() -> date:
    return today(wired(LeaveWiring).clock)


def _label(employment: str) -> str:
    with wired(LeaveWiring).reading() as connection:
        return label_of(connection, employment, _today())


def _post_choices(actor: Actor) -> dict[str, str]:
    """The posts to choose from; none where there is nothing to choose."""
    posts = _application().posts(actor.person)
    return {post.employment: post.post for post in posts} if len(posts) > 1 else {}


def _post(asked: Asked, form: Form) -> dict[str, str]:
    """The post that the form names; all days of a notice are of the post that was chosen first."""
    return {} if asked.days or not form.data["employment"] else {"employment": form.data["employment"]}


def _example(actor: Actor, asked: Asked) -> date:
    """A date that can be asked for in time; any one to come where there is none."""
    try:
        found = _application().next_day_in_time(actor.person, asked.employment)
    except RefusedError:
        found = None
    return found or _today() + _EXAMPLE_AHEAD


def _span(actor: Actor, asked: Asked, form: Form) -> Span | None:
    """The dates for the next page; None where a rule says no, which the form then shows."""
    first: date = form.data["date"]
    last: date = form.data["last"] or first
    objection = _objection(first, last, asked)
    if objection:
        form.refuse(objection[1], field=objection[0])
        return None
    span = Span(first, last)
    employment = asked.employment or form.data["employment"]
    try:
        answer = _application().what_if(actor.person, employment, [Day(day, WHOLE) for day in span])
    except RefusedError as refusal:
        form.refuse(refusal.message, field="employment" if refusal.code_ == "which-post" else "date")
        return None
    if not counted(answer):
        form.refuse(f"There is no leave to take. {' '.join(not_counted(answer))}", field="date")
        return None
    return span


def _objection(first: date, last: date, asked: Asked) -> tuple[str, str] | None:
    """The field that is wrong, and what to do about it."""
    if first < _today():
        return "date", "This day is over. Enter a day that is still to come"
    if last < first:
        return "last", f"The last day must be {day_text(first)} or later. Leave it empty if you need one day only"
    if (last - first).days + 1 + len(asked.days) > MOST_DATES:
        return "last" if last > first else "date", f"You can ask for {MOST_DATES} dates at a time. Enter fewer"
    if twice := dates_in(asked, Span(first, last)):
        days = listed([day_text(day) for day in twice])
        return "date", f"You have already added {days}. Enter other dates, or go back to change it"
    return None


def _span_in_address() -> Span | None:
    """The dates that the page before put in the address; None where they make no sense."""
    named = {name: request.args[name] for name in ("date", "last") if request.args.get(name)}
    try:
        found = WhenSchema().load(named)
    except ma.ValidationError:
        return None
    first, last = found["date"], found["last"] or found["date"]
    return Span(first, last) if 0 <= (last - first).days < MOST_DATES else None


def _dates_in_address() -> dict[str, date]:
    span = _span_in_address()
    if span is None:
        return {}
    return {"date": span.first} | ({"last": span.last} if span.last > span.first else {})


def _span_query(span: Span) -> dict[str, str]:
    last = {"last": span.last.isoformat()} if span.last > span.first else {}
    return {"date": span.first.isoformat(), **last}


def _named(name: str) -> dict[str, str]:
    return {name: request.args[name]} if request.args.get(name) else {}


def _parts(actor: Actor, asked: Asked, span: Span) -> dict[date, tuple[str, ...]]:
    """What each of the dates offers; nothing where no leave can be asked for at all."""
    try:
        return _application().parts_of(actor.person, asked.employment, list(span))
    except RefusedError:
        return {}


def _choice(answered: Answered, span: Span, part: str) -> tuple[str, str]:
    """A part to choose: how long it is, and what it leaves and until when to ask for it."""
    answer, surplus = answered.answer, ""
    if span.first < span.last:
        words = PARTS_WORDS[part]
    else:
        one = _answer_for(answer, span.first)
        named = part in (WHOLE, HALF)  # these say already how much of the day they are
        amount = days_too(one["minutes"], one["scheduled_minutes"])
        words = f"{PART_WORDS[part]} ({time_of(one['minutes'])})" if named else f"{PART_WORDS[part]}, {amount}"
        surplus = f"{surplus_words(one)} " if one["state"] == FITS and surplus_words(one) else ""
    if not answer["fits"]:
        return words, why_not(answered)
    until = long_day(answer["in_time_until"])
    asks = f"Late: the last day to ask in time was {until}." if answer["late"] else f"To be in time, ask by {until}."
    total = f"{sentence_case(total_of(answer))} in total. " if len(counted(answer)) > 1 else ""
    return words, f"{total}{surplus}You would have {left_after(answer)} left. {asks}"


def _objection_to_part(answered: Answered, span: Span) -> str:
    """Why a single date cannot be had; where there are several, the next page tells it of each."""
    one = _answer_for(answered.answer, span.first)
    if span.first < span.last or one["state"] == FITS:
        return ""
    return answered.objection or str(one["sentence"])


def _answer_for(answer: Payload, day: date) -> dict[str, Any]:
    found: dict[str, object] = next(one for one in answer["dates"] if one["date"] == day.isoformat())
    return found


def _rows(asked: Asked, answer: Mapping[str, object]) -> list[dict[str, str]]:
    """Each day that is asked for: what it costs or why it does not fit, and the addresses that change and remove it."""
    rows = []
    for one in counted(answer):
        others = asked.without([date.fromisoformat(one["date"])])
        rows.append(
            {
                "day": day_words(one["date"], one["part"]),
                "cost": cost_of(one),
                "change": url_for("leave.new_notice", **others.query, date=one["date"], part=one["part"]),
                "remove": url_for("leave.check_notice", **others.query) if others.days else "",
            }
        )
    return rows


def _given(answer: Answer, given_back: Sequence[date]) -> Onward:
    late = ". Your manager decides, because you asked late" if answer.data["late"] else ""
    days = sorted(set(given_back))
    cancelled = f". Your leave on {day_list(days)} is cancelled to make room for it" if days else ""
    return url_for("leave.show_notice", notice=answer.data["notice"]), f"You have asked for leave{late}{cancelled}"
