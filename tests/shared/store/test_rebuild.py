"""Rebuilt equals live byte for byte; pages are served meanwhile; nothing that arrives meanwhile is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import exc, func, inspect, select, update

from shared.runtime.wiring import Wiring
from shared.store.parking import retry
from shared.store.projector import Projector
from shared.store.rebuild import PAGE, Rebuilt, Sources, digests, rebuild
from shared.store.rows import Rows
from shared.store.subscriptions import Projection, RowEffect, Subscription
from shared.store.tables import read_models
from tests.shared.bus.receiving import HEAR, Poisoned, heard_places, inbox_of, states, subscribed
from tests.shared.probe.consumed import ECHO, heard_of
from tests.shared.probe.domain import Tally
from tests.shared.probe.read import projected
from tests.shared.probe.read.tables import heard, tallies
from tests.shared.probe.source import Source
from tests.shared.probe.stories import backlog, count, open_tally, person
from tests.shared.probe.substrates import Opened
from tests.support import project

ANN, BEN = person(1), person(2)


class Meanwhile:
    """An own-log effect that lets something else happen once, when the rebuild comes to it."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens = happens
        self.happened = False

    def __call__(self, rows: Rows, events: Sequence[dict[str, Any]]) -> None:
        """Fold, and let it happen."""
        projected.opened(rows, events)
        if not self.happened and rows[tallies] is not tallies:
            self.happened = True
            rows.connection.commit() if rows.connection.dialect.name == "sqlite" else None
            self._happens()


@pytest.fixture
def source() -> Source:
    """Something published about Ann and Ben."""
    source = Source()
    for _ in range(3):
        source.publish(ANN)
        source.publish(BEN)
    return source


def test_rebuilt_equals_live_byte_for_byte(probe: Wiring, source: Source) -> None:
    backlog(probe, persons=300, each=4)
    project(probe)
    inbox_of(probe, source).receive([source.message()])
    live = _digests(probe)

    done = _rebuild(probe)

    assert done == Rebuilt(events=probe.stores.log.head()[1] - 8 + 6, rows=302, differing=())
    assert _digests(probe) == live
    assert live["tallies"][0] == 300
    assert live["heard"][0] == 2


def test_what_was_damaged_is_put_right_and_told(probe: Wiring, source: Source) -> None:
    open_tally(probe, ANN)
    project(probe)
    inbox_of(probe, source).receive([source.message()])
    live = _digests(probe)
    with probe.stores.read.writing() as connection:
        connection.execute(update(tallies).values(total=99))
        connection.execute(heard.delete())

    assert _rebuild(probe).differing == ("heard", "tallies")

    assert _digests(probe) == live
    assert _rebuild(probe).differing == ()


def test_a_rebuild_does_no_command_and_sends_nothing_again(probe: Wiring, source: Source) -> None:
    inbox_of(probe, source, subscribed(heard_of, HEAR)).receive([source.message()])
    head = probe.stores.log.head()

    _rebuild(probe)

    assert probe.stores.log.head() == head


def test_what_is_parked_held_or_unknown_is_in_the_rebuilt_rows_as_little_as_in_the_live_ones(
    probe: Wiring, source: Source
) -> None:
    source.publish(ANN, type="carers.probe.sung.v1")
    subscription = subscribed(Poisoned(places={1}))
    inbox_of(probe, source, subscription).receive([source.message()])
    assert set(states(probe).values()) == {"trying", "held", "applied", "unknown"}

    assert _rebuild(probe, subscription).differing == ()

    assert heard_places(probe) == {BEN: [2, 4, 6]}


def test_pages_are_served_and_always_whole_while_rebuilding(probe: Wiring, open_probe: Opened) -> None:
    backlog(probe, persons=400, each=4)
    project(probe)
    reader, wrong, looks, done = open_probe(), [], [0], threading.Event()

    def look() -> None:
        while not done.is_set():
            with reader.reading() as connection:
                rows, total = connection.execute(select(func.count(), func.sum(tallies.c.total))).one()
            looks[0] += 1
            if (rows, total) != (400, 4000):
                wrong.append((rows, total))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        for _ in range(3):
            _rebuild(probe)
    finally:
        done.set()
        thread.join()

    assert not wrong
    assert looks[0] > 3


def test_a_rebuild_that_was_killed_leaves_live_alone_and_its_leftovers_are_dropped(probe: Wiring) -> None:
    open_tally(probe, ANN)
    project(probe)
    live = _digests(probe)

    def killed(_rows: Rows, _events: Sequence[dict[str, Any]]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _rebuild(probe, projection=Projection({Tally.Opened.TOPIC: killed}))
    assert [name for name in _tables(probe) if "__r" in name]
    assert _digests(probe) == live

    _rebuild(probe)

    assert [name for name in _tables(probe) if "__r" in name] == []
    assert _digests(probe) == live


def test_rebuilds_can_be_repeated(probe: Wiring) -> None:
    open_tally(probe, ANN)
    project(probe)
    with probe.reading() as connection:
        before = connection.execute(select(read_models.c.rebuilds)).scalar_one()

    for _ in range(3):
        assert _rebuild(probe).differing == ()

    with probe.reading() as connection:
        assert connection.execute(select(read_models.c.rebuilds)).scalar_one() == before + 3
        indexes = inspect(connection).get_indexes("tallies")
    assert [index["column_names"] for index in indexes] == [["organisation"]]


def test_own_events_that_arrive_during_a_rebuild_are_not_lost(probe: Wiring, open_probe: Opened) -> None:
    open_tally(probe, ANN)
    project(probe)
    other = open_probe()

    def more() -> None:
        open_tally(other, BEN)
        count(other, ANN, 7)
        project(other)

    _while_rebuilding(probe, more)

    with probe.reading() as connection:
        assert dict(connection.execute(select(tallies.c.person, tallies.c.total)).all()) == {ANN: 7, BEN: 0}


def test_received_events_that_arrive_during_a_rebuild_are_not_lost(
    probe: Wiring, open_probe: Opened, source: Source
) -> None:
    open_tally(probe, ANN)
    project(probe)
    other = open_probe()
    inbox_of(other, source).receive([source.message(1, 2)])

    _while_rebuilding(probe, lambda: inbox_of(other, source).ask())

    assert heard_places(probe) == {ANN: [1, 3, 5], BEN: [2, 4, 6]}
    assert _rebuild(probe).differing == ()


def test_an_event_that_is_mended_behind_a_rebuild_is_not_lost(
    probe: Wiring, open_probe: Opened, source: Source
) -> None:
    """The rebuild has passed the place of a failed event when the worker applies it."""
    for number in range(PAGE):
        source.publish(person(number))
    other = open_probe()
    poison = Poisoned(places={1})
    inbox = inbox_of(other, source, subscribed(poison))
    inbox.receive([source.message()])
    poison.places.clear()
    calls: list[int] = []

    def mended_behind(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
        heard_of(rows, events)
        calls.append(len(events))
        if len(calls) == 2:  # the second page
            _release(rows)
            retry(other.stores.read, f"{ECHO}:1")
            assert inbox.retry() > 0

    done = _rebuild(probe, subscribed(mended_behind))

    assert heard_places(probe)[ANN][:4] == [1, 3, 5, 8]
    assert set(states(probe).values()) == {"applied"}
    assert done.differing == ()
    assert _rebuild(probe).differing == ()


def test_what_is_withdrawn_behind_a_rebuild_does_not_come_back(
    probe: Wiring, open_probe: Opened, source: Source
) -> None:
    for number in range(PAGE):
        source.publish(person(number))
    inbox = inbox_of(open_probe(), source, subscribed(heard_of), refold=lambda: None)
    inbox.receive([source.message()])
    calls: list[int] = []

    def withdrawn_behind(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
        heard_of(rows, events)
        calls.append(len(events))
        if len(calls) == 2:
            _release(rows)
            source.restore(2)
            inbox.ask()

    _rebuild(probe, subscribed(withdrawn_behind))

    assert heard_places(probe) == {ANN: [1], BEN: [2]}


def test_a_worker_that_goes_on_all_the_while_loses_nothing(open_probe: Opened) -> None:
    """Inbox and projector go on in another process while the tables are switched under them."""
    worker, rebuilder = open_probe(), open_probe()
    source = Source()
    for number in range(900):
        source.publish(person(number % 5))
    backlog(worker, persons=300, each=4)
    inbox = inbox_of(worker, source, subscribed(heard_of))
    projector = Projector(worker.stores, worker.own, "probe", worker.projection, worker.application.history)
    steps: list[Callable[[], object]] = [
        lambda start=start: inbox.receive([source.message(*range(start, start + 30))])  # type: ignore[misc]
        for start in range(1, 901, 30)
    ]
    steps[10:10] = steps[20:20] = [projector.step]
    trouble: list[BaseException] = []

    def work() -> None:
        try:
            for step in steps:
                _patiently(step)
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    rebuilds = 0
    while thread.is_alive() or not rebuilds:
        _rebuild(rebuilder, subscribed(heard_of))
        rebuilds += 1
        thread.join(0.2)

    assert not trouble
    assert heard_places(rebuilder) == {person(number): source.positions(person(number)) for number in range(5)}
    with rebuilder.reading() as connection:
        assert connection.execute(select(func.count(), func.sum(tallies.c.total))).one() == (300, 3000)
    assert _rebuild(rebuilder, subscribed(heard_of)).differing == ()


def _patiently(step: Callable[[], object]) -> None:
    """As the worker does: what the database could not take is tried again after a pause."""
    deadline = time.monotonic() + 60
    while True:
        try:
            step()
        except exc.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return


def _while_rebuilding(probe: Wiring, happens: Callable[[], object]) -> None:
    """Rebuild, and let something happen after the first page was folded."""
    meanwhile = Meanwhile(happens)
    effects: dict[str, RowEffect] = {**probe.projection.effects, Tally.Opened.TOPIC: meanwhile}
    _rebuild(probe, projection=Projection(effects))
    assert meanwhile.happened


def _release(rows: Rows) -> None:
    """On SQLite a second writer would wait for this transaction: end the page here, it is folded already."""
    if rows.connection.dialect.name == "sqlite":
        rows.connection.commit()


def _rebuild(probe: Wiring, subscription: Subscription | None = None, projection: Projection | None = None) -> Rebuilt:
    subscriptions = (subscription,) if subscription else probe.subscriptions
    sources = Sources("probe", probe.own, projection or probe.projection, subscriptions)
    return rebuild(probe.stores, probe.models, sources, probe.application.history)


def _digests(probe: Wiring) -> dict[str, tuple[int, str]]:
    with probe.reading() as connection:
        return digests(connection, probe.models)


def _tables(probe: Wiring) -> list[str]:
    with probe.reading() as connection:
        return inspect(connection).get_table_names()
