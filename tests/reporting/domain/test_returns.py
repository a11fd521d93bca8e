"""A return and its revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.figures import Figures, Flow
from services.reporting.domain.returns import Basis, Content, Return, check_open
from shared.kernel.errors import RefusedError

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NIL = Content(1, complete=False, figures=figures_json(Figures(Flow(), Flow())))
ONE_DAY = replace(NIL, figures=figures_json(Figures(Flow(people=1, days=Fraction(1)), Flow())))
BASIS = Basis({"workforce": ("epoch-w", 10), "leave": ("epoch-l", 20)}, mark=7, after=0)


def reported(content: Content = NIL) -> Return:
    held = Return.report("ministry-of-works", "2026-11", content, BASIS, by="clock", now=NOW)
    held.collect_events()
    return held


def later(after: int = 1) -> Basis:
    return Basis({"workforce": ("epoch-w", 11), "leave": ("epoch-l", 99)}, mark=8, after=after)


def test_a_nil_return_is_a_return_of_zeros() -> None:
    held = Return.report("ministry-of-works", "2026-11", NIL, BASIS, by="clock", now=NOW)
    (event,) = held.collect_events()
    assert (event.TOPIC, event.revision, event.person, event.organisation) == (
        "reporting.return.reported",
        1,
        "",
        "ministry-of-works",
    )
    assert event.figures["10"]["month"] == {"people": 0, "headcount": "0/1"}
    assert event.as_known == "2026-11-20T09:00:00+00:00"
    assert event.positions == {"leave": ["epoch-l", 20], "workforce": ["epoch-w", 10]}


@pytest.mark.parametrize(
    "content",
    [ONE_DAY, replace(NIL, complete=True), replace(NIL, definition=2)],
    ids=["figures", "completeness", "definition"],
)
def test_another_content_is_the_next_revision(content: Content) -> None:
    held = reported()
    assert held.revise(content, later(), by="clock", now=NOW + timedelta(hours=1))
    (event,) = held.collect_events()
    assert (event.TOPIC, event.revision) == ("reporting.return.revised", 2)
    assert held.content == content


def test_the_same_content_computed_from_more_is_no_revision() -> None:
    held = reported()
    assert not held.revise(replace(NIL), later(), by="clock", now=NOW + timedelta(days=1))
    assert not held.collect_events()


def test_going_back_to_an_earlier_content_is_a_revision() -> None:
    held = reported()
    assert held.revise(ONE_DAY, later(), by="clock", now=NOW)
    assert held.revise(NIL, later(after=2), by="clock", now=NOW)
    assert held.revision == 3


def test_a_computation_that_a_revision_has_overtaken_records_nothing() -> None:
    held = reported()
    assert held.revise(ONE_DAY, later(), by="clock", now=NOW)
    assert not held.revise(NIL, later(), by="clock", now=NOW)
    assert held.content == ONE_DAY


def test_lists_that_are_ahead_of_a_restored_log_do_not_stop_reporting() -> None:
    assert reported().revise(ONE_DAY, later(after=5), by="clock", now=NOW)


def test_an_organisation_has_one_return_a_month() -> None:
    assert Return.id_of("ministry-of-works", "2026-11") == reported().id
    assert Return.id_of("ministry-of-works", "2026-12") != reported().id


def test_a_return_replays_to_what_it_was() -> None:
    held = Return.report("ministry-of-works", "2026-11", NIL, BASIS, by="clock", now=NOW)
    held.revise(ONE_DAY, later(), by="clock", now=NOW)
    replayed = None
    for event in held.collect_events():
        replayed = event.mutate(replayed)
    assert replayed == held


@pytest.mark.parametrize("month", ["2025-09", "2026-12"])
def test_a_month_outside_the_open_ones_is_refused(month: str) -> None:
    with pytest.raises(RefusedError, match="not open"):
        check_open(month, date(2026, 11, 20))
