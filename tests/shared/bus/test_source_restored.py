"""A source that was restored from a backup, once or again and again: what is received follows, nothing is undone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from shared.contracts.wire import decode_batch
from shared.kernel.errors import InvalidError, NotFoundError
from shared.runtime.wiring import Wiring
from shared.store.parking import dismiss, retry, show
from shared.store.rebuild import rebuild
from shared.store.received import APPLIED
from shared.store.tables import command_keys, received
from tests.shared.bus.receiving import HEAR, echo_places, heard_places, inbox_of, place_of, set_aside
from tests.shared.probe.consumed import ECHO
from tests.shared.probe.domain import Echo
from tests.shared.probe.source import Source
from tests.shared.probe.stories import person
from tests.support import forget_received

PERSONS = ANN, BEN, CAT = person(1), person(2), person(3)


@pytest.fixture
def source() -> Source:
    """Ann, Ben, Ann, Ben."""
    source = Source()
    for who in (ANN, BEN, ANN, BEN):
        source.publish(who)
    return source


def test_what_was_done_because_of_a_withdrawn_event_is_listed(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(2)
    source.publish(CAT)

    with capture_logs() as logs:
        inbox.ask()
        inbox.ask()

    first, second = set_aside(probe)
    assert [(each.position, each.state, each.type) for each in (first, second)] == [
        (3, "exception", "carers.probe.counted.v1"),
        (4, "exception", "carers.probe.counted.v1"),
    ]
    assert first.name == f"{ECHO}:3@epoch-1"
    assert first.error == f"recorded at position {_recorded_at(probe, 3)} of the own log"
    assert [line["exceptions"] for line in logs if line["event"] == "exceptions-listed"] == [2]
    assert echo_places(probe, ANN) == [1, 3], "what was done stays done"
    assert [figure.exceptions for figure in probe.figures() if figure.subscription == ECHO] == [2]
    assert [each.exceptions for each in probe.health().sources] == [0, 2]


def test_an_exception_is_shown_and_dismissed_apart_from_what_has_its_position_now(
    probe: Wiring, source: Source
) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(3)
    source.publish(CAT, type="carers.probe.sung.v1")
    inbox.ask()
    exception, unknown = sorted(set_aside(probe), key=lambda each: each.name, reverse=True)
    assert (exception.state, unknown.state, exception.position, unknown.position) == ("exception", "unknown", 4, 4)

    assert show(probe.stores.read, exception.name)["event"]["id"] == "epoch-1:4"
    assert show(probe.stores.read, unknown.name)["event"]["id"] == "epoch-2:4"
    with pytest.raises(NotFoundError):
        retry(probe.stores.read, exception.name)
    with pytest.raises(InvalidError):
        dismiss(probe.stores.read, exception.name, " ")
    dismiss(probe.stores.read, exception.name, "put right by hand")

    assert [each.name for each in set_aside(probe)] == [unknown.name]
    with pytest.raises(NotFoundError):
        dismiss(probe.stores.read, exception.name, "again")
    assert show(probe.stores.read, exception.name)["state"] == "withdrawn"


def test_a_dismissed_exception_is_not_listed_again_by_the_next_epoch(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(3)
    inbox.ask()
    [exception] = set_aside(probe)
    dismiss(probe.stores.read, exception.name, "put right by hand")

    source.restore(2)
    inbox.ask()

    assert [(each.position, each.state) for each in set_aside(probe)] == [(3, "exception")]


def test_what_was_done_just_before_a_kill_and_never_kept_is_listed_too(probe: Wiring, source: Source) -> None:
    """The command was stored, the process ended before the event was, and then the source lost it."""
    inbox = inbox_of(probe, source)
    inbox.receive([source.message(1, 2)])
    inbox._effects._command(HEAR, decode_batch(source.message(3)))
    source.restore(2)

    inbox.ask()

    [exception] = set_aside(probe)
    assert (exception.position, exception.state) == (3, "exception")


def test_a_command_that_recorded_nothing_makes_no_exception(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    with probe.stores.log.database.writing() as connection:
        connection.execute(update(command_keys).where(command_keys.c.key.like("%:4:0")).values(position=0))
    source.restore(2)

    inbox.ask()

    assert [each.position for each in set_aside(probe)] == [3]


def test_a_read_side_that_was_lost_lists_what_its_log_did_because_of_withdrawn_events(
    probe: Wiring, source: Source
) -> None:
    inbox_of(probe, source).receive([source.message()])
    source.restore(3)
    forget_received(probe)

    inbox_of(probe, source).ask()

    assert [each.position for each in set_aside(probe)] == [4]
    assert heard_places(probe) == {ANN: [1, 3], BEN: [2]}
    assert echo_places(probe, ANN) == [1, 3], "no command was made twice"


def test_a_later_backup_after_an_earlier_one_brings_back_what_was_withdrawn(probe: Wiring, source: Source) -> None:
    """The wrong backup was restored first: its epoch is unknown to the right one."""
    right = source.copy()
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(1)
    source.publish(CAT)
    source.publish(CAT)
    inbox.ask()
    assert heard_places(probe) == {ANN: [1], CAT: [2, 3]}

    source.restore(4, right)
    source.publish(BEN)
    inbox.ask()

    assert heard_places(probe) == {ANN: [1, 3], BEN: [2, 4, 5]}
    assert place_of(probe) == ("epoch-3", 5)
    assert echo_places(probe, ANN) == [1, 3], "what was done before is not done again"
    assert [(each.name, each.state) for each in set_aside(probe)] == [
        (f"{ECHO}:2@epoch-2", "exception"),
        (f"{ECHO}:3@epoch-2", "exception"),
    ]


def test_a_subscriber_that_was_away_through_two_restores_keeps_what_both_left(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(2)
    for _ in range(5):
        source.publish(CAT)
    source.restore(6)

    inbox.ask()

    assert heard_places(probe) == {ANN: [1], BEN: [2], CAT: [3, 4, 5, 6]}
    assert place_of(probe) == ("epoch-3", 6)


def test_a_source_that_has_less_than_was_read_and_says_nothing_is_reported_once(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.head = 2
    source._told = source._told[:2]

    with capture_logs() as logs:
        inbox.ask()
        inbox.ask()

    assert [(line["head"], line["read"]) for line in logs if line["event"] == "source-behind"] == [(2, 4)]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_restored_and_lost_the_subscriber_ends_with_what_the_source_has(probe: Wiring, seed: int) -> None:
    rng = random.Random(seed)
    source, backups = Source(), [Source()]
    inbox = inbox_of(probe, source)
    late: list[bytes] = []
    for _ in range(40):
        step = rng.choice(["publish", "publish", "publish", "deliver", "deliver", "ask", "back up", "restore", "lose"])
        if step == "publish":
            source.publish(rng.choice(PERSONS))
        elif step == "deliver" and source.positions():
            late.append(source.message(*rng.sample(source.positions(), rng.randint(1, len(source.positions())))))
            inbox.receive([rng.choice(late)])
        elif step == "ask":
            inbox.ask()
        elif step == "back up":
            backups.append(source.copy())
        elif step == "restore":
            backup = rng.choice([None, *backups])
            source.restore(rng.randint(0, source.head) if backup is None else backup.head, backup)
        elif step == "lose" and rng.random() < 0.3:
            forget_received(probe)
            inbox.ask()  # as every worker does when it starts
    inbox.ask()

    truth = [event["id"] for event in decode_batch(source.message())] if source.positions() else []
    assert _applied(probe) == truth
    assert heard_places(probe) == {who: source.positions(who) for who in PERSONS if source.positions(who)}
    assert rebuild(probe.stores, probe.models, probe.sources(), probe.application.history).differing == ()
    done = [place for who in PERSONS for place in _echoed(probe, who)]
    assert len(done) == len(set(done)), "no command was made twice"
    assert set(truth) <= set(done), "and none was forgotten"
    listed = {_identity(each.name) for each in set_aside(probe)}
    assert listed == set(done) - set(truth), "what was done for nothing is listed, and nothing else"


def _identity(name: str) -> str:
    """An exception's event: its epoch and position."""
    place, _, epoch = name.partition("@")
    return f"{epoch}:{place.rpartition(':')[2]}"


def _applied(probe: Wiring) -> list[str]:
    with probe.reading() as connection:
        rows = connection.execute(
            select(received.c.epoch, received.c.position)
            .where(received.c.state == APPLIED)
            .order_by(received.c.position)
        ).all()
    return [f"{row.epoch}:{row.position}" for row in rows]


def _echoed(probe: Wiring, who: str) -> Sequence[str]:
    echo = probe.application.load(Echo, Echo.id_for(who))
    return echo.places if echo else ()


def _recorded_at(probe: Wiring, position: int) -> int:
    with probe.stores.log.database.reading() as connection:
        key = command_keys.c.key == f"{Source.name}:epoch-1:{position}:0"
        return int(connection.execute(select(command_keys.c.position).where(key)).scalar_one())
