"""One indicator's figures of many organisations: in the order of the figure, and why some have none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.reporting.domain.indicator import NO, YES, AnyIndicator
from services.reporting.domain.markers import PROVISIONAL, SUPPRESSED
from services.reporting.web.board_cells import BoardCell
from services.reporting.web.board_rows import BoardRow

UNTOLD: Final = "untold"
"""Why there is no figure about people of an organisation of which the demonstration tells nobody's days."""


@dataclass(frozen=True)
class Placed:
    """A row with its figure. ``width``: of the largest of them, from 0 to 100, where they are lengths."""

    row: BoardRow
    cell: BoardCell
    width: float = 0


@dataclass(frozen=True)
class Ordered:
    """``placed``: those with a figure. ``without``: by the reason in words those that have none, by name."""

    placed: Sequence[Placed] = ()
    without: dict[str, list[BoardRow]] = field(default_factory=dict)


@dataclass(frozen=True)
class Parted:
    """A month's rows: those with figures about people, those without, by the reason, and those without a return.

    ``untold``: of which the demonstration tells nobody's days.
    """

    told: Sequence[BoardRow]
    untold: Sequence[BoardRow]
    small: Sequence[BoardRow]
    unreleased: Sequence[BoardRow]
    missing: Sequence[BoardRow]


def in_order(rows: Iterable[BoardRow], indicator: AnyIndicator, untold: Collection[str] = ()) -> Ordered:
    """The highest figure first, alike ones by name; those that have something before those that do not.

    ``untold``: organisations of which nobody's days are told, so that they have no figure about people.
    """
    without: dict[str, list[BoardRow]] = {}
    there = []
    for row in rows:
        cell = row.cells[indicator.number]
        if not indicator.everybody and row.organisation in untold and not row.is_missing:
            without.setdefault(UNTOLD, []).append(row)
        elif cell.is_empty:
            without.setdefault(_reason(cell), []).append(row)
        else:
            there.append((row, cell))
    most = max((cell.value or 0 for _, cell in there), default=0)
    placed = [Placed(row, cell, round(100 * (cell.value or 0) / most, 1) if most else 0) for row, cell in there]
    return Ordered(sorted(placed, key=_place), without)


def parted(rows: Iterable[BoardRow], untold: Collection[str] = ()) -> Parted:
    """The rows by whether there is a figure about people in them, in the order in which they came.

    ``untold``: as above.
    """
    parts: dict[str, list[BoardRow]] = {"told": [], "untold": [], "small": [], "unreleased": [], "missing": []}
    for row in rows:
        if row.is_missing:
            parts["missing"].append(row)
        elif row.organisation in untold:
            parts["untold"].append(row)
        elif row.tells_of_people:
            parts["told"].append(row)
        else:
            parts["unreleased" if PROVISIONAL in row.markers else "small"].append(row)
    return Parted(**parts)


def _place(placed: Placed) -> tuple[float, int, str, str]:
    text = placed.cell.text
    if placed.cell.value is not None:
        return -placed.cell.value, 0, "", placed.row.name
    return 0, [YES, text, NO].index(text), text, placed.row.name


def _reason(cell: BoardCell) -> str:
    """The marker in the place of the figure; what is not released yet is told apart from what never will be."""
    return f"{cell.text} {PROVISIONAL}" if cell.text == SUPPRESSED and PROVISIONAL in cell.markers else cell.text
