"""The board's rows as text, from either door: organisations, their groups, and all of them together.

Figures of several organisations are added from their parts for the statistics role. For everybody else only what
counts organisations is added up; a sensitive total beside its parts would let a reader subtract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from services.reporting.domain.board import (
    INDICATORS,
    LEVELS,
    PER_HUNDRED,
    PRESENT,
    Indicator,
    added,
    levels_held,
    rates,
)
from services.reporting.domain.indicators import Rate
from services.reporting.domain.markers import MISSING, NOT_APPLICABLE, PROVISIONAL, SUPPRESSED
from services.reporting.domain.released import NO, YES, Released
from services.reporting.domain.returned import Returned
from services.reporting.rows import Names
from services.reporting.words import award_words, number, organisation_words, per_hundred, percentage

EVERYBODY = "All departments"


@dataclass(frozen=True)
class BoardCell:
    """One indicator of one row: its value as text, what is divided by what where that may be told, and its markers."""

    text: str
    rate: Rate | None = None
    markers: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, str]:
        """Numerator and denominator as text, empty where they may not be told or there are none."""
        return (_part(self.rate.numerator), _part(self.rate.denominator)) if self.rate else ("", "")

    def beside(self, markers: tuple[str, ...], *, short: bool) -> str:
        """The value without the markers that its whole row has.

        ``short``: as it stands beside many others, of several departments' awards only how many have one.
        """
        text = self.text.partition(":")[0] if short else self.text
        return " ".join((text, *(marker for marker in self.markers if marker not in markers)))

    def __str__(self) -> str:
        return " ".join((self.text, *self.markers))


@dataclass(frozen=True)
class BoardRow:
    """A row by indicator's number. ``organisation`` is empty for a group; ``returns``: how many stand behind it."""

    name: str
    cells: Mapping[str, BoardCell]
    organisation: str = ""
    group: str = ""
    returns: str = ""

    @property
    def markers(self) -> tuple[str, ...]:
        """The markers that every figure of the row has, so that a table can show them once, beside its name."""
        cells = list(self.cells.values())
        return tuple(marker for marker in cells[0].markers if all(marker in cell.markers for cell in cells))


@dataclass(frozen=True)
class Board:
    """A month's rows: of organisations by name, of groups by name, and of all together."""

    organisations: Sequence[BoardRow]
    groups: Sequence[BoardRow] = field(default_factory=tuple)
    everybody: BoardRow | None = None


def exact_board(found: Sequence[Returned], absent: Sequence[str], names: Names, groups: Names) -> Board:
    """Exact rows; those of groups are added from the parts."""
    rows = {returned.organisation: exact_cells(returned) for returned in found}
    by_name = {returned.organisation: returned for returned in found}

    def together(members: Iterable[str]) -> dict[str, BoardCell]:
        return _added([by_name[member] for member in members if member in by_name])

    return _board(rows, absent, names, groups, together)


def released_board(shown: Sequence[Released], absent: Sequence[str], names: Names, groups: Names) -> Board:
    """Rows of what is released; of groups only what counts organisations."""
    by_name = {row.organisation: row for row in shown}
    rows = {row.organisation: released_cells(row) for row in shown}

    def together(members: Iterable[str]) -> dict[str, BoardCell]:
        return _counted([by_name[member] for member in members if member in by_name])

    return _board(rows, absent, names, groups, together)


def exact_cells(returned: Returned) -> dict[str, BoardCell]:
    """One organisation's exact indicators over the month or at its end."""
    measures = returned.figures.measures
    found = rates(returned.figures)
    cells = {each.number: _exact_cell(each, found[each.number], returned.markers) for each in INDICATORS}
    if measures is not None:
        held = ", ".join(award_words(*award) for award in measures.awards)
        cells["18"] = BoardCell(held or NO, markers=returned.markers)
        for number_, present in (("17", measures.policy), ("24", measures.champion)):
            cells[number_] = BoardCell(YES if present else NO, markers=returned.markers)
    return cells


def released_cells(shown: Released) -> dict[str, BoardCell]:
    """What is released of one organisation's indicators."""
    cells = {each.number: getattr(shown, each.cell) for each in INDICATORS}
    found = {number_: BoardCell(cell.text, markers=cell.markers) for number_, cell in cells.items()}
    if cells["18"].text not in (NO, MISSING):
        words = ", ".join(award_words(*award) for award in _awards(shown))
        found["18"] = BoardCell(words, markers=cells["18"].markers)
    return found


def _board(
    rows: Mapping[str, Mapping[str, BoardCell]],
    absent: Sequence[str],
    names: Names,
    groups: Names,
    together: Callable[[Iterable[str]], dict[str, BoardCell]],
) -> Board:
    missing = {each.number: BoardCell(MISSING) for each in INDICATORS}
    every = {**rows, **dict.fromkeys(absent, missing)}
    organisations = [
        BoardRow(organisation_words(organisation, names), cells, organisation, groups.get(organisation, ""))
        for organisation, cells in every.items()
    ]
    members: dict[str, list[str]] = {}
    for organisation in every:
        if organisation in groups:
            members.setdefault(groups[organisation], []).append(organisation)
    return Board(
        sorted(organisations, key=lambda row: row.name),
        [_sum_row(group, inside, rows, together) for group, inside in sorted(members.items())],
        _sum_row(EVERYBODY, list(every), rows, together) if len(every) > 1 else None,
    )


def _sum_row(
    name: str,
    members: Sequence[str],
    rows: Mapping[str, Mapping[str, BoardCell]],
    together: Callable[[Iterable[str]], dict[str, BoardCell]],
) -> BoardRow:
    """A row of several organisations; provisional where one of them is, or has no return."""
    returned = [member for member in members if member in rows]
    provisional = len(returned) < len(members) or any(
        PROVISIONAL in cell.markers for member in returned for cell in rows[member].values()
    )
    markers = (PROVISIONAL,) if provisional else ()
    cells = {each: BoardCell(cell.text, cell.rate, markers) for each, cell in together(members).items()}
    return BoardRow(name, cells, returns=f"{len(returned)} of {len(members)}")


def _added(found: Sequence[Returned]) -> dict[str, BoardCell]:
    parts = [rates(returned.figures) for returned in found]
    cells = {each.number: _exact_cell(each, added(part[each.number] for part in parts)) for each in INDICATORS}
    held = levels_held(returned.figures.measures.awards for returned in found if returned.figures.measures)
    cells["18"] = _levels_cell(cells["18"], held)
    return cells


def _counted(shown: Sequence[Released]) -> dict[str, BoardCell]:
    cells = {each.number: BoardCell(SUPPRESSED) for each in INDICATORS}
    for each in INDICATORS:
        if each.organisation:
            texts = [text for row in shown if (text := getattr(row, each.cell).text) != MISSING]
            have = sum(text != NO for text in texts)
            cells[each.number] = _organisations_cell(have, len(texts))
    cells["18"] = _levels_cell(cells["18"], levels_held(_awards(row) for row in shown))
    return cells


def _awards(shown: Released) -> list[tuple[str, str]]:
    """(scheme, level) of what is released of awards."""
    if shown.awards.text in (NO, MISSING):
        return []
    pairs = (award.split() for award in shown.awards.text.split(", "))
    return [(scheme, level) for scheme, level in pairs]


def _exact_cell(indicator: Indicator, found: Rate | None, markers: tuple[str, ...] = ()) -> BoardCell:
    if found is None:
        return BoardCell(MISSING, markers=markers)
    if indicator.kind in (PRESENT, LEVELS):
        return _organisations_cell(int(found.numerator), int(found.denominator))
    text = per_hundred(found) if indicator.kind == PER_HUNDRED else percentage(found)
    return BoardCell(text, found, markers)


def _part(value: Fraction) -> str:
    return number(value, 1).removesuffix(".0")


def _organisations_cell(have: int, among: int) -> BoardCell:
    if not among:
        return BoardCell(NOT_APPLICABLE)
    return BoardCell(f"{have} of {among}", Rate(Fraction(have), Fraction(among)))


def _levels_cell(cell: BoardCell, held: Sequence[tuple[str, str, int]]) -> BoardCell:
    """How many organisations have any award, and how many have which; an organisation counts in each of its schemes."""
    words = ", ".join(f"{count} {award_words(scheme, level)}" for scheme, level, count in held)
    return BoardCell(f"{cell.text}: {words}" if words else cell.text, cell.rate)
