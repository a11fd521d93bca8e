"""Writing CSV that others open in a spreadsheet: RFC 4180, and no text that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from shared.kernel.spreadsheets import neutralised


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """The whole file with its header; rows end with CR LF. Text is neutralised, numbers are not."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, dialect="excel", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([cell if isinstance(cell, int) else neutralised(cell) for cell in row] for row in rows)
    return text.getvalue()
