"""The same worker on RabbitMQ: everything arrives once, through breaks, repeats and messages of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from shared.bus.inbox import Inbox
from shared.bus.relay import Relay
from shared.bus.transport import Bus
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.store.leases import Lease
from shared.store.received import bookmark
from tests.broker.cable import Cable
from tests.shared.bus.receiving import echo_places, heard_places, set_aside, subscribed
from tests.shared.probe.consumed import CONSUMED, ECHO, heard_of
from tests.shared.probe.process import worker_of
from tests.shared.probe.serving import feed_of
from tests.shared.probe.stories import backlog, count, open_tally, person
from tests.support import PeerFeed
from tests.system.substrate import BROKER
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.broker, pytest.mark.system]

ANN = person(1)


def test_a_log_goes_through_relay_broker_and_inbox_once_whatever_comes_twice(probe: Wiring, bus: Bus) -> None:
    total = backlog(probe, persons=150, each=9)
    publisher = bus.publisher("probe")
    subscription = subscribed(heard_of)
    inbox = Inbox(
        subscription, probe.outbox.source, probe.stores.read, probe.application, PeerFeed([probe]), lambda: None
    )
    with bus.taking(ECHO, "probe"):
        pass
    relay = Relay(probe.outbox, Lease(probe.stores.log.database, "probe"), publisher)
    while relay.step():
        pass
    taken = 0
    with bus.taking(ECHO, "probe") as taker:
        taken += inbox.receive(taker.take(5.0))  # not acknowledged: all of it comes again
    with bus.taking(ECHO, "probe") as taker:
        while bodies := taker.take(1.0):
            taken += inbox.receive(bodies)
            taker.acknowledge()
    publisher.close()

    assert bus.unroutable == 0
    assert taken == total
    assert heard_places(probe) == {person(n): list(range(n * 10 + 1, n * 10 + 11)) for n in range(150)}


def test_the_worker_publishes_and_consumes_through_a_break(
    probe: Wiring, settings: Settings, cable: Cable, tmp_path: Path
) -> None:
    """Broken off in the middle: commands go on, the backlog drains by itself, SIGTERM is obeyed."""
    address = make_url(BROKER).set(host="127.0.0.1", port=cable.port).render_as_string(hide_password=False)
    open_tally(probe, ANN)
    with feed_of(probe) as feed, worker_of(settings, tmp_path, bus=address, feed=feed) as worker:
        wait_for("the opening is heard of", lambda: heard_places(probe).get(ANN) == [1])
        cable.cut()
        positions = [count(probe, ANN).position for _ in range(5)]
        wait_for("the own log is followed", lambda: probe.catch_up(positions[-1]))
        wait_for("it says that it cannot publish", lambda: "worker-failed" in worker.log)
        cable.mend()
        wait_for("the counts are heard of", lambda: heard_places(probe)[ANN] == [1, *positions])
        wait_for("their commands are done", lambda: echo_places(probe, ANN) == positions)
        assert worker.stop() < 10

    with probe.reading() as connection:
        assert bookmark(connection, ECHO, probe.outbox.source)[1] == positions[-1]
    assert set_aside(probe) == []
    assert "Traceback" not in worker.log


def test_a_message_that_nobody_can_read_is_kept_and_holds_nobody_up(
    probe: Wiring, settings: Settings, bus: Bus, tmp_path: Path
) -> None:
    open_tally(probe, ANN)
    publisher = bus.publisher("probe")
    with feed_of(probe) as feed, worker_of(settings, tmp_path, bus=BROKER, feed=feed) as worker:
        wait_for("the opening is heard of", lambda: heard_places(probe).get(ANN) == [1])
        publisher([b"\x00 not a batch"])
        position = count(probe, ANN).position
        wait_for("the count is heard of", lambda: heard_places(probe)[ANN] == [1, position])
        wait_for("the message is set aside", lambda: set_aside(probe))
        assert worker.running
    publisher.close()

    assert [item.state for item in set_aside(probe)] == ["parked"]
    assert CONSUMED[0].name == ECHO
