"""What does the board say of a month, by one of the two doors?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from services.reporting.read.board_parts import reported_parts
from services.reporting.read.organisation_groups import groups_by_organisation
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.released_progress import all_progress
from services.reporting.read.reported_months import missing
from services.reporting.web.board_rows import Board, exact_board, released_board
from services.reporting.wiring import ReportingWiring
from shared.kernel.clock import today
from shared.web.app_context import wired


def board_of(
    connection: Connection, month: str, *, exact: bool, before: datetime | None = None, grouped: bool = True
) -> Board:
    """The board of a month by one of the doors. ``before``: the exact one as it stood before an instant.

    ``grouped``: with a row for each group, whose parts are added only where somebody looks at them.
    """
    names, groups = organisation_names(connection), groups_by_organisation(connection)
    absent = missing(connection, month, before)
    if exact:
        return exact_board(reported_parts(connection, month, before), absent, names, groups, grouped=grouped)
    shown = all_progress(connection, month, today(wired(ReportingWiring).clock))
    return released_board(shown, absent, names, groups, grouped=grouped)
