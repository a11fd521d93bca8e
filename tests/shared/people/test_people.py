"""The people view: what workforce published, asked by person, by day and by manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import delete, select

from shared.contracts import types
from shared.contracts.catalogue import validate_producer
from shared.contracts.golden import samples
from shared.people.effects import PEOPLE_EFFECTS
from shared.people.questions import (
    Employment,
    Organisation,
    all_organisations,
    employment,
    employments_on,
    headcount,
    organisation_named,
    reports_of,
)
from shared.people.tables import employments
from shared.runtime.wiring import Wiring
from shared.store.rows import Rows
from shared.store.subscriptions import ToRows, runs_of_streams
from tests.shared.probe.stories import person

ANN, BEN, CAT = person(1), person(2), person(3)
HOME, AWAY = "acas", "ofqual"
JOB, OTHER_JOB = person(101), person(102)
NEW_YEAR, MARCH, JULY = date(2026, 1, 1), date(2026, 3, 2), date(2026, 7, 1)

Event = dict[str, Any]


def recorded(who: str = ANN, job: str = JOB, organisation: str = HOME, **changes: Any) -> Event:
    """Workforce's event of an employment, with the values that a test is about."""
    data = {
        "employment": job,
        "staff_number": "A-1",
        "post": "caseworker",
        "employer": HOME,
        "manager": BEN,
        "nation": "england",
        "status": "employee",
        "fte": "1/1",
        "full_time_minutes": 2220,
        "pattern": {"starts": "2026-01-05", "days": [[222, 222]] * 5 + [[0, 0]] * 2} | _BANK,
        "starts": "2026-01-01",
        "ends": None,
        "effective_from": "2026-01-01",
    }
    return _event(types.EMPLOYMENT_RECORDED, who, organisation, data | changes)


def changed(**changes: Any) -> Event:
    """The same employment with other values from a day on."""
    return recorded(**changes) | {"type": types.EMPLOYMENT_CHANGED}


def ended(ends: str, who: str = ANN, job: str = JOB) -> Event:
    """The employment's last day."""
    return _event(types.EMPLOYMENT_ENDED, who, HOME, {"employment": job, "ends": ends})


def organisation(slug: str, name: str, group: str | None = None, kind: str = "department") -> Event:
    """An organisation."""
    return _event(types.ORGANISATION_RECORDED, "", slug, {"name": name, "group": group, "kind": kind})


_BANK = {"works_bank_holidays": False, "varies": False}


def _event(type: str, subject: str, slug: str, data: dict[str, Any]) -> Event:
    return {"type": type, "subject": subject, "organisation": slug, "data": data, "position": 1, "epoch": "e"}


def test_an_employment_is_current_from_its_first_to_its_last_day(probe: Wiring) -> None:
    _tell(probe, recorded(starts="2026-03-02", ends="2026-06-30", effective_from="2026-03-02"))

    assert _one(probe, date(2026, 3, 1)) is None
    assert _one(probe, date(2026, 3, 2)) is not None
    assert _one(probe, date(2026, 6, 30)) is not None
    assert _one(probe, date(2026, 7, 1)) is None


def test_an_employment_has_the_types_that_decisions_need(probe: Wiring) -> None:
    _tell(probe, recorded(fte="3/5", manager=None, ends="2026-12-31"))

    assert _one(probe, MARCH) == Employment(
        employment=JOB,
        person=ANN,
        staff_number="A-1",
        post="caseworker",
        organisation=HOME,
        employer=HOME,
        manager=None,
        nation="england",
        status="employee",
        fte=Fraction(3, 5),
        full_time_minutes=2220,
        pattern={"starts": "2026-01-05", "days": [[222, 222]] * 5 + [[0, 0]] * 2} | _BANK,
        starts=NEW_YEAR,
        ends=date(2026, 12, 31),
    )


def test_a_change_holds_from_its_day_and_the_past_stays_as_it_was(probe: Wiring) -> None:
    _tell(probe, recorded(), changed(organisation=AWAY, manager=CAT, fte="1/2", effective_from="2026-07-01"))

    before, after = _one(probe, date(2026, 6, 30)), _one(probe, JULY)

    assert before is not None
    assert after is not None
    assert (before.organisation, before.manager, before.fte) == (HOME, BEN, Fraction(1))
    assert (after.organisation, after.manager, after.fte) == (AWAY, CAT, Fraction(1, 2))


def test_changes_may_be_told_in_any_order_of_their_days(probe: Wiring) -> None:
    _tell(probe, recorded(), changed(post="lead", effective_from="2026-07-01"))
    _tell(probe, changed(post="senior", effective_from="2026-03-02"))

    assert [_post(probe, day) for day in (NEW_YEAR, MARCH, JULY)] == ["caseworker", "senior", "lead"]


def test_a_change_of_the_same_day_replaces_the_earlier_one(probe: Wiring) -> None:
    _tell(probe, recorded(), changed(post="lead"), changed(post="senior"))

    assert _post(probe, MARCH) == "senior"


def test_an_end_holds_for_the_whole_employment_and_can_be_taken_back(probe: Wiring) -> None:
    _tell(probe, recorded(), changed(post="lead", effective_from="2026-07-01"), ended("2026-03-01"))
    assert _one(probe, date(2026, 3, 1)) is not None
    assert _one(probe, MARCH) is None
    assert _one(probe, JULY) is None

    _tell(probe, changed(post="lead", effective_from="2026-07-01", ends=None))

    assert _post(probe, MARCH) == "caseworker"
    assert _post(probe, JULY) == "lead"


def test_an_end_of_another_employment_changes_nothing(probe: Wiring) -> None:
    _tell(probe, recorded(), recorded(job=OTHER_JOB), ended("2026-01-31", job=OTHER_JOB))

    assert _one(probe, MARCH) is not None


def test_a_person_may_have_several_posts(probe: Wiring) -> None:
    _tell(
        probe,
        recorded(job=OTHER_JOB, post="evening", starts="2026-02-01", effective_from="2026-02-01", manager=CAT),
        recorded(post="morning"),
        recorded(who=BEN, job=person(103)),
    )
    with probe.reading() as connection:
        held = employments_on(connection, ANN, MARCH)
        early = employments_on(connection, ANN, NEW_YEAR)

    assert [found.post for found in held] == ["morning", "evening"]
    assert [found.post for found in early] == ["morning"]
    assert {found.manager for found in held} == {BEN, CAT}


def test_a_manager_has_the_reports_of_the_day(probe: Wiring) -> None:
    _tell(
        probe,
        recorded(staff_number="B-2"),
        recorded(who=CAT, job=OTHER_JOB, staff_number="A-7"),
        changed(manager=CAT, staff_number="B-2", effective_from="2026-07-01"),
    )
    with probe.reading() as connection:
        march = [found.person for found in reports_of(connection, BEN, MARCH)]
        july = [found.person for found in reports_of(connection, BEN, JULY)]

    assert march == [CAT, ANN], "by staff number"
    assert july == [CAT]


def test_a_person_with_two_posts_is_one_head(probe: Wiring) -> None:
    _tell(probe, recorded(), recorded(job=OTHER_JOB), recorded(who=BEN, job=person(103), starts="2026-06-01"))
    with probe.reading() as connection:
        assert headcount(connection, HOME, MARCH) == 1
        assert headcount(connection, AWAY, MARCH) == 0


def test_organisations_are_told_by_name_and_the_last_word_counts(probe: Wiring) -> None:
    _tell(
        probe,
        organisation(HOME, "Acas", group="Business and Trade"),
        organisation("centre", "Central team", kind="centre"),
        organisation(AWAY, "Ofqual"),
        organisation(AWAY, "Office of Qualifications"),
    )
    with probe.reading() as connection:
        assert all_organisations(connection) == [
            Organisation(HOME, "Acas", "Business and Trade", "department"),
            Organisation("centre", "Central team", "", "centre"),
            Organisation(AWAY, "Office of Qualifications", "", "department"),
        ]
        assert organisation_named(connection, AWAY) == Organisation(AWAY, "Office of Qualifications", "", "department")
        assert organisation_named(connection, "nowhere") is None


def test_the_contracts_samples_can_be_taken_in(probe: Wiring) -> None:
    for type in PEOPLE_EFFECTS:
        for sample in samples(type):
            validate_producer(sample)
            _tell(probe, {"subject": "", **sample, "position": 1, "epoch": "e"})
    with probe.reading() as connection:
        assert connection.execute(select(employments.c.employment)).first() is not None
        assert all_organisations(connection)


TELLINGS = st.lists(
    st.one_of(
        st.builds(
            recorded,
            job=st.sampled_from([JOB, OTHER_JOB]),
            post=st.sampled_from(["caseworker", "lead"]),
            ends=st.sampled_from([None, "2026-05-31", "2026-12-31"]),
            effective_from=st.sampled_from(["2026-01-01", "2026-03-02", "2026-07-01"]),
        ),
        st.builds(ended, st.sampled_from(["2026-02-28", "2026-09-30"]), job=st.sampled_from([JOB, OTHER_JOB])),
    ),
    max_size=12,
)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TELLINGS, cuts=st.lists(st.integers(1, 11), max_size=3))
def test_events_make_the_same_rows_however_they_are_bundled(probe: Wiring, told: list[Event], cuts: list[int]) -> None:
    """A page of a thousand, or one by one: the rows are equal, so rebuilt equals live."""
    one_by_one = _rows_of(probe, [[event] for event in told])
    edges = [0, *sorted({cut for cut in cuts if cut < len(told)}), len(told)]
    bundled = [told[start:end] for start, end in pairwise(edges)]

    assert _rows_of(probe, bundled) == one_by_one


def _rows_of(probe: Wiring, bundles: Sequence[Sequence[Event]]) -> list[tuple[Any, ...]]:
    with probe.stores.read.writing() as connection:
        connection.execute(delete(employments))
    for bundle in bundles:
        _tell(probe, *bundle)
    with probe.reading() as connection:
        rows = connection.execute(
            select(employments).order_by(employments.c.employment, employments.c.effective_from)
        ).all()
    return [tuple(row) for row in rows]


def _tell(probe: Wiring, *told: Event) -> None:
    """Apply events as the inbox does."""
    with probe.stores.read.writing() as connection:
        rows = Rows(connection)
        for run in runs_of_streams(told, PEOPLE_EFFECTS):
            for effect in PEOPLE_EFFECTS[run[0]["type"]]:
                assert isinstance(effect, ToRows)
                effect.effect(rows, run)


def _one(probe: Wiring, day: date) -> Employment | None:
    with probe.reading() as connection:
        return employment(connection, JOB, day)


def _post(probe: Wiring, day: date) -> str | None:
    found = _one(probe, day)
    return found.post if found else None
