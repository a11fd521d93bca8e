"""nameko's entrypoints as we use them: what fails comes again after a pause, and nothing ends the service."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, ClassVar

import eventlet
import pytest
from nameko.containers import ServiceContainer
from structlog.testing import capture_logs

from shared.bus.bell import Bell
from shared.bus.entrypoints import SILENCE_SECONDS, consume, every, relay
from shared.kernel.errors import UnavailableError

SUBSCRIPTION = "test.source"


class Line:
    """A queue of a broker's: what was taken and not acknowledged is there again for the next who takes."""

    def __init__(self, *bodies: bytes) -> None:
        self.waiting = list(bodies)
        self.acknowledged: list[bytes] = []
        self.away = False
        self.breaks = False

    @contextmanager
    def taking(self, _subscription: str, _source: str) -> Iterator[Taking]:
        """Take from it until the block ends."""
        if self.away:
            raise ConnectionRefusedError
        yield Taking(self)


class Taking:
    """One who takes from the queue."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._taken: list[bytes] = []

    def take(self, timeout: float) -> list[bytes]:
        """Everything that waits; raises once where the connection broke meanwhile."""
        if self._line.breaks:
            self._line.breaks = False
            raise ConnectionResetError
        if not self._line.waiting:
            eventlet.sleep(min(timeout, 0.01))
        self._taken = list(self._line.waiting)
        return list(self._taken)

    def acknowledge(self) -> None:
        """Take it off the queue."""
        self._line.waiting = [body for body in self._line.waiting if body not in self._taken]
        self._line.acknowledged += self._taken


class Worker:
    """What a service's methods work with. Its calls fail as often as it was told, or for ever."""

    def __init__(self, line: Line, failures: float = 0.0, error: Exception | None = None) -> None:
        self.bus = line
        self.failures = failures
        self.error = error or ValueError("the effect fails")
        self.relay_bell = Bell()
        self.batches: list[list[bytes]] = []
        self.asked = 0
        self.published = 0
        self.ticks = 0

    def source_of(self, _subscription: str) -> str:
        """The service that is read."""
        return "source"

    def receive(self, batch: list[bytes]) -> None:
        """Take messages; an empty batch asks."""
        if batch:
            self.batches.append(batch)
            self._fail()
        else:
            self.asked += 1

    def publish(self) -> int:
        """Publish nothing."""
        self.published += 1
        self._fail()
        return 0

    def _fail(self) -> None:
        if self.failures > 0:
            self.failures -= 1
            raise self.error


class Tested:
    """A service's table of contents."""

    name: ClassVar[str] = "tested"
    worker: ClassVar[Any]

    @consume(SUBSCRIPTION)
    def hear(self, batch: list[bytes]) -> None:
        """Something was published."""
        self.worker.receive(batch)

    @every(0.02)
    def tick(self) -> None:
        """Time goes on."""
        self.worker.ticks += 1


class Publishing:
    """A service that only publishes."""

    name: ClassVar[str] = "publishing"
    worker: ClassVar[Any]

    @relay
    def publish(self) -> int:
        """The log has grown."""
        published: int = self.worker.publish()
        return published


@contextmanager
def running(table: type[Any], worker: Worker) -> Iterator[SimpleNamespace]:
    """The service in a container of nameko's; answers what it took to stop it."""
    took = SimpleNamespace(seconds=0.0)
    container = ServiceContainer(type(table.__name__, (table,), {"worker": worker}))
    container.start()
    try:
        yield took
    finally:
        began = time.monotonic()
        with eventlet.Timeout(10):
            container.stop()
        took.seconds = time.monotonic() - began


def wait_green(what: str, ask: Callable[[], object], seconds: float = 10.0) -> None:
    """Let the green threads run until something is so."""
    deadline = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:g} s"
        eventlet.sleep(0.01)


def test_what_failed_is_not_acknowledged_comes_again_and_is_acknowledged_once_it_is_done() -> None:
    line = Line(b"[1]", b"[2]")
    worker = Worker(line, failures=2)
    with running(Tested, worker):
        wait_green("the first call fails", lambda: worker.batches)
        assert line.acknowledged == []
        wait_green("all is acknowledged", lambda: line.acknowledged)

    assert worker.batches == [[b"[1]", b"[2]"]] * 3
    assert line.acknowledged == [b"[1]", b"[2]"]


@pytest.mark.parametrize("error", [ValueError("mistake"), UnavailableError("away"), ConnectionResetError("gone")])
def test_what_fails_for_ever_is_tried_after_pauses_while_the_rest_of_the_service_goes_on(
    error: Exception,
) -> None:
    line = Line(b"[1]")
    worker = Worker(line, failures=float("inf"), error=error)
    with running(Tested, worker):
        wait_green("it fails three times", lambda: len(worker.batches) == 3)
        began, ticks = time.monotonic(), worker.ticks
        wait_green("it fails once more", lambda: len(worker.batches) == 4)
        assert time.monotonic() - began > 0.1
        assert worker.ticks > ticks

    assert line.waiting == [b"[1]"]


def test_a_relay_that_fails_is_tried_with_growing_pauses() -> None:
    worker = Worker(Line(), failures=float("inf"), error=UnavailableError("The bus takes nothing just now."))
    with running(Publishing, worker):
        wait_green("it fails three times", lambda: worker.published == 3)
        began = time.monotonic()
        wait_green("it fails once more", lambda: worker.published == 4)
        assert time.monotonic() - began > 0.5


def test_a_service_whose_broker_is_away_works_on_finds_it_again_and_stops_when_told() -> None:
    line = Line(b"[1]")
    line.away = True
    worker = Worker(line)
    with running(Tested, worker) as took:
        wait_green("time goes on", lambda: worker.ticks > 10)
        assert worker.batches == []
        line.away = False
        wait_green("the message is taken", lambda: line.acknowledged)
        line.away = True
    assert took.seconds < 8


def test_a_source_is_asked_at_the_start_and_after_a_break_before_there_is_any_silence() -> None:
    line = Line()
    worker = Worker(line)
    with running(Tested, worker):
        wait_green("it is asked at the start", lambda: worker.asked == 1, SILENCE_SECONDS - 2)
        line.breaks = True
        wait_green("it is asked after the break", lambda: worker.asked == 2, SILENCE_SECONDS - 1)


def test_a_source_is_asked_in_every_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages can be lost behind everybody's back: nobody who only listens would ever know."""
    monkeypatch.setattr("shared.bus.entrypoints.SILENCE_SECONDS", 0.2)
    worker = Worker(Line())
    with running(Tested, worker):
        wait_green("it is asked", lambda: worker.asked == 1)
        began = time.monotonic()
        wait_green("it is asked twice more", lambda: worker.asked == 3)

    assert time.monotonic() - began >= 0.4


def test_a_silence_is_five_seconds() -> None:
    assert SILENCE_SECONDS == 5.0


@pytest.mark.parametrize(
    ("error", "levels"),
    [(UnavailableError("away"), ["debug", "warning", "warning"]), (ValueError("mistake"), ["warning"] * 3)],
)
def test_a_sources_first_silence_is_no_warning_and_the_next_one_is(error: Exception, levels: list[str]) -> None:
    worker = Worker(Line(), failures=3, error=error)
    with capture_logs() as told, running(Publishing, worker):
        wait_green("it fails three times", lambda: worker.published >= 3)
    assert [line["log_level"] for line in told if line["event"] == "worker-failed"][:3] == levels
