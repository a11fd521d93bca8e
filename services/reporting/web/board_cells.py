"""The board's cells as text, from either door: of one organisation, and of several together.

Figures of several organisations are added from their parts for the statistics role. For everybody else only what
counts organisations is added up; a sensitive total beside its parts would let a reader subtract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.reporting.domain.board import Parts, levels_held, together
from services.reporting.domain.catalogue import EVERY, INDICATORS, MEDIANS, ONE_BY_ONE, TOGETHER
from services.reporting.domain.disclosure import rounded_rate
from services.reporting.domain.indicator import NO, YES, AnyIndicator, Kind, Rate
from services.reporting.domain.markers import MISSING, NOT_APPLICABLE, SUPPRESSED
from services.reporting.domain.provisions_and_awards import AWARDS, COVERAGE, Awards
from services.reporting.domain.released import Released
from services.reporting.domain.standing_shown import Standing, awards_of
from services.reporting.web.words import award_words, number, per_hundred, percentage

IN_PLACE_OF_A_VALUE = (MISSING, SUPPRESSED, NOT_APPLICABLE)


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

    @property
    def value(self) -> float | None:
        """The number that it shows, of “61+” the least that it can be; None of words and of a marker in its place."""
        plain = self.text.removesuffix("%").removesuffix("+").replace(",", "")
        return float(plain) if plain.replace(".", "", 1).isdigit() else None

    @property
    def is_empty(self) -> bool:
        """Whether a marker stands in the place of a value."""
        return self.text in IN_PLACE_OF_A_VALUE

    def beside(self, markers: tuple[str, ...], *, short: bool) -> str:
        """The value without the markers that its whole row has.

        ``short``: as it stands beside many others, of several departments' awards only how many have one.
        """
        text = self.text.partition(":")[0] if short else self.text
        if self.markers == markers:
            return text
        return " ".join((text, *(marker for marker in self.markers if marker not in markers)))

    def __str__(self) -> str:
        return " ".join((self.text, *self.markers))


def exact_cells(parts: Parts, markers: tuple[str, ...]) -> dict[str, BoardCell]:
    """One organisation's exact indicators over the month or at its end."""
    cells = _median_cells(parts, markers)
    cells |= {each.number: _exact_cell(each, parts.rates.get(each.number), markers) for each in INDICATORS}
    for each in INDICATORS:
        rate = parts.rates.get(each.number)
        if rate is not None and each.kind == Kind.PRESENT:
            cells[each.number] = BoardCell(YES if rate.numerator else NO, markers=markers)
        elif rate is not None and each.kind == Kind.LEVELS:
            cells[each.number] = BoardCell(_held_words(parts.awards), markers=markers)
    return cells


def released_cells(shown: Released) -> dict[str, BoardCell]:
    """What is released of one organisation's indicators."""
    cells = {each.number: shown[each.cell] for each in ONE_BY_ONE}
    found = {number_: BoardCell(cell.text, markers=cell.markers) for number_, cell in cells.items()}
    held = awards_of(shown)
    if held is not None:
        found[AWARDS.number] = BoardCell(_held_words(held), markers=shown[AWARDS.cell].markers)
    return found


def exact_together(found: Sequence[Parts]) -> dict[str, BoardCell]:
    """Several organisations' exact indicators, from their added parts."""
    added = together(found)
    cells = {each.number: _exact_cell(each, added.rates.get(each.number)) for each in TOGETHER}
    cells |= _median_cells(added)
    cells[AWARDS.number] = _levels_cell(cells[AWARDS.number], levels_held(parts.awards for parts in found))
    return cells


def released_together(found: Sequence[Standing]) -> dict[str, BoardCell]:
    """Of several organisations what is released: how many of them have what, and whose headcount that is.

    The headcounts are those that are released, each rounded by itself.
    """
    cells = {each.number: BoardCell(SUPPRESSED) for each in EVERY}
    for each in INDICATORS:
        if each.organisation:
            told = [has for standing in found if (has := standing.has(each)) is not None]
            cells[each.number] = _organisations_cell(sum(told), len(told))
    cells[AWARDS.number] = _levels_cell(cells[AWARDS.number], levels_held(standing.awards or () for standing in found))
    cells[COVERAGE.number] = _coverage_cell([standing for standing in found if standing.policy is not None])
    return cells


def _coverage_cell(found: Sequence[Standing]) -> BoardCell:
    covered = Fraction(sum(standing.headcount for standing in found if standing.policy))
    every = Fraction(sum(standing.headcount for standing in found))
    if not every:
        return BoardCell(NOT_APPLICABLE)
    share = rounded_rate(covered, every)
    return BoardCell(SUPPRESSED) if share is None else BoardCell(f"{share}%", Rate(covered, every))


def _exact_cell(indicator: AnyIndicator, found: Rate | None, markers: tuple[str, ...] = ()) -> BoardCell:
    if found is None:
        return BoardCell(MISSING, markers=markers)
    if indicator.organisation:
        return _organisations_cell(int(found.numerator), int(found.denominator))
    text = per_hundred(found) if indicator.kind == Kind.PER_HUNDRED else percentage(found)
    return BoardCell(text, found, markers)


def _median_cells(parts: Parts, markers: tuple[str, ...] = ()) -> dict[str, BoardCell]:
    """Medians in days; missing of returns that do not have them, not applicable where nothing happened."""
    texts = {number_: took.median_words() or NOT_APPLICABLE for number_, took in parts.took.items()}
    return {each.number: BoardCell(texts.get(each.number, MISSING), markers=markers) for each in MEDIANS}


def _held_words(held: Awards) -> str:
    return ", ".join(award_words(*award) for award in held) or NO


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
