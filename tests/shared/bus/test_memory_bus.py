"""The bus inside one process: bounded, woken at once, and lost with the process, which the feed heals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import uuid4

import eventlet
import pytest
from kombu.transport.memory import Channel

from shared.bus.bell import Bell
from shared.bus.relay import Relay
from shared.bus.transport import PREFETCH, Bus, Publisher
from shared.contracts.wire import decode_batch
from shared.runtime.wiring import Wiring
from shared.store.leases import Lease
from tests.shared.probe.consumed import ECHO
from tests.shared.probe.stories import backlog


@pytest.fixture
def bus() -> Iterator[Bus]:
    """A bus of a deployment that nobody else in this process has."""
    made = Bus("memory://", f"test-{uuid4().hex[:8]}")
    yield made
    Channel.queues.pop(f"{made.instance}.{ECHO}", None)


@pytest.fixture
def publisher(bus: Bus) -> Iterator[Publisher]:
    """Publishes the probe's messages."""
    made = bus.publisher("probe")
    yield made
    made.close()


def test_messages_arrive_as_they_were_sent_and_in_order(bus: Bus, publisher: Publisher) -> None:
    with bus.taking(ECHO, "probe") as taker:
        publisher([b"[1]", b"\x00\xff", b"[3]"])

        assert taker.take(1.0) == [b"[1]", b"\x00\xff", b"[3]"]
        taker.acknowledge()
        assert taker.take(0.01) == []


def test_more_messages_than_are_taken_at_once_come_one_lot_after_the_other(bus: Bus, publisher: Publisher) -> None:
    """kombu's transport in memory takes an acknowledgement of many for one: with a limit it would stop here."""
    sent = [f"[{number}]".encode() for number in range(3 * PREFETCH + 1)]
    with bus.taking(ECHO, "probe") as taker:
        publisher(sent)
        taken = []
        for _ in range(4):
            taken += taker.take(0.01)
            taker.acknowledge()

    assert taken == sent


def test_a_subscriber_is_woken_at_once_and_not_at_the_next_poll(bus: Bus, publisher: Publisher) -> None:
    """kombu's transport in memory looks once a second."""
    took = []
    with bus.taking(ECHO, "probe") as taker:
        for number in range(5):
            publishing = eventlet.spawn_after(0.02, publisher, [f"[{number}]".encode()])
            began = time.monotonic()
            assert taker.take(10.0) == [f"[{number}]".encode()]
            took.append(time.monotonic() - began)
            publishing.wait()

    assert sorted(took)[2] < 0.5, took


def test_a_message_for_nobody_is_no_trouble_and_takes_no_room(bus: Bus, publisher: Publisher) -> None:
    for _ in range(100):
        publisher([b"[1]"])

    assert bus.has_room()


def test_other_sources_messages_do_not_come(bus: Bus, publisher: Publisher) -> None:
    other = bus.publisher("other")
    with bus.taking(ECHO, "probe") as taker:
        other([b"[1]"])
        publisher([b"[2]"])

        assert taker.take(1.0) == [b"[2]"]
    other.close()


def test_what_waits_in_memory_is_bounded(probe: Wiring, bus: Bus, publisher: Publisher) -> None:
    """While nobody takes, the relay stops, its bookmark too; it goes on when somebody took."""
    total = backlog(probe, persons=600, each=9)
    relay = Relay(probe.outbox, Lease(probe.stores.log.database, "probe"), publisher, bus.has_room)
    with bus.taking(ECHO, "probe") as taker:
        sent = 0
        while step := relay.step():
            sent += step
        assert 0 < sent < total

        taken: list[int] = []
        while bodies := taker.take(0.01):
            taken += [event["position"] for body in bodies for event in decode_batch(body)]
            while relay.step():
                pass

    assert taken == list(range(1, total + 1))


def test_a_publication_wakes_the_subscriber_and_its_taking_the_publisher(bus: Bus, publisher: Publisher) -> None:
    room = Bell()
    bus.ring_when_room(room)
    with bus.taking(ECHO, "probe") as taker:
        publisher([b"[1]"])
        assert taker._bell.wait(0.01)
        assert not room.wait(0.01)
        taker.take(0.01)
        assert room.wait(0.01)


def test_a_bell_that_was_rung_often_lets_one_wait_through() -> None:
    bell = Bell()
    assert not bell.wait(0.01)

    for _ in range(3):
        bell.ring()

    assert bell.wait(0.01)
    assert not bell.wait(0.01)
    bell.ring()
    assert bell.wait(0.01)


def test_messages_that_nobody_took_are_there_for_the_next_subscriber(bus: Bus, publisher: Publisher) -> None:
    with bus.taking(ECHO, "probe"):
        publisher([b"[1]"])

    with bus.taking(ECHO, "probe") as taker:
        assert taker.take(0.01) == [b"[1]"]
