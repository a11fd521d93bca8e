"""Faults of the bus at scale: what it loses, repeats, reorders or cannot carry, and how people and workers go on.

The broker is a node of these tests' own, so that it can be stopped.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from kombu import Connection, Exchange, Producer
from sqlalchemy import select

from shared.contracts import types
from shared.contracts.wire import encode_batch
from shared.store.parking import SetAside
from shared.store.tables import relays
from tests.system.broker import OwnBroker, own_broker
from tests.system.harness import Deployment, Role, scaled
from tests.system.ledger import compare_received
from tests.system.lost import lose_what_waits
from tests.system.site import Site, notice, settle
from tests.system.staff import WORKS
from tests.system.substrate import Bus, Databases, need_postgres
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.postgres, pytest.mark.timeout(240)]

OUTAGE_SECONDS = 60.0 if os.environ.get("CI") == "true" else 10.0
LOST_TAIL_SECONDS = 10.0
HOLE_SECONDS = 5.0
TAKE_OVER_SECONDS = 15.0
DRAINED_SECONDS = 60.0
COMMAND_SECONDS = 5.0
SECOND = "leave worker 2"


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnBroker]:
    need_postgres()
    with own_broker(tmp_path_factory.mktemp("broker")) as node:
        yield node


@pytest.fixture(scope="module")
def databases() -> Databases:
    return Databases()


@pytest.fixture(scope="module")
def site(broker: OwnBroker, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("broker-faults")
    with scaled(folder, databases, Bus(broker.address)) as deployment:
        yield settle(deployment)


@pytest.fixture(autouse=True)
def _nothing_left(site: Site) -> Iterator[None]:
    """Every test ends with each event applied once by each subscriber, and nothing set aside."""
    yield
    site.deployment.wait_until_caught_up(DRAINED_SECONDS)
    compare_received(site.deployment)
    assert site.deployment.set_aside() == []


def _give(site: Site, carer: str, ahead: int, part: str = "am") -> float:
    """Give notice; answers the seconds that it took."""
    began = time.monotonic()
    site.client(WORKS, carer).done("/api/leave/notices", notice(site.day(ahead), part))
    return time.monotonic() - began


def _publish(site: Site, messages: list[bytes]) -> None:
    """Put messages on the bus as leave's."""
    settings = site.deployment.settings()
    with Connection(settings.bus, connect_timeout=3, transport_options={"confirm_publish": True}) as connection:
        producer = Producer(connection.channel(), exchange=Exchange(types.EXCHANGE, type="topic", durable=True))
        for message in messages:
            producer.publish(
                message,
                routing_key=f"{settings.instance}.leave",
                content_type=types.BATCH_MEDIA_TYPE,
                content_encoding="binary",
            )


def test_a_tail_that_the_broker_lost_is_noticed_in_the_silence(site: Site) -> None:
    site.deployment.stop("leave worker")
    _give(site, "C1", 5)
    lose_what_waits(site.deployment, "leave")
    site.deployment.start("leave worker")
    site.deployment.wait_until_caught_up(LOST_TAIL_SECONDS)


def test_a_hole_is_pulled_from_the_source_as_soon_as_the_next_message_shows_it(site: Site) -> None:
    site.deployment.stop("leave worker")
    _give(site, "C1", 6)
    lose_what_waits(site.deployment, "leave")
    _give(site, "C1", 7)
    site.deployment.start("leave worker")
    site.deployment.wait_until_caught_up(HOLE_SECONDS)


def test_repeated_and_reordered_messages_have_each_event_applied_once(site: Site) -> None:
    rng = random.Random(2026)
    site.deployment.stop("leave worker")
    for ahead in range(5, 10):
        for part in ("am", "pm"):
            _give(site, "C2", ahead, part)
    bodies = [event.body for event in site.deployment.wirings["leave"].outbox.page(0, 1000).events]
    starts = [rng.randrange(len(bodies)) for _ in range(60)]
    slices = [bodies[start : start + rng.randint(1, 5)] for start in starts]
    _publish(site, [encode_batch(rng.sample(part, len(part))) for part in slices])
    site.deployment.start("leave worker")


def test_bytes_that_are_no_events_are_kept_whole_and_stop_nobody(site: Site) -> None:
    deployment = site.deployment
    _publish(site, [b"\x00\xff not JSON", b'{"not": "a list"}', b'[{"id": "no-position"}]'])
    _give(site, "C3", 5)
    deployment.wait_until_caught_up(15)
    parked = wait_for("both subscribers of leave keep them", lambda: _six(deployment))
    assert {item.state for item in parked} == {"parked"}
    shown = deployment.carers("parked", "show", parked[0].name)
    assert "bytes" in shown
    for item in parked:
        deployment.carers("parked", "dismiss", item.name, "--reason", "Sent by a test")


def _six(deployment: Deployment) -> list[SetAside] | None:
    found = deployment.set_aside()
    return found if len(found) == 6 else None


def test_a_relay_that_slept_through_its_lease_doubles_nothing_when_it_wakes(site: Site) -> None:
    deployment = site.deployment
    deployment.roles[SECOND] = Role(SECOND, ["worker", "leave"])
    deployment.start(SECOND)
    try:
        _give(site, "C4", 5)
        deployment.wait_until_caught_up(15)
        holder = _holder(deployment)
        os.kill(holder, signal.SIGSTOP)
        try:
            began = time.monotonic()
            _give(site, "C4", 6)
            _give(site, "C5", 6)
            wait_for("the other worker publishes", lambda: _holder(deployment) != holder, TAKE_OVER_SECONDS)
            deployment.wait_until_caught_up(TAKE_OVER_SECONDS - (time.monotonic() - began))
        finally:
            os.kill(holder, signal.SIGCONT)
        _give(site, "C4", 7)
        deployment.wait_until_caught_up(15)
        assert _holder(deployment) != holder
    finally:
        deployment.stop(SECOND)
        del deployment.roles[SECOND]


def _holder(deployment: Deployment) -> int:
    """The number of the process that holds leave's lease."""
    with deployment.wirings["leave"].stores.log.database.reading() as connection:
        holder: str = connection.execute(select(relays.c.holder)).scalar_one()
    return int(holder.split("-")[-2])


def test_people_go_on_without_a_broker_and_the_backlog_drains_by_itself(site: Site, broker: OwnBroker) -> None:
    deployment = site.deployment
    broker.kill()
    try:
        ends = time.monotonic() + OUTAGE_SECONDS
        took = [_give(site, f"C{number}", 8, part) for number in range(6, 13) for part in ("am", "pm")]
        assert max(took) < COMMAND_SECONDS
        assert deployment.stop("payroll worker") < 30
        deployment.start("payroll worker")
        wait_for("the outage is long enough", lambda: time.monotonic() > ends, OUTAGE_SECONDS + 5)
        assert not deployment.caught_up()
    finally:
        broker.start()
    deployment.wait_until_caught_up(DRAINED_SECONDS)


def test_people_are_told_to_try_again_while_a_database_is_away_and_all_goes_on_when_it_is_back(
    site: Site, databases: Databases
) -> None:
    carer = site.client(WORKS, "C2")
    key, body = str(uuid4()), notice(site.day(12))
    databases.refuse("leave")
    try:
        for reply in (
            carer.get("/api/leave/notices"),
            carer.get("/leave/"),
            carer.post("/api/leave/notices", body, key=key),
        ):
            assert reply.status == 503, reply.text
            assert "Traceback" not in reply.text
        assert carer.get("/api/workforce/record").status == 200
    finally:
        databases.take("leave")
        site.deployment.look_away()
    wait_for("the same request is done", lambda: carer.post("/api/leave/notices", body, key=key).status == 201, 15)
    site.deployment.wait_until_caught_up(DRAINED_SECONDS)
    wait_for("the list shows it", lambda: carer.get("/api/leave/notices").status == 200, 5)


def test_roles_start_in_any_order(site: Site) -> None:
    deployment = site.deployment
    _give(site, "C1", 10)
    assert max(deployment.stop_all().values()) < 30
    names = list(deployment.roles)
    random.Random(2026).shuffle(names)
    for name in names:
        deployment.launch(name)
    for name in names:
        deployment.wait_until_up(name)
    _give(site, "C1", 11)
    deployment.wait_until_caught_up(60)
