"""The board's rows, from either door: organisations, their groups, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.reporting.domain.catalogue import ONE_BY_ONE
from services.reporting.domain.indicator import AnyIndicator
from services.reporting.domain.leave_taken import UPTAKE
from services.reporting.domain.markers import MISSING, PROVISIONAL, REVISED
from services.reporting.domain.released import Released
from services.reporting.domain.standing_shown import standing_of
from services.reporting.read.board_parts import Reported
from services.reporting.web.board_cells import (
    BoardCell,
    exact_cells,
    exact_together,
    released_cells,
    released_together,
)
from services.reporting.web.rows import Names
from services.reporting.web.words import number, organisation_words

EVERYBODY = "All departments"
"""What the row of all together is called in files and in the API, where its name does not change."""


@dataclass(frozen=True)
class BoardRow:
    """A row by indicator's number. ``organisation`` is empty for a group; ``returns``: how many stand behind it.

    ``headcount``: of one organisation, at the month's end, rounded behind the second door; empty without a return.
    """

    name: str
    cells: Mapping[str, BoardCell]
    organisation: str = ""
    group: str = ""
    returns: str = ""
    headcount: str = ""

    @property
    def markers(self) -> tuple[str, ...]:
        """The markers that every figure of the row has, so that a table can show them once, beside its name."""
        first, *rest = self.cells.values()
        if all(cell.markers == first.markers for cell in rest):
            return first.markers
        return tuple(marker for marker in first.markers if all(marker in cell.markers for cell in rest))

    @property
    def tells_of_people(self) -> bool:
        """Whether any figure about people stands in it."""
        return any(not self.cells[each.number].is_empty for each in ONE_BY_ONE if not each.organisation)

    @property
    def is_missing(self) -> bool:
        """Whether there is no return behind it."""
        return all(cell.text == MISSING for cell in self.cells.values())

    def texts(self, shown: Sequence[AnyIndicator], *, short: bool) -> list[str]:
        """The values of these indicators, as they stand in a table whose rows carry their own markers."""
        markers = self.markers
        return [self.cells[each.number].beside(markers, short=short) for each in shown]


@dataclass(frozen=True)
class Board:
    """A month's rows: of organisations by name, of groups by name, and of all together."""

    organisations: Sequence[BoardRow]
    groups: Sequence[BoardRow] = field(default_factory=tuple)
    everybody: BoardRow | None = None


def exact_board(
    found: Sequence[Reported], absent: Sequence[str], names: Names, groups: Names, *, grouped: bool = True
) -> Board:
    """Exact rows; those of groups are added from the parts. ``grouped``: whether there are any of groups."""
    rows = {reported.organisation: exact_cells(reported.parts, reported.markers) for reported in found}
    sizes = {reported.organisation: number(reported.parts.rates[UPTAKE.number].denominator) for reported in found}
    parts = {reported.organisation: reported.parts for reported in found}

    def of(members: Iterable[str]) -> dict[str, BoardCell]:
        return exact_together([parts[member] for member in members if member in parts])

    return _board(rows, sizes, absent, names, groups, of, grouped=grouped)


def released_board(
    shown: Sequence[Released], absent: Sequence[str], names: Names, groups: Names, *, grouped: bool = True
) -> Board:
    """Rows of what is released; of groups only what counts organisations. ``grouped`` as above."""
    standing = {row.organisation: standing_of(row) for row in shown}
    rows = {row.organisation: released_cells(row) for row in shown}
    sizes = {organisation: f"{each.headcount:,}" for organisation, each in standing.items()}

    def of(members: Iterable[str]) -> dict[str, BoardCell]:
        return released_together([standing[member] for member in members if member in standing])

    return _board(rows, sizes, absent, names, groups, of, grouped=grouped)


def sum_row(
    name: str, markers_by_member: Mapping[str, tuple[str, ...] | None], cells: Mapping[str, BoardCell]
) -> BoardRow:
    """A row of several organisations by member's markers, None where it has no return.

    Revised where one of them is; provisional where one is, or has no return.
    """
    held = [markers for markers in markers_by_member.values() if markers is not None]
    provisional = len(held) < len(markers_by_member) or any(PROVISIONAL in markers for markers in held)
    revised = any(REVISED in markers for markers in held)
    markers = ((REVISED,) if revised else ()) + ((PROVISIONAL,) if provisional else ())
    marked = {each: BoardCell(cell.text, cell.rate, markers) for each, cell in cells.items()}
    return BoardRow(name, marked, returns=f"{len(held)} of {len(markers_by_member)}")


def _board(
    rows: Mapping[str, Mapping[str, BoardCell]],
    sizes: Mapping[str, str],
    absent: Sequence[str],
    names: Names,
    groups: Names,
    of: Callable[[Iterable[str]], dict[str, BoardCell]],
    *,
    grouped: bool,
) -> Board:
    missing = {each.number: BoardCell(MISSING) for each in ONE_BY_ONE}
    every = {**rows, **dict.fromkeys(absent, missing)}
    organisations = [
        BoardRow(
            organisation_words(organisation, names),
            cells,
            organisation,
            groups.get(organisation, ""),
            headcount=sizes.get(organisation, ""),
        )
        for organisation, cells in every.items()
    ]
    members: dict[str, list[str]] = {}
    for organisation in every:
        if grouped and organisation in groups:
            members.setdefault(groups[organisation], []).append(organisation)
    marked = {organisation: next(iter(cells.values())).markers for organisation, cells in rows.items()}

    def row_of(name: str, inside: Sequence[str]) -> BoardRow:
        return sum_row(name, {member: marked.get(member) for member in inside}, of(inside))

    return Board(
        sorted(organisations, key=lambda row: row.name),
        [row_of(group, inside) for group, inside in sorted(members.items())],
        row_of(EVERYBODY, list(every)) if len(every) > 1 else None,
    )
