"""What of a log others may know: the chain of positions, and the same bytes by bus and by feed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.bus.relay import Relay
from shared.contracts.wire import decode_batch, decode_event, encode_batch, stream_of
from shared.runtime.wiring import Wiring
from shared.store.leases import Lease
from shared.store.outbox import OutboxPage, thread_of
from tests.shared.probe.commands import NameTally
from tests.shared.probe.published import COUNTED, OPENED
from tests.shared.probe.stories import ACAS, BY, count, fresh_key, open_tally, person

ANN = person(1)
PLANTED = "marzipan-perambulator"


@pytest.fixture
def mixed(probe: Wiring) -> Wiring:
    """A log of 40 events with runs of those that nobody else is told of; published: 1, 2, 6, 7, 8, 12, …"""
    open_tally(probe, ANN)
    count(probe, ANN, 1)
    for round_ in range(6):
        for number in range(3):
            probe.application.execute(NameTally(ANN, f"{round_}-{number}", BY), fresh_key())
        for _ in range(3):
            count(probe, ANN, 1, note=PLANTED)
    probe.application.execute_batch([(NameTally(ANN, "last", BY), fresh_key()), (NameTally(ANN, "l", BY), fresh_key())])
    assert probe.stores.log.head()[1] == 40
    return probe


def test_each_event_names_the_one_published_before_it_across_all_pages(mixed: Wiring) -> None:
    whole = _chain([mixed.outbox.page(0, 1000)])
    positions = [position for position, _ in whole]

    assert whole[:5] == [(1, 0), (2, 1), (6, 2), (7, 6), (8, 7)]
    assert [previous for _, previous in whole] == [0, *positions[:-1]]
    for limit in (1, 2, 3, 5, 7, 20):
        assert _chain(_pages(mixed, limit)) == whole
    for after in range(41):
        assert _chain([mixed.outbox.page(after, 1000)]) == [link for link in whole if link[0] > after]


def test_a_page_says_how_far_it_reaches_and_where_the_last_published_event_is(mixed: Wiring) -> None:
    page = mixed.outbox.page(0, 2)
    assert (page.read_to, page.head) == (2, 38)

    last = mixed.outbox.page(2, 1000)
    assert (last.read_to, last.head) == (40, 38)

    nothing = mixed.outbox.page(40, 1000)
    assert (nothing.read_to, nothing.head, nothing.events) == (40, 38, [])


def test_a_page_is_never_empty_while_something_published_lies_ahead(mixed: Wiring) -> None:
    """Else a subscriber would stop at a run of events that nobody is told of, and never hear what came after."""
    for after in range(40):
        page = mixed.outbox.page(after, 1)
        ahead = [position for position, _ in _chain([mixed.outbox.page(0, 1000)]) if position > after]
        assert [event.position for event in page.events] == ahead[:1]


def test_the_feed_serves_the_bytes_that_the_relay_sent(mixed: Wiring) -> None:
    sent: list[bytes] = []

    def send(messages: Sequence[bytes]) -> None:
        sent.extend(messages)

    relay = Relay(mixed.outbox, Lease(mixed.stores.log.database, "probe"), send)
    while relay.step():
        pass
    [message] = sent

    assert message == encode_batch([event.body for event in mixed.outbox.page(0, 1000).events])
    for event in decode_batch(message):
        page = mixed.outbox.page(event["position"] - 1, 1)
        assert [found.body for found in page.events] == [event["raw"]]


def test_an_event_is_a_cloudevent_with_our_extensions(mixed: Wiring) -> None:
    epoch, _ = mixed.stores.log.head()
    opened, counted = (json.loads(event.body) for event in mixed.outbox.page(0, 2).events)

    assert opened == {
        "specversion": "1.0",
        "id": f"{epoch}:1",
        "source": "/test/probe",
        "type": OPENED,
        "subject": ANN,
        "time": "2026-03-02T09:00:00+00:00",
        "datacontenttype": "application/json",
        "dataschema": "urn:carers:probe:opened:v1",
        "organisation": ACAS,
        "previous": 0,
        "data": {},
    }
    assert counted["type"] == COUNTED
    assert counted["data"] == {"amount": 1}
    assert counted["previous"] == 1


def test_private_text_is_not_published_in_any_form(mixed: Wiring) -> None:
    bodies = b"".join(event.body for event in mixed.outbox.page(0, 1000).events)

    assert PLANTED.encode() not in bodies
    assert b"sealed1:" not in bodies


def test_after_a_restore_events_carry_the_new_epoch_and_say_where_it_began(mixed: Wiring) -> None:
    first = mixed.outbox.page(0, 1000)
    epoch = mixed.stores.log.begin_epoch()
    count(mixed, ANN, 1)

    page = mixed.outbox.page(38, 1000)

    assert first.after_position == 0
    assert (page.epoch, page.after_position) == (epoch, 40)
    assert [decode_event(event.body)["epoch"] for event in page.events] == [epoch]
    assert _chain([page]) == [(41, 38)]


def test_the_last_published_position_is_not_the_logs_last(mixed: Wiring) -> None:
    assert mixed.outbox.published_head() == 38


def test_the_trail_shows_that_and_not_what(mixed: Wiring) -> None:
    traces = mixed.outbox.trail(3)

    assert [trace.position for trace in traces] == [38, 37, 36]
    assert {(trace.topic, trace.organisation, trace.revision) for trace in traces} == {
        ("probe.tally.counted", ACAS, None)
    }
    assert ANN not in repr(traces)
    assert {trace.thread for trace in traces} == {1}


def test_the_trail_goes_on_below_a_position(mixed: Wiring) -> None:
    assert [trace.position for trace in mixed.outbox.trail(2, 37)] == [36, 32]


def test_steps_about_the_same_thing_have_the_same_number_in_an_answer() -> None:
    threads: dict[tuple[Any, ...], int] = {}
    notice = {"organisation": ACAS, "person": ANN, "notice": "n1"}
    others = [notice | {"notice": "n2"}, notice | {"organisation": "dft"}, {"organisation": ACAS, "person": ""}]
    assert [thread_of(event, threads) for event in (notice, *others, dict(notice))] == [1, 2, 3, 0, 1]


def test_a_batch_is_decoded_to_events_that_keep_their_own_bytes(mixed: Wiring) -> None:
    bodies = [event.body for event in mixed.outbox.page(0, 5).events]

    events = decode_batch(encode_batch(bodies))

    assert [event["raw"] for event in events] == bodies
    assert [event["position"] for event in events] == [1, 2, 6, 7, 8]
    assert {event["subject"] for event in events} == {ANN}
    assert decode_event(bodies[0]) == events[0]


def test_the_stream_of_an_event_is_its_persons_else_its_organisations() -> None:
    assert stream_of({"subject": ANN, "organisation": ACAS}) == ANN
    assert stream_of({"subject": "", "organisation": ACAS}) == "organisation:acas"


GOOD: dict[str, Any] = {
    "specversion": "1.0",
    "id": "epoch:7",
    "source": "/test/probe",
    "type": COUNTED,
    "subject": ANN,
    "time": "2026-03-02T09:00:00+00:00",
    "organisation": ACAS,
    "previous": 6,
    "data": {},
}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[1]",
        b"[[]]",
        b"null",
        b"[{}]",
        b"[" * 100_000,
        b'[{"data":' + b"[" * 50_000,
        b'[{"data":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}]",
    ],
)
def test_bytes_that_are_no_batch_are_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_batch(body)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "7"},
        {"id": ":7"},
        {"id": 7},
        {"id": "epoch:"},
        {"id": "epoch:x"},
        {"id": "epoch:0"},
        {"id": "epoch:-1"},
        {"id": "epoch:7_0"},
        {"id": "epoch: 7"},
        {"id": f"epoch:{2**63}"},
        {"id": "e" * 37 + ":7"},
        {"previous": 7},
        {"previous": 8},
        {"previous": -1},
        {"previous": "6"},
        {"previous": True},
        {"previous": None},
        {"data": []},
        {"data": None},
        {"subject": 5},
        {"subject": None},
        {"subject": "x" * 81},
        {"subject": "a\x00b"},
        {"type": 5},
        {"type": "x" * 121},
        {"type": "a\x00b"},
        {"organisation": None},
        {"organisation": "a\x00b"},
        {"organisation": "x" * 81},
        {"source": 1},
        {"time": 1},
    ],
    ids=str,
)
def test_an_event_whose_envelope_cannot_be_kept_is_no_event(change: dict[str, Any]) -> None:
    """It would fail in the inbox's own tables, be sent again for ever, and stop everybody's events."""
    assert decode_batch(json.dumps([GOOD]).encode())[0]["position"] == 7
    with pytest.raises(ValueError, match=r"."):
        decode_batch(json.dumps([GOOD | change]).encode())


@pytest.mark.parametrize("name", sorted(set(GOOD) - {"specversion", "subject"}))
def test_an_event_without_what_the_inbox_needs_is_no_event(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_batch(json.dumps([{key: value for key, value in GOOD.items() if key != name}]).encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), JSON, max_size=3), st.binary(max_size=3), st.integers(0, 300))
def test_no_bytes_raise_anything_but_that_they_are_no_batch(changes: dict[str, Any], noise: bytes, place: int) -> None:
    whole = json.dumps([GOOD | changes]).encode()
    for body in (whole, whole[:place] + noise + whole[place:], whole[:place]):
        try:
            events = decode_batch(body)
        except ValueError:
            continue
        for event in events:
            assert isinstance(stream_of(event), str)
            assert 0 <= event["previous"] < event["position"] < 2**63


def _pages(probe: Wiring, limit: int) -> list[OutboxPage]:
    """Page after page as the relay reads them, each told what was published before."""
    pages: list[OutboxPage] = []
    after, previous = 0, 0
    while not pages or after < pages[-1].head:
        page = probe.outbox.page(after, limit, previous=previous)
        pages.append(page)
        after = page.read_to
        previous = page.events[-1].position if page.events else previous
    return pages


def _chain(pages: Sequence[OutboxPage]) -> list[tuple[int, int]]:
    return [(event.position, event.previous) for page in pages for event in page.events]
