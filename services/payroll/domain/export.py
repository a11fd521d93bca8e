"""The file of a batch: CSV by RFC 4180, safe to open in a spreadsheet: text is neutralised, numbers are not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from services.payroll.domain.lines import PayLine
from services.payroll.domain.mapping import Layout
from shared.kernel.spreadsheets import neutralised

_NUMBERS: Final = frozenset({"quantity", "revision", "batch"})


def render(layout: Layout, lines: Iterable[PayLine]) -> str:
    """The whole file with its header; rows end with CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, dialect="excel", lineterminator="\r\n")
    writer.writerow([neutralised(column.heading) for column in layout.columns])
    writer.writerows([_cell(line, column.field) for column in layout.columns] for line in lines)
    return text.getvalue()


def file_name(organisation: str, employer: str, pay_group: str, number: int) -> str:
    """The name of a batch's file: whose, which pay group, which number.

    >>> file_name("ministry-of-works", "ministry-of-works", "monthly", 7)
    'ministry-of-works-monthly-0007.csv'
    """
    return "-".join(dict.fromkeys((organisation, employer, pay_group))) + f"-{number:04d}.csv"


def _cell(line: PayLine, field: str) -> str:
    value = str(getattr(line, field))
    return value if field in _NUMBERS else neutralised(value)
