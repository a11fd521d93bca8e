"""A person's pay ledger: the days taken, by notice, and what each date comes to."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from services.payroll.domain.days import CodesOn, DayTotal, Segment, day_totals
from services.payroll.domain.lines import NOTHING
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id
from shared.kernel.working_time import minutes_json, parse_minutes

_SEGMENT_MINUTES = ("minutes", "paid_minutes", "scheduled_minutes")


class PayLedger(Aggregate):
    """One person's days over all their posts, so that a day that moves to another post moves in one decision."""

    TOPIC: ClassVar[str] = "payroll.pay-ledger"

    class Event(Aggregate.Event):
        """Something happened in the ledger."""

        TOPIC: ClassVar[str] = "payroll.pay-ledger.event"

    class Opened(Event, First):
        """The person's first day reached payroll."""

        TOPIC: ClassVar[str] = "payroll.pay-ledger.opened"

    class DayTotalled(Event):
        """A notice's part of a date was heard or changed; ``totals`` are the lines of that date that changed by it.

        Minutes are integers or ``"n/d"`` text. A total is a ``DayTotal`` by field name; "0.00" means no longer there.
        ``mapping`` is the version of the codes that decided.
        """

        TOPIC: ClassVar[str] = "payroll.pay-ledger.day-totalled"

        notice: str
        date: str
        employer: str
        employment: str
        post: str
        staff_number: str
        minutes: int | str
        paid_minutes: int | str
        scheduled_minutes: int | str
        mapping: str
        totals: list[dict[str, Any]]

        def apply(self, aggregate: PayLedger) -> None:
            """Put the part at the end of its date and keep the totals that are something."""
            segments = aggregate.segments.setdefault(self.date, {})
            segments.pop(self.notice, None)
            segments[self.notice] = _segment(self)
            totals = aggregate.totals.setdefault(self.date, {})
            for total in (DayTotal(**stored) for stored in self.totals):
                totals.pop(total.line, None)
                if total.quantity != NOTHING:
                    totals[total.line] = total

    def __init__(self, *, person: str, organisation: str, by: str) -> None:
        del organisation, by
        self.person = person
        self.segments: dict[str, dict[str, Segment]] = {}
        self.totals: dict[str, dict[str, DayTotal]] = {}

    @staticmethod
    def id_for(person: str) -> UUID:
        """The identifier of a person's ledger."""
        return derived_id("pay-ledger", person)

    @classmethod
    def open(cls, person: str, organisation: str, *, at: datetime, by: str) -> PayLedger:
        """Start a person's ledger."""
        return cls.begin(cls.Opened, id=cls.id_for(person), at=at, person=person, organisation=organisation, by=by)

    def record_day(self, segment: Segment, codes_on: CodesOn, *, at: datetime, by: str) -> list[DayTotal]:
        """Set what a notice takes of a date and answer the totals that changed; what is known already is no event.

        Raises InvalidError where the minutes do not fit together or the mapping does not cover employer and date.
        """
        segment.refuse_impossible()
        day = segment.date.isoformat()
        known = self.segments.get(day, {})
        if known.get(segment.notice) == segment:
            return []
        parts = [part for notice, part in known.items() if notice != segment.notice]
        changed = self._changed(day, day_totals(self.person, [*parts, segment], codes_on))
        self.record(
            self.DayTotalled,
            at=at,
            person=self.person,
            by=by,
            **_segment_fields(segment),
            mapping=codes_on(segment.employer, segment.date).version,
            totals=[asdict(total) for total in changed],
        )
        return changed

    def _changed(self, day: str, totals: dict[str, DayTotal]) -> list[DayTotal]:
        before = self.totals.get(day, {})
        gone = [replace(total, quantity=NOTHING) for line, total in before.items() if line not in totals]
        return gone + [total for line, total in totals.items() if before.get(line) != total]


def _segment_fields(segment: Segment) -> dict[str, Any]:
    values = {field.name: getattr(segment, field.name) for field in fields(Segment)}
    values |= {name: minutes_json(values[name]) for name in _SEGMENT_MINUTES}
    return values | {"date": segment.date.isoformat()}


def _segment(event: PayLedger.DayTotalled) -> Segment:
    values = {field.name: getattr(event, field.name) for field in fields(Segment)}
    values |= {name: parse_minutes(values[name]) for name in _SEGMENT_MINUTES}
    return Segment(**(values | {"date": date.fromisoformat(event.date)}))
