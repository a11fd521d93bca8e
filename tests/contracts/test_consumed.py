"""Every effect of every subscription takes the golden samples, and reads of them only what their contract has."""

from pathlib import Path
from typing import Any

import pytest

from shared.contracts.golden import samples
from shared.contracts.types import TYPES
from shared.runtime.service import Service, installed
from shared.store.database import Database
from shared.store.rows import Rows
from shared.store.subscriptions import Subscription, ToCommands
from tests.contracts.recording import Recording, reads_outside_contract, with_more


def consumed() -> list[Any]:
    return [
        pytest.param(service, subscription, event_type, id=f"{subscription.name} {event_type}")
        for service in installed().values()
        for subscription in service.part("consumed").CONSUMED
        for event_type in subscription.effects
    ]


def as_received(event: dict[str, Any]) -> Recording:
    epoch, _, position = event["id"].rpartition(":")
    return Recording({"subject": "", **event, "epoch": epoch, "position": int(position), "raw": b""})


@pytest.mark.parametrize(("service", "subscription", "event_type"), consumed())
def test_an_effect_reads_only_what_the_contract_has_and_ignores_what_is_new(
    service: Service, subscription: Subscription, event_type: str, tmp_path: Path
) -> None:
    events = [as_received(with_more(event_type, event)) for event in samples(event_type)]
    database = Database(f"sqlite:///{tmp_path / 'read.db'}")
    with database.writing() as connection:
        service.part("read").metadata.create_all(connection)
        for effect in subscription.effects[event_type]:
            if isinstance(effect, ToCommands):
                assert [effect.make(event) for event in events]
            else:
                effect.effect(Rows(connection), events)
    database.close()
    for event in events:
        assert not reads_outside_contract(event_type, event.reads)


@pytest.mark.parametrize(("service", "subscription", "event_type"), consumed())
def test_a_subscription_names_types_that_its_source_publishes(
    service: Service, subscription: Subscription, event_type: str
) -> None:
    assert subscription.name.startswith(f"{service.name}.")
    assert event_type in TYPES[subscription.source]
