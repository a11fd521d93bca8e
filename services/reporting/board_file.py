"""The board as data: JSON rows, and CSV by RFC 4180 with a line an organisation, group or all, and indicator.

The file is safe to open in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.reporting.board_rows import Board, BoardCell, BoardRow
from services.reporting.domain.board import MEDIANS, TOGETHER, Indicator
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
    "numerator",
    "denominator",
    "markers",
)


def board_csv(month: str, board: Board) -> str:
    """The whole file with its header; rows end with CR LF. Values are those of the page, with the same markers."""
    return csv_text(HEADINGS, (line for row in board_rows(board) for line in _lines(month, row)))


def _lines(month: str, row: Mapping[str, Any]) -> Iterator[list[str]]:
    named = [month, row["row"], row["organisation"], row["name"], row["group"]]
    for cell in row["indicators"]:
        told = [cell[name] for name in ("indicator", "about", "value", "numerator", "denominator")]
        yield [*named, *told, " ".join(cell["markers"])]


def board_rows(board: Board) -> list[dict[str, Any]]:
    """Every row as plain data: departments, groups, all departments together."""
    kinds = [("organisation", row) for row in board.organisations] + [("group", row) for row in board.groups]
    return [_row(kind, row) for kind, row in [*kinds, *([("all", board.everybody)] if board.everybody else [])]]


def _row(kind: str, row: BoardRow) -> dict[str, Any]:
    return {
        "row": kind,
        "organisation": row.organisation,
        "name": row.name,
        "group": row.group,
        "returned": row.returns,
        "indicators": [
            _cell(each, row.cells[each.number]) for each in (*TOGETHER, *MEDIANS) if each.number in row.cells
        ],
    }


def _cell(indicator: Indicator, cell: BoardCell) -> dict[str, Any]:
    numerator, denominator = (part.replace(",", "") for part in cell.parts)
    return {
        "indicator": indicator.number,
        "about": indicator.words,
        "value": cell.text,
        "numerator": numerator,
        "denominator": denominator,
        "markers": list(cell.markers),
    }
