"""Lists as the own log has them, before the worker has folded it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from shared.runtime.wiring import Wiring
from shared.store.ahead import MOST
from shared.store.received import bookmark
from tests.shared.probe.read.tables import tallies
from tests.shared.probe.stories import backlog, count, open_tally, person
from tests.support import project

ANN, BEN = person(1), person(2)


def test_what_the_worker_has_not_folded_is_shown_and_nothing_of_it_stays(probe: Wiring) -> None:
    open_tally(probe, ANN)
    project(probe)
    count(probe, ANN, 3)
    open_tally(probe, BEN)

    with probe.ahead().reading() as connection:
        assert _counts(connection) == {ANN: 3, BEN: 0}

    with probe.reading() as connection:
        assert _counts(connection) == {ANN: 0}
    assert not probe.catch_up(2)
    project(probe)
    with probe.reading() as connection:
        assert _counts(connection) == {ANN: 3, BEN: 0}


def test_a_look_that_fails_leaves_nothing_behind_either(probe: Wiring) -> None:
    open_tally(probe, ANN)
    with pytest.raises(ZeroDivisionError):
        _fail_ahead(probe)
    with probe.reading() as connection:
        assert _counts(connection) == {}
    project(probe)
    with probe.reading() as connection:
        assert _counts(connection) == {ANN: 0}


def test_a_long_backlog_is_looked_at_up_to_a_bound(probe: Wiring) -> None:
    backlog(probe, persons=450, each=4)
    with probe.ahead().reading() as connection:
        assert len(_counts(connection)) == MOST // 5
        assert bookmark(connection, probe.own, probe.service.name) == ("", 0)


def _fail_ahead(probe: Wiring) -> None:
    with probe.ahead().reading() as connection:
        assert _counts(connection) == {ANN: 0}
        raise ZeroDivisionError


def _counts(connection: Connection) -> dict[str, int]:
    return {row.person: row.total for row in connection.execute(select(tallies.c.person, tallies.c.total))}
