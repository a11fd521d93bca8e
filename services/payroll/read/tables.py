"""The tables of payroll's lists. Identifiers, dates and quantities are text; a stored line is JSON by field name."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

from shared.people.tables import add_people

VERSION = 1
"""The version of these tables: a change of what they hold is a new one, filled by a rebuild."""

FROM_LEAVE = "payroll.leave"
"""The subscription to leave's events, whose place in these lists a seal is cut off by."""

metadata = MetaData()
add_people(metadata)


def _line_columns() -> list[Column[str]]:
    """The columns of a day's total, by the names of ``DayTotal``."""
    return [
        Column("person", String(36), nullable=False),
        Column("organisation", String(80), nullable=False),
        Column("employer", String(80), nullable=False),
        Column("pay_group", String(80), nullable=False),
        Column("staff_number", String(200), nullable=False),
        Column("post", String(200), nullable=False),
        Column("date", String(10), nullable=False),
        Column("element", String(20), nullable=False),
        Column("unit", String(20), nullable=False),
        Column("quantity", String(20), nullable=False),
        Column("absence_code", String(40), nullable=False),
        Column("pay_code", String(40), nullable=False),
        Column("continuity", String(40), nullable=False),
        Column("period", String(20), nullable=False),
    ]


ledger_lines = Table(
    "ledger_lines",
    metadata,
    Column("line", String(36), primary_key=True),
    *_line_columns(),
    Column("standing", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Index("ix_ledger_lines_open", "organisation", "employer", "pay_group", "open"),
    Index("ix_ledger_lines_person", "person"),
)
"""Each line's total now; ``standing``: the sent line that was not taken back, or empty; ``revision``: the last sent."""

batches = Table(
    "batches",
    metadata,
    Column("batch", String(36), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("organisation", String(80), nullable=False),
    Column("employer", String(80), nullable=False),
    Column("pay_group", String(80), nullable=False),
    Column("number", Integer, nullable=False),
    Column("period", String(20), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("quantities", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(300), nullable=False),
    Column("sealed_at", String(32), nullable=False),
    Column("sealed_by", String(36), nullable=False),
    Column("unsent", Integer, nullable=False),
    Index("ix_batches_number", "organisation", "employer", "pay_group", "number", unique=True),
)
"""Each sealed batch by its totals; its file is in the log. ``unsent``: open lines that did not fit in it."""

sent_lines = Table(
    "sent_lines",
    metadata,
    Column("line", String(36), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    *_line_columns(),
    Column("reverses", String(60), nullable=False),
    Column("batch", Integer, nullable=False),
    Column("batch_id", String(36), nullable=False),
    Column("place", Integer, nullable=False),
    Index("ix_sent_lines_place", "batch_id", "place"),
    Index("ix_sent_lines_person", "person"),
)
"""Each line as it was sent, by its place in the file."""

forgotten = Table("forgotten", metadata, Column("person", String(36), primary_key=True))
"""Persons who were erased: their staff numbers are shown nowhere but in the files that were sent."""
