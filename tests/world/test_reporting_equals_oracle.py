"""Reporting beside the oracle: on random histories at random instants, and in a fleet where everybody works."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.board import indicator_parts
from services.reporting.domain.catalogue import figures_json, parse_figures
from services.reporting.domain.months import release_days as real_release_days
from services.reporting.domain.revisions import Revision as RealRevision
from services.reporting.domain.revisions import held_by_release
from tests.fleet import EMPLOYER
from tests.reporting.domain.histories import ORGANISATIONS
from tests.reporting.domain.measure_histories import Told, told
from tests.reporting.read.test_fact_effects import apply, read_side
from tests.reporting.read.test_measure_facts import MONTHS, figures_now, sources
from tests.world.compare import differences, never_returned, outdated, parse_returns, rates, unlike
from tests.world.conftest import Story
from tests.world.events import twelve_months
from tests.world.oracle import SOURCES, Oracle
from tests.world.release import Revision, before, closing, held_revision, midnight, release_days


@settings(deadline=None, max_examples=30)
@given(told(), st.integers(0, 30))
def test_figures_are_reportings_at_any_instant(history: Told, second: int) -> None:
    known = f"2026-12-31T00:00:{second:02d}+00:00"
    oracle = Oracle([event for _, events in sources(history) for event in events])
    for instant in (known, "2026-12-31T23:59:59+00:00"):
        with read_side() as connection:
            for subscription, events in sources(history.known(instant)):
                apply(connection, subscription, events)
            for organisation in ORGANISATIONS:
                for month in MONTHS:
                    real = figures_json(figures_now(connection, organisation, month))
                    said = oracle.figures(organisation, month, datetime.fromisoformat(instant))
                    assert list(unlike(real, said)) == []
                    parts = indicator_parts(parse_figures(real))
                    real_rates = {each: (rate.numerator, rate.denominator) for each, rate in parts.rates.items()}
                    assert real_rates == rates(said)


def test_every_revision_of_a_fleet_is_what_the_events_say(story: Story) -> None:
    returns = parse_returns(story.returns)
    oracle = Oracle(story.events)
    assert differences(story.returns, oracle) == []
    assert list(outdated(returns, oracle, story.now)) == []
    assert never_returned(returns, oracle) == []
    assert {each.organisation for each in returns} == {EMPLOYER, "rivers-agency"}
    assert max(each.revision for each in returns) > 5
    taken = {each.organisation for each in returns if each.figures["10"]["month"]["people"]}
    assert taken == {EMPLOYER, "rivers-agency"}  # both have leave to get wrong


def test_what_was_known_on_a_past_day_is_what_had_been_recorded_by_then(story: Story) -> None:
    returns, oracle = parse_returns(story.returns), Oracle(story.events)
    days = sorted({each.as_known.date() for each in returns})[::2]
    assert len(days) > 5
    for day in days:
        assert list(outdated(returns, oracle, before(day + timedelta(days=1)))) == []


def test_a_day_that_was_never_taken_shows(story: Story) -> None:
    [one, *_] = [event for event in story.events if event["type"] == "carers.leave.taken.v1"]
    oracle = Oracle(event for event in story.events if event is not one)
    month = one["data"]["date"][:7]
    found = differences(story.returns, oracle)
    assert any(f" {month} " in line and " 10 month people: the return says " in line for line in found)


@pytest.mark.parametrize(
    "kind", ["leave.corrected", "leave.postponed", "passport.ended", "workforce.employment-ended"], ids=str
)
def test_any_other_event_that_is_left_out_shows_too(story: Story, kind: str) -> None:
    oracle = Oracle(event for event in story.events if event["type"] != f"carers.{kind}.v1")
    assert differences(story.returns, oracle)


def test_a_figure_that_is_wrong_by_one_is_told_by_its_name(story: Story) -> None:
    returns = deepcopy(story.returns)
    wrong = returns[len(returns) // 2]
    wrong["data"]["figures"]["22"]["in_grace"] += 1
    [line] = differences(returns, Oracle(story.events))
    assert f"{wrong['organisation']} {wrong['data']['month']} revision {wrong['data']['revision']}, as known" in line
    assert line.endswith("22 in_grace: the return says 1, the events 0")


def test_positions_revisions_and_completeness_that_cannot_be_are_told(story: Story) -> None:
    oracle = Oracle(story.events)

    def told_of(**changes: Any) -> list[str]:
        returns = deepcopy(story.returns)
        last = max(returns, key=lambda event: (event["data"]["as_known"], event["data"]["month"]))
        last["data"] |= changes
        return [line.rpartition(": ")[2] for line in differences(returns, oracle)]

    read = oracle.read_until(story.now)
    positions = {source: ["e", read[source]] for source in SOURCES}
    assert told_of(positions=positions) == []
    beyond = read["leave"] + 1
    assert told_of(positions=positions | {"leave": ["e", beyond]}) == [
        f"was read up to leave {beyond}, where {read['leave']} was the last then"
    ]
    assert told_of(complete=True) == ["is complete before the month has settled"]
    assert told_of(revision=9) == ["comes as revision 1"]
    assert told_of(definition=2) == ["is by version 2 of the definitions, not 3"]


def test_what_was_recorded_before_and_not_read_is_told_apart(story: Story) -> None:
    returns = deepcopy(story.returns)
    oracle = Oracle(story.events)
    last = max(
        (event for event in returns if event["organisation"] == EMPLOYER), key=lambda event: event["data"]["as_known"]
    )
    data = last["data"]
    data["positions"].pop("workforce")
    read = {source: position for source, (_, position) in data["positions"].items()}
    data["figures"] = oracle.figures(EMPLOYER, data["month"], read)
    found = differences(returns, oracle)
    assert found
    assert all(line.endswith(", of which it had not read workforce to the end") for line in found)


def test_a_month_left_out_and_a_department_that_never_returned_are_told(story: Story) -> None:
    oracle = Oracle(story.events)
    without = [event for event in story.returns if event["data"]["month"] != "2026-09"]
    found = list(outdated(parse_returns(without), oracle, story.now))
    assert [line.partition(" up to ")[0] for line in found] == [
        f"{organisation} 2026-09: there is no return" for organisation in (EMPLOYER, "rivers-agency")
    ]
    assert never_returned([], oracle) == [EMPLOYER, "rivers-agency"]
    closed = before(closing("2026-09"))
    day = timedelta(days=1)
    holds = {"rivers-agency": [(closed - day, closed + day)], EMPLOYER: [(closed - day, closed)]}
    held = list(outdated(parse_returns(without), oracle, story.now, holds=holds))
    assert held == [line for line in found if line.startswith(EMPLOYER)]
    assert never_returned([], oracle, {"rivers-agency": []}) == [EMPLOYER]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(2026, 11, 1), date(2027, 12, 31)), st.booleans()), max_size=6),
    st.sampled_from(twelve_months("2027-03")),
    st.dates(date(2026, 11, 1), date(2028, 3, 1)),
)
def test_a_release_holds_the_same_revision_on_the_same_days(
    made: list[tuple[date, bool]], month: str, today: date
) -> None:
    revisions = [
        Revision(number, midnight(day) + timedelta(hours=number), complete)
        for number, (day, complete) in enumerate(sorted(made), 1)
    ]
    held = held_by_release([RealRevision(*each) for each in revisions], month, today)
    assert held_revision(revisions, month, today) == ((tuple(held.revision), held.on) if held else None)
    assert list(release_days(month, today)) == list(real_release_days(month, today))
