"""Received events are applied in as few runs as order allows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.wire import stream_of
from shared.store.subscriptions import Subscription, ToCommands, ToRows, runs_of_streams
from tests.shared.probe.consumed import heard_of

SUNG, SAID = (ToRows(heard_of),), (ToRows(heard_of), ToRows(heard_of))
EFFECTS = {"sung": SUNG, "hummed": SUNG, "said": SAID}


def _events(*told: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"subject": who, "organisation": "acas", "type": type, "position": place}
        for place, (who, type) in enumerate(told, start=1)
    ]


def _places(told: list[dict[str, Any]]) -> list[list[int]]:
    return [[event["position"] for event in run] for run in runs_of_streams(told, EFFECTS)]


def test_types_with_one_effect_are_one_run() -> None:
    assert _places(_events(("ann", "sung"), ("ben", "hummed"), ("ann", "hummed"))) == [[1, 2, 3]]


def test_events_of_others_are_taken_forward_over_a_persons_own_order_never() -> None:
    told = _events(("ann", "sung"), ("ann", "said"), ("ben", "sung"), ("ben", "said"), ("ann", "sung"))

    assert _places(told) == [[1, 3], [2, 4], [5]]


def test_nothing_is_no_run() -> None:
    assert _places([]) == []


@given(st.lists(st.tuples(st.sampled_from(["ann", "ben", "", "cat"]), st.sampled_from(sorted(EFFECTS))), max_size=40))
def test_every_event_is_in_one_run_and_each_stream_in_its_order(told: list[tuple[str, str]]) -> None:
    events = _events(*told)

    runs = list(runs_of_streams(events, EFFECTS))

    assert all(len({id(EFFECTS[event["type"]]) for event in run}) == 1 for run in runs)
    flat = [event for run in runs for event in run]
    assert sorted(event["position"] for event in flat) == [event["position"] for event in events]
    for stream in {stream_of(event) for event in events}:
        assert [event for event in flat if stream_of(event) == stream] == [
            event for event in events if stream_of(event) == stream
        ]


def test_two_effects_of_one_type_cannot_both_make_commands_under_the_same_keys() -> None:
    commands = ToCommands(lambda _: [])
    Subscription("probe.one", "probe", {"sung": (ToRows(heard_of), commands), "said": (commands,)})
    with pytest.raises(TypeError, match="share their keys"):
        Subscription("probe.two", "probe", {"sung": (commands, ToRows(heard_of), commands)})
