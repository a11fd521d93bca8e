"""Facts: one row a statement, closed when another takes its place, the same however they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, create_engine, select

from services.reporting.consumed import LEAVE, WORKFORCE
from services.reporting.domain.facts import spells
from services.reporting.domain.leave_taken import leave_taken
from services.reporting.read.facts_of import day_facts_of, employment_facts_of
from services.reporting.read.tables import changes, day_facts, employment_facts, metadata
from shared.store.rows import Rows
from shared.store.subscriptions import Subscription, ToRows
from tests.reporting.domain.histories import ORGANISATIONS, Event, History, histories, slow_figures

WORKS, RIVERS = ORGANISATIONS


@contextmanager
def read_side() -> Iterator[Connection]:
    """An empty read side in memory."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def apply(connection: Connection, subscription: Subscription, events: Sequence[Event]) -> None:
    """Apply consecutive events of one effect together, as the inbox does."""
    rows = Rows(connection)
    runs: list[tuple[Any, list[Event]]] = []
    for event in events:
        effects = subscription.effects[event["type"]]
        if runs and runs[-1][0] == effects:
            runs[-1][1].append(event)
        else:
            runs.append((effects, [event]))
    for effects, run in runs:
        for effect in effects:
            assert isinstance(effect, ToRows)
            effect.effect(rows, run)


def content(connection: Connection, *tables: Table) -> list[Any]:
    """Everything in the tables, in the order of their keys."""
    return [list(connection.execute(select(table).order_by(*table.primary_key.columns))) for table in tables]


FACTS = (employment_facts, day_facts)


def parts(events: Sequence[Event], cuts: Sequence[int]) -> list[Sequence[Event]]:
    """The events in consecutive parts, cut at some places."""
    places = sorted({cut % (len(events) + 1) for cut in cuts})
    return [events[start:end] for start, end in zip([0, *places], [*places, len(events)], strict=True)]


@settings(deadline=None, max_examples=40)
@given(histories(), st.sampled_from(ORGANISATIONS), st.data())
def test_figures_are_right_whatever_came_late_twice_or_out_of_order(
    history: History, organisation: str, data: st.DataObject
) -> None:
    with read_side() as connection:
        for subscription, events in ((LEAVE, history.leave), (WORKFORCE, history.workforce)):
            repeats = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
            shuffled = data.draw(st.permutations([*events, *repeats]))
            for part in parts(shuffled, data.draw(st.lists(st.integers(0, 100), max_size=4))):
                apply(connection, subscription, part)
        for month in ("2025-12", "2026-12"):
            held = spells(employment_facts_of(connection, organisation), organisation)
            days = day_facts_of(connection, organisation, date(2025, 1, 1))
            figures = leave_taken([month], held, days)[month]
            assert vars(figures.month) | {"year": vars(figures.year)} == slow_figures(history, organisation, month)[
                "month"
            ] | {"year": slow_figures(history, organisation, month)["year"]}


@settings(deadline=None, max_examples=40)
@given(histories(), st.data())
def test_facts_are_the_same_in_whatever_order_and_parts_they_came(history: History, data: st.DataObject) -> None:
    contents = []
    for ordered in (True, False):
        with read_side() as connection:
            for subscription, events in ((WORKFORCE, history.workforce), (LEAVE, history.leave)):
                taken = events if ordered else data.draw(st.permutations(events))
                for part in parts(taken, data.draw(st.lists(st.integers(0, 100), max_size=4))):
                    apply(connection, subscription, part)
            contents.append(content(connection, *FACTS))
    assert contents[0] == contents[1]


@settings(deadline=None, max_examples=40)
@given(histories(), st.data())
def test_in_order_the_marks_are_the_same_in_whatever_parts_and_however_often(
    history: History, data: st.DataObject
) -> None:
    contents = []
    for repeated in (False, True):
        with read_side() as connection:
            for subscription, events in ((WORKFORCE, history.workforce), (LEAVE, history.leave)):
                for part in parts(events, data.draw(st.lists(st.integers(0, 100), max_size=4))):
                    apply(connection, subscription, part)
                    if repeated:
                        apply(connection, subscription, part)
            contents.append(content(connection, changes, *FACTS))
    assert contents[0] == contents[1]


def statement(position: int, organisation: str, effective: str, *, ends: str | None = None, **changed: Any) -> Event:
    data = {
        "employment": "e1",
        "effective_from": effective,
        "starts": effective,
        "ends": ends,
        "fte": "1/1",
        "status": "employee",
    }
    return placed("workforce.employment-changed", position, organisation, data | changed)


def ended(position: int, organisation: str, ends: str) -> Event:
    return placed("workforce.employment-ended", position, organisation, {"employment": "e1", "ends": ends})


def taken(position: int, organisation: str, day: str, minutes: int = 444, what: str = "taken") -> Event:
    data = {"notice": "n1", "date": day, "minutes": minutes, "paid_minutes": 0, "full_time_minutes": 2220}
    return placed(f"leave.{what}", position, organisation, data)


def placed(kind: str, position: int, organisation: str, data: Event) -> Event:
    return {
        "type": f"carers.{kind}.v1",
        "epoch": "epoch",
        "position": position,
        "time": f"2026-11-20T09:00:{position:02d}+00:00",
        "subject": "p1",
        "organisation": organisation,
        "data": data,
    }


def test_a_correction_closes_the_day_it_corrects_and_changes_nothing_else_of_it() -> None:
    with read_side() as connection:
        apply(connection, LEAVE, [taken(2, WORKS, "2026-11-19")])
        (before,) = connection.execute(select(day_facts)).all()
        apply(connection, LEAVE, [taken(4, WORKS, "2026-11-19", 0, "corrected")])
        first, second = connection.execute(select(day_facts).order_by(day_facts.c.position)).all()
    assert (before.known_from, before.known_to) == ("2026-11-20T09:00:02+00:00", None)
    assert first._mapping == dict(before._mapping) | {"known_to": second.known_from}
    assert (second.minutes, second.known_to) == ("0/1", None)


def test_a_statement_for_another_day_closes_nothing() -> None:
    with read_side() as connection:
        apply(connection, WORKFORCE, [statement(2, WORKS, "2026-01-01"), statement(4, WORKS, "2026-06-01")])
        assert set(connection.execute(select(employment_facts.c.known_to)).scalars()) == {None}


def test_the_same_day_said_again_and_an_end_said_again_are_closed() -> None:
    said = [
        statement(2, WORKS, "2026-01-01"),
        ended(4, WORKS, "2026-09-30"),
        statement(6, WORKS, "2026-01-01", fte="1/2"),
    ]
    with read_side() as connection:
        apply(connection, WORKFORCE, said)
        known_to = select(employment_facts.c.known_to).order_by(employment_facts.c.position)
        assert list(connection.execute(known_to).scalars()) == [said[2]["time"], said[2]["time"], None]


def months_marked(connection: Connection) -> set[tuple[str, str, str]]:
    return {(row.organisation, row.kind, row.month) for row in connection.execute(select(changes))}


def test_a_day_marks_its_month_and_a_move_marks_both_organisations() -> None:
    with read_side() as connection:
        apply(connection, LEAVE, [taken(2, WORKS, "2026-11-19")])
        assert months_marked(connection) == {(WORKS, "day", "2026-11")}
        apply(connection, WORKFORCE, [statement(2, WORKS, "2026-03-09"), statement(4, RIVERS, "2026-07-01")])
        assert months_marked(connection) == {
            (WORKS, "day", "2026-11"),
            (WORKS, "employment", "2026-03"),
            (WORKS, "employment", "2026-07"),
            (RIVERS, "employment", "2026-07"),
        }


def test_an_end_that_moves_marks_the_earlier_of_both() -> None:
    with read_side() as connection:
        apply(connection, WORKFORCE, [statement(2, WORKS, "2026-01-01"), ended(4, WORKS, "2026-05-31")])
        apply(connection, WORKFORCE, [ended(6, WORKS, "2026-08-31")])
        marks = {row.month: row.mark for row in connection.execute(select(changes))}
    assert set(marks) == {"2026-01", "2026-05"}
