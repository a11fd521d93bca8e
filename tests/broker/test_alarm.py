"""A broker under an alarm takes nothing more and says nothing: publishing ends, instead of waiting for ever.

The broker is a node of these tests' own, whose disk is never free enough.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from shared.bus.transport import Bus
from shared.kernel.errors import UnavailableError
from tests.shared.probe.consumed import ECHO
from tests.system.broker import own_broker

pytestmark = [pytest.mark.broker, pytest.mark.system]

CONFIRM_SECONDS = 2.5
"""Longer than the broker's heartbeats are apart: each of them must not begin the wait anew."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker that always has an alarm."""
    with own_broker(tmp_path_factory.mktemp("alarm"), ["disk_free_limit.absolute = 1000000GB"]) as node:
        yield node.address


def test_publishing_under_an_alarm_ends_in_time_and_the_message_counts_as_not_sent(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.bus.transport._CONFIRM_SECONDS", CONFIRM_SECONDS)
    monkeypatch.setattr("shared.bus.transport._HEARTBEAT_SECONDS", 2)
    bus = Bus(address, "alarmed")
    publisher = bus.publisher("probe")
    began = time.monotonic()
    try:
        with pytest.raises(UnavailableError, match="TimeoutError"):
            publisher([b"[1]"])
    finally:
        publisher.close()

    assert time.monotonic() - began < CONFIRM_SECONDS + 10


def test_a_subscriber_goes_on_under_an_alarm(address: str) -> None:
    """Only who publishes is held up: what had been sent before can be taken away, which is what ends such an alarm."""
    with Bus(address, "alarmed").taking(ECHO, "probe") as taker:
        assert taker.take(0.2) == []
