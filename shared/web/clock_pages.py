"""The demonstration's date: what happens next, moving to it a day at a time, and how far that is."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import Final, cast

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.kernel.clock import OffsetClock, today
from shared.kernel.errors import RefusedError
from shared.runtime.clock_moves import (
    MONTH_END,
    MOVING,
    NEXT,
    ONE_DAY,
    WEEK,
    ClockMove,
    Move,
    begin,
    last_move,
    movable,
    target_day,
)
from shared.web import fields
from shared.web.app_context import app_context
from shared.web.demonstration import only_here
from shared.web.forms import Form, form_for
from shared.web.front_blueprint import MOVE, admit, blueprint
from shared.web.schemas import Schema
from shared.web.service_clients import service_clients

LOOK_AGAIN_SECONDS: Final = 2
"""How often the page loads itself while the date is being moved."""

_MOVES: Final = {ONE_DAY: "the next day", WEEK: "a week", MONTH_END: "the end of the month", NEXT: "what happens next"}


class MoveSchema(Schema):
    """How far to move the date; a day where nothing is said."""

    to = fields.Choice(_MOVES)


@blueprint.get("/clock")
def clock() -> ResponseReturnValue:
    """The demonstration's date, what happens next, and the move that is under way."""
    only_here()
    admit(MOVE)
    return _page(form_for(MoveSchema()))


@blueprint.post("/clock")
def next_day() -> ResponseReturnValue:
    """Begin to move the demonstration's date, to the next day or further, and show how far it is."""
    only_here()
    admit(MOVE)
    form = form_for(MoveSchema())
    try:
        if form.valid:
            _begin(str(form.data.get("to") or ONE_DAY))
    except RefusedError as refusal:
        form.refuse(refusal.message)
        return _page(form, 409)
    return _page(form, 422) if not form.valid else redirect(url_for("front.clock"), 303)


def _begin(how: str) -> None:
    moving = movable(app_context().clock)
    target = target_day(how, today(moving), service_clients().upcoming() if how == NEXT else ())
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    move = begin(moving, target)
    Thread(target=_run, args=(app, move), name="clock-move", daemon=True).start()


def _run(app: Flask, move: ClockMove) -> None:
    with app.app_context():
        ended = move.run(service_clients().settled, service_clients().is_due)
        app_context().log.info("date-moved", days=ended.moved, of=ended.days, ended=ended.state)


def _page(form: Form, status: int = 200) -> ResponseReturnValue:
    move, day = _last_move(), today(app_context().clock)
    moving = move is not None and move.state == MOVING
    coming = [] if moving else [item for item in service_clients().upcoming() if item.on > day]
    return render_template(
        "front/clock.html",
        form=form,
        move=move,
        moving=moving,
        looks=moving and request.args.get("follow") != "no",
        seconds=LOOK_AGAIN_SECONDS,
        coming=coming,
        next_day=coming[0].on if coming else None,
        month_end=target_day(MONTH_END, day, ()),
        week=target_day(WEEK, day, ()),
        in_days=lambda on: _in_days(on, day),
    ), status


def _last_move() -> Move | None:
    clock = app_context().clock
    return last_move(clock) if isinstance(clock, OffsetClock) else None


def _in_days(on: date, day: date) -> str:
    days = (on - day).days
    return "tomorrow" if days == 1 else f"in {days} days"
