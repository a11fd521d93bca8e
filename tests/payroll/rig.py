"""A real payroll, on SQLite files unless told otherwise, fed by a leave service that is a list of published events."""

from __future__ import annotations

import csv
import io
import itertools
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import msgspec

from services.payroll import SERVICE
from services.payroll.application import Payroll
from services.payroll.domain.batch import Batch
from services.payroll.domain.commands import SealBatch
from services.payroll.domain.mapping import PayMapping
from services.payroll.wiring import wire
from shared.bus.inbox import FeedPage, Inbox
from shared.contracts.catalogue import validate_producer
from shared.contracts.types import dataschema_of
from shared.contracts.wire import decode_batch
from shared.kernel.clock import FixedClock
from shared.kernel.ids import derived_id
from shared.runtime.wiring import Wiring
from shared.store.commands import Answer, CommandKey
from shared.store.projector import Projector
from tests.support import migrate_one, settings_for

EPOCH = "5f0e9f1e-0000-4000-8000-000000000001"


class PublishedLog:
    """A source as others see it: its published events in order, and the feed that serves them."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.events: list[dict[str, Any]] = []
        self._position = 0

    def publish(self, kind: str, person: str, organisation: str, data: dict[str, Any]) -> int:
        """Add an event; answers its position."""
        previous, self._position = self._position, self._position + 2
        event_type = f"carers.{self.service}.{kind}.v1"
        event = {
            "specversion": "1.0",
            "id": f"{EPOCH}:{self._position}",
            "source": f"/test/{self.service}",
            "type": event_type,
            "time": "2026-03-13T22:00:00+00:00",
            "datacontenttype": "application/json",
            "dataschema": dataschema_of(event_type),
            "subject": person,
            "organisation": organisation,
            "previous": previous,
            "data": data,
        }
        validate_producer(event)
        self.events.append(event)
        return self._position

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """The feed."""
        rest = [event for event in self.events if int(event["id"].rpartition(":")[2]) > after][:limit]
        return FeedPage(EPOCH, 0, self._position, decode_batch(msgspec.json.encode(rest)))


class Rig:
    """Payroll with its neighbours: take a day, let it arrive, seal."""

    organisation = "ministry-of-works"
    employer = "ministry-of-works"

    def __init__(self, folder: Path, mapping: PayMapping | None = None, *, database: str = "") -> None:
        self.settings = settings_for(folder, database=database)
        self.clock = FixedClock(datetime(2026, 3, 20, 9, tzinfo=UTC))
        migrate_one(SERVICE, self.settings)
        self.wiring: Wiring = wire(self.settings, self.clock, mapping)
        self.application = cast("Payroll", self.wiring.application)
        self.leave = PublishedLog("leave")
        self.workforce = PublishedLog("workforce")
        self._inboxes = [self._inbox(subscription) for subscription in self.wiring.subscriptions]
        self._projector = Projector(
            self.wiring.stores, self.wiring.own, SERVICE.name, self.wiring.projection, self.wiring.application.history
        )
        self._keys = itertools.count(1)

    def taken(self, person: str, day: date, minutes: int | str = 444, **fields: Any) -> int:
        """Leave publishes that a day was taken; answers leave's position."""
        return self._publish("taken", person, day, minutes, {"part": "whole"}, fields)

    def corrected(self, person: str, day: date, minutes: int | str, **fields: Any) -> int:
        """Leave publishes that a day was put right; answers leave's position."""
        previous = {"previous_minutes": 444, "previous_paid_minutes": 0}
        return self._publish("corrected", person, day, minutes, previous, fields)

    def arrive(self) -> None:
        """Everything published reaches payroll, and its own log reaches its lists."""
        self.deliver()
        self.project()

    def deliver(self) -> None:
        """Everything published reaches payroll's log."""
        for inbox in self._inboxes:
            inbox.ask()

    def retry(self) -> None:
        """What failed is tried again."""
        for inbox in self._inboxes:
            inbox.retry()

    def project(self) -> None:
        """Payroll's own log reaches its lists."""
        while self._projector.step():
            pass

    def seal(self, key: str = "", **fields: Any) -> Answer:
        """Seal the open lines."""
        command: dict[str, Any] = {
            "organisation": self.organisation,
            "employer": self.employer,
            "pay_group": "monthly",
            "leave_epoch": "",
            "leave_position": 0,
            "checked": "",
            "by": "payroll-officer",
        } | fields
        scope = f"{command['organisation']}/{command['by']}/SealBatch"
        return self.application.execute(SealBatch(**command), CommandKey(scope, key or f"seal-{next(self._keys)}"))

    def batches(self, **fields: str) -> list[Batch]:
        """Every batch of the pay group, straight from the log, by number."""
        named = {"organisation": self.organisation, "employer": self.employer, "pay_group": "monthly"} | fields
        found: list[Batch] = []
        while (batch := self.application.sealed_batch(Batch.id_for(**named, number=len(found) + 1))) is not None:
            found.append(batch)
        return found

    def rows(self, batch: Batch) -> list[dict[str, str]]:
        """The rows of a batch's file by heading."""
        return list(csv.DictReader(io.StringIO(batch.file.decode(), newline="")))

    def sent(self) -> dict[tuple[str, str, str, str], Decimal]:
        """What payroll systems add up to, by person number, post, date and pay code; sums of 0 left out."""
        sums: dict[tuple[str, str, str, str], Decimal] = {}
        for row in (row for batch in self.batches() for row in self.rows(batch)):
            key = (row["Person number"], row["Post"], row["Date"], row["Pay code"])
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["Quantity"])
        return {key: quantity for key, quantity in sums.items() if quantity}

    def owed(self) -> dict[tuple[str, str, str, str], Decimal]:
        """What leave's events come to in days, computed apart from payroll: the last word on each notice and date."""
        last = {(event["data"]["notice"], event["data"]["date"]): event["data"] for event in self.leave.events}
        days: dict[tuple[str, str, str], list[Fraction]] = {}
        for data in last.values():
            share = days.setdefault((data["staff_number"], data["post"], data["date"]), [Fraction(0), Fraction(0)])
            share[0] += Fraction(data["paid_minutes"]) / data["scheduled_minutes"]
            share[1] += Fraction(data["minutes"]) / data["scheduled_minutes"]
        owed: dict[tuple[str, str, str, str], Decimal] = {}
        for key, (paid, both) in days.items():
            owed[*key, "P01"] = _half_up(paid)
            owed[*key, "P02"] = _half_up(both) - _half_up(paid)
        return {key: quantity for key, quantity in owed.items() if quantity}

    def close(self) -> None:
        """Give the databases back."""
        self.wiring.close()

    def _publish(
        self, kind: str, person: str, day: date, minutes: int | str, extra: dict[str, Any], fields: dict[str, Any]
    ) -> int:
        organisation = fields.pop("organisation", self.organisation)
        data = {
            "notice": str(derived_id("notice", person, day.isoformat())),
            "employment": str(derived_id("employment", person)),
            "staff_number": f"S{person[:4]}",
            "post": "P1",
            "employer": self.employer,
            "date": day.isoformat(),
            "minutes": minutes,
            "paid_minutes": 0,
            "scheduled_minutes": 444,
            "full_time_minutes": 2220,
        }
        return self.leave.publish(kind, person, organisation, data | extra | fields)

    def _inbox(self, subscription: Any) -> Inbox:
        source = {"leave": self.leave, "workforce": self.workforce}[subscription.source]
        return Inbox(
            subscription,
            f"/test/{subscription.source}",
            self.wiring.stores.read,
            self.wiring.application,
            source,
            lambda: None,
        )


def _half_up(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
