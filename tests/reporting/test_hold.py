"""Returns on hold: the clock passes the organisation over, and makes what is open once they go on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from services.reporting.domain.commands import HoldReturns, ResumeReturns
from services.reporting.read.on_hold import on_hold, own_hold
from services.reporting.read.tables import returns
from shared.kernel.errors import RefusedError
from shared.kernel.ids import new_id
from shared.store.commands import CommandKey
from shared.store.rebuild import digests
from tests.reporting.conftest import RIVERS, WORKS, Rig


def tell(rig: Rig, command: HoldReturns | ResumeReturns) -> None:
    """HR decides, and the lists show it."""
    rig.wiring.application.execute(command, CommandKey("test", str(new_id())))
    rig.arrive()


def hold(rig: Rig, reason: str = "records-moving", organisation: str = WORKS) -> None:
    tell(rig, HoldReturns(organisation, reason, "system"))


def resume(rig: Rig, organisation: str = WORKS) -> None:
    tell(rig, ResumeReturns(organisation, "system"))


def made(rig: Rig, organisation: str = WORKS) -> list[tuple[str, int]]:
    """The revisions of an organisation's returns: month and number."""
    columns = returns.c
    chosen = select(columns.month, columns.revision).where(columns.organisation == organisation)
    with rig.wiring.reading() as connection:
        return [(row.month, row.revision) for row in connection.execute(chosen.order_by(columns.month))]


def test_an_organisation_on_hold_makes_no_return_and_others_do(rig: Rig) -> None:
    rig.employ(2)
    rig.employ(2, RIVERS)
    rig.arrive()
    hold(rig)
    rig.settle()
    assert made(rig) == []
    assert made(rig, RIVERS) == [("2026-11", 1)]
    resume(rig)
    assert rig.settle() == 1
    assert made(rig) == [("2026-11", 1)]


def test_changes_while_on_hold_are_one_revision_when_it_goes_on(rig: Rig) -> None:
    rig.employ(3)
    rig.settle()
    hold(rig)
    for number in range(3):
        rig.take(number, "2026-11-19")
        assert rig.settle() == 0
    rig.advance(11)
    assert rig.settle() == 0
    assert made(rig) == [("2026-11", 1)]
    resume(rig)
    rig.settle()
    assert made(rig) == [("2026-11", 1), ("2026-11", 2), ("2026-12", 1)]
    assert rig.own().returned.figures.month.people == 3


def test_holding_and_going_on_are_noticed_when_nothing_else_changed(rig: Rig) -> None:
    rig.employ(1)
    rig.arrive()
    hold(rig)
    assert [rig.settle(), rig.settle()] == [0, 0]
    resume(rig)
    assert rig.settle() == 1


def test_a_month_that_closed_while_on_hold_gets_no_return(rig: Rig) -> None:
    rig.employ(1)
    rig.arrive()
    hold(rig)
    rig.advance(31 + 31 + 365)
    rig.settle()
    resume(rig)
    rig.settle()
    months = [month for month, _ in made(rig)]
    assert "2026-11" not in months
    assert months[0] == "2026-12"


def test_who_is_on_hold_since_when_and_why(rig: Rig) -> None:
    hold(rig, "figures-checked")
    hold(rig, "other", RIVERS)
    with rig.wiring.reading() as connection:
        found = [(each.organisation, each.since.isoformat(), each.reason) for each in on_hold(connection).values()]
        assert own_hold(connection, WORKS) == on_hold(connection)[WORKS]
    assert found == [(WORKS, "2026-11-20", "figures-checked"), (RIVERS, "2026-11-20", "other")]
    resume(rig)
    with rig.wiring.reading() as connection:
        assert list(on_hold(connection)) == [RIVERS]
        assert own_hold(connection, WORKS) is None


def test_what_cannot_be_is_refused(rig: Rig) -> None:
    with pytest.raises(RefusedError, match="not on hold"):
        resume(rig)
    hold(rig)
    with pytest.raises(RefusedError, match="on hold already"):
        hold(rig, "other")


def test_rebuilt_lists_equal_the_live_ones(rig: Rig) -> None:
    hold(rig)
    hold(rig, organisation=RIVERS)
    resume(rig)
    hold(rig, "other")
    resume(rig, RIVERS)
    with rig.wiring.reading() as connection:
        live = digests(connection, rig.wiring.models)
    assert rig.refold().differing == ()
    with rig.wiring.reading() as connection:
        assert digests(connection, rig.wiring.models) == live
        assert [each.reason for each in on_hold(connection).values()] == ["other"]
