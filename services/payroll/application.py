"""Payroll's commands: load, decide, save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError

from services.payroll.domain.batch import Batch, PayGroup
from services.payroll.domain.commands import RecordDay, SealBatch
from services.payroll.domain.days import Segment
from services.payroll.domain.history import UPCASTERS
from services.payroll.domain.ledger import PayLedger
from services.payroll.domain.lines import OpenLines, propose
from services.payroll.domain.mapping import PayMapping
from shared.kernel.clock import Clock
from shared.kernel.errors import RefusedError, UnavailableError
from shared.kernel.working_time import parse_minutes
from shared.store.application import CommandApplication, handles
from shared.store.commands import Decision
from shared.store.stores import Stores


@dataclass(frozen=True)
class LeaveApplied:
    """The place in leave's log up to which payroll has applied it; epoch empty before the first event."""

    epoch: str
    position: int


class ReadSide(Protocol):
    """What sealing asks of the read side."""

    def leave_applied(self) -> LeaveApplied:
        """Up to where leave's log has been applied."""
        ...

    def caught_up(self, position: int) -> bool:
        """Whether payroll's lists show its own log up to this position, waiting up to a second for it."""
        ...

    def open_lines(self, organisation: str, employer: str, pay_group: str) -> OpenLines:
        """The pay group's open lines and the last batch that the lists show, read in one statement."""
        ...


class Payroll(CommandApplication):
    """Days become totals, totals become lines, lines are sealed in batches."""

    name = "payroll"
    history = UPCASTERS

    def __init__(self, stores: Stores, clock: Clock, mapping: PayMapping, read_side: ReadSide) -> None:
        self.mapping = mapping
        self._read_side = read_side
        super().__init__(stores, clock)

    @handles(RecordDay)
    def record_day(self, command: RecordDay) -> Decision:
        """Note what a notice takes of a date."""
        ledger = self.load(PayLedger, PayLedger.id_for(command.person)) or PayLedger.open(
            command.person, command.organisation, at=self.now(), by=command.by
        )
        changed = ledger.record_day(_segment(command), self.mapping.codes_on, at=self.now(), by=command.by)
        return Decision((ledger,), {"lines": [total.line for total in changed]})

    @handles(SealBatch)
    def seal_batch(self, command: SealBatch) -> Decision:
        """Seal a pay group's open lines.

        Exactly once: the lists must show every batch that the pay group has numbered, and saving fails where another
        seal has taken the number meanwhile; so the lines are what the ledger says less everything ever sent.
        """
        applied = self._leave_applied(command)
        named = (command.organisation, command.employer, command.pay_group)
        group = self.load(PayGroup, PayGroup.id_for(*named)) or PayGroup.open(*named, at=self.now(), by=command.by)
        open_lines = self._read_side.open_lines(*named)
        if open_lines.sealed != group.sealed:
            raise _catching_up()
        batch = group.seal(
            propose(open_lines),
            self.mapping.layout_on(command.employer, self.today()),
            checked=command.checked,
            leave=(applied.epoch, applied.position),
            on=self.today(),
            at=self.now(),
            by=command.by,
        )
        return Decision((batch, group), {"batch": str(batch.id), "number": batch.number, "sha256": batch.sha256})

    def sealed_batch(self, batch: UUID) -> Batch | None:
        """The batch as it was sealed, straight from the log; None where there is no such batch."""
        try:
            found: object = self.repository.get(batch)
        except AggregateNotFoundError:
            return None
        return found if isinstance(found, Batch) else None

    def _leave_applied(self, command: SealBatch) -> LeaveApplied:
        """Up to where leave has been applied; raises RefusedError before the cut-off, UnavailableError while behind."""
        applied = self._read_side.leave_applied()
        if command.leave_position > applied.position or command.leave_epoch not in ("", applied.epoch):
            raise RefusedError(
                f"Nothing was sealed: payroll has received leave up to position {applied.position}, and this batch "
                f"must include everything up to {command.leave_position}. Try again when it has arrived.",
                code="leave-not-applied",
                applied=applied.position,
            )
        if not self._read_side.caught_up(self.stores.log.head()[1]):
            raise _catching_up()
        return applied


def _catching_up() -> UnavailableError:
    return UnavailableError(
        "Nothing was sealed: payroll's lists do not show the latest changes yet. Try again in a moment."
    )


def _segment(command: RecordDay) -> Segment:
    return Segment(
        notice=command.notice,
        date=command.date,
        organisation=command.organisation,
        employer=command.employer,
        employment=command.employment,
        post=command.post,
        staff_number=command.staff_number,
        minutes=parse_minutes(command.minutes),
        paid_minutes=parse_minutes(command.paid_minutes),
        scheduled_minutes=parse_minutes(command.scheduled_minutes),
    )
