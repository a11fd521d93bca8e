"""The board's rows as text, from either door: organisations, their groups, and all of them together.

Figures of several organisations are added from their parts for the statistics role. For everybody else only what
counts organisations is added up; a sensitive total beside its parts would let a reader subtract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from services.reporting.domain.board import (
    COVERAGE,
    INDICATORS,
    LEVELS,
    MEDIANS,
    PER_HUNDRED,
    PRESENT,
    TOGETHER,
    Indicator,
    Parts,
    levels_held,
    together,
)
from services.reporting.domain.disclosure import rounded_rate
from services.reporting.domain.indicators import Rate
from services.reporting.domain.markers import MISSING, NOT_APPLICABLE, PROVISIONAL, REVISED, SUPPRESSED
from services.reporting.domain.released import NO, YES, Released
from services.reporting.read.board_parts import Reported
from services.reporting.rows import Names
from services.reporting.words import award_words, number, organisation_words, per_hundred, percentage

EVERYBODY = "All departments"


@dataclass(frozen=True, slots=True)
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
        if self.markers == markers:
            return text
        return " ".join((text, *(marker for marker in self.markers if marker not in markers)))

    def with_unit(self, unit: str) -> str:
        """The value with what it counts and its markers: 1 of 2 departments: 1 Carer Confident active."""
        if self.text in (MISSING, SUPPRESSED, NOT_APPLICABLE):
            return str(self)
        value, colon, more = self.text.partition(":")
        return " ".join((value, *([unit] if unit else []))) + " ".join((colon + more, *self.markers))

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
        first, *rest = self.cells.values()
        if all(cell.markers == first.markers for cell in rest):
            return first.markers
        return tuple(marker for marker in first.markers if all(marker in cell.markers for cell in rest))

    def texts(self, shown: Sequence[Indicator], *, short: bool) -> list[str]:
        """The values of these indicators, as they stand in a table whose rows carry their own markers."""
        markers = self.markers
        return [self.cells[each.number].beside(markers, short=short) for each in shown]


@dataclass(frozen=True)
class Board:
    """A month's rows: of organisations by name, of groups by name, and of all together."""

    organisations: Sequence[BoardRow]
    groups: Sequence[BoardRow] = field(default_factory=tuple)
    everybody: BoardRow | None = None


def exact_board(found: Sequence[Reported], absent: Sequence[str], names: Names, groups: Names) -> Board:
    """Exact rows; those of groups are added from the parts."""
    rows = {reported.organisation: exact_cells(reported.parts, reported.markers) for reported in found}
    parts = {reported.organisation: reported.parts for reported in found}

    def of(members: Iterable[str]) -> dict[str, BoardCell]:
        return exact_together([parts[member] for member in members if member in parts])

    return _board(rows, absent, names, groups, of)


def released_board(shown: Sequence[Released], absent: Sequence[str], names: Names, groups: Names) -> Board:
    """Rows of what is released; of groups only what counts organisations."""
    by_name = {row.organisation: row for row in shown}
    rows = {row.organisation: released_cells(row) for row in shown}

    def of(members: Iterable[str]) -> dict[str, BoardCell]:
        return released_together([by_name[member] for member in members if member in by_name])

    return _board(rows, absent, names, groups, of)


def exact_cells(parts: Parts, markers: tuple[str, ...]) -> dict[str, BoardCell]:
    """One organisation's exact indicators over the month or at its end."""
    cells = _median_cells(parts, markers)
    cells |= {each.number: _exact_cell(each, parts.rates.get(each.number), markers) for each in INDICATORS}
    for each in INDICATORS:
        rate = parts.rates.get(each.number)
        if rate is not None and each.kind == PRESENT:
            cells[each.number] = BoardCell(YES if rate.numerator else NO, markers=markers)
        elif rate is not None and each.kind == LEVELS:
            held = ", ".join(award_words(*award) for award in parts.awards)
            cells[each.number] = BoardCell(held or NO, markers=markers)
    return cells


def released_cells(shown: Released) -> dict[str, BoardCell]:
    """What is released of one organisation's indicators."""
    cells = {each.number: getattr(shown, each.cell) for each in (*INDICATORS, *MEDIANS)}
    found = {number_: BoardCell(cell.text, markers=cell.markers) for number_, cell in cells.items()}
    if cells["18"].text not in (NO, MISSING):
        words = ", ".join(award_words(*award) for award in _awards(shown))
        found["18"] = BoardCell(words, markers=cells["18"].markers)
    return found


def exact_together(found: Sequence[Parts]) -> dict[str, BoardCell]:
    """Several organisations' exact indicators, from their added parts."""
    added = together(found)
    cells = {each.number: _exact_cell(each, added.rates.get(each.number)) for each in TOGETHER}
    cells |= _median_cells(added)
    cells["18"] = _levels_cell(cells["18"], levels_held(parts.awards for parts in found))
    return cells


def released_together(shown: Sequence[Released]) -> dict[str, BoardCell]:
    """Of several organisations what is released: how many of them have what, and whose headcount that is.

    The headcounts are those that are released, each rounded by itself.
    """
    cells = {each.number: BoardCell(SUPPRESSED) for each in (*TOGETHER, *MEDIANS)}
    for each in INDICATORS:
        if each.organisation:
            texts = [text for row in shown if (text := getattr(row, each.cell).text) != MISSING]
            cells[each.number] = _organisations_cell(sum(text != NO for text in texts), len(texts))
    cells["18"] = _levels_cell(cells["18"], levels_held(_awards(row) for row in shown))
    cells[COVERAGE.number] = _coverage_cell([row for row in shown if row.policy.text != MISSING])
    return cells


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
    absent: Sequence[str],
    names: Names,
    groups: Names,
    of: Callable[[Iterable[str]], dict[str, BoardCell]],
) -> Board:
    missing = {each.number: BoardCell(MISSING) for each in (*INDICATORS, *MEDIANS)}
    every = {**rows, **dict.fromkeys(absent, missing)}
    organisations = [
        BoardRow(organisation_words(organisation, names), cells, organisation, groups.get(organisation, ""))
        for organisation, cells in every.items()
    ]
    members: dict[str, list[str]] = {}
    for organisation in every:
        if organisation in groups:
            members.setdefault(groups[organisation], []).append(organisation)
    marked = {organisation: next(iter(cells.values())).markers for organisation, cells in rows.items()}

    def row_of(name: str, inside: Sequence[str]) -> BoardRow:
        return sum_row(name, {member: marked.get(member) for member in inside}, of(inside))

    return Board(
        sorted(organisations, key=lambda row: row.name),
        [row_of(group, inside) for group, inside in sorted(members.items())],
        row_of(EVERYBODY, list(every)) if len(every) > 1 else None,
    )


def _awards(shown: Released) -> list[tuple[str, str]]:
    """(scheme, level) of what is released of awards."""
    if shown.awards.text in (NO, MISSING):
        return []
    pairs = (award.split() for award in shown.awards.text.split(", "))
    return [(scheme, level) for scheme, level in pairs]


def _coverage_cell(shown: Sequence[Released]) -> BoardCell:
    counts = [(int(row.headcount.text), row.policy.text == YES) for row in shown]
    covered, every = Fraction(sum(count for count, has in counts if has)), Fraction(sum(count for count, _ in counts))
    if not every:
        return BoardCell(NOT_APPLICABLE)
    share = rounded_rate(covered, every)
    return BoardCell(SUPPRESSED) if share is None else BoardCell(f"{share}%", Rate(covered, every))


def _exact_cell(indicator: Indicator, found: Rate | None, markers: tuple[str, ...] = ()) -> BoardCell:
    if found is None:
        return BoardCell(MISSING, markers=markers)
    if indicator.kind in (PRESENT, LEVELS):
        return _organisations_cell(int(found.numerator), int(found.denominator))
    text = per_hundred(found) if indicator.kind == PER_HUNDRED else percentage(found)
    return BoardCell(text, found, markers)


def _median_cells(parts: Parts, markers: tuple[str, ...] = ()) -> dict[str, BoardCell]:
    """Medians in days; missing of returns that do not have them, not applicable where nothing happened."""
    texts = {number_: took.median_words() or NOT_APPLICABLE for number_, took in parts.took.items()}
    return {each.number: BoardCell(texts.get(each.number, MISSING), markers=markers) for each in MEDIANS}


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
