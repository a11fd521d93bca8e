"""The bus on RabbitMQ: confirmed, counted where nobody listens, read in one place, and back after every break."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from amqp.exceptions import PreconditionFailed
from kombu import Connection, Queue
from structlog.testing import capture_logs

from shared.bus.transport import CONNECTION_ERRORS, Bus, Publisher, Taker
from shared.kernel.errors import UnavailableError
from tests.broker.cable import Cable
from tests.shared.probe.consumed import ECHO
from tests.system.substrate import BROKER
from tests.system.waiting import wait_for

pytestmark = pytest.mark.broker

QUIET = 0.3
"""Seconds after which a queue is taken to have nothing more."""


@pytest.fixture
def publisher(bus: Bus) -> Iterator[Publisher]:
    """Publishes the probe's messages."""
    made = bus.publisher("probe")
    yield made
    made.close()


def test_messages_arrive_as_they_were_sent_and_in_order(bus: Bus, publisher: Publisher) -> None:
    with _taking(bus) as taker:
        publisher([b"[1]", b"\x00\xff", b"[" + b"3" * 200_000 + b"]"])

        assert _all_of(taker, 3) == [b"[1]", b"\x00\xff", b"[" + b"3" * 200_000 + b"]"]
    assert bus.unroutable == 0


def test_what_is_acknowledged_is_gone_and_what_is_not_comes_again(bus: Bus, publisher: Publisher) -> None:
    with _taking(bus) as taker:
        publisher([b"[1]", b"[2]", b"[3]"])
        assert _all_of(taker, 3) == [b"[1]", b"[2]", b"[3]"]
        taker.acknowledge()
        publisher([b"[4]", b"[5]"])
        assert _all_of(taker, 2) == [b"[4]", b"[5]"]

    with _taking(bus) as taker:
        assert _all_of(taker, 2) == [b"[4]", b"[5]"]
        taker.acknowledge()
    with _taking(bus) as taker:
        assert taker.take(QUIET) == []


def test_a_great_many_are_taken_a_hundred_at_a_time_and_acknowledged_together(bus: Bus, publisher: Publisher) -> None:
    sent = [f"[{number}]".encode() for number in range(350)]
    with _taking(bus):
        pass
    publisher(sent)

    taken: list[bytes] = []
    with _taking(bus) as taker:
        while len(taken) < 350:
            held = taker.take(5.0)
            assert 0 < len(held) <= 100
            taken += held
            taker.acknowledge()
    assert taken == sent
    with _taking(bus) as taker:
        assert taker.take(QUIET) == []


def test_a_message_that_no_queue_takes_is_counted(bus: Bus, publisher: Publisher) -> None:
    publisher([b"[1]", b"[2]"])

    assert bus.unroutable == 2


def test_another_deployments_and_another_sources_messages_do_not_come(bus: Bus, publisher: Publisher) -> None:
    other, stranger = bus.publisher("other"), Bus(BROKER, f"{bus.instance}-2").publisher("probe")
    with _taking(bus) as taker:
        other([b"[1]"])
        stranger([b"[2]"])
        publisher([b"[3]"])

        assert _all_of(taker, 1) == [b"[3]"]
        assert taker.take(QUIET) == []
    other.close()
    stranger.close()


def test_a_queue_is_read_in_one_place_and_the_next_follows(bus: Bus, publisher: Publisher) -> None:
    with _taking(bus) as second:
        with _taking(bus) as third:
            publisher([b"[1]"])
            assert _all_of(second, 1) == [b"[1]"]
            second.acknowledge()
            assert third.take(QUIET) == []
        publisher([b"[2]"])
        assert _all_of(second, 1) == [b"[2]"]
    with _taking(bus) as fourth:
        assert _all_of(fourth, 1) == [b"[2]"], "it was not acknowledged"


def test_the_queue_is_a_quorum_queue_for_one_consumer_at_a_time(bus: Bus) -> None:
    with _taking(bus):
        pass
    for other in ({}, {"x-queue-type": "quorum"}, {"x-queue-type": "classic", "x-single-active-consumer": True}):
        with Connection(BROKER) as connection, pytest.raises(PreconditionFailed):
            Queue(f"{bus.instance}.{ECHO}", durable=True, queue_arguments=other)(connection.channel()).queue_declare()


def test_a_message_that_the_broker_refuses_is_not_taken_for_sent(bus: Bus, publisher: Publisher) -> None:
    """A queue that is full and says so: the relay must not move its bookmark."""
    full = Queue(
        f"{bus.instance}.{ECHO}",
        exchange=bus.exchange,
        routing_key=f"{bus.instance}.probe",
        durable=True,
        queue_arguments={"x-max-length": 1, "x-overflow": "reject-publish"},
    )
    with Connection(BROKER) as connection:
        full(connection.channel()).declare()
    publisher([b"[1]"])

    with pytest.raises(UnavailableError):
        publisher([b"[2]", b"[3]"])


def test_a_broker_that_is_not_there_is_unavailable_within_seconds() -> None:
    nobody = Bus("amqp://guest:guest@127.0.0.1:1//", "test")
    began = time.monotonic()

    with pytest.raises(UnavailableError):
        nobody.publisher("probe")([b"[1]"])
    with pytest.raises(CONNECTION_ERRORS), nobody.taking(ECHO, "probe"):
        pass

    assert time.monotonic() - began < 10


def test_a_password_that_is_wrong_is_unavailable(instance: str) -> None:
    address = BROKER.replace("guest:guest", "guest:wrong")
    assert address != BROKER or "guest:guest" not in BROKER

    if address != BROKER:
        with pytest.raises(UnavailableError):
            Bus(address, instance).publisher("probe")([b"[1]"])


def test_a_publisher_goes_on_after_its_connection_broke(wired_bus: Bus, cable: Cable) -> None:
    publisher = wired_bus.publisher("probe")
    with _taking(wired_bus):
        pass
    publisher([b"[1]"])
    cable.cut()
    with pytest.raises(UnavailableError):
        publisher([b"[2]"])
    with pytest.raises(UnavailableError):
        publisher([b"[2]"])

    cable.mend()
    publisher([b"[2]"])

    with _taking(wired_bus) as taker:
        assert _all_of(taker, 2) == [b"[1]", b"[2]"]
    publisher.close()


def test_a_consumer_notices_the_break_and_gets_the_rest_again(wired_bus: Bus, bus: Bus, cable: Cable) -> None:
    publisher = bus.publisher("probe")
    with pytest.raises(CONNECTION_ERRORS), _taking(wired_bus) as taker:  # noqa: PT012 - it breaks on the way
        publisher([b"[1]", b"[2]"])
        assert _all_of(taker, 2) == [b"[1]", b"[2]"]
        cable.cut()
        taker.acknowledge()  # lost: no harm
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            taker.take(0.2)

    cable.mend()
    with _taking(wired_bus) as taker:
        assert _all_of(taker, 2) == [b"[1]", b"[2]"]
        taker.acknowledge()
    publisher.close()


def test_an_acknowledgement_on_a_connection_that_is_gone_is_no_error(wired_bus: Bus, bus: Bus, cable: Cable) -> None:
    publisher = bus.publisher("probe")
    with _taking(wired_bus) as taker, capture_logs() as logged:
        publisher([b"[1]"])
        assert _all_of(taker, 1) == [b"[1]"]
        cable.cut()

        def is_lost() -> bool:
            taker.acknowledge()
            return bool(logged)

        wait_for("the acknowledgement is lost", is_lost, 5)

    assert {line["event"] for line in logged} == {"acknowledgement-lost"}
    with _taking(bus) as taker:
        assert _all_of(taker, 1) == [b"[1]"], "it comes again, which is harmless"
        taker.acknowledge()
    publisher.close()


@pytest.mark.parametrize(
    ("content_type", "content_encoding"),
    [
        ("application/json", "utf-8"),
        ("application/x-python-serialize", "binary"),
        ("application/unheard-of", "no-such-encoding"),
        (None, None),
    ],
)
def test_whatever_a_message_says_of_itself_its_bytes_are_taken_as_they_are(
    bus: Bus, content_type: str | None, content_encoding: str | None
) -> None:
    """Nothing is decoded on the way, so nothing can be acknowledged and lost because it cannot be decoded."""
    with _taking(bus) as taker, Connection(BROKER) as connection:
        channel = connection.channel()
        message = channel.prepare_message(
            b"\x80\x04not JSON\xff", content_type=content_type, content_encoding=content_encoding
        )
        channel.basic_publish(message, exchange=bus.exchange.name, routing_key=f"{bus.instance}.probe")

        assert _all_of(taker, 1) == [b"\x80\x04not JSON\xff"]


def test_a_publisher_that_was_long_silent_publishes_at_once(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker drops who shows no sign of life for two heartbeats; the worker's publisher shows one each second."""
    monkeypatch.setattr("shared.bus.transport._HEARTBEAT_SECONDS", 1)
    publisher = bus.publisher("probe")
    with _taking(bus):
        pass
    publisher([b"[1]"])

    until = time.monotonic() + 4
    while time.monotonic() < until:
        time.sleep(0.2)
        publisher.beat()
    publisher([b"[2]"])
    publisher.close()

    assert bus.unroutable == 0


def test_a_publisher_whose_connection_broke_in_silence_has_another_at_once(wired_bus: Bus, cable: Cable) -> None:
    publisher = wired_bus.publisher("probe")
    publisher.beat()
    publisher([b"[1]"])
    cable.cut()
    cable.mend()
    publisher.beat()

    publisher([b"[2]"])

    publisher.close()


def test_closing_a_publisher_twice_or_unused_is_no_harm(bus: Bus) -> None:
    publisher = bus.publisher("probe")
    publisher.close()
    publisher.close()


@contextmanager
def _taking(bus: Bus) -> Iterator[Taker]:
    with bus.taking(ECHO, "probe") as taker:
        yield taker


def _all_of(taker: Taker, expected: int) -> list[bytes]:
    """What is taken until there are as many as expected."""
    taken: list[bytes] = []
    wait_for(f"{expected} messages come", lambda: taken.extend(taker.take(0.2)) or len(taken) >= expected, 10)  # type: ignore[func-returns-value]
    return taken
