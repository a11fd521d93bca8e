"""The JSON API: exact returns for those who may see them, released progress for everybody signed in."""

from __future__ import annotations

from dataclasses import asdict

import msgspec
from flask import Response

from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.months import day_end
from services.reporting.read.exact_returns import all_returns, own_return
from services.reporting.read.on_hold import on_hold, own_hold
from services.reporting.read.released_progress import all_progress
from services.reporting.read.reported_months import missing
from services.reporting.read.revisions_of import Statement
from services.reporting.web.access import ACCESS, ALL, OWN, RELEASED, exact_scope, sees_exact
from services.reporting.web.acts import HOLD_RETURNS, RESUME_RETURNS
from services.reporting.web.board_file import board_csv, board_rows
from services.reporting.web.board_of import board_of
from services.reporting.web.board_rows import Board
from services.reporting.web.schemas import (
    BoardSchema,
    KnownMonthSchema,
    MonthSchema,
    ProgressesSchema,
    ReturnsSchema,
)
from services.reporting.wiring import ReportingWiring
from shared.kernel.clock import today
from shared.kernel.errors import InvalidError
from shared.kernel.events import Payload
from shared.web.access import allow
from shared.web.actor import current_actor
from shared.web.api import ApiBlueprint
from shared.web.app_context import wired

_encode = msgspec.json.Encoder().encode

blueprint = ApiBlueprint("reporting", __name__, description="Strategy progress")


@blueprint.get("/returns")
@blueprint.arguments(KnownMonthSchema, location="query")
@blueprint.response(200, ReturnsSchema)
def returns(query: Payload) -> dict[str, object]:
    """List exact returns: the own organisation's for its HR team, every department's for the statistics role."""
    actor, month = current_actor(), query["month"]
    scope = exact_scope(actor)
    before = day_end(query["known"]) if query["known"] else None
    with wired(ReportingWiring).reading() as connection:
        if scope == OWN:
            own = own_return(connection, actor.organisation, month, before)
            hold = own_hold(connection, actor.organisation)
            returned, held = [_exact(own)] if own else [], [hold] if hold else []
            return {"month": month, "returns": returned, "missing": [], "on_hold": held}
        found = [_exact(statement) for statement in all_returns(connection, month, before)]
        held = list(on_hold(connection).values())
        return {"month": month, "returns": found, "missing": missing(connection, month, before), "on_hold": held}


blueprint.act("/returns/hold", HOLD_RETURNS)
blueprint.act("/returns/resume", RESUME_RETURNS)


@blueprint.get("/progress")
@blueprint.arguments(MonthSchema, location="query")
@blueprint.response(200, ProgressesSchema)
def progress(query: Payload) -> dict[str, object]:
    """List what has been released of every department's month."""
    allow(ACCESS, current_actor(), RELEASED, {ALL})
    month, reporting = query["month"], wired(ReportingWiring)
    with reporting.reading() as connection:
        shown = all_progress(connection, month, today(reporting.clock))
        return {"month": month, "progress": shown, "missing": missing(connection, month)}


@blueprint.get("/board")
@blueprint.arguments(KnownMonthSchema, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
def board_file(query: Payload) -> Response:
    """Download a month's board as CSV: exact for the statistics role, what is released for everybody else."""
    _, found = _board(query)
    month, known = query["month"], query["known"]
    response = Response(board_csv(month, found), content_type="text/csv; charset=utf-8; header=present")
    name = f"progress-{month}-known-{known}" if known else f"progress-{month}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@blueprint.get("/board.json")
@blueprint.arguments(KnownMonthSchema, location="query")
@blueprint.response(200, BoardSchema)
def board_json(query: Payload) -> Response:
    """Show a month's board, its groups and all departments: exact for statistics, what is released for all else."""
    exact, found = _board(query)
    plain = {"month": query["month"], "known": query["known"], "exact": exact, "rows": board_rows(found)}
    return Response(_encode(plain), content_type="application/json")  # the schema would take longer than the board


def _board(query: Payload) -> tuple[bool, Board]:
    """Whether it is the exact board, and the board. Raises InvalidError for a released one as it was known."""
    exact = sees_exact(current_actor(), ALL)
    if query["known"] and not exact:
        raise InvalidError("What is released is not told as it was known on a day. Leave ‘known’ out.")
    before = day_end(query["known"]) if query["known"] else None
    with wired(ReportingWiring).reading() as connection:
        return exact, board_of(connection, query["month"], exact=exact, before=before)


def _exact(statement: Statement) -> dict[str, object]:
    returned = statement.returned
    return asdict(returned) | {
        "as_at": returned.as_at,
        "markers": returned.markers,
        "figures": figures_json(returned.figures),
        "positions": statement.positions,
    }
