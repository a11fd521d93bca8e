"""The board of a month: all organisations together, each of them, and one indicator beside another; by either door."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.reporting.domain.catalogue import COUNT, EVERY, INDICATORS
from services.reporting.domain.indicator import AnyIndicator
from services.reporting.domain.months import SPAN_MONTHS, next_release, plus_months
from services.reporting.domain.provisions_and_awards import COVERAGE
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.reported_months import all_months, first_months
from services.reporting.read.revisions_of import CENTRE
from services.reporting.web.access import ALL, sees_exact
from services.reporting.web.asked import (
    Known,
    asked_choice,
    asked_find,
    asked_indicator,
    asked_known,
    asked_month,
    picker,
)
from services.reporting.web.blueprint import blueprint
from services.reporting.web.board_lines import Line, line, lines
from services.reporting.web.board_of import board_of
from services.reporting.web.board_order import in_order, parted
from services.reporting.web.board_rows import Board, BoardRow
from services.reporting.web.board_series import together_exact, together_released
from services.reporting.web.held import held_sentences
from services.reporting.wiring import ReportingWiring
from shared.demonstration.scale import without_history
from shared.kernel.clock import today
from shared.web.actor import current_actor
from shared.web.app_context import app_context, wired

ORGANISATIONS, GROUPS = "organisations", "groups"
"""What the board lists: organisations one by one, or their groups."""

YEARS = 3
"""The board's lines go back so many years, by the same month of each: months of one year differ by season."""


@blueprint.get("/", endpoint="start")
@blueprint.get("/board")
def board() -> ResponseReturnValue:
    """A month's indicators, or one of them with its words: exact for statistics, else what is released."""
    exact = sees_exact(current_actor(), ALL)
    known, find, one = asked_known(exact=exact), asked_find(), asked_indicator(EVERY)
    view = asked_choice("view", (ORGANISATIONS, GROUPS), ORGANISATIONS)
    with wired(ReportingWiring).reading() as connection:
        months = all_months(connection)
        month = asked_month(connection, CENTRE, months, exact=exact)
        found = board_of(connection, month, exact=exact, before=known.before, grouped=view == GROUPS)
        years = _years(month, months)
        held = held_sentences(connection, organisation_names(connection), known, exact=exact)
        drawn = _lines(connection, found, years, one, known, exact=exact) if not find else []
    rows = [row for row in found.organisations if _is_wanted(row, find)]
    untold = without_history(app_context().settings)
    release, newest = next_release(today(wired(ReportingWiring).clock))
    words: dict[str, object] = {
        "exact": exact,
        "held": held,
        "form": known.form,
        "known": known,
        "find": find,
        "view": view,
        "one": one,
        "count": COUNT,
        "indicators": EVERY,
        "every": len(found.organisations),
        "everybody": None if find else found.everybody,
        "lines": drawn,
        "years": years,
        "rows": rows,
        "groups": [row for row in found.groups if _is_wanted(row, find)],
        "release": release,
        "newest": newest,
        **picker(month, months),
    }
    if one is not None:
        ordered = in_order(rows if one is not COVERAGE else [], one, untold)
        return render_template("reporting/indicator.html", ordered=ordered, **words), known.form.status
    page = render_template(
        "reporting/board.html",
        parted=parted(rows, untold),
        in_place=[each for each in INDICATORS if each.organisation],
        shown=[each for each in INDICATORS if exact or view == ORGANISATIONS or each.organisation],
        **words,
    )
    return page, known.form.status


def _years(month: str, months: list[str]) -> list[str]:
    """The month and the same one of earlier years, as far as there are returns; the earliest first."""
    years = [plus_months(month, -SPAN_MONTHS * ago) for ago in range(YEARS, 0, -1)]
    return [*(each for each in years if months and each >= months[-1]), month]


def _lines(
    connection: Connection, found: Board, years: list[str], one: AnyIndicator | None, known: Known, *, exact: bool
) -> list[Line]:
    """All organisations together over years, in what may be added up: by one indicator or by all of them."""
    offered = [each for each in EVERY if (exact or each.everybody) and one in (None, each)]
    if found.everybody is None or not offered:
        return []
    *earlier, month = years
    begun = first_months(connection)
    if exact:
        series = together_exact(connection, begun, earlier, one.number if one else "", known.before)
    else:
        series = together_released(connection, begun, earlier)
    series[month] = found.everybody.cells
    if one is not None:
        return [line(series, years, one, exact=exact, share=True, at=month)]
    return lines(series, years, offered, exact=exact, share=True, at=month)


def _is_wanted(row: BoardRow, find: str) -> bool:
    """Whether the row's name or its group's holds these letters."""
    return any(find.casefold() in name.casefold() for name in (row.name, row.group))
