"""Commands: each happens once, whatever is repeated, raced, lost on the way, or put into one batch."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text, update

from shared.kernel.errors import (
    CarersError,
    ConflictError,
    ErasedError,
    KeyReusedError,
    RefusedError,
    UnavailableError,
)
from shared.runtime.wiring import Wiring
from shared.store.application import command_digest
from shared.store.commands import Answer, CommandKey
from shared.store.log import Log
from shared.store.mapper import SealingMapper
from shared.store.tables import head
from tests.shared.probe.commands import Count, Muddle, NameTally, OpenTally
from tests.shared.probe.domain import Echo, Tally
from tests.shared.probe.read.tables import tallies
from tests.shared.probe.stories import ACAS, BY, count, fresh_key, open_tally, person, tally
from tests.shared.probe.substrates import Opened
from tests.shared.store.faults import AlwaysOvertaken, Away, LosesAnswers, Overtaken

ANN, BEN, CAT = person(1), person(2), person(3)


def test_the_same_command_with_the_same_key_gets_the_stored_answer(probe: Wiring) -> None:
    open_tally(probe, ANN)
    first = count(probe, ANN, 5, key="click")

    again = count(probe, ANN, 5, key="click")

    assert first == Answer({"total": 5}, 2, repeated=False)
    assert again == Answer({"total": 5}, 2, repeated=True)
    assert tally(probe, ANN).total == 5


def test_the_stored_answer_outlives_the_process(probe: Wiring, open_probe: Opened) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 5, key="click")

    assert count(open_probe(), ANN, 5, key="click").repeated


def test_another_command_with_the_same_key_is_refused_and_changes_nothing(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 5, key="click")

    with pytest.raises(KeyReusedError):
        count(probe, ANN, 6, key="click")

    assert tally(probe, ANN).total == 5


def test_the_same_key_in_another_scope_is_another_key(probe: Wiring) -> None:
    open_tally(probe, ANN)
    probe.application.execute(Count(ANN, 1, BY), CommandKey("acas/ann/count", "click"))
    probe.application.execute(Count(ANN, 2, BY), CommandKey("acas/ben/count", "click"))

    assert tally(probe, ANN).total == 3


def test_a_refusal_is_not_stored_so_the_same_click_may_succeed_later(probe: Wiring) -> None:
    with pytest.raises(RefusedError):
        count(probe, ANN, 5, key="click")
    open_tally(probe, ANN)

    assert not count(probe, ANN, 5, key="click").repeated


def test_a_command_that_changes_nothing_is_answered_and_keeps_its_key(probe: Wiring) -> None:
    open_tally(probe, ANN)

    assert count(probe, ANN, 0, key="click") == Answer({"total": 0}, 0)
    assert count(probe, ANN, 0, key="click") == Answer({"total": 0}, 0, repeated=True)
    assert probe.stores.log.head()[1] == 1


def test_fifty_clicks_at_once_with_one_key_count_once(probe: Wiring) -> None:
    open_tally(probe, ANN)
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: count(probe, ANN, 5, key="click"), range(50)))

    assert tally(probe, ANN).total == 5
    assert Counter(answer.repeated for answer in answers) == {False: 1, True: 49}
    assert {(answer.data["total"], answer.position) for answer in answers} == {(5, 2)}


def test_eight_commands_at_once_on_one_account_all_count(probe: Wiring) -> None:
    open_tally(probe, ANN)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda amount: count(probe, ANN, amount), range(1, 9)))

    assert tally(probe, ANN).total == sum(range(1, 9))
    assert len({answer.position for answer in answers}) == 8


def test_when_the_answer_of_the_commit_is_lost_the_key_decides(probe: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    open_tally(probe, ANN)
    fault = LosesAnswers(probe.stores.log)
    monkeypatch.setattr(probe.stores.log, "insert_events", fault)

    answer = count(probe, ANN, 5)

    assert (fault.left, fault.asked) == (0, 1), "the key was looked up before anything was tried again"
    assert answer.data == {"total": 5}
    assert tally(probe, ANN).total == 5


def test_when_the_answer_is_lost_and_time_is_up_nothing_false_is_said(
    probe: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit took longer than a caller waits, and happened: the caller is told what happened."""
    open_tally(probe, ANN)
    monkeypatch.setattr(probe.stores.log, "insert_events", LosesAnswers(probe.stores.log))
    monkeypatch.setattr("shared.store.application._WITHIN_SECONDS", 0.0)

    assert count(probe, ANN, 5).data == {"total": 5}
    assert tally(probe, ANN).total == 5


def test_a_lost_race_is_decided_anew(probe: Wiring, open_probe: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    open_tally(probe, ANN)
    other = open_probe()
    monkeypatch.setattr(probe.stores.log, "insert_events", Overtaken(probe.stores.log, lambda: count(other, ANN, 2), 3))

    assert count(probe, ANN, 5).data == {"total": 11}
    assert tally(probe, ANN).total == 11


def test_after_five_lost_races_the_caller_is_told_to_look_again(probe: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    open_tally(probe, ANN)
    races = AlwaysOvertaken()
    monkeypatch.setattr(probe.stores.log, "insert_events", races)

    with pytest.raises(ConflictError):
        count(probe, ANN)

    assert races.tries == 5


def test_a_log_that_cannot_be_reached_is_said_so_within_three_seconds(
    probe: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_tally(probe, ANN)
    away = Away()
    monkeypatch.setattr(probe.stores.log, "insert_events", away)
    began = time.monotonic()

    with pytest.raises(UnavailableError):
        count(probe, ANN)

    assert time.monotonic() - began < 3
    assert 2 <= away.tries <= 5


def test_a_command_does_not_wait_for_what_the_worker_writes(probe: Wiring, open_probe: Opened) -> None:
    """The worker holds its transaction on the read side as long as it likes."""
    open_tally(probe, ANN)
    worker = open_probe()
    began = time.monotonic()
    with worker.stores.read.writing() as connection:
        connection.execute(tallies.delete())
        for _ in range(20):
            count(probe, ANN)

    assert time.monotonic() - began < 4
    assert tally(probe, ANN).total == 20


def test_a_log_that_somebody_else_holds_is_said_so_within_seconds(probe: Wiring, open_probe: Opened) -> None:
    """PostgreSQL's lock time-out is for ever unless it is set."""
    open_tally(probe, ANN)
    other = open_probe()
    with other.stores.log.database.writing() as connection:
        connection.execute(update(head).values(position=head.c.position))
        began = time.monotonic()
        with pytest.raises(UnavailableError):
            count(probe, ANN)
        assert time.monotonic() - began < 9

    assert count(probe, ANN).data == {"total": 1}


def test_the_processes_environment_changes_nothing_about_the_store(
    open_probe: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library reads its settings there; each of these would bring back something that was found to harm."""
    for name, value in {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y",
        "POSTGRES_LOCK_TIMEOUT": "0",
        "IS_SNAPSHOTTING_ENABLED": "y",
        "AGGREGATE_CACHE_MAXSIZE": "100",
        "MAPPER_TOPIC": "eventsourcing.persistence:Mapper",
    }.items():
        monkeypatch.setenv(name, value)
    probe = open_probe()
    open_tally(probe, ANN)

    assert type(probe.application.recorder) is Log
    assert type(probe.application.mapper) is SealingMapper
    assert probe.application.repository.cache is None
    assert probe.application.snapshots is None


def test_a_command_survives_connections_that_the_server_dropped(probe: Wiring) -> None:
    if probe.stores.log.database.is_sqlite:
        return  # there is no server
    open_tally(probe, ANN)
    with probe.stores.read.writing() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    assert count(probe, ANN, 5).data == {"total": 5}


def test_the_worker_is_woken_after_each_commit_and_not_for_repetitions(probe: Wiring) -> None:
    heads: list[int] = []
    probe.application.on_stored = lambda: heads.append(probe.stores.log.head()[1])
    open_tally(probe, ANN, key="open")
    open_tally(probe, ANN, key="open")
    count(probe, ANN, 5)

    assert heads == [1, 2]


def test_a_batch_is_stored_in_one_transaction(probe: Wiring) -> None:
    answers = probe.application.execute_batch(
        [
            (OpenTally(ANN, ACAS, BY), fresh_key()),
            (OpenTally(BEN, ACAS, BY), fresh_key()),
            (Count(ANN, 3, BY), fresh_key()),
            (Count(ANN, 4, BY), fresh_key()),
        ]
    )

    assert _data(answers)[2:] == [{"total": 3}, {"total": 7}]
    assert {answer.position for answer in answers if isinstance(answer, Answer)} == {4}
    assert tally(probe, ANN).total == 7


def test_a_batch_that_is_repeated_changes_nothing(probe: Wiring) -> None:
    items = [(OpenTally(ANN, ACAS, BY), fresh_key()), (Count(ANN, 3, BY), fresh_key())]
    first = probe.application.execute_batch(items)

    again = probe.application.execute_batch(items)

    assert _data(again) == _data(first)
    assert all(isinstance(answer, Answer) and answer.repeated for answer in again)
    assert tally(probe, ANN).total == 3


def test_a_key_twice_in_a_batch_counts_once(probe: Wiring) -> None:
    open_tally(probe, ANN)
    key = fresh_key()

    answers = probe.application.execute_batch(
        [(Count(ANN, 3, BY), key), (Count(ANN, 1, BY), fresh_key()), (Count(ANN, 3, BY), key)]
    )

    assert _data(answers) == [{"total": 3}, {"total": 4}, {"total": 3}]
    assert tally(probe, ANN).total == 4


def test_a_key_twice_in_a_batch_for_different_commands_refuses_the_second(probe: Wiring) -> None:
    open_tally(probe, ANN)
    key = fresh_key()

    answers = probe.application.execute_batch([(Count(ANN, 3, BY), key), (Count(ANN, 4, BY), key)])

    assert _data(answers) == [{"total": 3}, "key-reused"]


def test_a_refusal_in_a_batch_leaves_the_others(probe: Wiring) -> None:
    open_tally(probe, ANN)

    answers = probe.application.execute_batch(
        [(Count(ANN, 3, BY), fresh_key()), (Count(BEN, 1, BY), fresh_key()), (Count(ANN, 4, BY), fresh_key())]
    )

    assert _data(answers) == [{"total": 3}, "refused", {"total": 7}]
    assert tally(probe, ANN).total == 7


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_a_refused_handler_had_recorded_does_not_slip_into_the_batch(probe: Wiring, place: int) -> None:
    """A handler that records first and refuses then shares its aggregate with the others of the batch."""
    open_tally(probe, ANN)
    items: list[tuple[Any, CommandKey]] = [(Count(ANN, 3, BY), fresh_key()), (Count(ANN, 4, BY), fresh_key())]
    items.insert(place, (Muddle(ANN, 1000, BY), fresh_key()))

    answers = probe.application.execute_batch(items)

    expected: list[Any] = [{"total": 3}, {"total": 7}]
    expected.insert(place, "refused")
    assert _data(answers) == expected
    assert tally(probe, ANN).total == 7


def test_what_a_refused_handler_had_recorded_does_not_slip_into_a_later_command(probe: Wiring) -> None:
    open_tally(probe, ANN)
    with pytest.raises(RefusedError):
        probe.application.execute(Muddle(ANN, 1000, BY), fresh_key())

    assert count(probe, ANN, 1).data == {"total": 1}


def test_a_batch_that_loses_a_race_is_done_one_at_a_time(
    probe: Wiring, open_probe: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in (ANN, BEN):
        open_tally(probe, who)
    other = open_probe()
    monkeypatch.setattr(probe.stores.log, "insert_events", Overtaken(probe.stores.log, lambda: count(other, ANN, 2)))

    answers = probe.application.execute_batch(
        [(Count(ANN, 3, BY), fresh_key()), (Count(CAT, 1, BY), fresh_key()), (Count(BEN, 4, BY), fresh_key())]
    )

    assert _data(answers) == [{"total": 5}, "refused", {"total": 4}]
    assert tally(probe, ANN).total == 5


def test_a_batch_whose_answer_was_lost_is_not_stored_twice(probe: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    open_tally(probe, ANN)
    monkeypatch.setattr(probe.stores.log, "insert_events", LosesAnswers(probe.stores.log))

    answers = probe.application.execute_batch([(Count(ANN, 3, BY), fresh_key()), (Count(ANN, 4, BY), fresh_key())])

    assert _data(answers) == [{"total": 3}, {"total": 7}]
    assert tally(probe, ANN).total == 7


def test_an_erased_person_in_a_batch_is_refused_and_leaves_the_others(probe: Wiring) -> None:
    for who in (ANN, BEN):
        open_tally(probe, who)
    probe.keys.destroy(ANN)

    answers = probe.application.execute_batch(
        [(Count(ANN, 3, BY, note="private"), fresh_key()), (Count(BEN, 4, BY, note="private"), fresh_key())]
    )

    assert _data(answers) == ["erased", {"total": 4}]
    with pytest.raises(ErasedError):
        count(probe, ANN, 1, note="private")


def test_aggregates_that_were_read_together_are_the_ones_that_the_batch_changed(probe: Wiring) -> None:
    """What one command of a batch read with others is what the next one finds, and the other way round."""
    application = probe.application
    for who in (ANN, BEN):
        open_tally(probe, who)
    ids = [Tally.id_for(who) for who in (ANN, BEN, CAT)]
    with application._unit_of_work():
        first = application.load_many(Tally, ids)
        again = application.load_many(Tally, ids)
        one = application.load(Tally, Tally.id_for(ANN))

    assert set(first) == set(ids[:2])
    assert one is first[ids[0]]
    assert again[ids[1]] is first[ids[1]]
    assert application.load_many(Tally, ids)[ids[0]] is not one


def test_an_identifier_of_another_kind_of_aggregate_is_a_mistake_of_the_program(probe: Wiring) -> None:
    open_tally(probe, ANN)

    with pytest.raises(TypeError):
        probe.application.load(Echo, Tally.id_for(ANN))
    with pytest.raises(TypeError):
        probe.application.load_many(Echo, [Tally.id_for(ANN)])


def test_an_empty_batch_has_no_answers(probe: Wiring) -> None:
    assert probe.application.execute_batch([]) == []


def test_the_digest_of_a_command_is_the_same_for_ever() -> None:
    command = Count(person="ann", amount=3, by="hr", note="café")

    assert command_digest(command) == "74435a0c71bd419257cdad2956471a0d98efd2dd90132012e687e0202b52d9c4"
    assert command_digest(NameTally("ann", "x", "hr")) != command_digest(Muddle("ann", 0, "hr"))


@dataclass(frozen=True)
class OnADay:
    """A command with a date and parts."""

    day: date
    parts: tuple[str, ...] = ()


def test_what_is_stored_of_a_command_confirms_no_guess_of_what_was_typed(probe: Wiring) -> None:
    open_tally(probe, ANN)
    typed = NameTally(ANN, "back at noon", BY)
    key = fresh_key()
    probe.application.execute(typed, key)
    (record,) = probe.stores.log.find_keys([(key.scope, key.key)]).values()
    assert record.digest != command_digest(typed)
    assert len(record.digest) == 64
    assert probe.application.execute(typed, key).repeated
    with pytest.raises(KeyReusedError):
        probe.application.execute(NameTally(ANN, "back at one", BY), key)


def test_the_digest_of_a_command_tells_a_date_from_another() -> None:
    assert command_digest(OnADay(date(2026, 3, 2))) != command_digest(OnADay(date(2026, 3, 3)))
    assert command_digest(OnADay(date(2026, 3, 2), ("am",))) != command_digest(OnADay(date(2026, 3, 2), ("pm",)))
    assert command_digest(OnADay(date(2026, 3, 2))) == command_digest(OnADay(date(2026, 3, 2)))


def _data(answers: list[Answer | CarersError]) -> list[Any]:
    return [answer.data if isinstance(answer, Answer) else answer.code_ for answer in answers]
