"""Compliance against an oracle that knows nothing of spans: it asks each day by itself.

Facts come late, twice, corrected and in any order; the bulk question and the rule must find what the oracle finds.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.accreditation.domain.compliance import LONG_ABSENCE, Compliance, Standing, standing
from services.accreditation.domain.course import Course
from services.accreditation.domain.courses import AUDIENCES, LINE_MANAGERS, NEW_JOINERS, Version
from services.accreditation.domain.training import TrainingRecord
from services.accreditation.read import metadata
from services.accreditation.read.assignment_candidates import assignment_candidates
from services.accreditation.read.courses import courses_of
from services.accreditation.read.due_items import assignments_due
from services.accreditation.read.employment_periods import keeping_stays
from services.accreditation.read.figures import compliance_on, still_to_train
from services.accreditation.read.learners import Staff, learners
from services.accreditation.read.moves import moved, people_moved
from services.accreditation.read.projected import PROJECTED
from services.accreditation.read.tables import assignments, managing, stays
from services.accreditation.read.team_by_team import to_train_by_team
from shared.kernel.periods import add_months
from shared.people.effects import employment_ended, employment_held
from shared.store.database import Database
from shared.store.rows import Rows
from tests.accreditation.builders import CODE, ORGANISATION, OTHER, act

BASE = date(2024, 1, 15)
TODAY = date(2026, 6, 1)
PERSONS = [f"{number}0000000-0000-4000-8000-000000000000" for number in range(1, 5)]
DAYS = (0, 1, 2, 27, 28, 29, 30, 60, 61, 200, 365, 366, 367, 420)
"""Days after the base on which things happen: few, so that they meet."""


@dataclass(frozen=True)
class State:
    """A state of an employment, as workforce records it. ``ends`` is the employment's, the last recorded counts."""

    employment: str
    person: str
    since: date
    organisation: str
    manager: str
    starts: date
    ends: date | None


@dataclass
class History:
    """All that happened: states in the order in which they were recorded, versions, training by person."""

    audience: str
    versions: list[Version]
    states: list[State] = field(default_factory=list)
    completed: dict[str, list[tuple[int, date]]] = field(default_factory=lambda: {each: [] for each in PERSONS})
    mistakes: dict[str, list[tuple[int, date]]] = field(default_factory=lambda: {each: [] for each in PERSONS})
    exemptions: dict[str, dict[date, tuple[date | None, str]]] = field(
        default_factory=lambda: {each: {} for each in PERSONS}
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A small organisation's history."""
    day = st.sampled_from(DAYS).map(lambda days: BASE + timedelta(days=days))
    history = History(draw(st.sampled_from(sorted(AUDIENCES))), _versions(draw))
    recorded: list[State] = []
    for number, person in enumerate(draw(st.lists(st.sampled_from(PERSONS), min_size=1, max_size=6))):
        starts = draw(day)
        for _ in range(draw(st.integers(1, 3))):
            recorded.append(
                State(
                    employment=f"e{number}",
                    person=person,
                    since=draw(day.filter(lambda since, starts=starts: since >= starts)),
                    organisation=draw(st.sampled_from((ORGANISATION, ORGANISATION, OTHER))),
                    manager=draw(st.sampled_from(("", *PERSONS))),
                    starts=starts,
                    ends=draw(st.none() | day.filter(lambda ends, starts=starts: ends >= starts)),
                )
            )
    history.states = draw(st.permutations(recorded))
    one = st.tuples(st.integers(1, len(history.versions)), day)
    for person in PERSONS:
        history.completed[person] = draw(st.lists(one, max_size=4))
        held = history.completed[person]
        history.mistakes[person] = draw(st.lists(st.sampled_from(held), max_size=1)) if held else []
        history.exemptions[person] = _exemptions(draw, day)
    return history


def _versions(draw: st.DrawFn) -> list[Version]:
    starts = sorted(draw(st.sets(st.sampled_from(DAYS[:10]), min_size=1, max_size=3)))
    return [
        Version(
            number=number,
            title="Carer aware",
            validity_months=draw(st.sampled_from((None, 1, 2, 12))),
            grace_days=draw(st.sampled_from((0, 1, 28, 90))),
            retake=draw(st.booleans()) if number > 1 else False,
            starts=BASE + timedelta(days=days),
        )
        for number, days in enumerate(starts, 1)
    ]


def _exemptions(draw: st.DrawFn, day: st.SearchStrategy[date]) -> dict[date, tuple[date | None, str]]:
    """At most two that have no day in common; the first always has a last day."""
    days = sorted(draw(st.sets(day, max_size=4)))
    reason = st.sampled_from((LONG_ABSENCE, "other"))
    found: dict[date, tuple[date | None, str]] = {}
    if len(days) >= 2:
        found[days[0]] = (days[1], draw(reason))
    if len(days) >= 3:
        found[days[2]] = (days[3] if len(days) == 4 else None, draw(reason))
    return found


class Oracle:
    """Answers by looking at one day at a time."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.ends = {state.employment: state.ends for state in history.states}
        self.held: dict[str, dict[date, State]] = {}
        for state in history.states:
            self.held.setdefault(state.employment, {})[state.since] = state
        self.current = cache(self._current)

    def _current(self, day: date) -> list[State]:
        """The states of employments that are current on a day."""
        found = []
        for employment, states in self.held.items():
            begun = [since for since in states if since <= day]
            ends = self.ends[employment]
            if begun and states[max(begun)].starts <= day and (ends is None or day <= ends):
                found.append(states[max(begun)])
        return found

    def here(self, person: str, day: date) -> bool:
        """Whether somebody works in the organisation on a day."""
        return any(state.person == person and state.organisation == ORGANISATION for state in self.current(day))

    def first_day(self, true: Callable[[date], bool], day: date) -> date | None:
        """The first of the days without a gap up to this one on which it is true."""
        if not true(day):
            return None
        while day > BASE and true(day - timedelta(days=1)):
            day -= timedelta(days=1)
        return day

    def in_since(self, person: str, day: date) -> date | None:
        """Since when somebody has been in the audience on a day."""
        stay = self.first_day(lambda at: self.here(person, at), day)
        if self.history.audience == NEW_JOINERS:
            return stay if stay and day < add_months(stay, 12) else None
        if self.history.audience == LINE_MANAGERS:
            return self.first_day(lambda at: self.here(person, at) and self.manages(person, at), day)
        return stay

    def manages(self, person: str, day: date) -> bool:
        """Whether somebody has a report on a day."""
        return any(state.manager == person and state.person != person for state in self.current(day))

    def state(self, person: str, day: date) -> str:
        """How somebody stands to the course on a day."""
        begun = [version for version in self.history.versions if version.starts <= day]
        since = self.in_since(person, day)
        if not begun or since is None:
            return "outside"
        asked = [version for version in begun if version.retake or version.number == 1][-1]
        let_off = [
            reason
            for starts, (until, reason) in self.history.exemptions[person].items()
            if starts + timedelta(days=28 if reason == LONG_ABSENCE else 0) <= day and (until is None or day <= until)
        ]
        if let_off:
            return "absent" if let_off == [LONG_ABSENCE] else "exempt"
        if (day - max(since, asked.starts)).days < begun[-1].grace_days:
            return "grace"
        done = set(self.history.completed[person]) - set(self.history.mistakes[person])
        return "trained" if any(self.counts(each, asked.number, day) for each in done) else "due"

    def counts(self, completion: tuple[int, date], least: int, day: date) -> bool:
        """Whether a completion counts on a day."""
        number, on = completion
        months = self.history.versions[number - 1].validity_months
        return number >= least and on <= day and (months is None or day < add_months(on, months))

    def compliance(self, day: date) -> Compliance:
        """The figures."""
        states = Counter(self.state(person, day) for person in PERSONS)
        return Compliance(
            states["trained"], states["trained"] + states["due"], states["grace"], states["exempt"], states["absent"]
        )


@contextmanager
def lists_of(history: History) -> Iterator[Database]:
    """The lists that these facts lead to."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'read.db'}")
        with database.writing() as connection:
            metadata.create_all(connection)
            rows = Rows(connection)
            for position, state in enumerate(history.states, 1):
                _employ(rows, state, position)
            for event in _own_events(history):
                PROJECTED[event["topic"]](rows, [event])
        yield database
        database.close()


def _employ(rows: Rows, state: State, position: int) -> None:
    event = _event(state, position)
    for effect in (people_moved, keeping_stays(employment_held)):
        effect(rows, [event])
    if state.ends:
        keeping_stays(employment_ended)(rows, [event])


def _event(state: State, position: int) -> dict[str, Any]:
    data = {
        "employment": state.employment,
        "staff_number": "1",
        "post": "P",
        "employer": "e",
        "manager": state.manager or None,
        "nation": "england",
        "status": "employee",
        "fte": "1/1",
        "full_time_minutes": 2220,
        "pattern": {},
        "starts": state.starts.isoformat(),
        "ends": state.ends.isoformat() if state.ends else None,
        "effective_from": state.since.isoformat(),
    }
    return {"subject": state.person, "organisation": state.organisation, "position": position, "data": data}


def _own_events(history: History) -> Iterator[dict[str, Any]]:
    course = Course.recorded(CODE, history.audience, history.versions[0], act(TODAY))
    for version in history.versions[1:]:
        course.revise(version, act(TODAY))
    aggregates: list[Any] = [course]
    for person in PERSONS:
        record = TrainingRecord.open(person, act(TODAY))
        for number, on in [*history.completed[person], *reversed(history.completed[person])]:
            record.complete(course.rules, number, on, "certificate", "", act(TODAY))
        for number, on in history.mistakes[person]:
            completion, new = record.complete(course.rules, number, on, "certificate", "", act(TODAY))
            assert not new
            record.correct(course.rules, completion, act(TODAY))
        for starts, (until, reason) in history.exemptions[person].items():
            record.exempt(course.rules, starts, starts, "other", "", act(TODAY))
            record.exempt(course.rules, starts, until, reason, "", act(TODAY))
        aggregates.append(record)
    position = 0
    for aggregate in aggregates:
        for event in aggregate.pending_events:
            position += 1
            if type(event).TOPIC in PROJECTED:
                yield vars(event) | {"topic": type(event).TOPIC, "position": position, "time": TODAY.isoformat()}


QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASKED_ON = [BASE + timedelta(days=days + more) for days in DAYS for more in (0, 1, 89)]


@QUIET
@given(histories(), st.lists(st.sampled_from(ASKED_ON), min_size=4, max_size=4))
def test_compliance_is_what_looking_at_each_day_by_itself_finds(history: History, days: Sequence[date]) -> None:
    oracle = Oracle(history)
    with lists_of(history) as database, database.reading() as connection:
        (course,) = courses_of(connection, ORGANISATION)
        for day in days:
            assert compliance_on(connection, course, day) == oracle.compliance(day), day


@QUIET
@given(histories(), st.sampled_from(ASKED_ON), st.sets(st.sampled_from(PERSONS), min_size=1))
def test_people_stand_alone_as_they_stand_among_all_and_none_is_counted_twice(
    history: History, day: date, persons: set[str]
) -> None:
    with lists_of(history) as database, database.reading() as connection:
        (course,) = courses_of(connection, ORGANISATION)
        people = learners(Staff(connection, ORGANISATION), course)
        everybody = {each.person: standing(course, each, day) for each in people}
        some = {
            each.person: standing(course, each, day)
            for each in learners(Staff(connection, ORGANISATION, sorted(persons)), course)
        }
        figures = compliance_on(connection, course, day)
        due = still_to_train(connection, course, day, most=len(people) + 1)
        by_team = to_train_by_team(connection, course, day, most=len(people) + 1, skip=0)
    assert some == {person: everybody[person] for person in sorted(persons & everybody.keys())}
    assert len(everybody) == len(people)
    states = Counter(each.state for each in everybody.values())
    assert figures == Compliance(
        states["trained"], states["trained"] + states["due"], states["grace"], states["exempt"], states["absent"]
    )
    assert [(each.person, each.due_on) for each in due] == [
        (person, found.due_on) for person, found in sorted(everybody.items()) if found.state == "due"
    ]
    assert sorted((each.person, each.due_on) for each in by_team) == [(each.person, each.due_on) for each in due]


@QUIET
@given(histories(), st.booleans())
def test_every_organisation_that_an_employment_is_or_was_with_is_marked_as_moved(
    history: History, together: bool
) -> None:
    with lists_of(History("all-staff", history.versions)) as database, database.writing() as connection:
        events = [_event(state, position) for position, state in enumerate(history.states, 1)]
        for run in [events] if together else [[event] for event in events]:
            people_moved(Rows(connection), run)
            employment_held(Rows(connection), run)
        marks = moved(connection)
    expected: dict[str, int] = {}
    held: dict[tuple[str, date], str] = {}
    for position, state in enumerate(history.states, 1):
        before = {where for (employment, _), where in held.items() if employment == state.employment}
        expected |= dict.fromkeys({state.organisation, *before}, position)
        held[state.employment, state.since] = state.organisation
    assert marks == expected


@QUIET
@given(histories(), st.data())
def test_whom_assignment_does_concern_is_among_those_whom_it_may_concern(history: History, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(ASKED_ON))
    with lists_of(history) as database:
        with database.reading() as connection:
            (course,) = courses_of(connection, ORGANISATION)
            known = {
                each.person: standing(course, each, day) for each in learners(Staff(connection, ORGANISATION), course)
            }
        told = [
            _told(data.draw, course.course, person, known.get(person, Standing("outside")))
            for person in data.draw(st.sets(st.sampled_from(PERSONS)))
        ]
        with database.writing() as connection:
            Rows(connection).insert_missing(assignments, told)
        with database.reading() as connection:
            due = {item.command.person for item in assignments_due(connection, ORGANISATION, PERSONS, day)}
            found, last = assignment_candidates(connection, ORGANISATION, day)
    assert due <= set(found)
    assert last == ""


def _told(draw: Callable[[st.SearchStrategy[Any]], Any], course: str, person: str, right: Standing) -> dict[str, Any]:
    """What somebody was told: as it should be, or off in any part."""
    since = right.since or BASE
    days = st.sampled_from((0, 0, 0, 1))
    return {
        "course": course,
        "person": person,
        "open": draw(st.sampled_from((True, True, True, False))),
        "since": (since + timedelta(days=draw(days))).isoformat(),
        "due_on": ((right.due_on or since) + timedelta(days=draw(days))).isoformat(),
        "least_version": right.least_version + draw(days),
        "position": 1,
    }


@QUIET
@given(histories(), st.data())
def test_stays_and_times_of_managing_are_the_same_however_the_events_come_together(
    history: History, data: st.DataObject
) -> None:
    events = [_event(state, position) for position, state in enumerate(history.states, 1)]
    cut = data.draw(st.integers(0, len(events)))
    found = []
    for runs in ([[event] for event in events], [events[:cut], events[cut:]]):
        with lists_of(History("all-staff", history.versions)) as database, database.writing() as connection:
            for run in runs:
                keeping_stays(employment_held)(Rows(connection), run)
            kept = [connection.execute(select(table).order_by(*table.c)).all() for table in (stays, managing)]
            found.append(kept)
    assert found[0] == found[1]
