"""A person's ledger: what is heard twice, corrected, moved to another post, and mapped anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from services.payroll.domain.days import CodesOn, DayTotal, Segment
from services.payroll.domain.ledger import PayLedger
from services.payroll.domain.mapping import CodeMapping
from services.payroll.wiring import shipped_mapping
from shared.kernel.errors import InvalidError

PERSON = "aaaaaaaa-0000-4000-8000-000000000001"
NOW = datetime(2026, 3, 14, 0, 5, tzinfo=UTC)
MORNING = Segment(
    notice="n1",
    date=date(2026, 3, 13),
    organisation="works",
    employer="works",
    employment="e1",
    post="P1",
    staff_number="S1",
    minutes=Fraction(555, 2),
    paid_minutes=Fraction(0),
    scheduled_minutes=Fraction(555),
)
AFTERNOON = replace(MORNING, notice="n2")
shipped = shipped_mapping().codes_on


def ledger() -> PayLedger:
    return PayLedger.open(PERSON, "works", at=NOW, by="system")


def record(held: PayLedger, segment: Segment, codes_on: CodesOn = shipped) -> list[DayTotal]:
    return held.record_day(segment, codes_on, at=NOW, by="system")


def quantities(changed: list[DayTotal]) -> list[tuple[str, str]]:
    return [(total.post, total.quantity) for total in changed]


def test_a_day_heard_again_is_no_event() -> None:
    held = ledger()
    record(held, MORNING)
    held.collect_events()
    assert record(held, MORNING) == []
    assert list(held.collect_events()) == []


def test_the_second_half_of_a_date_raises_the_total_of_the_one_line() -> None:
    held = ledger()
    assert quantities(record(held, MORNING)) == [("P1", "0.50")]
    assert quantities(record(held, AFTERNOON)) == [("P1", "1.00")]


def test_a_half_worked_instead_leaves_the_other_half() -> None:
    held = ledger()
    record(held, MORNING)
    record(held, AFTERNOON)
    assert quantities(record(held, replace(MORNING, minutes=Fraction(0)))) == [("P1", "0.50")]
    assert quantities(record(held, replace(AFTERNOON, minutes=Fraction(0)))) == [("P1", "0.00")]


def test_a_correction_that_comes_before_its_day_is_kept() -> None:
    held = ledger()
    assert record(held, replace(MORNING, minutes=Fraction(0))) == []
    assert len(list(held.collect_events())) == 2


def test_a_day_that_moves_to_another_post_empties_the_first_post_in_the_same_event() -> None:
    held = ledger()
    record(held, MORNING)
    assert quantities(record(held, replace(MORNING, post="P2"))) == [("P1", "0.00"), ("P2", "0.50")]


def test_a_change_of_pay_group_empties_the_old_groups_line() -> None:
    held = ledger()
    record(held, MORNING)

    def weekly(employer: str, day: date) -> CodeMapping:
        return replace(shipped(employer, day), pay_group="weekly", version="weekly-1")

    changed = record(held, replace(MORNING, minutes=Fraction(555)), weekly)
    assert [(total.pay_group, total.quantity) for total in changed] == [("monthly", "0.00"), ("weekly", "1.00")]


def test_the_event_keeps_what_was_heard_and_the_version_that_decided() -> None:
    held = ledger()
    record(held, MORNING)
    event: Any = list(held.collect_events())[-1]
    assert (event.minutes, event.scheduled_minutes, event.date, event.mapping) == (
        "555/2",
        555,
        "2026-03-13",
        "default-1",
    )
    assert (event.person, event.organisation, event.by) == (PERSON, "works", "system")


def test_impossible_minutes_are_refused_and_leave_nothing_behind() -> None:
    held = ledger()
    held.collect_events()
    with pytest.raises(InvalidError):
        record(held, replace(MORNING, paid_minutes=Fraction(600)))
    assert list(held.collect_events()) == []


def test_the_ledger_folded_from_its_events_decides_as_the_live_one() -> None:
    held = ledger()
    for segment in (MORNING, AFTERNOON, replace(MORNING, post="P2"), replace(AFTERNOON, paid_minutes=Fraction(100))):
        record(held, segment)
    folded: PayLedger | None = None
    for event in held.collect_events():
        folded = event.mutate(folded)
    assert folded is not None
    assert (folded.segments, folded.totals) == (held.segments, held.totals)
    later = replace(MORNING, minutes=Fraction(0))
    assert record(folded, later) == record(held, later)
