"""Facts of notices, passports, training, provisions and awards: figures against counting the slow way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.reporting.consumed import ACCREDITATION, LEAVE, PASSPORT, WORKFORCE
from services.reporting.domain.catalogue import figures_json, parse_figures
from services.reporting.domain.figures import Figures
from services.reporting.domain.months import SPAN_MONTHS, plus_months
from services.reporting.domain.training import trained_at
from services.reporting.read.figures_of import figures_of
from services.reporting.read.measure_facts_of import training_facts_of
from services.reporting.read.tables import (
    award_facts,
    changes,
    notice_facts,
    passport_facts,
    provision_facts,
    training_facts,
)
from shared.kernel.periods import month_span
from tests.reporting.domain.histories import ORGANISATIONS, Event
from tests.reporting.domain.measure_histories import Told, slow_measures, told
from tests.reporting.read.test_fact_effects import apply, content, parts, read_side

TABLES = (notice_facts, passport_facts, training_facts, provision_facts, award_facts)
MONTHS = ("2025-11", "2026-02", "2026-09", "2026-12")


def sources(history: Told) -> list[tuple[Any, list[Event]]]:
    return [
        (ACCREDITATION, history.accreditation),
        (PASSPORT, history.passport),
        (LEAVE, history.leave),
        (WORKFORCE, history.workforce),
    ]


def pour(connection: Connection, subscription: Any, events: Sequence[Event], data: st.DataObject) -> None:
    """Apply events in random parts."""
    for part in parts(events, data.draw(st.lists(st.integers(0, 100), max_size=3))):
        apply(connection, subscription, part)


def figures_now(connection: Connection, organisation: str, month: str) -> Figures:
    since = month_span(plus_months(month, 1 - SPAN_MONTHS)).first
    trained = trained_at([month], training_facts_of(connection, organisation))
    return figures_of(connection, organisation, [month], since, trained)[month]


def measured(connection: Connection, organisation: str, month: str) -> dict[str, Any]:
    figures = figures_now(connection, organisation, month)
    plain = figures_json(figures)
    assert parse_figures(plain) == figures
    return {indicator: plain[indicator] for indicator in plain if indicator not in ("10", "11", "12")}


@settings(deadline=None, max_examples=40)
@given(told(), st.sampled_from(ORGANISATIONS), st.sampled_from(MONTHS), st.data())
def test_measures_are_right_whatever_came_late_twice_or_out_of_order(
    history: Told, organisation: str, month: str, data: st.DataObject
) -> None:
    with read_side() as connection:
        for subscription, events in data.draw(st.permutations(sources(history))):
            repeats = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
            pour(connection, subscription, data.draw(st.permutations([*events, *repeats])), data)
        assert measured(connection, organisation, month) == slow_measures(history, organisation, month)


@settings(deadline=None, max_examples=20)
@given(told(), st.data())
def test_facts_and_marks_are_the_same_in_whatever_parts_and_however_often(history: Told, data: st.DataObject) -> None:
    contents = []
    for repeated in (False, True):
        with read_side() as connection:
            for subscription, events in data.draw(st.permutations(sources(history))):
                pour(connection, subscription, events, data)
                if repeated:
                    apply(connection, subscription, events)
            contents.append(content(connection, changes, *TABLES))
    assert contents[0] == contents[1]
