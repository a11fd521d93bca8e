"""What reporting's own lists answer beside the oracle: the board as known on a day, and what is released today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from services.reporting.board_rows import BoardRow, exact_board
from services.reporting.domain.released import Cell
from services.reporting.read.board_parts import reported_parts
from services.reporting.read.organisation_groups import groups_by_organisation
from services.reporting.read.released_progress import all_progress
from services.reporting.read.reported_months import missing
from tests.world.compare import Rates, Return, rates, rates_together, seen
from tests.world.oracle import Oracle
from tests.world.release import before, closing, midnight


def board_differences(connection: Connection, oracle: Oracle, month: str, day: date) -> Iterator[str]:
    """Where the exact board of a month, as known on a day, is not what had been recorded by the end of that day.

    Each organisation that has a return, each group, and all together.
    """
    groups = groups_by_organisation(connection)
    end = midnight(day + timedelta(days=1))
    found = reported_parts(connection, month, end)
    board = exact_board(found, missing(connection, month, end), {}, groups)
    known = before(min(day + timedelta(days=1), closing(month)))
    told = {each.organisation: rates(oracle.figures(each.organisation, month, known)) for each in found}
    grouped: dict[str, list[Rates]] = defaultdict(list)
    for organisation, own in told.items():
        if organisation in groups:
            grouped[groups[organisation]].append(own)
    at = f"the board of {month} as known on {day}"
    for row in board.organisations:
        if row.organisation in told:
            yield from _unlike(row, told[row.organisation], f"{at}, {row.organisation}")
    for row in board.groups:
        yield from _unlike(row, rates_together(grouped[row.name]), f"{at}, {row.name}")
    if board.everybody:
        yield from _unlike(board.everybody, rates_together(told.values()), f"{at}, all departments")


def _unlike(row: BoardRow, told: Rates, at: str) -> Iterator[str]:
    for number, (above, below) in told.items():
        rate = row.cells[number].rate if number in row.cells else None
        if rate is not None and (rate.numerator, rate.denominator) != (above, below):
            yield f"{at}: {number} says {rate.numerator} of {rate.denominator}, the events {above} of {below}"


def released_differences(
    connection: Connection, oracle: Oracle, returns: Sequence[Return], month: str, today: date
) -> Iterator[str]:
    """Where what everybody may see today of a month is not what follows from the events. ``returns``: all there are."""
    by_organisation: dict[str, list[Return]] = defaultdict(list)
    for each in returns:
        if each.month == month:
            by_organisation[each.organisation].append(each)
    for shown in all_progress(connection, month, today):
        told = seen(by_organisation[shown.organisation], oracle, today)
        said = {name: str(cell) for name, cell in vars(shown).items() if isinstance(cell, Cell)}
        for name in sorted(told.keys() | said.keys()):
            if said.get(name) != told.get(name):
                what = f"{name} is shown as {said.get(name)}, the events say {told.get(name)}"
                yield f"released of {month} on {today}, {shown.organisation}: {what}"
