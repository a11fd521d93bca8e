"""What reporting's own lists answer beside the oracle: the board as known on a day, and what is released today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from services.reporting.read.board_parts import Reported, reported_parts
from services.reporting.read.organisation_groups import groups_by_organisation
from services.reporting.read.released_progress import all_progress
from services.reporting.read.reported_months import missing
from services.reporting.web.board_rows import BoardRow, exact_board
from tests.world.compare import Rates, Return, exact_markers, rates, rates_together, seen
from tests.world.oracle import Figures, Oracle
from tests.world.release import before, closing, midnight


def board_differences(
    connection: Connection, oracle: Oracle, returns: Iterable[Return], month: str, day: date
) -> Iterator[str]:
    """Where the exact board of a month, as known on a day, is not what had been recorded by the end of that day.

    Each organisation that has a return, each group, and all together. ``returns``: all there are.
    """
    groups = groups_by_organisation(connection)
    end = midnight(day + timedelta(days=1))
    found = reported_parts(connection, month, end)
    board = exact_board(found, missing(connection, month, end), {}, groups)
    known = before(min(day + timedelta(days=1), closing(month)))
    figures = {each.organisation: oracle.figures(each.organisation, month, known) for each in found}
    told = {organisation: rates(own) for organisation, own in figures.items()}
    grouped: dict[str, list[Rates]] = defaultdict(list)
    for organisation in told.keys() & groups.keys():
        grouped[groups[organisation]].append(told[organisation])
    at = f"the board of {month} as known on {day}"
    made = _by_organisation(each for each in returns if each.month == month and each.as_known < end)
    if made.keys() != figures.keys():
        yield f"{at}: has {sorted(figures)}, where returns came of {sorted(made)}"
        return
    for each in found:
        own = f"{at}, {each.organisation}"
        yield from _unlike_beside(each, figures[each.organisation], exact_markers(made[each.organisation]), own)
    for row in board.organisations:
        if row.organisation in told:
            yield from _unlike(row, told[row.organisation], f"{at}, {row.organisation}")
    for row in board.groups:
        yield from _unlike(row, rates_together(grouped[row.name]), f"{at}, {row.name}")
    if board.everybody:
        yield from _unlike(board.everybody, rates_together(told.values()), f"{at}, all departments")


def _unlike_beside(said: Reported, told: Figures, markers: tuple[str, ...], at: str) -> Iterator[str]:
    """What a row has beside its rates: markers, awards, and how long things took."""
    awards = tuple((award["scheme"], award["level"]) for award in told["18"]["awards"])
    both: dict[str, tuple[object, object]] = {
        "markers": (said.markers, markers),
        "awards": (tuple(said.parts.awards), awards),
    }
    for number, took in said.parts.took.items():
        counts = {str(days): count for days, count in took.counts}
        month = told[number]["month"]
        both[number] = (counts, took.people, took.largest), (month["days"], month["people"], month["largest"])
    yield from (f"{at}: {name} says {one}, the events {other}" for name, (one, other) in both.items() if one != other)


def _unlike(row: BoardRow, told: Rates, at: str) -> Iterator[str]:
    for number, (above, below) in told.items():
        rate = row.cells[number].rate if number in row.cells else None
        if rate is not None and (rate.numerator, rate.denominator) != (above, below):
            yield f"{at}: {number} says {rate.numerator} of {rate.denominator}, the events {above} of {below}"


def released_differences(
    connection: Connection, oracle: Oracle, returns: Sequence[Return], month: str, today: date
) -> Iterator[str]:
    """Where what everybody may see today of a month is not what follows from the events. ``returns``: all there are."""
    by_organisation = _by_organisation(each for each in returns if each.month == month)
    for shown in all_progress(connection, month, today):
        told = seen(by_organisation[shown.organisation], oracle, today)
        said = {name: str(cell) for name, cell in shown.cells.items()}
        for name in sorted(told.keys() | said.keys()):
            if said.get(name) != told.get(name):
                what = f"{name} is shown as {said.get(name)}, the events say {told.get(name)}"
                yield f"released of {month} on {today}, {shown.organisation}: {what}"


def _by_organisation(returns: Iterable[Return]) -> dict[str, list[Return]]:
    found: dict[str, list[Return]] = defaultdict(list)
    for each in returns:
        found[each.organisation].append(each)
    return found
