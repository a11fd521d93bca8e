"""The board's cells over time, by month: of one organisation, or of several together; by either door.

Several together are those that are in the group now. In each month they are added from their parts, never averaged, and
of people only for the statistics role.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from services.reporting.domain.board import indicator_parts
from services.reporting.read.board_parts import reported_series
from services.reporting.read.exact_returns import own_series
from services.reporting.read.released_progress import own_released_series, progress_of
from services.reporting.read.released_standing import standing_series
from services.reporting.web.board_cells import (
    BoardCell,
    exact_cells,
    exact_together,
    released_cells,
    released_together,
)
from services.reporting.web.board_rows import sum_row
from services.reporting.wiring import ReportingWiring
from shared.kernel.clock import today
from shared.web.app_context import wired

Series = dict[str, Mapping[str, BoardCell]]
"""Month → cells by indicator."""


def received_exact(connection: Connection, organisation: str, months: list[str]) -> Series:
    """A department's exact cells by month, as the centre received them."""
    series = reported_series(connection, months, [organisation])
    return {month: exact_cells(found.parts, found.markers) for month in months for found in series[month]}


def received(connection: Connection, organisation: str, months: list[str]) -> Series:
    """A department's released cells by month, as the centre received them."""
    day = today(wired(ReportingWiring).clock)
    return {
        month: released_cells(found)
        for month in months
        for found in progress_of(connection, month, day, [organisation])
    }


def together_exact(
    connection: Connection,
    begun: Mapping[str, str],
    months: list[str],
    only: str = "",
    before: datetime | None = None,
) -> Series:
    """Several organisations' exact cells by month, added. ``begun``: which ones, and the first month of each.

    ``only``: of one indicator, the others missing; ``before``: as they stood before an instant.
    """
    series: Series = {}
    for month, found in reported_series(connection, months, begun.keys(), before, only).items():
        marked = {each.organisation: each.markers for each in found}
        cells = exact_together([each.parts for each in found])
        series |= _summed(month, begun, marked, cells)
    return series


def together_released(connection: Connection, begun: Mapping[str, str], months: list[str]) -> Series:
    """What is released of several organisations by month: what counts organisations. ``begun`` as above."""
    day = today(wired(ReportingWiring).clock)
    series: Series = {}
    for month, found in standing_series(connection, months, day, begun.keys()).items():
        marked = {each.organisation: each.markers for each in found}
        series |= _summed(month, begun, marked, released_together(found))
    return series


def own_exact(connection: Connection, organisation: str, months: list[str]) -> Series:
    """The own organisation's exact cells by month."""
    found = [each.returned for each in own_series(connection, organisation, months)]
    return {each.month: exact_cells(indicator_parts(each.figures), each.markers) for each in found}


def own_released(connection: Connection, organisation: str, months: list[str]) -> Series:
    """The own organisation's released cells by month."""
    found = own_released_series(connection, organisation, months, today(wired(ReportingWiring).clock))
    return {each.month: released_cells(each) for each in found}


def _summed(
    month: str,
    begun: Mapping[str, str],
    marked: Mapping[str, tuple[str, ...]],
    cells: Mapping[str, BoardCell],
) -> Series:
    """A month's cells of those that have ever reported by then; none where nobody has."""
    reporting = [member for member, first in begun.items() if first <= month]
    if not reporting:
        return {}
    return {month: sum_row("", {member: marked.get(member) for member in reporting}, cells).cells}
