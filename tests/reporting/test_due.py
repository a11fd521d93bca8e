"""Returns follow the facts: made by the clock, once for each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select, update

from services.reporting import SERVICE
from services.reporting.domain.commands import ReportProgress
from services.reporting.domain.figures import DEFINITION, Figures, Flow, figures_json
from services.reporting.due import ReturnsDue
from services.reporting.read.due_returns import PATIENCE, DueReturns
from services.reporting.read.tables import returns
from services.reporting.wiring import wire
from shared.kernel.clock import SystemClock
from shared.kernel.ids import derived_id
from shared.store.commands import CommandKey
from shared.store.rebuild import digests
from shared.store.received import APPLIED, PARKED
from shared.store.tables import received
from tests.reporting.conftest import RIVERS, WORKS, House, someone
from tests.support import migrate_one, settings_for


def revisions(house: House, month: str = "2026-11") -> list[int]:
    with house.wiring.reading() as connection:
        chosen = select(returns.c.revision).where(returns.c.month == month).order_by(returns.c.revision)
        return list(connection.execute(chosen).scalars())


def test_a_day_taken_becomes_a_revision_and_reaches_the_centre(house: House) -> None:
    house.employ(4)
    assert house.settle() == 1
    house.take(0, "2026-11-19", minutes=222)
    assert house.settle() == 1
    month = house.own().returned.figures.month
    assert (month.people, month.days, month.headcount, month.fte) == (1, Fraction(1, 2), 4, Fraction(16, 5))
    assert house.at_the_centre()[WORKS] == house.own()


def test_a_return_says_what_it_was_computed_from_and_when(house: House) -> None:
    house.employ(1)
    house.take(0, "2026-11-19")
    house.settle()
    statement = house.own()
    assert statement.positions == {
        "workforce": [house.workforce.epoch, house.workforce.head],
        "leave": [house.leave.epoch, house.leave.head],
    }
    assert statement.returned.as_known == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert not statement.returned.complete


def test_an_organisation_with_staff_and_no_leave_returns_zeros(house: House) -> None:
    house.employ(2)
    house.settle()
    month = house.own().returned.figures.month
    assert (month.people, month.days, month.headcount) == (0, 0, 2)


def test_nothing_new_is_no_revision(house: House) -> None:
    house.employ(2)
    house.settle()
    assert house.settle() == 0
    house.employ(1, status="volunteer", since="2026-11-05", employment="another")
    assert house.settle() == 0
    assert revisions(house) == [1]


def test_a_correction_revises_and_taking_it_back_revises_again(house: House) -> None:
    house.employ(1)
    house.take(0, "2026-11-19")
    house.settle()
    house.correct(0, "2026-11-19", minutes=0)
    assert house.settle() == 1
    house.correct(0, "2026-11-19", minutes=444)
    assert house.settle() == 1
    assert revisions(house) == [1, 2, 3]
    assert house.own().returned.figures.month.people == 1


def test_many_events_are_one_revision(house: House) -> None:
    house.employ(30)
    for number in range(30):
        house.take(number, "2026-11-19")
    assert house.settle() == 1
    assert house.own().returned.figures.month.people == 30


def test_a_day_dirties_its_own_month_and_the_later_ones_that_contain_it_up_to_now(house: House) -> None:
    house.employ(1, since="2026-01-05")
    house.settle()
    house.take(0, "2026-08-10")
    assert house.settle() == 4
    with house.wiring.reading() as connection:
        revised = connection.execute(select(returns.c.month).where(returns.c.revision == 2).order_by(returns.c.month))
        assert list(revised.scalars()) == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert house.own().returned.figures.year.people == 1
    assert house.own().returned.figures.month.people == 0


def test_a_change_before_the_open_months_revises_only_those(house: House) -> None:
    house.employ(1, since="2019-05-01")
    assert house.settle() == 14
    with house.wiring.reading() as connection:
        assert connection.execute(select(returns.c.month).order_by(returns.c.month)).scalars().first() == "2025-10"


def test_organisations_are_computed_apart(house: House) -> None:
    house.employ(2)
    house.employ(3, RIVERS)
    assert house.settle() == 2
    house.take(0, "2026-11-19", RIVERS)
    assert house.settle() == 1
    assert house.own(organisation=RIVERS).returned.revision == 2
    assert house.own().returned.revision == 1


def test_the_central_team_makes_no_return(house: House) -> None:
    house.organisation("carers-unit", "Carers Unit", kind="centre")
    house.employ(3, "carers-unit")
    assert house.settle() == 0


def test_at_a_months_end_the_next_months_return_is_made_and_a_day_later_the_old_one_is_complete(house: House) -> None:
    house.employ(1)
    house.settle()
    house.advance(11)
    assert house.settle() == 1
    assert not house.own("2026-12").returned.complete
    assert not house.own("2026-11").returned.complete
    house.advance(1)
    assert house.settle() == 1
    assert house.own("2026-11").returned.complete
    assert not house.own("2026-11").returned.revised


def test_a_correction_on_a_later_day_than_the_first_complete_return_is_marked_as_revised(house: House) -> None:
    house.employ(1)
    house.take(0, "2026-11-19")
    house.advance(12)
    house.settle()
    house.correct(0, "2026-11-19", minutes=222)
    house.settle()
    assert (house.own().returned.revision, house.own().returned.markers) == (2, ())
    house.advance(1)
    house.correct(0, "2026-11-19", minutes=111)
    house.settle()
    assert house.own().returned.revised
    assert house.at_the_centre()[WORKS].returned.markers == ("[r]",)


def test_a_month_closes_for_revision_after_thirteen_months(house: House) -> None:
    house.employ(1)
    house.take(0, "2026-11-19")
    house.settle()
    house.advance(31 + 365)
    house.settle()
    before = revisions(house)
    house.correct(0, "2026-11-19", minutes=0)
    house.settle()
    assert len(revisions(house)) == len(before) + 1
    house.advance(31)
    house.correct(0, "2026-11-19", minutes=222)
    house.settle()
    assert len(revisions(house)) == len(before) + 1


def test_a_parked_event_makes_its_organisations_returns_provisional_until_it_is_applied(house: House) -> None:
    house.employ(1)
    house.employ(1, RIVERS)
    house.take(0, "2026-11-19")
    house.advance(12)
    house.settle()
    assert house.own().returned.complete
    set_state(house, PARKED)
    assert house.settle() == 1
    assert not house.own().returned.complete
    assert house.own(organisation=RIVERS).returned.complete
    set_state(house, APPLIED)
    assert house.settle() == 1
    assert house.own().returned.complete


def set_state(house: House, state: str) -> None:
    """Put leave's events into a state, as the inbox does when it gives up on them or they are retried."""
    with house.wiring.stores.read.writing() as connection:
        leave = received.c.subscription == "reporting.leave"
        connection.execute(update(received).where(leave).values(state=state))


def test_an_event_that_cannot_be_applied_is_parked_and_others_go_on(house: House) -> None:
    house.employ(2)
    house.take(0, "2026-11-19", minutes="1/0")
    house.take(1, "2026-11-19")
    house.settle()
    assert house.own().returned.figures.month.people == 1


def test_a_worker_that_restarts_reports_nothing_twice(house: House) -> None:
    house.employ(2)
    house.take(0, "2026-11-19")
    house.settle()
    house.wiring.due = ReturnsDue()
    assert house.settle() == 0
    assert revisions(house) == [1]


def test_a_report_made_before_the_lists_caught_up_is_made_once(house: House) -> None:
    house.employ(2)
    house.arrive()
    assert house.wiring.due is not None
    assert house.wiring.due(house.wiring) == 1
    assert house.wiring.due(house.wiring) == 0
    assert ReturnsDue()(house.wiring) == 0
    house.arrive()
    assert revisions(house) == [1]


def reported_by_version_one(house: House, months: list[str]) -> None:
    """Returns as the first release made them: by the definitions of version 1, with leave taken alone."""
    for month in months:
        figures = figures_json(Figures(Flow(headcount=Fraction(3)), Flow()))
        report = ReportProgress(WORKS, month, 1, complete=True, figures=figures, positions={}, mark=7, after=0)
        house.wiring.application.execute(report, CommandKey("test", month))


def test_new_definitions_revise_each_open_return_once_and_no_closed_one(house: House) -> None:
    house.employ(3, since="2024-01-01")
    house.arrive()
    house.clock.advance(timedelta(days=-31))
    reported_by_version_one(house, ["2025-09", "2025-10", "2026-09"])
    house.advance(31)
    house.provide("carers-policy", "2024-01-01")
    assert house.settle() == 14
    assert revisions(house, "2025-09") == [1]
    assert revisions(house, "2025-10") == [1, 2]
    assert house.own("2026-09").returned.definition == DEFINITION
    assert house.settle() == 0


def test_new_definitions_wait_for_a_source_that_was_never_heard_of_but_not_for_ever(tmp_path: Path) -> None:
    house = House(tmp_path, ("reporting.workforce", "reporting.leave", "reporting.passport"))
    house.employ(3, since="2026-10-01")
    house.arrive()
    reported_by_version_one(house, ["2026-10", "2026-11"])
    recorded = [house.settle() for _ in range(PATIENCE + 2)]
    assert recorded == [0] * PATIENCE + [2, 0]
    house.close()


def test_a_new_fact_of_each_source_revises_the_return_that_holds_it(house: House) -> None:
    house.employ(3, since="2026-10-01")
    house.settle()
    told: list[Callable[[], object]] = [
        lambda: house.give_notice(0, "2026-11-03"),
        lambda: house.postpone(0, "2026-11-03"),
        lambda: house.agree_passport(1, "2026-11-04"),
        lambda: house.train(2, due_on="2026-11-01"),
        lambda: house.provide("carers-policy", "2026-11-02"),
        lambda: house.award("active", "2026-11-02", "2027-12-31", WORKS),
    ]
    for number, tell in enumerate(told, 1):
        tell()
        house.settle()
        assert revisions(house) == list(range(1, number + 2))
    measures = house.own().returned.figures.measures
    assert measures is not None
    assert (measures.passports.in_date, measures.trained.staff.counted, measures.policy) == (1, 1, True)
    assert (measures.postponements.month.numerator, measures.awards) == (1, (("carer-confident", "active"),))
    assert house.at_the_centre()[WORKS] == house.own()


def test_a_passport_counts_wherever_its_holder_is_employed(house: House) -> None:
    house.employ(1)
    house.agree_passport(0, "2026-11-04")
    house.settle()
    second = str(derived_id("employment", "second", "post"))
    house.employ(1, RIVERS, employment=second)
    house.workforce.events[-1]["subject"] = someone(WORKS, 0)
    assert house.settle() == 1
    measures = house.own(organisation=RIVERS).returned.figures.measures
    assert measures is not None
    assert measures.passports.agreed == 1
    house.passport.publish("ended", WORKS, {"ended_on": "2026-11-10"}, person=someone(WORKS, 0))
    assert house.settle() == 2


def test_an_organisation_that_only_an_award_names_makes_no_return(house: House) -> None:
    house.employ(1)
    house.award("active", "2026-11-02", "2027-12-31", WORKS, "elsewhere")
    assert house.settle() == 1


def test_when_nothing_changed_no_fact_is_read(house: House) -> None:
    house.employ(2)
    house.settle()
    found = DueReturns()
    with house.wiring.reading() as connection:
        list(found.find(connection, house.clock.now().date()))
        assert list(found.find(connection, house.clock.now().date())) == []


def test_rebuilt_read_models_equal_the_live_ones_byte_for_byte(house: House) -> None:
    house.organisation(WORKS, "Ministry of Works")
    house.employ(5)
    for number in range(5):
        house.take(number, "2026-11-19")
        house.settle()
    house.correct(2, "2026-11-19")
    house.employ(3, RIVERS, since="2026-07-01")
    house.give_notice(1, "2026-11-03", late=True)
    house.postpone(1, "2026-11-03")
    house.agree_passport(1, "2026-11-04")
    house.settle()
    house.train(2, due_on="2026-11-01", completed_on="2026-10-01")
    house.provide("carers-champion", "2026-01-01")
    house.provide("carers-champion", "2026-01-01", counts_until="2026-11-29")
    house.award("active", "2026-11-02", "2027-12-31", WORKS, RIVERS)
    house.settle()
    with house.wiring.reading() as connection:
        live = digests(connection, house.wiring.models)
    report = house.refold()
    assert report.differing == ()
    with house.wiring.reading() as connection:
        assert digests(connection, house.wiring.models) == live
    assert house.settle() == 0


def test_after_workforce_or_leave_was_restored_from_a_backup_the_lost_day_is_revised_away(house: House) -> None:
    house.employ(2)
    house.take(0, "2026-11-18")
    kept = house.leave.head
    house.take(1, "2026-11-19")
    house.settle()
    house.leave.restore("5f0e9f1e-0000-4000-8000-000000000002", kept)
    assert house.settle() == 1
    assert house.own().returned.figures.month.people == 1
    house.take(1, "2026-11-17")
    assert house.settle() == 1
    assert house.at_the_centre()[WORKS].returned.figures.month.people == 2


@pytest.mark.parametrize("subscriptions", [("reporting.leave",), ("reporting.workforce",)])
def test_no_fact_waits_for_another_source(tmp_path: Path, subscriptions: tuple[str, ...]) -> None:
    house = House(tmp_path, (*subscriptions, "reporting.centre"))
    house.employ(2)
    house.take(0, "2026-11-19")
    house.settle()
    month = house.own().returned.figures.month
    assert (month.people, month.headcount) == ((1, 0) if "reporting.leave" in subscriptions else (0, 2))
    house.close()


def test_settings_outside_the_demonstration_give_the_hourly_clock(tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path), demonstration=False)
    migrate_one(SERVICE, settings)
    wiring = wire(settings, SystemClock())
    assert wiring.due_seconds == 3600
    wiring.close()
