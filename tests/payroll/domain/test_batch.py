"""Sealing a pay group's batch."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.payroll.domain.batch import Batch, PayGroup
from services.payroll.domain.days import DayTotal
from services.payroll.domain.lines import OpenLine, OpenLines, Proposal, propose
from services.payroll.wiring import shipped_mapping
from shared.kernel.errors import RefusedError

NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)
TODAY = date(2026, 4, 1)
LAYOUT = shipped_mapping().layout_on("works", TODAY)
TOTAL = DayTotal(
    line="l1",
    person="p1",
    organisation="works",
    employer="works",
    pay_group="monthly",
    staff_number="S1",
    post="P1",
    date="2026-03-13",
    element="unpaid",
    unit="days",
    quantity="1.00",
    absence_code="A02",
    pay_code="P02",
    continuity="S",
    period="2026-03",
)
OPEN = OpenLines(0, (OpenLine(TOTAL, None, 0),))


def group() -> PayGroup:
    return PayGroup.open("works", "works", "monthly", at=NOW, by="officer")


def seal(held: PayGroup, proposal: Proposal, checked: str = "") -> Batch:
    return held.seal(proposal, LAYOUT, checked=checked, leave=("epoch", 12), on=TODAY, at=NOW, by="officer")


def last(aggregate: Any) -> Any:
    return list(aggregate.collect_events())[-1]


def test_a_batch_holds_its_lines_its_file_and_the_hash_of_its_bytes() -> None:
    held = group()
    sealed = last(seal(held, propose(OPEN)))
    assert sealed.sha256 == hashlib.sha256(sealed.file.encode()).hexdigest()
    assert [line["line"] for line in sealed.lines] == ["l1"]
    assert (sealed.number, sealed.leave, sealed.layout, sealed.left) == (1, ["epoch", 12], "generic-2", 0)


def test_the_period_of_a_line_holds_its_date_and_the_batchs_the_day_of_sealing() -> None:
    sealed = last(seal(group(), propose(OPEN)))
    assert (sealed.lines[0]["period"], sealed.period) == ("2026-03", "2026-04")


def test_what_is_published_is_totals_alone() -> None:
    held = group()
    seal(held, propose(OPEN))
    event = last(held)
    assert (event.lines, event.quantities, event.number, event.person) == (1, {"days": "1.00"}, 1, "")


def test_batches_are_numbered_without_gaps() -> None:
    held = group()
    assert [seal(held, propose(replace(OPEN, sealed=number))).number for number in range(3)] == [1, 2, 3]
    assert held.sealed == 3


def test_a_number_that_is_not_the_next_is_refused() -> None:
    with pytest.raises(RefusedError, match="not the next batch") as refusal:
        seal(group(), propose(replace(OPEN, sealed=1)))
    assert refusal.value.code_ == "not-the-next-batch"


def test_nothing_to_seal_is_said() -> None:
    with pytest.raises(RefusedError, match="no leave has been taken yet"):
        seal(group(), propose(OpenLines(0, ())))
    held = group()
    seal(held, propose(OPEN))
    with pytest.raises(RefusedError, match="since batch 1"):
        seal(held, propose(OpenLines(1, ())))


def test_lines_that_changed_since_they_were_looked_at_are_not_sealed() -> None:
    held = group()
    looked_at = propose(OPEN).fingerprint
    more = OpenLines(0, (*OPEN.lines, OpenLine(replace(TOTAL, line="l2"), None, 0)))
    with pytest.raises(RefusedError, match="changed since you checked") as refusal:
        seal(held, propose(more), looked_at)
    assert refusal.value.code_ == "lines-changed"
    assert seal(held, propose(OPEN), looked_at).number == 1


def test_a_batch_folded_from_its_event_is_the_same() -> None:
    batch = seal(group(), propose(OPEN))
    (event,) = batch.collect_events()
    folded: Any = event.mutate(None)
    assert (folded.id, folded.number, folded.sha256) == (batch.id, batch.number, batch.sha256)
