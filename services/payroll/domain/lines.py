"""What a batch sends: for each open line the reversal of what stands, and the new total. Nothing is recomputed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from services.payroll.domain.days import DayTotal
from services.payroll.domain.quantities import quantity_text, sums_by_unit

MOST_LINES: Final = 10_000
"""The most lines of one batch; what is left waits for the next."""

NOTHING: Final = quantity_text(Decimal(0))
"""The quantity of a total that is not sent."""


@dataclass(frozen=True, kw_only=True)
class PayLine(DayTotal):
    """A line as sent. Its key for ever is (line, revision); ``reverses`` names the key it takes back, or is empty."""

    revision: int
    reverses: str
    batch: int

    @property
    def key(self) -> str:
        """The line and its revision as one text, as ``reverses`` has it."""
        return f"{self.line}/{self.revision}"

    def reversal(self, revision: int, batch: int) -> PayLine:
        """This line taken back: everything as sent, the quantity with the opposite sign."""
        quantity = quantity_text(-Decimal(self.quantity))
        return replace(self, quantity=quantity, revision=revision, reverses=self.key, batch=batch)

    def as_json(self) -> dict[str, object]:
        """The stored form: the fields by name."""
        return asdict(self)


LINE_FIELDS: Final = tuple(field.name for field in fields(PayLine))
"""The fields of a line, which a column of a file may show."""


@dataclass(frozen=True)
class OpenLine:
    """A line whose total may differ from what was sent of it.

    ``current``: the total now ("0.00": nothing). ``standing``: the sent line that was not taken back, if there is one.
    ``revision``: the last one sent, 0 for none.
    """

    current: DayTotal
    standing: PayLine | None
    revision: int

    def changes(self, batch: int) -> list[PayLine]:
        """What makes payroll agree with the ledger again: a reversal, a new total, both or neither."""
        if self.standing and as_total(self.standing) == self.current:
            return []
        lines = [self.standing.reversal(self.revision + 1, batch)] if self.standing else []
        if self.current.quantity != NOTHING:
            revision = self.revision + len(lines) + 1
            lines.append(PayLine(**asdict(self.current), revision=revision, reverses="", batch=batch))
        return lines


@dataclass(frozen=True)
class OpenLines:
    """A pay group's open lines as the lists show them at one moment.

    ``sealed``: the last batch that the lists show. ``beyond``: open lines that are not among ``lines``.
    """

    sealed: int
    lines: tuple[OpenLine, ...]
    beyond: int = 0


@dataclass(frozen=True)
class Proposal:
    """The lines of a pay group's next batch, as they would be sealed now. A preview shows it; it is never an export.

    ``left``: open lines that did not fit and wait for the batch after this one.
    """

    number: int
    lines: tuple[PayLine, ...]
    left: int

    @cached_property
    def quantities(self) -> dict[str, str]:
        """Signed sums by unit, as decimal text."""
        return sums_by_unit((line.unit, line.quantity) for line in self.lines)

    @cached_property
    def reversals(self) -> int:
        """How many lines take back one that was sent before."""
        return sum(bool(line.reverses) for line in self.lines)

    @cached_property
    def people(self) -> int:
        """How many people the lines are about."""
        return len({line.person for line in self.lines})

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of number and lines, by which a seal knows that it seals what was looked at."""
        content = [self.number, *(line.as_json() for line in self.lines)]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def propose(open_lines: OpenLines, *, most: int = MOST_LINES) -> Proposal:
    """The next batch of these open lines. A reversal and its new total always share a batch."""
    number = open_lines.sealed + 1
    lines: list[PayLine] = []
    left = open_lines.beyond
    full = False
    for changes in sorted(filter(None, (line.changes(number) for line in open_lines.lines)), key=_order):
        full = full or len(lines) + len(changes) > most
        if full:
            left += 1
        else:
            lines.extend(changes)
    return Proposal(number, tuple(lines), left)


def as_total(line: PayLine) -> DayTotal:
    """What a sent line says, without when and how often it was sent."""
    return DayTotal(**{field.name: getattr(line, field.name) for field in fields(DayTotal)})


def _order(changes: list[PayLine]) -> tuple[str, ...]:
    line = changes[0]
    return (line.staff_number, line.post, line.date, line.element, line.line)
