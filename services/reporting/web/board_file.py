"""The board as data: JSON rows, and CSV by RFC 4180 with a line an organisation, group or all, and indicator.

A line of the CSV has its value as a number, its unit and its markers each in a column of its own. The file is safe to
open in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.reporting.domain.catalogue import EVERY
from services.reporting.domain.indicator import NO, AnyIndicator, Kind
from services.reporting.web.board_cells import BoardCell
from services.reporting.web.board_rows import Board, BoardRow
from shared.files.writing import csv_text

HEADINGS: Final = (
    "month",
    "row",
    "organisation",
    "name",
    "group",
    "indicator",
    "about",
    "value",
    "unit",
    "markers",
    "detail",
    "numerator",
    "denominator",
)


def board_csv(month: str, board: Board) -> str:
    """The whole file with its header; rows end with CR LF.

    ``value``: a number, empty where ``markers`` say why there is none; ``unit``: percent, days per 100 FTE, days,
    organisations, or ``in place``, which is 1 or 0. ``markers``: all that the page shows. ``detail``: which awards, and
    ``or more`` of a median of 61 days.
    """
    return csv_text(HEADINGS, (line for kind, row in _rows(board) for line in _lines(month, kind, row)))


def board_rows(board: Board) -> list[dict[str, Any]]:
    """Every row as plain data: departments, groups, all departments together. Values are those of the page."""
    return [
        {
            "row": kind,
            "organisation": row.organisation,
            "name": row.name,
            "group": row.group,
            "returned": row.returns,
            "indicators": [_plain(each, row.cells[each.number]) for each in _indicators(row)],
        }
        for kind, row in _rows(board)
    ]


def _rows(board: Board) -> Iterator[tuple[str, BoardRow]]:
    yield from (("organisation", row) for row in board.organisations)
    yield from (("group", row) for row in board.groups)
    if board.everybody:
        yield "all", board.everybody


def _indicators(row: BoardRow) -> Iterator[AnyIndicator]:
    return (each for each in EVERY if each.number in row.cells)


def _plain(indicator: AnyIndicator, cell: BoardCell) -> dict[str, Any]:
    numerator, denominator = _parts(cell)
    return {
        "indicator": indicator.number,
        "about": indicator.words,
        "value": cell.text,
        "numerator": numerator,
        "denominator": denominator,
        "markers": list(cell.markers),
    }


def _lines(month: str, kind: str, row: BoardRow) -> Iterator[list[str]]:
    named = [month, kind, row.organisation, row.name, row.group]
    for each in _indicators(row):
        cell = row.cells[each.number]
        told = _figure(each, cell, single=kind == "organisation")
        yield [*named, each.number, each.words, *_as_columns(told), *_parts(cell)]


def _as_columns(told: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(told.get(column, "") for column in ("value", "unit", "markers", "detail"))


def _figure(indicator: AnyIndicator, cell: BoardCell, *, single: bool) -> dict[str, str]:
    """Value, unit, markers and detail. ``single``: of one organisation, which has something or has it not."""
    unit = "in place" if indicator.organisation and single else indicator.unit or "percent"
    if cell.is_empty:
        return {"unit": unit, "markers": str(cell)}
    markers = " ".join(cell.markers)
    if indicator.organisation:
        have, _, detail = cell.text.partition(": ")
        if single:
            have, detail = ("0" if have == NO else "1"), (have if indicator.kind == Kind.LEVELS and have != NO else "")
        return {"value": have.partition(" ")[0], "unit": unit, "markers": markers, "detail": detail}
    more = "or more" if cell.text.endswith("+") else ""
    value = cell.text.rstrip("%+").replace(",", "")
    return {"value": value, "unit": unit, "markers": markers, "detail": more}


def _parts(cell: BoardCell) -> tuple[str, str]:
    numerator, denominator = (part.replace(",", "") for part in cell.parts)
    return numerator, denominator
