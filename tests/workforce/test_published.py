from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import create_engine, select

from services.workforce import SERVICE
from services.workforce.consumed import CONSUMED
from services.workforce.domain.commands import ChangeEmployment, CorrectName, EndEmployment, ForgetPerson
from services.workforce.domain.organisation import LegalEmployer, Organisation
from services.workforce.domain.person import Person
from services.workforce.domain.staff_number import StaffNumber
from services.workforce.published import PUBLISHED
from services.workforce.read.projected import PROJECTED
from shared.contracts.catalogue import validate_batch
from shared.contracts.types import TYPES
from shared.contracts.wire import decode_batch, encode_batch
from shared.people.effects import PEOPLE_EFFECTS
from shared.people.tables import employments, people_metadata
from shared.store.rows import Rows
from tests.workforce.conftest import TERMS, WORKS, Desk


def published(desk: Desk) -> list[dict[str, Any]]:
    page = desk.wiring.outbox.page(0, 1000)
    return decode_batch(encode_batch([event.body for event in page.events]))


def test_everything_published_keeps_to_the_contract_and_names_nobody(desk: Desk) -> None:
    boss, _ = desk.hire("Plantedname Boss", "0001")
    person, job = desk.hire("Plantedname Xylophone", "0002", manager_staff_number="0001", pattern="mon-fri 9:15")
    given = replace(TERMS, staff_number="0002", post="Higher", pattern="39x mon-fri 7:24 | 13x off")
    desk.send(ChangeEmployment(person, job, date(2026, 4, 1), given, "hr"))
    desk.send(CorrectName(person, "Plantedname Twice", "hr"))
    desk.send(EndEmployment(person, job, date(2026, 12, 31), "hr"))
    desk.send(ForgetPerson(person, "operator"))
    events = published(desk)
    validate_batch(_on_the_wire(desk))
    assert {event["type"] for event in events} == set(TYPES["workforce"])
    assert b"Plantedname" not in b"".join(event["raw"] for event in events)
    held = [event for event in events if event["subject"] == person]
    assert held[0]["data"]["manager"] == boss
    assert held[0]["data"]["pattern"]["days"][0] == ["555/2", "555/2"]
    assert [event["organisation"] for event in held] == [WORKS] * 4
    assert held[-1]["data"] == {}


def test_every_domain_event_is_published_always_or_never_by_its_stored_name() -> None:
    assert set(PUBLISHED) == {
        "workforce.organisation.recorded",
        "workforce.employment.recorded",
        "workforce.employment.changed",
        "workforce.employment.ended",
        "workforce.person.forgotten",
    }
    known = {
        event.TOPIC
        for aggregate in (Organisation, LegalEmployer, Person, StaffNumber)
        for event in vars(aggregate).values()
        if isinstance(event, type) and hasattr(event, "TOPIC")
    }
    assert set(PUBLISHED) <= known
    assert set(PROJECTED) <= known


def test_workforce_takes_nothing_from_others() -> None:
    assert CONSUMED == ()
    assert SERVICE.name == "workforce"


def test_the_people_view_from_the_own_log_is_that_from_published_events(desk: Desk, tmp_path: Any) -> None:
    person, job = desk.hire("Ada", "0001")
    desk.clock.advance(timedelta(days=1))
    desk.send(ChangeEmployment(person, job, date(2026, 4, 1), replace(TERMS, post="Higher"), "hr"))
    desk.send(EndEmployment(person, job, date(2026, 12, 31), "hr"))
    desk.show()
    elsewhere = create_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    people_metadata.create_all(elsewhere)
    with elsewhere.begin() as connection:
        for event in published(desk):
            for effect in PEOPLE_EFFECTS.get(event["type"], ()):
                effect.effect(Rows(connection), [event])
        theirs = connection.execute(select(employments).order_by(employments.c.effective_from)).all()
    elsewhere.dispose()
    with desk.wiring.reading() as connection:
        ours = connection.execute(select(employments).order_by(employments.c.effective_from)).all()
    assert [tuple(row) for row in ours] == [tuple(row) for row in theirs]
    assert len(ours) == 2


def _on_the_wire(desk: Desk) -> list[dict[str, Any]]:
    page = desk.wiring.outbox.page(0, 1000)
    return [json.loads(event.body) for event in page.events]
