"""A month's extract from the HR system: who is new, who leaves, whose manager or pattern is another."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final

from services.workforce.staff_file.columns import COLUMNS
from services.workforce.world.patterns import FULL_TIME_HOURS, grade
from shared.demonstration.people import Body, Cast, Member, Worked
from shared.kernel.periods import DAY, month_of, month_span

_HEADER: Final = tuple(column.name for column in COLUMNS)


@dataclass(frozen=True)
class Row:
    """Somebody as the extract of a month has them."""

    member: Member
    month: date

    @property
    def works(self) -> Worked:
        """The pattern that holds from the month on."""
        return self.member.works_on(self.month)

    def cells(self) -> tuple[str, ...]:
        """The row's cells, in the order of the file's columns."""
        member, body = self.member, self.member.body
        manager = member.manager(self.month)
        leaves = member.left is not None and month_of(member.left) == month_of(self.month)
        return (
            body.name,
            body.employer_name,
            member.number,
            member.name,
            grade(member.place),
            manager.number if manager else "",
            member.nation,
            self.works.text,
            self.works.fte,
            FULL_TIME_HOURS,
            "agency" if member.agency else "employee",
            member.joined.isoformat(),
            member.left.isoformat() if leaves and member.left else "",
            body.group,
            body.kind,
        )


@dataclass
class Extract:
    """What a month's extract says, and who comes from another organisation: HR records these by hand."""

    rows: list[Row] = field(default_factory=list)
    moved: list[Member] = field(default_factory=list)


def extract(cast: Cast, month: date, *, first: bool) -> Extract:
    """The extract of a month. ``first``: everybody who is there; else what is other than the month before."""
    told = Extract()
    for body in cast.bodies if first else cast.living:
        there = list(body.there_on(month))
        told.moved += [] if first else [member for member in there if member.joined == month and member.before]
        moved = set(map(id, told.moved))
        told.rows += [
            Row(each, month) for each in (there if first else _changed(body, there, month)) if id(each) not in moved
        ]
    return told


def file_of(rows: Sequence[Row]) -> BinaryIO:
    """The rows as a staff file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(row.cells() for row in rows)
    return io.BytesIO(text.getvalue().encode())


def _changed(body: Body, there: Sequence[Member], month: date) -> Iterator[Member]:
    """Who joins or leaves, begins to work part of the week, or has another manager than the day before."""
    before = month - DAY
    last = month_span(month_of(month)).last
    managers: dict[int | None, bool] = {None: False}
    for member in there:
        above = body.above(member.place)
        if above not in managers:
            assert above is not None
            managers[above] = body.holder(above, before) is not body.holder(above, month)
        if managers[above] or month in (member.joined, member.part_time_from) or member.left == last:
            yield member
