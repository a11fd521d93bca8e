"""Pay groups and their batches: numbered, sealed once, never changed, sent again byte for byte."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from services.payroll.domain.export import file_name, render
from services.payroll.domain.lines import Proposal
from services.payroll.domain.mapping import Layout
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.errors import RefusedError, UnavailableError
from shared.kernel.ids import derived_id
from shared.kernel.periods import month_of


class Batch(Aggregate):
    """One sealed batch: its lines and the very text of its file, in one event, for ever."""

    TOPIC: ClassVar[str] = "payroll.batch"

    class Event(Aggregate.Event):
        """Something happened to a batch."""

        TOPIC: ClassVar[str] = "payroll.batch.event"

    class Sealed(Event, First):
        """The batch with everything in it. ``lines`` are ``PayLine`` by field name; ``sha256`` is of ``file`` in UTF-8.

        ``period`` holds the day of sealing. ``layout`` is the version of the columns; ``leave`` the epoch and position
        up to which leave's events had been applied, ``left`` the open lines that did not fit.
        """

        TOPIC: ClassVar[str] = "payroll.batch.sealed"

        employer: str
        pay_group: str
        number: int
        period: str
        lines: list[dict[str, object]]
        file: str
        file_name: str
        sha256: str
        quantities: dict[str, str]
        layout: str
        leave: list[object]
        left: int

    def __init__(
        self,
        *,
        organisation: str,
        employer: str,
        pay_group: str,
        number: int,
        period: str,
        lines: list[dict[str, object]],
        file: str,
        file_name: str,
        sha256: str,
        quantities: dict[str, str],
    ) -> None:
        self.organisation = organisation
        self.employer = employer
        self.pay_group = pay_group
        self.number = number
        self.period = period
        self.count = len(lines)
        self.reversals = sum(bool(line["reverses"]) for line in lines)
        self.people = len({line["person"] for line in lines})
        self.quantities = quantities
        self.file_name = file_name
        self.sha256 = sha256
        self._file = file

    @property
    def file(self) -> bytes:
        """The bytes of the file, the same each time. Raises UnavailableError where they have lost their hash."""
        file = self._file.encode()
        if hashlib.sha256(file).hexdigest() != self.sha256:
            raise UnavailableError(
                f"The file of batch {self.number} is not the one that was sealed. Restore payroll's log from a backup."
            )
        return file

    def totals(self) -> dict[str, object]:
        """What the batch is and comes to, without its lines; ``lines`` counts them."""
        return {
            "batch": str(self.id),
            "employer": self.employer,
            "pay_group": self.pay_group,
            "number": self.number,
            "period": self.period,
            "lines": self.count,
            "quantities": self.quantities,
            "sha256": self.sha256,
            "file_name": self.file_name,
            "sealed_at": self.created_on.isoformat(),
        }

    @staticmethod
    def id_for(organisation: str, employer: str, pay_group: str, number: int) -> UUID:
        """The identifier of a batch by its number; a number cannot be sealed twice."""
        return derived_id("pay-batch", organisation, employer, pay_group, str(number))


class PayGroup(Aggregate):
    """The pay group of an organisation and legal employer: it numbers the batches, so one seal wins a number."""

    TOPIC: ClassVar[str] = "payroll.pay-group"

    class Event(Aggregate.Event):
        """Something happened in a pay group."""

        TOPIC: ClassVar[str] = "payroll.pay-group.event"

    class Opened(Event, First):
        """The pay group sealed its first batch."""

        TOPIC: ClassVar[str] = "payroll.pay-group.opened"

        employer: str
        pay_group: str

    class BatchSealed(Event):
        """A batch was sealed. ``lines`` counts them, ``quantities`` are signed sums by unit as decimal text."""

        TOPIC: ClassVar[str] = "payroll.pay-group.batch-sealed"

        batch: str
        employer: str
        pay_group: str
        number: int
        period: str
        lines: int
        sha256: str
        quantities: dict[str, str]

        def apply(self, aggregate: PayGroup) -> None:
            """Count the batch."""
            aggregate.sealed = self.number

    def __init__(self, *, organisation: str, employer: str, pay_group: str, person: str, by: str) -> None:
        del person, by
        self.organisation = organisation
        self.employer = employer
        self.pay_group = pay_group
        self.sealed = 0

    @staticmethod
    def id_for(organisation: str, employer: str, pay_group: str) -> UUID:
        """The identifier of a pay group."""
        return derived_id("pay-group", organisation, employer, pay_group)

    @classmethod
    def open(cls, organisation: str, employer: str, pay_group: str, *, at: datetime, by: str) -> PayGroup:
        """Start a pay group."""
        identifier = cls.id_for(organisation, employer, pay_group)
        named = {"organisation": organisation, "employer": employer, "pay_group": pay_group}
        return cls.begin(cls.Opened, id=identifier, at=at, person="", by=by, **named)

    def seal(
        self,
        proposal: Proposal,
        layout: Layout,
        *,
        checked: str,
        leave: tuple[str, int],
        on: date,
        at: datetime,
        by: str,
    ) -> Batch:
        """Seal the proposed lines as the next batch. ``checked``: the fingerprint that was looked at, or empty.

        Raises RefusedError where there is nothing to seal, or the lines are not those that were looked at.
        """
        self._refuse(proposal, checked)
        file = render(layout, proposal.lines)
        facts = self._facts(proposal, file, on)
        batch = Batch.begin(
            Batch.Sealed,
            id=Batch.id_for(self.organisation, self.employer, self.pay_group, proposal.number),
            at=at,
            **facts | {"by": by, "lines": [line.as_json() for line in proposal.lines]},
            file=file,
            file_name=file_name(self.organisation, self.employer, self.pay_group, proposal.number),
            layout=layout.version,
            leave=list(leave),
            left=proposal.left,
        )
        self.record(self.BatchSealed, at=at, **facts, by=by, lines=len(proposal.lines), batch=str(batch.id))
        return batch

    def _refuse(self, proposal: Proposal, checked: str) -> None:
        if proposal.number != self.sealed + 1:
            raise RefusedError(
                f"Batch {proposal.number} is not the next batch of this pay group. Check the lines again, then seal.",
                code="not-the-next-batch",
            )
        if not proposal.lines:
            raise RefusedError(
                f"There is nothing to seal: no line has changed since batch {self.sealed}."
                if self.sealed
                else "There is nothing to seal: no leave has been taken yet.",
                code="nothing-to-seal",
            )
        if checked and checked != proposal.fingerprint:
            raise RefusedError(
                "The lines have changed since you checked them. Check them again, then seal the batch.",
                code="lines-changed",
            )

    def _facts(self, proposal: Proposal, file: str, on: date) -> dict[str, object]:
        return {
            "person": "",
            "organisation": self.organisation,
            "employer": self.employer,
            "pay_group": self.pay_group,
            "number": proposal.number,
            "period": month_of(on),
            "sha256": hashlib.sha256(file.encode()).hexdigest(),
            "quantities": proposal.quantities,
        }
