"""A log restored from a backup, beside a read side that is newer, older or lost: in the end the two agree."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from shared.bus.inbox import Inbox
from shared.bus.relay import Relay
from shared.contracts.wire import decode_batch
from shared.kernel.errors import UnavailableError
from shared.runtime.wiring import Wiring
from shared.store.leases import Lease, is_held
from shared.store.projector import Projector
from shared.store.rebuild import rebuild
from shared.store.received import APPLIED, HELD, bookmark
from shared.store.tables import bookmarks, received, relays
from tests.shared.bus.receiving import echo_places, heard_places, inbox_of, place_of, set_aside, states
from tests.shared.probe.read.tables import tallies
from tests.shared.probe.source import Source
from tests.shared.probe.stories import count, open_tally, person
from tests.support import forget_received, project, take_back

PERSONS = ANN, BEN, CAT = person(1), person(2), person(3)


def test_lists_that_show_more_than_the_restored_log_are_refolded(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3)
    project(probe)
    take_back(probe, 1)
    probe.stores.log.begin_epoch()
    count(probe, ANN, 5)
    count(probe, ANN, 6)
    projector = _projector(probe, healing=True)

    while projector.step():
        pass

    assert _totals(probe) == {ANN: 11}
    assert _own_place(probe) == (probe.stores.log.head()[0], 3)


def test_a_running_projector_notices_a_new_epoch_whose_log_is_shorter(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3)
    projector = _projector(probe, healing=True)
    while projector.step():
        pass
    take_back(probe, 1)
    probe.stores.log.begin_epoch()

    while projector.step():
        pass

    assert _totals(probe) == {ANN: 0}
    assert _own_place(probe) == (probe.stores.log.head()[0], 1)


def test_nothing_is_folded_over_a_log_that_was_restored_and_nobody_said_so(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3)
    project(probe)
    take_back(probe, 1)

    with pytest.raises(UnavailableError, match="carers restored probe") as refused:
        _projector(probe, healing=True).step()

    assert refused.value.code_ == "log-restored"
    health = probe.health()
    assert not health.ready
    assert "carers restored probe" in health.why
    assert not health.caught_up


def test_a_projector_that_cannot_heal_says_so_and_folds_nothing(probe: Wiring) -> None:
    open_tally(probe, ANN)
    project(probe)
    probe.stores.log.begin_epoch()
    count(probe, ANN, 3)

    with pytest.raises(UnavailableError, match="carers restored probe"):
        _projector(probe, healing=False).step()

    assert _totals(probe) == {ANN: 0}


def test_where_nothing_is_lost_nothing_is_refolded(probe: Wiring) -> None:
    open_tally(probe, ANN)
    project(probe)
    count(probe, ANN, 3)
    epoch = probe.stores.log.begin_epoch()

    healed = probe.heal()

    assert (healed.again, healed.rebuilt) == (0, False)
    assert _own_place(probe) == (epoch, 1)
    project(probe)
    assert _totals(probe) == {ANN: 3}


def test_commands_that_the_restored_log_does_not_know_are_made_again_in_their_order(probe: Wiring) -> None:
    source = Source()
    inbox = inbox_of(probe, source)
    for who in (ANN, BEN):
        source.publish(who)
    inbox.ask()
    _, known = probe.stores.log.head()
    for who in (ANN, CAT, ANN):
        source.publish(who)
    inbox.ask()
    take_back(probe, known)
    probe.stores.log.begin_epoch()
    assert echo_places(probe, ANN) == [1]

    assert probe.heal().again == 3

    assert states(probe) == {1: APPLIED, 2: APPLIED, 3: HELD, 4: HELD, 5: HELD}
    assert heard_places(probe) == {ANN: [1], BEN: [2]}
    inbox.retry()
    assert heard_places(probe) == {ANN: [1, 3, 5], BEN: [2], CAT: [4]}
    assert (echo_places(probe, ANN), echo_places(probe, CAT)) == ([1, 3, 5], [4])
    assert set_aside(probe) == []


def test_an_exception_whose_command_is_lost_with_the_restored_log_is_none_any_more(probe: Wiring) -> None:
    source = Source()
    inbox = inbox_of(probe, source)
    source.publish(ANN)
    inbox.ask()
    _, known = probe.stores.log.head()
    source.publish(ANN)
    source.publish(BEN)
    inbox.ask()
    source.restore(1)
    inbox.ask()
    assert [each.position for each in set_aside(probe)] == [2, 3]

    take_back(probe, known)
    probe.stores.log.begin_epoch()
    probe.heal()

    assert set_aside(probe) == []


def test_a_kill_on_the_way_begins_all_of_it_again(probe: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source()
    open_tally(probe, ANN)
    source.publish(BEN)
    inbox = inbox_of(probe, source)
    inbox.ask()
    project(probe)
    take_back(probe, 1)
    epoch = probe.stores.log.begin_epoch()

    with monkeypatch.context() as planted:
        planted.setattr("shared.store.restored.rebuild", _killed)
        with pytest.raises(KeyboardInterrupt):
            probe.heal()
    assert _own_place(probe)[0] != epoch

    assert probe.heal().rebuilt
    inbox.retry()
    project(probe)
    assert _own_place(probe) == (epoch, probe.stores.log.head()[1])
    assert (heard_places(probe), echo_places(probe, BEN)) == ({BEN: [1]}, [1])


def test_a_kill_before_the_lists_are_refolded_doubles_nothing(probe: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events wait already to be applied again, and the lists show them still."""
    source = Source()
    source.publish(BEN)
    inbox = inbox_of(probe, source)
    inbox.ask()
    take_back(probe, 0)
    probe.stores.log.begin_epoch()
    with monkeypatch.context() as planted:
        planted.setattr("shared.store.restored.rebuild", _killed)
        with pytest.raises(KeyboardInterrupt):
            probe.heal()
    assert heard_places(probe) == {BEN: [1]}

    probe.heal()
    inbox.retry()

    assert (heard_places(probe), echo_places(probe, BEN)) == ({BEN: [1]}, [1])


def test_what_the_relay_had_not_published_at_the_backup_is_published_after_the_restore(probe: Wiring) -> None:
    sent: list[str] = []
    open_tally(probe, ANN)
    _publish(probe, sent)
    with probe.stores.log.database.reading() as connection:
        backup = connection.execute(select(relays)).mappings().one()
    count(probe, ANN, 2)
    first, known = probe.stores.log.head()
    count(probe, ANN, 3)
    _publish(probe, sent)

    take_back(probe, known)
    with probe.stores.log.database.writing() as connection:
        connection.execute(update(relays).values(dict(backup)))
    second = probe.stores.log.begin_epoch()
    count(probe, ANN, 4)
    again: list[str] = []
    _publish(probe, again)

    assert sent == [f"{first}:1", f"{first}:2", f"{first}:3"]
    assert again == [f"{first}:2", f"{second}:3"]


def test_a_relay_whose_place_lies_ahead_of_its_log_begins_anew(probe: Wiring) -> None:
    sent: list[str] = []
    open_tally(probe, ANN)
    count(probe, ANN, 2)
    _publish(probe, sent)
    first, _ = probe.stores.log.head()
    take_back(probe, 1)
    second = probe.stores.log.begin_epoch()
    count(probe, ANN, 3)

    again: list[str] = []
    _publish(probe, again)

    assert again == [f"{first}:1", f"{second}:2"]


def test_a_new_epoch_takes_the_lease_from_whoever_held_it_at_the_backup(probe: Wiring) -> None:
    old = Lease(probe.stores.log.database, "probe")
    place = old.hold()
    assert place is not None
    assert is_held(probe.stores.log.database)

    probe.stores.log.begin_epoch()

    assert not is_held(probe.stores.log.database)
    assert Lease(probe.stores.log.database, "probe").hold() is not None


@pytest.mark.parametrize("beside", ["newer", "older", "lost"])
@pytest.mark.parametrize("seed", range(6))
def test_whichever_is_older_log_and_read_side_agree_in_the_end(probe: Wiring, beside: str, seed: int) -> None:
    rng = random.Random(f"{beside}/{seed}")
    source = Source()
    inbox = inbox_of(probe, source)
    heads = [0]
    reads = [_snapshot(probe)]
    for _ in range(3):
        for _ in range(15):
            _step(rng.choice(["own", "own", "publish", "publish", "ask", "project"]), rng, probe, inbox, source)
            heads.append(probe.stores.log.head()[1])
        reads.append(_snapshot(probe))
        back_to = rng.choice(heads)
        take_back(probe, back_to)
        heads = [head for head in heads if head <= back_to]
        if beside == "older":
            _put_back(probe, rng.choice(reads))
        elif beside == "lost":
            forget_received(probe)
        probe.stores.log.begin_epoch()
        probe.heal()
        inbox.ask()
        while inbox.retry():
            pass
    project(probe)
    inbox.ask()

    assert heard_places(probe) == {who: source.positions(who) for who in PERSONS if source.positions(who)}
    assert {who: echo_places(probe, who) for who in PERSONS} == {who: source.positions(who) for who in PERSONS}
    assert place_of(probe)[1] == max(source.positions(), default=0)
    project(probe)
    assert _own_place(probe) == probe.stores.log.head()
    assert rebuild(probe.stores, probe.models, probe.sources(), probe.application.history).differing == ()
    assert set_aside(probe) == []


def _step(what: str, rng: random.Random, probe: Wiring, inbox: Inbox, source: Source) -> None:
    who = rng.choice(PERSONS)
    if what == "own":
        open_tally(probe, who)
        count(probe, who, rng.randint(1, 9))
    elif what == "publish":
        source.publish(who)
    elif what == "ask":
        inbox.ask()
    else:
        project(probe)


def _killed(*_: Any) -> None:
    raise KeyboardInterrupt


def _projector(probe: Wiring, *, healing: bool) -> Projector:
    heal = probe.heal if healing else None
    return Projector(probe.stores, probe.own, "probe", probe.projection, probe.application.history, heal)


def _publish(probe: Wiring, sent: list[str]) -> None:
    """Publish to the end as a worker does that starts and stops."""
    lease = Lease(probe.stores.log.database, "probe")
    relay = Relay(
        probe.outbox,
        lease,
        lambda messages: sent.extend(event["id"] for message in messages for event in decode_batch(message)),
    )
    while relay.step():
        pass
    lease.release()


def _totals(probe: Wiring) -> dict[str, int]:
    with probe.reading() as connection:
        return {row.person: row.total for row in connection.execute(select(tallies))}


def _own_place(probe: Wiring) -> tuple[str, int]:
    with probe.reading() as connection:
        return bookmark(connection, probe.own, "probe")


def _snapshot(probe: Wiring) -> dict[Any, list[dict[str, Any]]]:
    """A backup of the read side."""
    tables = (received, bookmarks, *probe.models.metadata.tables.values())
    with probe.reading() as connection:
        return {table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables}


def _put_back(probe: Wiring, backup: dict[Any, list[dict[str, Any]]]) -> None:
    forget_received(probe)
    with probe.stores.read.writing() as connection:
        for table, rows in backup.items():
            if rows:
                connection.execute(insert(table), rows)
