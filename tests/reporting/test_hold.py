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
from tests.reporting.conftest import RIVERS, WORKS, House


def tell(house: House, command: HoldReturns | ResumeReturns) -> None:
    """HR decides, and the lists show it."""
    house.wiring.application.execute(command, CommandKey("test", str(new_id())))
    house.arrive()


def hold(house: House, reason: str = "records-moving", organisation: str = WORKS) -> None:
    tell(house, HoldReturns(organisation, reason, "system"))


def resume(house: House, organisation: str = WORKS) -> None:
    tell(house, ResumeReturns(organisation, "system"))


def made(house: House, organisation: str = WORKS) -> list[tuple[str, int]]:
    """The revisions of an organisation's returns: month and number."""
    columns = returns.c
    chosen = select(columns.month, columns.revision).where(columns.organisation == organisation)
    with house.wiring.reading() as connection:
        return [(row.month, row.revision) for row in connection.execute(chosen.order_by(columns.month))]


def test_an_organisation_on_hold_makes_no_return_and_others_do(house: House) -> None:
    house.employ(2)
    house.employ(2, RIVERS)
    house.arrive()
    hold(house)
    house.settle()
    assert made(house) == []
    assert made(house, RIVERS) == [("2026-11", 1)]
    resume(house)
    assert house.settle() == 1
    assert made(house) == [("2026-11", 1)]


def test_changes_while_on_hold_are_one_revision_when_it_goes_on(house: House) -> None:
    house.employ(3)
    house.settle()
    hold(house)
    for number in range(3):
        house.take(number, "2026-11-19")
        assert house.settle() == 0
    house.advance(11)
    assert house.settle() == 0
    assert made(house) == [("2026-11", 1)]
    resume(house)
    house.settle()
    assert made(house) == [("2026-11", 1), ("2026-11", 2), ("2026-12", 1)]
    assert house.own().returned.figures.month.people == 3


def test_holding_and_going_on_are_noticed_when_nothing_else_changed(house: House) -> None:
    house.employ(1)
    house.arrive()
    hold(house)
    assert [house.settle(), house.settle()] == [0, 0]
    resume(house)
    assert house.settle() == 1


def test_a_month_that_closed_while_on_hold_gets_no_return(house: House) -> None:
    house.employ(1)
    house.arrive()
    hold(house)
    house.advance(31 + 31 + 365)
    house.settle()
    resume(house)
    house.settle()
    months = [month for month, _ in made(house)]
    assert "2026-11" not in months
    assert months[0] == "2026-12"


def test_who_is_on_hold_since_when_and_why(house: House) -> None:
    hold(house, "figures-checked")
    hold(house, "other", RIVERS)
    with house.wiring.reading() as connection:
        found = [(each.organisation, each.since.isoformat(), each.reason) for each in on_hold(connection).values()]
        assert own_hold(connection, WORKS) == on_hold(connection)[WORKS]
    assert found == [(WORKS, "2026-11-20", "figures-checked"), (RIVERS, "2026-11-20", "other")]
    resume(house)
    with house.wiring.reading() as connection:
        assert list(on_hold(connection)) == [RIVERS]
        assert own_hold(connection, WORKS) is None


def test_what_cannot_be_is_refused(house: House) -> None:
    with pytest.raises(RefusedError, match="not on hold"):
        resume(house)
    hold(house)
    with pytest.raises(RefusedError, match="on hold already"):
        hold(house, "other")


def test_rebuilt_lists_equal_the_live_ones(house: House) -> None:
    hold(house)
    hold(house, organisation=RIVERS)
    resume(house)
    hold(house, "other")
    resume(house, RIVERS)
    with house.wiring.reading() as connection:
        live = digests(connection, house.wiring.models)
    assert house.refold().differing == ()
    with house.wiring.reading() as connection:
        assert digests(connection, house.wiring.models) == live
        assert [each.reason for each in on_hold(connection).values()] == ["other"]
