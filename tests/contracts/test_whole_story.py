"""What real services publish in one story is what the contracts say, each type at least once; and what others do
with it bears many events at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.contracts.catalogue import validate_batch
from shared.contracts.types import TYPES
from shared.contracts.wire import decode_event
from shared.store.mapper import plain_event
from shared.store.rows import Rows
from shared.store.subscriptions import ToRows
from tests.fleet import Fleet, tell_story


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Every service after the story."""
    fleet = Fleet(tmp_path_factory.mktemp("fleet"))
    tell_story(fleet)
    yield fleet
    fleet.close()


def test_all_that_is_published_in_a_story_keeps_its_contract_and_nothing_is_set_aside(fleet: Fleet) -> None:
    for name, types in TYPES.items():
        events = fleet.published(name)
        validate_batch(events)
        assert {event["type"] for event in events} == set(types)
    for wiring in fleet.services.values():
        assert [figures for figures in wiring.figures() if figures.parked or figures.held or figures.unknown] == []


def test_every_effect_of_an_own_event_bears_several_of_its_kind_at_once(fleet: Fleet) -> None:
    tried = 0
    for wiring in fleet.services.values():
        for entry in wiring.stores.log.read_after(0, 10_000, list(wiring.projection.effects)):
            event = plain_event(wiring.application.history, entry)
            with wiring.stores.read.trying() as connection:
                wiring.projection.effects[entry.topic](Rows(connection), [event, dict(event), dict(event)])
            tried += 1
    assert tried > 50


def test_every_effect_of_a_received_event_bears_several_of_its_kind_at_once(fleet: Fleet) -> None:
    tried = 0
    for wiring in fleet.services.values():
        for held in wiring.subscriptions:
            for body in (event.body for event in fleet.services[held.source].outbox.page(0, 10_000).events):
                event = decode_event(body)
                for effect in held.effects.get(event["type"], ()):
                    if isinstance(effect, ToRows):
                        with wiring.stores.read.trying() as connection:
                            effect.effect(Rows(connection), [event, dict(event), dict(event)])
                        tried += 1
    assert tried > 50
