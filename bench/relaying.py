"""Events onto RabbitMQ, each confirmed: packed as the relay does, against kombu with a message an event."""

from __future__ import annotations

from typing import Any

from kombu import Connection, Producer

from bench.backlog import Accounts
from bench.chain import append
from bench.inbox import published
from bench.places import Place, place
from bench.report import Report
from bench.rounds import compare, seconds
from bench.scale import Scale
from shared.bus.relay import PACKED, PAGE, Relay
from shared.bus.transport import Bus
from shared.contracts import types
from shared.contracts.wire import encode_batch
from shared.store.leases import Lease

RATIO = 100.0
_SUBSCRIPTION = "reporting.leave"


def measure(scale: Scale, report: Report, where: str) -> None:
    """Events a second of the packed way against one message an event, through the same quorum queue."""
    with place(where) as here:
        bus = Bus(here.deployment.settings().bus, here.deployment.settings().instance)
        made = Accounts(here["leave"].application.mapper.to_stored_event)
        append(here, made.one_after_another(range(-(-scale.relayed * 10 // made.size))))
        events = published(here)
        with bus.connection() as connection:
            queue = bus.queue(_SUBSCRIPTION, "leave")(connection.channel())
            queue.declare()
            _publishing(scale, report, where, bus, queue, events)
            _relaying(here, report, bus, queue)


def _publishing(scale: Scale, report: Report, where: str, bus: Bus, queue: Any, events: list[bytes]) -> None:
    messages = [encode_batch(events[start : start + PACKED]) for start in range(0, len(events), PACKED)]
    publisher = bus.publisher("leave")
    each = PAGE // PACKED

    def packed() -> float:
        queue.purge()
        return len(events) / seconds(
            lambda: [publisher(messages[start : start + each]) for start in range(0, len(messages), each)]
        )

    with Connection(bus.address, transport_options={"confirm_publish": True}) as connection:
        producer = Producer(connection.channel(), exchange=bus.exchange)

        def one_by_one() -> float:
            queue.purge()
            return scale.relayed / seconds(
                lambda: [_publish(producer, bus, event) for event in events[: scale.relayed]]
            )

        packed()
        compared = compare(packed, one_by_one, scale.rounds)
    publisher.close()
    report.at_least("relay: packed and confirmed", where, compared.ratio, RATIO, compared.rates("events"))


def _publish(producer: Producer, bus: Bus, event: bytes) -> None:
    producer.publish(
        event,
        routing_key=f"{bus.instance}.leave",
        content_type=types.DATA_MEDIA_TYPE,
        content_encoding="binary",
        delivery_mode=2,
        mandatory=True,
    )


def _relaying(here: Place, report: Report, bus: Bus, queue: Any) -> None:
    """The whole relay: read, translated, packed, confirmed, bookmark moved."""
    leave = here["leave"]
    queue.purge()
    publisher = bus.publisher("leave")
    relay = Relay(leave.outbox, Lease(leave.stores.log.database, "leave"), publisher)
    covered = 0

    def drain() -> None:
        nonlocal covered
        while done := relay.step():
            covered += done

    took = seconds(drain)
    publisher.close()
    report.told("relay: read, translated, packed, confirmed", here.where, f"{covered / took:,.0f}/s", "log entries")
