"""The centre's half, given nothing but what departments publish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from services.reporting.consumed import CENTRE
from services.reporting.read.tables import centre_returns, day_facts, employment_facts, organisations, returns
from shared.contracts.catalogue import validate_producer
from shared.contracts.types import PROGRESS_REPORTED
from shared.contracts.wire import decode_batch, encode_batch
from shared.kernel.clock import FixedClock
from shared.web.actor import Actor
from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.reporting.published import PublishedLog
from tests.web_client import web_client

STATISTICIAN = Actor("7d0a1f9e-0000-4000-8000-00000000c001", "carers-unit", frozenset({"carer", "statistics"}))


@pytest.fixture
def departments(tmp_path: Path) -> Iterator[Rig]:
    """A deployment with departments in it."""
    opened = Rig(tmp_path / "departments")
    opened.organisation(WORKS, "Ministry of Works")
    opened.employ(40)
    opened.employ(25, RIVERS)
    for number in range(12):
        opened.take(number, "2026-11-19")
        opened.settle()
    yield opened
    opened.close()


@pytest.fixture
def centre(tmp_path: Path, departments: Rig) -> Iterator[Rig]:
    """A deployment that subscribes to departments' progress and to nothing else."""
    opened = Rig(tmp_path / "centre", (CENTRE.name,))
    opened.reporting = departments.reporting
    opened.inboxes = {CENTRE.name: opened._inbox(CENTRE)}
    opened.arrive()
    yield opened
    opened.close()


def test_the_centre_subscribes_to_progress_alone() -> None:
    assert (CENTRE.source, set(CENTRE.effects)) == ("reporting", {PROGRESS_REPORTED})


def test_what_departments_publish_keeps_to_the_contract(departments: Rig) -> None:
    page = departments.wiring.outbox.page(0, 1000)
    events = decode_batch(encode_batch([event.body for event in page.events]))
    assert len(events) == 13
    for event in events:
        sent = {name: value for name, value in event.items() if name not in ("epoch", "position", "raw")}
        validate_producer({name: value for name, value in sent.items() if value != "" or name != "subject"})


def test_the_centre_has_every_departments_newest_figures_and_no_fact(departments: Rig, centre: Rig) -> None:
    assert centre.at_the_centre() == {
        WORKS: departments.own(),
        RIVERS: departments.own(organisation=RIVERS),
    }
    with centre.wiring.reading() as connection:
        for table in (employment_facts, day_facts, organisations, returns):
            assert not connection.execute(select(table)).all()
        assert connection.execute(select(centre_returns)).all()


def test_the_centres_pages_work_with_that_alone(centre: Rig) -> None:
    client = web_client({"reporting": centre.wiring}, clock=FixedClock(centre.clock.now()))
    page = client.signed_in(STATISTICIAN).seen("/reporting/departments")
    assert "Ministry of works [p] 12 40.0 30.0%" in page
    assert "Rivers agency [p] 0 25.0" in page


def test_a_department_that_reported_before_and_not_this_month_is_missing(centre: Rig) -> None:
    client = web_client({"reporting": centre.wiring}, clock=FixedClock(centre.clock.now()))
    page = client.signed_in(STATISTICIAN).seen("/reporting/departments?month=2026-12")
    assert "Rivers agency [x] [x]" in page
    assert "Rivers agency" not in client.signed_in(STATISTICIAN).seen("/reporting/departments?month=2026-10")


def test_whoever_prepares_releases_is_told_who_has_not_reported_the_month_that_ended(centre: Rig) -> None:
    client = web_client({"reporting": centre.wiring}, clock=centre.clock)
    statistician = client.signed_in(STATISTICIAN)
    assert statistician.home("reporting")["waiting"] == []
    centre.clock.advance(timedelta(days=60))
    assert statistician.home("reporting")["waiting"] == [
        {
            "text": "2 organisations have not reported December 2026",
            "href": "/reporting/departments?month=2026-12",
            "kind": "Missing returns",
            "silence": "Their figures are shown as missing, and never as zero.",
            "who": "",
            "by": None,
        }
    ]
    others = Actor(STATISTICIAN.person, "carers-unit", frozenset({"carer", "hr"}))
    assert client.signed_in(others).home("reporting")["waiting"] == []


def test_a_restored_department_is_believed_again_from_where_it_went_on(departments: Rig, centre: Rig) -> None:
    log = PublishedLog("reporting")
    page = departments.wiring.outbox.page(0, 1000)
    log.events = [event_of(body.body) for body in page.events]
    centre.reporting = log
    centre.inboxes = {CENTRE.name: centre._inbox(CENTRE)}
    kept = page.events[5]
    said = event_of(kept.body)
    assert centre.at_the_centre()[WORKS].returned.revision > said["data"]["revision"]
    log.restore("9f0e9f1e-0000-4000-8000-000000000009", kept.position)
    centre.arrive()
    assert centre.at_the_centre()[WORKS].returned.revision == said["data"]["revision"]
    data = said["data"] | {"revision": said["data"]["revision"] + 1, "complete": True}
    log.publish("progress-reported", WORKS, data)
    centre.arrive()
    assert centre.at_the_centre()[WORKS].returned.complete


def event_of(body: bytes) -> dict[str, object]:
    (event,) = decode_batch(encode_batch([body]))
    return {name: value for name, value in event.items() if name not in ("epoch", "position", "raw", "subject")}
