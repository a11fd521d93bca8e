"""The audit of reads: a line is written for good, or the caller is told to show nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from shared.kernel.errors import UnavailableError
from shared.runtime.wiring import Wiring
from shared.store.read_audit import ReadAudit, Reading

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CARER, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def reading(hours: int = 0, subject: str = CARER, role: str = "manager", what: str = "impact") -> Reading:
    return Reading(NOON + timedelta(hours=hours), OTHER, role, subject, what)


@pytest.fixture
def audit(probe: Wiring) -> ReadAudit:
    return probe.read_audit


def test_what_was_noted_is_told_newest_first_by_whose_it_is(audit: ReadAudit) -> None:
    for line in (reading(0), reading(2, what="contact|advice"), reading(1, role="hr"), reading(3, subject=OTHER)):
        audit.note(line)
    assert audit.of(CARER, limit=10) == [reading(2, what="contact|advice"), reading(1, role="hr"), reading(0)]
    assert audit.of(CARER, limit=1, offset=1) == [reading(1, role="hr")]
    assert audit.of("nobody", limit=10) == []


def test_readings_are_counted_by_role_from_an_instant_on(audit: ReadAudit) -> None:
    for hours in (0, 1, 2):
        audit.note(reading(hours, role="hr"))
    audit.note(reading(2))
    assert audit.count(CARER, ["hr"], NOON + timedelta(hours=1)) == 2
    assert audit.count(CARER, ["hr", "manager"], NOON) == 4
    assert audit.count(OTHER, ["hr"], NOON) == 0


def test_the_same_reading_twice_is_two_lines(audit: ReadAudit) -> None:
    audit.note(reading())
    audit.note(reading())
    assert len(audit.of(CARER, limit=10)) == 2


def test_what_cannot_be_written_raises_and_says_nothing_of_the_line(probe: Wiring, audit: ReadAudit) -> None:
    with probe.stores.log.database.writing() as connection:
        connection.execute(text("ALTER TABLE read_audit RENAME TO read_audit_gone"))
    with pytest.raises(UnavailableError) as refusal:
        audit.note(reading())
    assert CARER not in refusal.value.message
    with probe.stores.log.database.writing() as connection:
        connection.execute(text("ALTER TABLE read_audit_gone RENAME TO read_audit"))
    audit.note(reading())
    assert len(audit.of(CARER, limit=10)) == 1
