"""The board as a file: CSV by RFC 4180, one line an organisation and indicator, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from services.reporting.board_rows import Board, BoardRow
from services.reporting.domain.board import INDICATORS

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

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def board_csv(month: str, board: Board) -> str:
    """The whole file with its header; rows end with CR LF. Values are those of the page, with the same markers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, dialect="excel", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    kinds = [("organisation", row) for row in board.organisations] + [("group", row) for row in board.groups]
    for kind, row in [*kinds, *([("all", board.everybody)] if board.everybody else [])]:
        writer.writerows([neutralised(value) for value in line] for line in _lines(month, kind, row))
    return text.getvalue()


def neutralised(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before a first = + - @, tab or return.

    >>> neutralised("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _lines(month: str, kind: str, row: BoardRow) -> Iterator[list[str]]:
    for indicator in INDICATORS:
        cell = row.cells[indicator.number]
        named = [month, kind, row.organisation, row.name, row.group, indicator.number, indicator.words]
        yield [*named, cell.text, *(part.replace(",", "") for part in cell.parts), " ".join(cell.markers)]
