"""nameko entrypoints that batch: what a service class uses to say what reaches it by bus and by clock.

Each runs a thread of its own that calls the service's method and waits for its end. An error of the method's is
logged by name and tried again after a pause; it never ends the service.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import eventlet
from eventlet.event import Event
from nameko.extensions import Entrypoint, register_entrypoint

from shared.bus.bell import Bell
from shared.bus.transport import CONNECTION_ERRORS
from shared.kernel.errors import CarersError, UnavailableError
from shared.runtime.telemetry import log

SILENCE_SECONDS = 5.0
"""After this long without a message a source is asked what was missed."""

_STOP_SECONDS = 20.0

M = TypeVar("M", bound=Callable[..., object])


class _Looping(Entrypoint):  # type: ignore[misc]
    """A managed thread that ends within seconds of being told to."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._stopping = False
        self._thread: Any = None
        self._failures = 0

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(self._run, identifier=self.method_name)

    def stop(self) -> None:
        self._stopping = True
        with eventlet.Timeout(_STOP_SECONDS, False):
            self._thread.wait()

    def kill(self) -> None:
        self._stopping = True
        if self._thread is not None:
            self._thread.kill()

    @property
    def worker(self) -> Any:
        """The service's worker."""
        return self.container.service_cls.worker

    def _run(self) -> None:
        raise NotImplementedError

    def _call(self, *args: object) -> object:
        """Call the service's method in a worker thread of nameko's and wait; raises what it raised."""
        ended = Event()

        def settle(_context: object, result: object, exc_info: Any) -> tuple[object, object]:
            if exc_info is None:
                ended.send(result)
            else:
                ended.send_exception(exc_info[1])
            return result, None

        self.container.spawn_worker(self, args, {}, handle_result=settle)
        return ended.wait()

    def _pause(self, error: BaseException) -> None:
        self._failures += 1
        name = error.code_ if isinstance(error, CarersError) else type(error).__name__
        # a source's first silence: at a start the others come up a moment later
        passing = isinstance(error, UnavailableError) and self._failures == 1
        tell = log.debug if passing else log.warning
        tell("worker-failed", service=self.container.service_name, method=self.method_name, error=name)
        eventlet.sleep(min(5.0, 0.1 * 2 ** min(self._failures, 6)) * random.uniform(0.8, 1.2))  # noqa: S311 - jitter


class _Bellowed(_Looping):
    """Calls the method whenever the log has grown, and once a second as the safety net, until nothing is left."""

    def bell(self) -> Bell:
        """The bell to wait at."""
        raise NotImplementedError

    def _run(self) -> None:
        while not self._stopping:
            try:
                if not self._call():
                    self.bell().wait(1.0)
                self._failures = 0
            except Exception as error:
                self._pause(error)
            eventlet.sleep(0)


class Relaying(_Bellowed):
    """Calls the method that publishes the log."""

    def bell(self) -> Bell:
        return self.worker.relay_bell  # type: ignore[no-any-return]

    def stop(self) -> None:
        self._stopping = True
        self.bell().ring()
        super().stop()


class Following(_Bellowed):
    """Calls the method that folds the own log."""

    def bell(self) -> Bell:
        return self.worker.project_bell  # type: ignore[no-any-return]

    def stop(self) -> None:
        self._stopping = True
        self.bell().ring()
        super().stop()


class Consuming(_Looping):
    """Calls the method with the messages of one subscription, acknowledged together once it returned.

    With no message for five seconds, at the start and after every reconnect it is called with an empty batch.
    """

    def __init__(self, subscription: str, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.subscription = subscription
        self._asked = 0.0

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._consume()
            except CONNECTION_ERRORS as error:
                self._pause(error)
            except Exception as error:
                self._pause(error)

    def _consume(self) -> None:
        source = self.worker.source_of(self.subscription)
        with self.worker.bus.taking(self.subscription, source) as taker:
            self._ask()
            while not self._stopping:
                bodies = taker.take(timeout=1.0)
                if bodies:
                    self._call(bodies)
                    taker.acknowledge()
                    self._asked = time.monotonic()
                    self._failures = 0
                elif time.monotonic() - self._asked > SILENCE_SECONDS:
                    self._ask()

    def _ask(self) -> None:
        self._asked = time.monotonic()
        try:
            self._call([])
            self._failures = 0
        except CarersError as error:
            self._pause(error)
            self._asked = 0.0  # ask again before anything else


class Ticking(_Looping):
    """Calls the method every so many seconds, or at once again after a longer call."""

    def __init__(self, seconds: float, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._seconds = seconds
        self._bell = Bell()

    def stop(self) -> None:
        self._stopping = True
        self._bell.ring()
        super().stop()

    def _run(self) -> None:
        while not self._stopping:
            self._bell.wait(self._seconds)
            try:
                if not self._stopping:
                    self._call()
                    self._failures = 0
            except Exception as error:
                self._pause(error)


def relay(method: M) -> M:
    """Calls the method, which publishes a page of the log, whenever the log has grown."""
    return _marked(Relaying(), method)


def follow(method: M) -> M:
    """Calls the method, which folds a page of the own log, whenever the log has grown."""
    return _marked(Following(), method)


def consume(subscription: str) -> Callable[[M], M]:
    """Calls the method with the messages of this subscription, empty where its source is to be asked."""
    return lambda method: _marked(Consuming(subscription), method)


def every(seconds: float) -> Callable[[M], M]:
    """Calls the method every so many seconds."""
    return lambda method: _marked(Ticking(seconds), method)


def _marked(entrypoint: Entrypoint, method: M) -> M:
    register_entrypoint(method, entrypoint)
    return method
