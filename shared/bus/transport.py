"""The bus itself: one topic exchange, one queue a subscription, on RabbitMQ or inside this process."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from amqp.exceptions import AMQPError, MessageNacked
from kombu import Connection, Consumer, Exchange, Producer, Queue
from kombu.exceptions import OperationalError as BrokerError
from kombu.transport.memory import Channel as MemoryChannel

from shared.bus.bell import Bell
from shared.contracts import types
from shared.kernel.errors import UnavailableError
from shared.runtime.telemetry import log

PREFETCH = 100
"""Messages taken at once; each is a batch of up to 100 events."""

CONNECTION_ERRORS = (OSError, AMQPError, BrokerError, ConnectionError)

_CONFIRM_SECONDS = 10.0
_HEARTBEAT_SECONDS = 10
_MEMORY_BOUND = 40
"""Messages that may lie unconsumed in this process's memory before the relay waits."""


class Bus:
    """Connections to one broker. ``address``: ``memory://`` or AMQP; ``instance`` begins queues and routing keys."""

    def __init__(self, address: str, instance: str) -> None:
        self.address = address
        self.instance = instance
        self.embedded = address.startswith("memory:")
        self.exchange = Exchange(types.EXCHANGE, type="topic", durable=True)
        self.unroutable = 0
        self._bells: dict[str, list[Bell]] = {}
        self._room_bells: list[Bell] = []

    def queue(self, subscription: str, source: str) -> Queue:
        """The subscription's queue, bound to its source. On RabbitMQ a quorum queue read in one place at a time."""
        arguments = None if self.embedded else {"x-queue-type": "quorum", "x-single-active-consumer": True}
        return Queue(
            f"{self.instance}.{subscription}",
            exchange=self.exchange,
            routing_key=f"{self.instance}.{source}",
            durable=True,
            queue_arguments=arguments,
        )

    def has_room(self) -> bool:
        """Whether subscribers have kept up. A broker keeps what waits on its disk; here it lies in memory."""
        if not self.embedded:
            return True
        return bool(sum(queue.qsize() for queue in MemoryChannel.queues.values()) <= _MEMORY_BOUND)

    def ring_when_room(self, bell: Bell) -> None:
        """Ring this bell whenever a subscriber of this process has taken messages."""
        self._room_bells.append(bell)

    def ring_room(self) -> None:
        """A subscriber of this process has taken messages: publishers that waited may go on."""
        for bell in self._room_bells:
            bell.ring()

    def ring(self, source: str) -> None:
        """Wake this process's own subscribers of a source; those elsewhere are woken by the broker."""
        for bell in self._bells.get(source, ()):
            bell.ring()

    def connection(self) -> Connection:
        """A fresh connection that gives up connecting after a few seconds."""
        if self.embedded:
            return Connection("memory://")
        return Connection(
            self.address,
            heartbeat=_HEARTBEAT_SECONDS,
            connect_timeout=3,
            transport_options={"read_timeout": 30, "write_timeout": 30},
        )

    def publisher(self, source: str) -> Publisher:
        """A publisher for one source's events."""
        return Publisher(self, source)

    @contextmanager
    def taking(self, subscription: str, source: str) -> Iterator[Taker]:
        """Consume a subscription's queue until the block ends; raises one of ``CONNECTION_ERRORS``."""
        with self.connection() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
            bell = Bell()
            bells = self._bells.setdefault(source, [])
            bells.append(bell)
            try:
                yield Taker(self, connection, self.queue(subscription, source), bell)
            finally:
                bells.remove(bell)


class Confirmations:
    """What a broker has yet to confirm of one channel's messages, which it numbers from 1."""

    def __init__(self, channel: Any) -> None:
        self._connection = channel.connection
        self._sent = 0
        self._open: set[int] = set()
        self._any_refused = False
        channel.confirm_select()
        channel.events["basic_ack"].add(self._confirmed)
        channel.events["basic_nack"].add(self._refused)

    def expect(self) -> None:
        """One message more was sent."""
        self._sent += 1
        self._open.add(self._sent)

    def wait(self) -> None:
        """Wait until all are confirmed; raises ``MessageNacked``, or ``TimeoutError`` where nothing comes in time.

        A broker under an alarm confirms nothing and yet shows signs of life, which do not count as something coming.
        """
        unconfirmed, deadline = len(self._open), time.monotonic() + _CONFIRM_SECONDS
        while self._open:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._connection.blocking_read(left)
            if len(self._open) < unconfirmed:
                unconfirmed, deadline = len(self._open), time.monotonic() + _CONFIRM_SECONDS
        if self._any_refused:
            raise MessageNacked

    def _confirmed(self, number: int, multiple: bool) -> None:
        self._open -= {each for each in self._open if each <= number} if multiple else {number}

    def _refused(self, number: int, multiple: bool) -> None:
        self._any_refused = True  # told by wait(): an error raised here would come out of whatever reads next
        self._confirmed(number, multiple)


class Publisher:
    """Publishes one source's messages, all at once, and returns when the broker has confirmed each."""

    def __init__(self, bus: Bus, source: str) -> None:
        self._bus = bus
        self._source = source
        self._routing_key = f"{bus.instance}.{source}"
        self._connection: Connection | None = None
        self._producer: Any = None
        self._confirmations: Confirmations | None = None

    def __call__(self, messages: Sequence[bytes]) -> None:
        """Publish; raises ``UnavailableError`` where the broker is away, or does not confirm in time."""
        try:
            producer = self._ready()
            for message in messages:
                self._send(producer, message)
            if self._confirmations is not None:
                self._confirmations.wait()
        except (*CONNECTION_ERRORS, MessageNacked) as error:
            self._drop()
            raise UnavailableError(f"The bus does not take messages just now ({type(error).__name__}).") from error
        self._bus.ring(self._source)

    def beat(self) -> None:
        """Show the broker a sign of life, for it drops who is silent; call it every second or so.

        A connection that is gone is dropped here, so that the next message need not fail first.
        """
        if self._connection is None or self._bus.embedded:
            return
        try:
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=0.001)
            self._connection.heartbeat_check()
        except CONNECTION_ERRORS:
            self._drop()

    def close(self) -> None:
        """Take leave of the broker; the next call makes a new connection."""
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            with suppress(*CONNECTION_ERRORS):
                connection.release()

    def _drop(self) -> None:
        """Hang up without taking leave: a broker under an alarm would never answer."""
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            with suppress(*CONNECTION_ERRORS):
                if connection.connected and not self._bus.embedded:
                    connection.connection.collect()
                connection.release()

    def _send(self, producer: Any, message: bytes) -> None:
        producer.publish(
            message,
            routing_key=self._routing_key,
            content_type=types.BATCH_MEDIA_TYPE,
            content_encoding="binary",
            delivery_mode=2,
            mandatory=not self._bus.embedded,
            retry=False,
        )
        if self._confirmations is not None:
            self._confirmations.expect()

    def _ready(self) -> Any:
        if self._producer is None:
            self._connection = self._bus.connection()
            self._connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
            channel = self._connection.channel()
            self._producer = Producer(channel, exchange=self._bus.exchange, on_return=self._returned)
            self._confirmations = None if self._bus.embedded else Confirmations(channel)
        return self._producer

    def _returned(self, *_: Any, **__: Any) -> None:
        self._bus.unroutable += 1
        log.warning("message-unroutable", routing_key=self._routing_key)


class Taker:
    """Takes the messages that are there, up to a bound, and acknowledges them together."""

    def __init__(self, bus: Bus, connection: Connection, queue: Queue, bell: Bell) -> None:
        self._bus = bus
        self._bell = bell
        self._connection = connection
        self._messages: list[Any] = []
        self._last: Any = None
        channel = connection.channel()
        channel.basic_qos(0, PREFETCH, False)
        self._consumer = Consumer(
            channel,
            queues=[queue],
            on_message=self._messages.append,
            no_ack=bus.embedded,
            accept=None,
            prefetch_count=None,
        )
        self._consumer.consume()

    def take(self, timeout: float) -> list[bytes]:
        """The bodies of the messages that are there, waiting for the first up to ``timeout`` seconds."""
        if self._bus.embedded:
            self._drain(0.0)
            if not self._messages and self._bell.wait(timeout):
                self._drain(0.0)
        else:
            self._drain(timeout)
        if not self._bus.embedded:
            self._connection.heartbeat_check()
        taken, self._messages[:] = list(self._messages), []
        self._last = taken[-1] if taken else None
        if taken and self._bus.embedded:
            self._bus.ring_room()
        return [_bytes(message.body) for message in taken]

    def _drain(self, wait: float) -> None:
        """Collect what is there, waiting for the first message only."""
        while len(self._messages) < PREFETCH:
            try:
                self._connection.drain_events(timeout=wait)
            except TimeoutError:
                return
            wait = 0.0 if self._bus.embedded else 0.001

    def acknowledge(self) -> None:
        """All that was taken is stored; on a connection that is gone the broker sends it again, which is harmless."""
        if self._last is not None and not self._bus.embedded:
            try:
                self._last.channel.basic_ack(self._last.delivery_tag, multiple=True)
            except CONNECTION_ERRORS:
                log.warning("acknowledgement-lost")


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body)
