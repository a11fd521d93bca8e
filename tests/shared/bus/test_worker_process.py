"""The worker as a real process: it publishes, consumes, follows, wakes at once and stops when told."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.store.received import bookmark
from tests.shared.bus.receiving import echo_places, heard_places
from tests.shared.probe.consumed import ECHO
from tests.shared.probe.process import worker_of
from tests.shared.probe.serving import feed_of
from tests.shared.probe.source import Source
from tests.shared.probe.stories import backlog, count, open_tally, person
from tests.system.waiting import wait_for

pytestmark = pytest.mark.system

ANN = person(1)
UNREACHABLE = "amqp://guest:guest@127.0.0.1:1//"
STALL_SECONDS = 0.25


def test_what_is_recorded_is_published_consumed_and_followed(probe: Wiring, settings: Settings, tmp_path: Path) -> None:
    """On the bus inside the process, with nobody to ask: SIGTERM ends it in seconds, and a second one goes on."""
    open_tally(probe, ANN)
    with worker_of(settings, tmp_path) as worker:
        wait_for("the opening is heard of", lambda: heard_places(probe).get(ANN) == [1])
        position = count(probe, ANN, 5).position
        wait_for("the count is heard of", lambda: heard_places(probe)[ANN] == [1, position])
        wait_for("its command is done", lambda: echo_places(probe, ANN) == [position])
        wait_for("the own log is followed", lambda: probe.catch_up(position))
        assert worker.stop() < 10
        assert "worker-stopped" in worker.log
    last = count(probe, ANN, 5).position
    with worker_of(settings, tmp_path) as worker:
        wait_for("the next count is heard of", lambda: heard_places(probe)[ANN] == [1, position, last])
        assert worker.stop(signal.SIGINT) < 10
    assert echo_places(probe, ANN) == [position, last]


def test_a_commit_wakes_the_worker_at_once(probe: Wiring, settings: Settings, tmp_path: Path) -> None:
    """The doorbell, or NOTIFY: not the poll once a second."""
    open_tally(probe, ANN)
    with worker_of(settings, tmp_path):
        wait_for("the opening is followed", lambda: probe.catch_up(1))
        took = []
        for _ in range(9):
            began = time.monotonic()
            position = count(probe, ANN).position
            wait_for("the count is followed", lambda position=position: probe.catch_up(position))  # type: ignore[misc]
            took.append(time.monotonic() - began)

    assert sorted(took)[4] < 0.45, took


def test_a_worker_without_its_broker_starts_follows_its_own_log_and_stops_when_told(
    probe: Wiring, settings: Settings, tmp_path: Path
) -> None:
    open_tally(probe, ANN)
    with worker_of(settings, tmp_path, bus=UNREACHABLE) as worker:
        wait_for("the own log is followed", lambda: probe.catch_up(1))
        wait_for("it says that it cannot publish", lambda: "worker-failed" in worker.log)

        assert worker.stop() < 10

    assert heard_places(probe) == {}
    assert "Traceback" not in worker.log


def test_a_worker_that_was_killed_goes_on_where_it_was(probe: Wiring, settings: Settings, tmp_path: Path) -> None:
    backlog(probe, persons=200, each=4)
    with feed_of(probe) as feed:
        with worker_of(settings, tmp_path, feed=feed) as worker:
            wait_for("some of it is heard of", lambda: heard_places(probe))
            worker.stop(signal.SIGKILL)
        with worker_of(settings, tmp_path, feed=feed):
            wait_for("all of it is heard of", lambda: len(heard_places(probe)) == 200, seconds=60)
            wait_for("all commands are done", lambda: all(len(echo_places(probe, person(n))) == 4 for n in (0, 199)))
            wait_for("all is followed", lambda: _place(probe) == 1000)

    assert heard_places(probe) == {person(n): list(range(n * 5 + 1, n * 5 + 6)) for n in range(200)}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_loop_never_stands_still_while_a_backlog_is_folded(
    probe: Wiring, settings: Settings, tmp_path: Path
) -> None:
    """20,000 events published, received, applied and followed: the web's wake-up and SIGTERM wait no longer."""
    total = backlog(probe, persons=10_000, each=1)
    assert total == 20_000
    with worker_of(settings, tmp_path) as worker:
        wait_for("all of it is heard of", lambda: _place(probe) == total or not worker.running, seconds=90)
        wait_for("all of it is followed", lambda: probe.catch_up(total), seconds=60)
        assert worker.running, worker.log
        still = worker.stood_still()

    assert still < STALL_SECONDS, f"the loop stood still for {still * 1000:.0f} ms"


def test_commands_go_on_beside_a_worker_that_folds_a_backlog(probe: Wiring, settings: Settings, tmp_path: Path) -> None:
    """How long they take is measured by ``make bench``; here they may not wait until the worker has done its work."""
    total = backlog(probe, persons=4000, each=1)
    open_tally(probe, person(-1))
    took = []
    with worker_of(settings, tmp_path) as worker:
        while not probe.catch_up(total) and worker.running:
            began = time.monotonic()
            count(probe, person(-1))
            took.append(time.monotonic() - began)
        assert worker.running, worker.log

    assert len(took) >= 5
    assert sorted(took)[len(took) // 2] < 0.25
    assert sorted(took)[len(took) * 99 // 100] < 2.5


def _place(probe: Wiring) -> int:
    with probe.reading() as connection:
        return bookmark(connection, ECHO, Source.name)[1]
