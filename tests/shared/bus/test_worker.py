"""What a worker does by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.workforce.domain.commands import RecordOrganisation
from shared.bus.transport import Bus
from shared.bus.worker import Worker
from shared.kernel.clock import FixedClock
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey
from shared.store.received import bookmark
from tests.support import PeerFeed, project, settings_for, take_back, wired


@pytest.fixture
def wiring(tmp_path: Path) -> Iterator[Wiring]:
    """Workforce, as any service."""
    wiring = wired("workforce", settings_for(tmp_path))
    yield wiring
    wiring.close()


def calls(wiring: Wiring, due_seconds: float, *, times: int = 3) -> int:
    """How often the clock's work is asked for when the worker's second comes round so many times."""
    asked = 0

    def due(_: Wiring) -> int:
        nonlocal asked
        asked += 1
        return 0

    wiring.due, wiring.due_seconds = due, due_seconds
    worker = Worker(wiring, Bus("memory://", "test"), PeerFeed([wiring]))
    for _ in range(times):
        worker.due()
    return asked


@pytest.mark.parametrize(("due_seconds", "asked"), [(0.0, 3), (3600.0, 1)])
def test_what_the_clock_makes_due_is_asked_for_as_often_as_the_service_says(
    wiring: Wiring, due_seconds: float, asked: int
) -> None:
    assert calls(wiring, due_seconds) == asked


def test_another_worker_that_holds_the_lease_does_the_clocks_work(wiring: Wiring) -> None:
    first = Worker(wiring, Bus("memory://", "test"), PeerFeed([wiring]))
    wiring.due = lambda _: 1
    assert first.due() == 1
    second = Worker(wiring, Bus("memory://", "test"), PeerFeed([wiring]))
    assert second.due() == 0


def test_something_may_be_due_until_the_timer_has_found_nothing_on_this_day_with_all_that_came(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter((2, 0, 0, 0))
    wiring.due, wiring.due_seconds = lambda _: next(found), 0.0
    worker = Worker(wiring, Bus("memory://", "test"), PeerFeed([wiring]))
    worker.due()
    assert wiring.is_due()
    worker.due()
    assert not wiring.is_due()
    wiring.application.execute(
        RecordOrganisation("Ministry of Works", "", "department", "operator"), CommandKey("operator/test", "1")
    )
    project(wiring)
    assert wiring.is_due()
    worker.due()
    assert not wiring.is_due()
    tomorrow = wiring.clock.now() + timedelta(days=1)
    monkeypatch.setattr(wiring, "clock", FixedClock(tomorrow))
    assert wiring.is_due()
    worker.due()
    assert not wiring.is_due()


def test_a_worker_that_starts_on_a_restored_log_puts_its_lists_right_before_anything_else(wiring: Wiring) -> None:
    command = RecordOrganisation("Ministry of Works", "", "department", "operator")
    wiring.application.execute(command, CommandKey("operator/test", "1"))
    project(wiring)
    take_back(wiring, 0)
    epoch = wiring.stores.log.begin_epoch()
    worker = Worker(wiring, Bus("memory://", "test"), PeerFeed([wiring]))

    worker.start()

    with wiring.reading() as connection:
        assert bookmark(connection, wiring.own, "workforce") == (epoch, 0)
    assert worker.project() == 0
