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
from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.commands import ReportProgress
from services.reporting.domain.figures import DEFINITION, Figures, Flow
from services.reporting.domain.notices import POSTPONEMENTS
from services.reporting.domain.passports import HELD
from services.reporting.domain.provisions_and_awards import AWARDS_HELD, POLICIES
from services.reporting.domain.training import STAFF_TRAINED
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
from tests.reporting.conftest import RIVERS, WORKS, Rig, someone
from tests.support import migrate_one, settings_for


def revisions(rig: Rig, month: str = "2026-11") -> list[int]:
    with rig.wiring.reading() as connection:
        chosen = select(returns.c.revision).where(returns.c.month == month).order_by(returns.c.revision)
        return list(connection.execute(chosen).scalars())


def test_a_day_taken_becomes_a_revision_and_reaches_the_centre(rig: Rig) -> None:
    rig.employ(4)
    assert rig.settle() == 1
    rig.take(0, "2026-11-19", minutes=222)
    assert rig.settle() == 1
    month = rig.own().returned.figures.month
    assert (month.people, month.days, month.headcount, month.fte) == (1, Fraction(1, 2), 4, Fraction(16, 5))
    assert rig.at_the_centre()[WORKS] == rig.own()


def test_a_return_says_what_it_was_computed_from_and_when(rig: Rig) -> None:
    rig.employ(1)
    rig.take(0, "2026-11-19")
    rig.settle()
    statement = rig.own()
    assert statement.positions == {
        "workforce": [rig.workforce.epoch, rig.workforce.head],
        "leave": [rig.leave.epoch, rig.leave.head],
    }
    assert statement.returned.as_known == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert not statement.returned.complete


def test_an_organisation_with_staff_and_no_leave_returns_zeros(rig: Rig) -> None:
    rig.employ(2)
    rig.settle()
    month = rig.own().returned.figures.month
    assert (month.people, month.days, month.headcount) == (0, 0, 2)


def test_nothing_new_is_no_revision(rig: Rig) -> None:
    rig.employ(2)
    rig.settle()
    assert rig.settle() == 0
    rig.employ(1, status="volunteer", since="2026-11-05", employment="another")
    assert rig.settle() == 0
    assert revisions(rig) == [1]


def test_a_correction_revises_and_taking_it_back_revises_again(rig: Rig) -> None:
    rig.employ(1)
    rig.take(0, "2026-11-19")
    rig.settle()
    rig.correct(0, "2026-11-19", minutes=0)
    assert rig.settle() == 1
    rig.correct(0, "2026-11-19", minutes=444)
    assert rig.settle() == 1
    assert revisions(rig) == [1, 2, 3]
    assert rig.own().returned.figures.month.people == 1


def test_many_events_are_one_revision(rig: Rig) -> None:
    rig.employ(30)
    for number in range(30):
        rig.take(number, "2026-11-19")
    assert rig.settle() == 1
    assert rig.own().returned.figures.month.people == 30


def test_a_day_dirties_its_own_month_and_the_later_ones_that_contain_it_up_to_now(rig: Rig) -> None:
    rig.employ(1, since="2026-01-05")
    rig.settle()
    rig.take(0, "2026-08-10")
    assert rig.settle() == 4
    with rig.wiring.reading() as connection:
        revised = connection.execute(select(returns.c.month).where(returns.c.revision == 2).order_by(returns.c.month))
        assert list(revised.scalars()) == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert rig.own().returned.figures.year.people == 1
    assert rig.own().returned.figures.month.people == 0


def test_a_change_before_the_open_months_revises_only_those(rig: Rig) -> None:
    rig.employ(1, since="2019-05-01")
    assert rig.settle() == 14
    with rig.wiring.reading() as connection:
        assert connection.execute(select(returns.c.month).order_by(returns.c.month)).scalars().first() == "2025-10"


def test_organisations_are_computed_apart(rig: Rig) -> None:
    rig.employ(2)
    rig.employ(3, RIVERS)
    assert rig.settle() == 2
    rig.take(0, "2026-11-19", RIVERS)
    assert rig.settle() == 1
    assert rig.own(organisation=RIVERS).returned.revision == 2
    assert rig.own().returned.revision == 1


def test_the_central_team_makes_no_return(rig: Rig) -> None:
    rig.organisation("carers-unit", "Carers Unit", kind="centre")
    rig.employ(3, "carers-unit")
    assert rig.settle() == 0


def test_at_a_months_end_the_next_months_return_is_made_and_a_day_later_the_old_one_is_complete(rig: Rig) -> None:
    rig.employ(1)
    rig.settle()
    rig.advance(11)
    assert rig.settle() == 1
    assert not rig.own("2026-12").returned.complete
    assert not rig.own("2026-11").returned.complete
    rig.advance(1)
    assert rig.settle() == 1
    assert rig.own("2026-11").returned.complete
    assert not rig.own("2026-11").returned.revised


def test_a_correction_on_a_later_day_than_the_first_complete_return_is_marked_as_revised(rig: Rig) -> None:
    rig.employ(1)
    rig.take(0, "2026-11-19")
    rig.advance(12)
    rig.settle()
    rig.correct(0, "2026-11-19", minutes=222)
    rig.settle()
    assert (rig.own().returned.revision, rig.own().returned.markers) == (2, ())
    rig.advance(1)
    rig.correct(0, "2026-11-19", minutes=111)
    rig.settle()
    assert rig.own().returned.revised
    assert rig.at_the_centre()[WORKS].returned.markers == ("[r]",)


def test_a_month_closes_for_revision_after_thirteen_months(rig: Rig) -> None:
    rig.employ(1)
    rig.take(0, "2026-11-19")
    rig.settle()
    rig.advance(31 + 365)
    rig.settle()
    before = revisions(rig)
    rig.correct(0, "2026-11-19", minutes=0)
    rig.settle()
    assert len(revisions(rig)) == len(before) + 1
    rig.advance(31)
    rig.correct(0, "2026-11-19", minutes=222)
    rig.settle()
    assert len(revisions(rig)) == len(before) + 1


def test_a_parked_event_makes_its_organisations_returns_provisional_until_it_is_applied(rig: Rig) -> None:
    rig.employ(1)
    rig.employ(1, RIVERS)
    rig.take(0, "2026-11-19")
    rig.advance(12)
    rig.settle()
    assert rig.own().returned.complete
    set_state(rig, PARKED)
    assert rig.settle() == 1
    assert not rig.own().returned.complete
    assert rig.own(organisation=RIVERS).returned.complete
    set_state(rig, APPLIED)
    assert rig.settle() == 1
    assert rig.own().returned.complete


def set_state(rig: Rig, state: str) -> None:
    """Put leave's events into a state, as the inbox does when it gives up on them or they are retried."""
    with rig.wiring.stores.read.writing() as connection:
        leave = received.c.subscription == "reporting.leave"
        connection.execute(update(received).where(leave).values(state=state))


def test_an_event_that_cannot_be_applied_is_parked_and_others_go_on(rig: Rig) -> None:
    rig.employ(2)
    rig.take(0, "2026-11-19", minutes="1/0")
    rig.take(1, "2026-11-19")
    rig.settle()
    assert rig.own().returned.figures.month.people == 1


def test_a_worker_that_restarts_reports_nothing_twice(rig: Rig) -> None:
    rig.employ(2)
    rig.take(0, "2026-11-19")
    rig.settle()
    rig.wiring.due = ReturnsDue()
    assert rig.settle() == 0
    assert revisions(rig) == [1]


def test_a_report_made_before_the_lists_caught_up_is_made_once(rig: Rig) -> None:
    rig.employ(2)
    rig.arrive()
    assert rig.wiring.due is not None
    assert rig.wiring.due(rig.wiring) == 1
    assert rig.wiring.due(rig.wiring) == 0
    assert ReturnsDue()(rig.wiring) == 0
    rig.arrive()
    assert revisions(rig) == [1]


def reported_by_version_one(rig: Rig, months: list[str]) -> None:
    """Returns as the first release made them: by the definitions of version 1, with leave taken alone."""
    for month in months:
        figures = figures_json(Figures(Flow(headcount=Fraction(3)), Flow()))
        report = ReportProgress(WORKS, month, 1, complete=True, figures=figures, positions={}, mark=7, after=0)
        rig.wiring.application.execute(report, CommandKey("test", month))


def test_new_definitions_revise_each_open_return_once_and_no_closed_one(rig: Rig) -> None:
    rig.employ(3, since="2024-01-01")
    rig.arrive()
    rig.clock.advance(timedelta(days=-31))
    reported_by_version_one(rig, ["2025-09", "2025-10", "2026-09"])
    rig.advance(31)
    rig.provide("carers-policy", "2024-01-01")
    assert rig.settle() == 14
    assert revisions(rig, "2025-09") == [1]
    assert revisions(rig, "2025-10") == [1, 2]
    assert rig.own("2026-09").returned.definition == DEFINITION
    assert rig.settle() == 0


def test_new_definitions_wait_for_a_source_that_was_never_heard_of_but_not_for_ever(tmp_path: Path) -> None:
    rig = Rig(tmp_path, ("reporting.workforce", "reporting.leave", "reporting.passport"))
    rig.employ(3, since="2026-10-01")
    rig.arrive()
    reported_by_version_one(rig, ["2026-10", "2026-11"])
    recorded = [rig.settle() for _ in range(PATIENCE + 2)]
    assert recorded == [0] * PATIENCE + [2, 0]
    rig.close()


def test_a_new_fact_of_each_source_revises_the_return_that_holds_it(rig: Rig) -> None:
    rig.employ(3, since="2026-10-01")
    rig.settle()
    told: list[Callable[[], object]] = [
        lambda: rig.give_notice(0, "2026-11-03"),
        lambda: rig.postpone(0, "2026-11-03"),
        lambda: rig.agree_passport(1, "2026-11-04"),
        lambda: rig.train(2, due_on="2026-11-01"),
        lambda: rig.provide("carers-policy", "2026-11-02"),
        lambda: rig.award("active", "2026-11-02", "2027-12-31", WORKS),
    ]
    for number, tell in enumerate(told, 1):
        tell()
        rig.settle()
        assert revisions(rig) == list(range(1, number + 2))
    figures = rig.own().returned.figures
    held, staff, postponed = HELD.of(figures), STAFF_TRAINED.of(figures), POSTPONEMENTS.of(figures)
    assert held
    assert staff
    assert postponed
    assert (held.in_date, staff.counted, POLICIES.of(figures)) == (1, 1, True)
    assert (postponed.month.numerator, AWARDS_HELD.of(figures)) == (1, (("carer-confident", "active"),))
    assert rig.at_the_centre()[WORKS] == rig.own()


def test_a_passport_counts_wherever_its_holder_is_employed(rig: Rig) -> None:
    rig.employ(1)
    rig.agree_passport(0, "2026-11-04")
    rig.settle()
    second = str(derived_id("employment", "second", "post"))
    rig.employ(1, RIVERS, employment=second)
    rig.workforce.events[-1]["subject"] = someone(WORKS, 0)
    assert rig.settle() == 1
    held = HELD.of(rig.own(organisation=RIVERS).returned.figures)
    assert held is not None
    assert held.agreed == 1
    rig.passport.publish("ended", WORKS, {"ended_on": "2026-11-10"}, person=someone(WORKS, 0))
    assert rig.settle() == 2


def test_an_organisation_that_only_an_award_names_makes_no_return(rig: Rig) -> None:
    rig.employ(1)
    rig.award("active", "2026-11-02", "2027-12-31", WORKS, "elsewhere")
    assert rig.settle() == 1


def test_when_nothing_changed_no_fact_is_read(rig: Rig) -> None:
    rig.employ(2)
    rig.settle()
    found = DueReturns()
    with rig.wiring.reading() as connection:
        list(found.find(connection, rig.clock.now().date()))
        assert list(found.find(connection, rig.clock.now().date())) == []


def test_rebuilt_read_models_equal_the_live_ones_byte_for_byte(rig: Rig) -> None:
    rig.organisation(WORKS, "Ministry of Works")
    rig.employ(5)
    for number in range(5):
        rig.take(number, "2026-11-19")
        rig.settle()
    rig.correct(2, "2026-11-19")
    rig.employ(3, RIVERS, since="2026-07-01")
    rig.give_notice(1, "2026-11-03", late=True)
    rig.postpone(1, "2026-11-03")
    rig.agree_passport(1, "2026-11-04")
    rig.settle()
    rig.train(2, due_on="2026-11-01", completed_on="2026-10-01")
    rig.provide("carers-champion", "2026-01-01")
    rig.provide("carers-champion", "2026-01-01", counts_until="2026-11-29")
    rig.award("active", "2026-11-02", "2027-12-31", WORKS, RIVERS)
    rig.settle()
    with rig.wiring.reading() as connection:
        live = digests(connection, rig.wiring.models)
    report = rig.refold()
    assert report.differing == ()
    with rig.wiring.reading() as connection:
        assert digests(connection, rig.wiring.models) == live
    assert rig.settle() == 0


def test_after_workforce_or_leave_was_restored_from_a_backup_the_lost_day_is_revised_away(rig: Rig) -> None:
    rig.employ(2)
    rig.take(0, "2026-11-18")
    kept = rig.leave.head
    rig.take(1, "2026-11-19")
    rig.settle()
    rig.leave.restore("5f0e9f1e-0000-4000-8000-000000000002", kept)
    assert rig.settle() == 1
    assert rig.own().returned.figures.month.people == 1
    rig.take(1, "2026-11-17")
    assert rig.settle() == 1
    assert rig.at_the_centre()[WORKS].returned.figures.month.people == 2


@pytest.mark.parametrize("subscriptions", [("reporting.leave",), ("reporting.workforce",)])
def test_no_fact_waits_for_another_source(tmp_path: Path, subscriptions: tuple[str, ...]) -> None:
    rig = Rig(tmp_path, (*subscriptions, "reporting.centre"))
    rig.employ(2)
    rig.take(0, "2026-11-19")
    rig.settle()
    month = rig.own().returned.figures.month
    assert (month.people, month.headcount) == ((1, 0) if "reporting.leave" in subscriptions else (0, 2))
    rig.close()


def test_settings_outside_the_demonstration_give_the_hourly_clock(tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path), demonstration=False)
    migrate_one(SERVICE, settings)
    wiring = wire(settings, SystemClock())
    assert wiring.due_seconds == 3600
    wiring.close()
