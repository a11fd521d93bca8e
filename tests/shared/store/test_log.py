"""The log: positions in the order of commit, none missing, none used twice."""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError
from sqlalchemy import delete, func, select

from shared.runtime.wiring import Wiring
from shared.store.epochs import Epochs
from shared.store.key_record import KeyRecord
from shared.store.tables import command_keys, epochs, events, head
from tests.shared.probe.stories import some_event
from tests.shared.probe.substrates import Opened

WRITERS = 32
EACH = 12
DEADLINE = 60.0


def test_a_version_that_is_taken_is_the_librarys_integrity_error(probe: Wiring) -> None:
    id = uuid4()
    probe.stores.log.insert_events([some_event(id)])

    with pytest.raises(IntegrityError):
        probe.stores.log.insert_events([some_event(id)])


def test_a_lost_race_leaves_no_gap(probe: Wiring) -> None:
    log = probe.stores.log
    id = uuid4()
    assert list(log.insert_events([some_event(id)])) == [1]
    with pytest.raises(IntegrityError):
        log.insert_events([some_event(uuid4()), some_event(id)])

    assert list(log.insert_events([some_event(id, 2)])) == [2]


def test_a_key_that_is_stored_is_the_librarys_integrity_error_and_takes_the_events_back(probe: Wiring) -> None:
    log = probe.stores.log
    key = KeyRecord("scope", "key", "digest", "{}")
    log.insert_events([some_event(uuid4())], commands=[key])

    with pytest.raises(IntegrityError):
        log.insert_events([some_event(uuid4())], commands=[key])

    assert log.head()[1] == 1
    assert len(log.read_after(0, 10)) == 1


def test_a_transaction_after_a_lost_race_is_still_a_transaction(probe: Wiring) -> None:
    """The connection that met the conflict goes back to the pool as it came: its next user can roll back."""
    log, id = probe.stores.log, uuid4()
    log.insert_events([some_event(id)])
    with pytest.raises(IntegrityError):
        log.insert_events([some_event(id)])

    def delete_and_fail() -> None:
        with log.database.writing() as connection:
            connection.execute(delete(events))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        delete_and_fail()

    assert len(log.read_after(0, 10)) == 1


def test_a_key_without_events_is_stored_with_no_position(probe: Wiring) -> None:
    log = probe.stores.log
    log.insert_events([some_event(uuid4())])
    assert list(log.insert_events([], commands=[KeyRecord("scope", "key", "digest", "{}")])) == []

    assert log.find_keys([("scope", "key")])["scope", "key"].position == 0


def test_a_mistake_of_the_programs_while_it_appends_stores_nothing(probe: Wiring) -> None:
    """A value that no driver takes, met after the events: they must not be committed with the error."""
    log, id = probe.stores.log, uuid4()
    impossible: Any = object()

    with pytest.raises(OperationalError):
        log.insert_events([some_event(id)], commands=[KeyRecord("scope", "key", impossible, "{}")])

    assert log.head()[1] == 0
    assert log.read_after(0, 10) == []
    assert list(log.insert_events([some_event(id)], commands=[KeyRecord("scope", "key", "digest", "{}")])) == [1]


def test_an_append_is_tried_once_and_never_again_behind_the_callers_back(
    probe: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a lost connection nobody but the command's key can tell whether the events were stored."""
    log, tries = probe.stores.log, 0

    def lose_the_connection(*_: object) -> int:
        nonlocal tries
        tries += 1
        raise log.database.dbapi.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(log._sql, "append", lose_the_connection)
    with pytest.raises(OperationalError):
        log.insert_events([some_event(uuid4())])

    assert tries == 1


def test_a_great_many_events_are_stored_at_once(probe: Wiring) -> None:
    log = probe.stores.log

    assert log.insert_events([some_event(uuid4()) for _ in range(20_000)]) == range(1, 20_001)
    assert log.head()[1] == 20_000


def test_the_librarys_subscriptions_are_not_offered(probe: Wiring) -> None:
    with pytest.raises(NotImplementedError):
        probe.stores.log.subscribe(gt=0)


def test_nothing_to_store_stores_nothing(probe: Wiring) -> None:
    assert list(probe.stores.log.insert_events([])) == []
    assert probe.stores.log.head()[1] == 0


def test_many_keys_are_found_together(probe: Wiring) -> None:
    log = probe.stores.log
    log.insert_events([], commands=[KeyRecord("scope", str(number), "digest", "{}") for number in range(900)])

    found = log.find_keys([("scope", str(number)) for number in range(1000)])

    assert {key for _, key in found} == {str(number) for number in range(900)}


def test_a_tailing_reader_passes_over_no_event_of_many_writers(open_probe: Opened) -> None:
    """Positions appear in the order of commit: whatever a reader has read past never gains an event afterwards."""
    log = open_probe().stores.log
    wrong: list[str] = []
    start = threading.Barrier(WRITERS + 1)

    def write(number: int) -> None:
        start.wait()
        for _ in range(EACH):
            log.insert_events([some_event(uuid4()) for _ in range(1 + number % 3)])

    expected = sum(EACH * (1 + number % 3) for number in range(WRITERS))
    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    start.wait()
    reader, last, seen = open_probe().stores.log, 0, 0
    deadline = time.monotonic() + DEADLINE
    while seen < expected and time.monotonic() < deadline:
        for entry in reader.read_after(last, 50):
            if entry.position != last + 1:
                wrong.append(f"after {last} came {entry.position}")
            last = entry.position
            seen += 1
    for writer in writers:
        writer.join()

    assert not wrong
    assert seen == expected
    assert reader.head()[1] == expected


def test_a_position_is_not_used_again_after_the_tail_was_deleted(probe: Wiring) -> None:
    log = probe.stores.log
    log.insert_events([some_event(uuid4()) for _ in range(5)])
    with log.database.writing() as connection:
        connection.execute(delete(events).where(events.c.position > 3))

    assert list(log.insert_events([some_event(uuid4())])) == [6]


def test_a_restore_begins_an_epoch_after_the_last_position(probe: Wiring) -> None:
    log = probe.stores.log
    first, _ = log.head()
    assert log.epochs() == Epochs(((first, 0),))
    log.insert_events([some_event(uuid4()) for _ in range(5)])

    second = log.begin_epoch()

    assert second != first
    assert log.head() == (second, 5)
    assert log.epochs() == Epochs(((first, 0), (second, 5)))
    with log.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(epochs)).scalar() == 2


def test_the_head_is_one_row(probe: Wiring) -> None:
    probe.stores.log.insert_events([some_event(uuid4())])
    with probe.stores.log.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(head)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(command_keys)).scalar() == 0


def test_an_aggregates_events_come_in_the_order_of_their_versions(probe: Wiring) -> None:
    log, id = probe.stores.log, uuid4()
    log.insert_events([some_event(id, version) for version in (1, 2, 3, 4)])

    assert [event.originator_version for event in log.select_events(id)] == [1, 2, 3, 4]
    assert [event.originator_version for event in log.select_events(id, gt=1, lte=3)] == [2, 3]
    assert [event.originator_version for event in log.select_events(id, desc=True, limit=1)] == [4]
    assert log.select_events(uuid4()) == []


def test_many_aggregates_are_read_together(probe: Wiring) -> None:
    log = probe.stores.log
    ids = [uuid4() for _ in range(3)]
    log.insert_events([some_event(id, version) for version in (1, 2) for id in ids])

    found = log.select_events_of([*ids, uuid4()])

    assert set(found) == set(ids)
    assert all([event.originator_version for event in stored] == [1, 2] for stored in found.values())


def test_the_librarys_own_readers_can_page_the_log(probe: Wiring) -> None:
    log = probe.stores.log
    assert log.max_notification_id() is None
    log.insert_events([some_event(uuid4()) for _ in range(5)])

    assert log.max_notification_id() == 5
    assert [found.id for found in log.select_notifications(2, 10)] == [2, 3, 4, 5]
    assert [found.id for found in log.select_notifications(2, 2, inclusive_of_start=False)] == [3, 4]
    assert [found.id for found in log.select_notifications(None, 10, stop=2)] == [1, 2]
    assert log.select_notifications(1, 10, topics=["probe.other"]) == []
