"""What does the board say of a month, by one of the two doors?"""

from __future__ import annotations

from sqlalchemy import Connection

from services.reporting.board_rows import Board, exact_board, released_board
from services.reporting.read.exact_returns import all_returns
from services.reporting.read.organisation_groups import groups_by_organisation
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.released_progress import all_progress
from services.reporting.read.reported_months import missing
from shared.kernel.clock import today
from shared.web.wiring import wiring


def board_of(connection: Connection, month: str, *, exact: bool) -> Board:
    """The board of a month by one of the doors."""
    names, groups = organisation_names(connection), groups_by_organisation(connection)
    absent = missing(connection, month)
    if exact:
        return exact_board([each.returned for each in all_returns(connection, month)], absent, names, groups)
    shown = all_progress(connection, month, today(wiring("reporting").clock))
    return released_board(shown, absent, names, groups)
