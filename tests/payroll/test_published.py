"""What payroll tells others."""

from __future__ import annotations

from datetime import date

import msgspec

from services.payroll.domain.batch import Batch, PayGroup
from services.payroll.domain.ledger import PayLedger
from services.payroll.published import PUBLISHED
from shared.contracts.catalogue import validate_producer
from tests.payroll.rig import Rig

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"


def test_a_sealed_batch_is_published_by_its_totals_and_keeps_the_contract(rig: Rig) -> None:
    rig.taken(ANNA, date(2026, 3, 13))
    rig.arrive()
    sealed = rig.seal()
    (outgoing,) = rig.wiring.outbox.page(0, 100).events
    event = msgspec.json.decode(outgoing.body)
    validate_producer(event)
    assert event["data"] == {
        "batch": sealed.data["batch"],
        "employer": "ministry-of-works",
        "pay_group": "monthly",
        "number": 1,
        "period": "2026-03",
        "lines": 1,
        "sha256": sealed.data["sha256"],
        "quantities": {"days": "1.00"},
    }
    assert "subject" not in event
    assert ANNA not in outgoing.body.decode()
    assert "Saaaa" not in outgoing.body.decode()


def test_the_answer_names_the_position_of_the_published_event(rig: Rig) -> None:
    rig.taken(ANNA, date(2026, 3, 13))
    rig.arrive()
    assert rig.seal().position == rig.wiring.outbox.published_head()


def test_stored_names_never_change() -> None:
    assert list(PUBLISHED) == ["payroll.pay-group.batch-sealed"]
    assert [
        PayLedger.Opened.TOPIC,
        PayLedger.DayTotalled.TOPIC,
        PayGroup.Opened.TOPIC,
        PayGroup.BatchSealed.TOPIC,
        Batch.Sealed.TOPIC,
    ] == [
        "payroll.pay-ledger.opened",
        "payroll.pay-ledger.day-totalled",
        "payroll.pay-group.opened",
        "payroll.pay-group.batch-sealed",
        "payroll.batch.sealed",
    ]
