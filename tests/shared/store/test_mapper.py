"""The stored form of events: plain JSON with a version, private texts sealed, old versions read as today's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import uuid4

import msgspec
import pytest
from eventsourcing.domain import ProgrammingError
from eventsourcing.persistence import StoredEvent

from shared.kernel.aggregates import Aggregate
from shared.kernel.errors import ErasedError
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.store.mapper import plain_event
from shared.store.rebuild import digests, rebuild
from tests.shared.probe.domain import Tally
from tests.shared.probe.history import HISTORY
from tests.shared.probe.planted import places_of
from tests.shared.probe.read.tables import tallies
from tests.shared.probe.stories import ACAS, BY, count, open_tally, person, tally
from tests.shared.probe.substrates import Opened
from tests.support import project

ANN = person(1)
PLANTED = "marzipan-perambulator"


def test_the_class_version_is_always_written(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3)

    for state in _states(probe):
        assert state["class_version"] == 1


def test_an_event_is_stored_as_plain_json(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3)

    assert _states(probe)[1] == {
        "timestamp": "2026-03-02T09:00:00+00:00",
        "class_version": 1,
        "person": ANN,
        "organisation": ACAS,
        "by": BY,
        "amount": 3,
        "note": None,
    }


def test_an_event_is_read_as_it_was_written(probe: Wiring) -> None:
    open_tally(probe, ANN)
    made = Tally.begin(Tally.Opened, id=uuid4(), at=probe.clock.now(), person=ANN, organisation=ACAS, by=BY)
    made.count(3, "because", at=probe.clock.now(), by=BY)
    events = made.collect_events()

    again: list[Any] = [probe.application.mapper.to_domain_event(_stored(probe, event)) for event in events]

    assert [vars(event) for event in again] == [vars(event) for event in events]
    assert again[1].timestamp == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_an_old_version_is_read_as_todays_by_mapper_relay_and_rebuild_alike(probe: Wiring) -> None:
    _with_old_event(probe)

    [entry] = probe.stores.log.read_after(1, 10)
    [published] = probe.outbox.page(1, 10).events
    rebuild(probe.stores, probe.models, probe.sources(), HISTORY)

    assert tally(probe, ANN).total == 7
    assert tally(probe, ANN).notes == [None]
    assert plain_event(HISTORY, entry)["amount"] == 7
    assert "class_version" not in plain_event(HISTORY, entry)
    assert msgspec.json.decode(published.body)["data"] == {"amount": 7}
    with probe.reading() as connection:
        assert connection.execute(tallies.select()).one().total == 0, "the own log was not yet followed"
    project(probe)
    with probe.reading() as connection:
        live = digests(connection, probe.models)
        assert connection.execute(tallies.select()).one().total == 7
    assert rebuild(probe.stores, probe.models, probe.sources(), HISTORY).differing == ()
    with probe.reading() as connection:
        assert digests(connection, probe.models) == live


def test_a_plain_event_has_the_keys_that_effects_read(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3, note=PLANTED)
    [entry] = probe.stores.log.read_after(1, 10)

    event = plain_event(HISTORY, entry)

    assert event.pop("note").startswith("sealed1:")
    assert event == {
        "topic": "probe.tally.counted",
        "position": 2,
        "time": "2026-03-02T09:00:00+00:00",
        "originator_id": Tally.id_for(ANN).hex,
        "version": 2,
        "person": ANN,
        "organisation": ACAS,
        "by": BY,
        "amount": 3,
    }


def test_a_private_text_is_read_again_and_lies_nowhere_as_written(probe: Wiring, settings: Settings) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3, note=PLANTED)
    project(probe)

    assert tally(probe, ANN).notes == [PLANTED]
    assert places_of(settings, PLANTED.encode()) == []
    assert places_of(settings, ANN.encode()), "the search finds what is there"


def test_an_erased_persons_text_reads_as_nothing_and_the_rest_stays(probe: Wiring, open_probe: Opened) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3, note=PLANTED)

    probe.keys.destroy(ANN)

    for reader in (probe, open_probe()):
        assert tally(reader, ANN).notes == [None]
        assert tally(reader, ANN).total == 3


def test_nothing_private_can_be_written_for_an_erased_person(probe: Wiring) -> None:
    open_tally(probe, ANN)
    probe.keys.destroy(ANN)

    with pytest.raises(ErasedError):
        count(probe, ANN, 3, note=PLANTED)

    assert probe.stores.log.head()[1] == 1


def test_what_is_not_private_can_still_be_written_for_an_erased_person(probe: Wiring) -> None:
    open_tally(probe, ANN)
    probe.keys.destroy(ANN)

    assert count(probe, ANN, 3).data == {"total": 3}


def test_an_event_without_a_stored_name_fails_at_import() -> None:
    with pytest.raises(ProgrammingError):

        class Nameless(Aggregate):
            TOPIC: ClassVar[str] = "probe.nameless"

            class Happened(Aggregate.Event):
                """Has no TOPIC."""


def test_an_aggregate_without_a_stored_name_fails_at_import() -> None:
    with pytest.raises((ProgrammingError, TypeError)):

        class Nameless(Aggregate):
            class Happened(Aggregate.Event):
                TOPIC: ClassVar[str] = "probe.nameless.happened"


def test_a_stored_name_cannot_be_used_twice() -> None:
    with pytest.raises(ProgrammingError):

        class Twice(Aggregate):
            TOPIC: ClassVar[str] = "probe.twice"

            class Happened(Aggregate.Event):
                TOPIC: ClassVar[str] = "probe.tally.counted"


def _states(probe: Wiring) -> list[dict[str, Any]]:
    return [msgspec.json.decode(entry.state) for entry in probe.stores.log.read_after(0, 10)]


def _stored(probe: Wiring, event: Any) -> StoredEvent:
    stored: StoredEvent = probe.application.mapper.to_stored_event(event)
    return stored


def _with_old_event(probe: Wiring) -> None:
    """A tally as a release wrote it that said ``number`` for ``amount`` and knew no note."""
    open_tally(probe, ANN)
    project(probe)
    state = {
        "timestamp": "2026-03-01T09:00:00+00:00",
        "class_version": 0,
        "person": ANN,
        "organisation": ACAS,
        "by": BY,
        "number": 7,
    }
    probe.stores.log.insert_events(
        [StoredEvent(Tally.id_for(ANN), 2, "probe.tally.counted", msgspec.json.encode(state))]
    )
