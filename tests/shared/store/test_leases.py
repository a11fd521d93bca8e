"""The lease on a log: one holder at a time, and a bookmark that only the holder moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.runtime.wiring import Wiring
from shared.store.leases import TTL_SECONDS, Lease, LeaseLostError, Place
from tests.shared.probe.substrates import Opened

START = Place(0, 0)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> float:
    """A time to live that a test can wait for; every hold renews."""
    monkeypatch.setattr("shared.store.leases.TTL_SECONDS", 0.3)
    monkeypatch.setattr("shared.store.leases._RENEW_SECONDS", 0.0)
    return 0.3


def test_one_holds_and_the_other_waits(probe: Wiring, open_probe: Opened) -> None:
    first, second = _lease(probe), _lease(open_probe())

    assert first.hold() == START
    assert second.hold() is None
    assert first.hold() == START


def test_of_many_at_once_one_holds(open_probe: Opened) -> None:
    wirings = [open_probe(), open_probe()]
    leases = [_lease(wirings[number % 2]) for number in range(8)]

    with ThreadPoolExecutor(8) as pool:
        held = list(pool.map(lambda lease: lease.hold(), leases))

    assert sorted(place is None for place in held) == [False] + [True] * 7


def test_another_log_is_another_lease(probe: Wiring) -> None:
    assert Lease(probe.stores.log.database, "one").hold() == START
    assert Lease(probe.stores.log.database, "two").hold() == START


def test_the_bookmark_is_where_the_last_holder_left_it(probe: Wiring, open_probe: Opened) -> None:
    first, second = _lease(probe), _lease(open_probe())
    first.hold()
    first.move(Place(7, 5))
    assert first.hold() == Place(7, 5)
    first.release()

    assert second.hold() == Place(7, 5)
    assert first.hold() is None


def test_a_release_lets_the_next_hold_at_once(probe: Wiring, open_probe: Opened) -> None:
    first, second = _lease(probe), _lease(open_probe())
    first.hold()
    first.release()
    first.release()

    assert second.hold() == START


def test_who_does_not_hold_cannot_move(probe: Wiring, open_probe: Opened) -> None:
    first, second = _lease(probe), _lease(open_probe())
    first.hold()
    second.hold()

    with pytest.raises(LeaseLostError):
        second.move(Place(7, 5))

    assert first.hold() == START


def test_who_goes_on_holding_keeps_it_beyond_its_time_to_live(probe: Wiring, open_probe: Opened, short: float) -> None:
    first, second = _lease(probe), _lease(open_probe())
    until = time.monotonic() + 3 * short
    while time.monotonic() < until:
        assert first.hold() == START
        assert second.hold() is None


def test_a_holder_that_went_silent_is_followed_by_another(probe: Wiring, open_probe: Opened, short: float) -> None:
    first, second = _lease(probe), _lease(open_probe())
    first.hold()
    began = time.monotonic()

    _until(lambda: second.hold() is not None)

    assert time.monotonic() - began >= short - 0.05


def test_take_over_comes_within_fifteen_seconds() -> None:
    assert TTL_SECONDS < 15


def test_a_holder_that_wakes_after_another_took_over_moves_nothing(
    probe: Wiring, open_probe: Opened, short: float
) -> None:
    first, second = _lease(probe), _lease(open_probe())
    first.hold()
    _until(lambda: second.hold() is not None)
    second.move(Place(9, 9))

    with pytest.raises(LeaseLostError):
        first.move(Place(4, 4))

    assert first.hold() is None
    assert second.hold() == Place(9, 9)


def test_a_holder_that_slept_past_its_time_takes_the_lease_again_before_it_moves(
    probe: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.leases.TTL_SECONDS", 0.0)
    lease = _lease(probe)
    lease.hold()

    with pytest.raises(LeaseLostError):
        lease.move(Place(4, 4))

    monkeypatch.setattr("shared.store.leases.TTL_SECONDS", 10.0)
    assert lease.hold() == START
    lease.move(Place(4, 4))
    assert lease.hold() == Place(4, 4)


def _lease(probe: Wiring) -> Lease:
    return Lease(probe.stores.log.database, "probe")


def _until(came_true: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not came_true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.01)
