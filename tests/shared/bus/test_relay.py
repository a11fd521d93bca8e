"""The relay: everything that is to be known is sent, then the bookmark moves, and only the holder moves it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from shared.bus.relay import PACKED, PAGE, Relay
from shared.contracts.wire import decode_batch
from shared.kernel.errors import UnavailableError
from shared.runtime.wiring import Wiring
from shared.store.leases import Lease, LeaseLostError
from tests.shared.probe.commands import NameTally
from tests.shared.probe.stories import BY, backlog, count, fresh_key, open_tally, person
from tests.shared.probe.substrates import Opened

ANN = person(1)


class Wire:
    """Where messages go; it can be cut, and calls back before it takes them."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.cut = False

    def __call__(self, messages: Sequence[bytes]) -> None:
        """Take the messages, or raise as a bus does that is away."""
        if self.cut:
            raise UnavailableError("The bus does not take messages just now.")
        self.messages += messages

    @property
    def positions(self) -> list[int]:
        """What was sent, in order."""
        return [event["position"] for message in self.messages for event in decode_batch(message)]


def test_everything_published_is_sent_once_in_order(probe: Wiring) -> None:
    total = backlog(probe, persons=260, each=4)
    wire = Wire()
    relay = _relay(probe, wire)

    covered = []
    while step := relay.step():
        covered.append(step)

    assert wire.positions == list(range(1, total + 1))
    assert covered == [PAGE, PAGE, total - 2 * PAGE]
    assert {len(decode_batch(message)) for message in wire.messages} == {PACKED}


def test_what_nobody_is_told_of_moves_the_bookmark_and_sends_nothing(probe: Wiring) -> None:
    open_tally(probe, ANN)
    wire = Wire()
    relay = _relay(probe, wire)
    relay.step()
    probe.application.execute(NameTally(ANN, "label", BY), fresh_key())

    assert relay.step() == 1
    assert relay.step() == 0
    count(probe, ANN)
    relay.step()

    assert wire.positions == [1, 3]
    assert [event["previous"] for event in decode_batch(wire.messages[-1])] == [1]


def test_nothing_new_sends_nothing(probe: Wiring) -> None:
    wire = Wire()

    assert _relay(probe, wire).step() == 0
    assert wire.messages == []


def test_what_was_not_confirmed_is_sent_again(probe: Wiring) -> None:
    open_tally(probe, ANN)
    wire = Wire()
    relay = _relay(probe, wire)
    wire.cut = True
    with pytest.raises(UnavailableError):
        relay.step()

    wire.cut = False
    relay.step()

    assert wire.positions == [1]


def test_of_two_relays_one_sends(probe: Wiring, open_probe: Opened) -> None:
    backlog(probe, persons=3, each=1)
    first, second = Wire(), Wire()
    one, two = _relay(probe, first), _relay(open_probe(), second)

    for _ in range(3):
        one.step()
        two.step()

    assert first.positions == [1, 2, 3, 4, 5, 6]
    assert second.messages == []


def test_the_next_relay_goes_on_where_the_last_one_stopped(probe: Wiring, open_probe: Opened) -> None:
    backlog(probe, persons=2, each=1)
    lease = Lease(probe.stores.log.database, "probe")
    first, second = Wire(), Wire()
    Relay(probe.outbox, lease, first).step()
    lease.release()
    count(probe, person(0))

    _relay(open_probe(), second).step()

    assert second.positions == [5]
    assert [event["previous"] for event in decode_batch(second.messages[0])] == [4]


def test_a_relay_that_was_frozen_while_sending_sends_again_and_moves_nothing(
    probe: Wiring, open_probe: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after it read its page, it wakes when another has published that page and more."""
    monkeypatch.setattr("shared.store.leases.TTL_SECONDS", 0.2)
    backlog(probe, persons=2, each=1)
    wire = Wire()
    other = _relay(open_probe(), wire)

    def freeze_then_send(messages: Sequence[bytes]) -> None:
        deadline = time.monotonic() + 10
        while not other.step():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        count(probe, person(0))
        other.step()
        wire(messages)

    frozen = _relay(probe, freeze_then_send)
    with pytest.raises(LeaseLostError):
        frozen.step()

    assert wire.positions == [1, 2, 3, 4, 5, 1, 2, 3, 4]
    assert frozen.step() == 0
    monkeypatch.setattr("shared.store.leases.TTL_SECONDS", 10.0)
    count(probe, person(0))
    other.step()
    assert wire.positions[-1] == 6


def _relay(probe: Wiring, publish: Wire | object) -> Relay:
    return Relay(probe.outbox, Lease(probe.stores.log.database, "probe"), publish)  # type: ignore[arg-type]
