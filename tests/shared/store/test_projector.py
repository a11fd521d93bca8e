"""A service's view of its own log, followed without the bus."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from shared.runtime.wiring import Wiring
from shared.store.projector import PAGE, Projector, runs
from shared.store.received import bookmark
from tests.shared.probe.commands import Hear, NameTally
from tests.shared.probe.domain import Tally
from tests.shared.probe.read.projected import PROJECTED, counted, opened
from tests.shared.probe.read.tables import tallies
from tests.shared.probe.stories import BY, backlog, count, fresh_key, open_tally, person
from tests.shared.probe.substrates import Opened
from tests.support import project

ANN, BEN, CAT = person(1), person(2), person(3)


def test_the_own_log_is_folded_in_order(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN, 3)
    probe.application.execute(NameTally(ANN, "first", BY), fresh_key())
    probe.application.execute(NameTally(ANN, "last", BY), fresh_key())

    assert _projector(probe).step() == 4
    assert _projector(probe).step() == 0

    assert _rows(probe) == {ANN: (3, "last")}
    assert not probe.catch_up(5)
    assert probe.catch_up(4)
    assert probe.catch_up(0)


def test_a_log_longer_than_a_page_is_folded_page_by_page(probe: Wiring) -> None:
    total = backlog(probe, persons=450, each=4)
    projector = _projector(probe)

    covered = []
    while step := projector.step():
        covered.append(step)

    assert covered == [PAGE, PAGE, total - 2 * PAGE]
    assert _rows(probe) == {person(number): (10, "") for number in range(450)}


def test_events_of_no_effect_are_passed_over(probe: Wiring) -> None:
    probe.application.execute(Hear(ANN, "acas", "e:1"), fresh_key())

    assert _projector(probe).step() == 2
    assert probe.catch_up(2)
    assert _rows(probe) == {}


def test_of_workers_that_follow_the_same_log_each_page_is_folded_once(open_probe: Opened) -> None:
    probes = [open_probe() for _ in range(4)]
    backlog(probes[0], persons=600, each=4)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(project, probes))

    assert _rows(probes[0]) == {person(number): (10, "") for number in range(600)}


def test_a_page_is_folded_and_its_place_kept_in_one_transaction(probe: Wiring) -> None:
    open_tally(probe, ANN)
    project(probe)
    with probe.reading() as connection:
        epoch, position = bookmark(connection, "probe.own", "probe")

    assert (epoch, position) == (probe.stores.log.head()[0], 1)


def test_events_of_one_effect_are_one_run_but_never_before_an_earlier_one_of_the_same_person() -> None:
    told = [
        (Tally.Opened.TOPIC, ANN),
        (Tally.Opened.TOPIC, BEN),
        (Tally.Counted.TOPIC, ANN),
        (Tally.Opened.TOPIC, ANN),
        (Tally.Opened.TOPIC, CAT),
    ]
    events = [
        {"topic": topic, "person": person, "organisation": "", "position": position}
        for position, (topic, person) in enumerate(told, start=1)
    ]

    assert [(effect, [event["position"] for event in run]) for effect, run in runs(events, PROJECTED)] == [
        (opened, [1, 2, 5]),
        (counted, [3]),
        (opened, [4]),
    ]


def _projector(probe: Wiring) -> Projector:
    return Projector(probe.stores, probe.own, "probe", probe.projection, probe.application.history)


def _rows(probe: Wiring) -> dict[str, tuple[int, str]]:
    with probe.reading() as connection:
        return {row.person: (row.total, row.label) for row in connection.execute(select(tallies))}
