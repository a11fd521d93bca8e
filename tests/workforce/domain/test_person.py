from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workforce.domain.pattern_text import parse_pattern
from services.workforce.domain.person import Person
from services.workforce.domain.terms import Terms
from shared.kernel.errors import CarersError, ErasedError, InvalidError, NotFoundError, RefusedError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STARTS = date(2020, 4, 1)
TERMS = Terms(
    staff_number="0001",
    post="Executive Officer",
    organisation="works",
    employer="works",
    manager=None,
    nation="england",
    status="employee",
    fte=Fraction(1),
    full_time_minutes=2220,
    pattern=parse_pattern("mon-fri 7:24", STARTS),
    starts=STARTS,
    ends=None,
)
JOB = "11111111-0000-4000-8000-000000000001"
OTHER = "11111111-0000-4000-8000-000000000002"


def someone() -> Person:
    return Person.recorded(uuid4(), "Sample Person", "works", by="hr", now=NOW)


def employed(terms: Terms = TERMS) -> Person:
    person = someone()
    person.record_employment(JOB, terms, by="hr", now=NOW)
    person.collect_events()
    return person


def change(person: Person, since: date, **fields: Any) -> None:
    person.change_employment(JOB, replace(TERMS, **fields), since, by="hr", now=NOW)


def last_event(person: Person) -> Any:
    return person.pending_events[-1]


def refusal(code: str) -> Any:
    return pytest.raises(CarersError, check=lambda error: getattr(error, "code_", "") == code)


def test_a_person_is_recorded_with_a_sealed_name() -> None:
    person = someone()
    event = last_event(person)
    assert event.TOPIC == "workforce.person.recorded"
    assert event.SEALED == ("name",)
    assert event.person == str(person.id)


def test_an_employment_is_recorded_from_its_first_day_with_its_full_terms() -> None:
    person = someone()
    person.record_employment(JOB, TERMS, by="hr", now=NOW)
    event = last_event(person)
    assert event.TOPIC == "workforce.employment.recorded"
    assert event.effective_from == event.starts == "2020-04-01"
    assert (event.organisation, event.employer, event.fte) == ("works", "works", "1/1")
    assert event.pattern["starts"] == "2020-03-30"
    assert event.timestamp == NOW


def test_a_change_holds_from_its_day_and_not_before() -> None:
    person = employed()
    change(person, date(2026, 4, 1), post="Higher Executive Officer", organisation="parks")
    held = person.employments[JOB]
    assert held.state_on(date(2026, 3, 31))["post"] == "Executive Officer"
    assert held.state_on(date(2026, 4, 1))["post"] == "Higher Executive Officer"
    assert person.organisation_on(date(2026, 3, 31)) == "works"
    assert person.organisation_on(date(2026, 4, 1)) == "parks"


def test_a_change_to_what_holds_already_is_no_event() -> None:
    person = employed()
    change(person, date(2026, 4, 1))
    assert not person.pending_events


def test_a_change_recorded_later_for_an_earlier_day_leaves_the_later_one() -> None:
    person = employed()
    change(person, date(2026, 4, 1), post="C")
    change(person, date(2025, 4, 1), post="B")
    held = person.employments[JOB]
    assert [held.state_on(date(year, 6, 1))["post"] for year in (2024, 2025, 2026)] == ["Executive Officer", "B", "C"]


def test_a_change_before_the_first_day_is_refused() -> None:
    person = employed()
    with refusal("change-before-start"):
        change(person, date(2020, 3, 31), post="B")
    change(person, date(2020, 4, 1), post="B")


def test_a_change_after_the_last_day_is_refused() -> None:
    person = employed()
    with refusal("change-after-end"):
        change(person, date(2026, 4, 1), post="B", ends=date(2026, 3, 31))


def test_an_employment_keeps_its_employer_and_its_first_day() -> None:
    person = employed()
    with refusal("other-employer"):
        change(person, date(2026, 4, 1), employer="parks")
    with refusal("other-start"):
        change(person, date(2026, 4, 1), starts=date(2020, 4, 2))
    assert not person.pending_events


def test_nobody_manages_themselves() -> None:
    person = someone()
    with refusal("own-manager"):
        person.record_employment(JOB, replace(TERMS, manager=str(person.id)), by="hr", now=NOW)


def test_an_end_holds_for_the_whole_employment() -> None:
    person = employed()
    change(person, date(2026, 4, 1), post="B")
    person.end_employment(JOB, date(2026, 6, 30), by="hr", now=NOW)
    assert last_event(person).TOPIC == "workforce.employment.ended"
    assert person.employments[JOB].ends == date(2026, 6, 30)


def test_the_same_end_again_is_no_event_and_another_one_is() -> None:
    person = employed()
    person.end_employment(JOB, date(2026, 6, 30), by="hr", now=NOW)
    person.collect_events()
    person.end_employment(JOB, date(2026, 6, 30), by="hr", now=NOW)
    assert not person.pending_events
    person.end_employment(JOB, date(2026, 7, 31), by="hr", now=NOW)
    assert last_event(person).ends == "2026-07-31"


def test_an_end_is_taken_back_by_a_change_without_one() -> None:
    person = employed()
    person.end_employment(JOB, date(2026, 6, 30), by="hr", now=NOW)
    change(person, date(2026, 3, 2))
    assert person.employments[JOB].ends is None


def test_an_employment_may_last_one_day_and_no_less() -> None:
    person = employed()
    with pytest.raises(InvalidError, match="before the first day"):
        person.end_employment(JOB, date(2020, 3, 31), by="hr", now=NOW)
    person.end_employment(JOB, STARTS, by="hr", now=NOW)
    assert person.employments[JOB].ends == STARTS


def test_employments_under_one_staff_number_may_follow_but_not_overlap() -> None:
    person = employed(replace(TERMS, ends=date(2023, 12, 31)))
    with refusal("overlapping-employment"):
        person.record_employment(OTHER, replace(TERMS, starts=date(2023, 12, 31)), by="hr", now=NOW)
    person.record_employment(OTHER, replace(TERMS, starts=date(2024, 1, 1)), by="hr", now=NOW)
    with refusal("overlapping-employment"):
        person.end_employment(JOB, date(2024, 1, 1), by="hr", now=NOW)
    with refusal("overlapping-employment"):
        change(person, date(2022, 1, 1), ends=None)


def test_employments_under_two_staff_numbers_may_overlap() -> None:
    person = employed()
    person.record_employment(OTHER, replace(TERMS, staff_number="0002"), by="hr", now=NOW)
    assert len(person.employments) == 2


def test_a_changed_staff_number_is_found_by_either() -> None:
    person = employed()
    change(person, date(2026, 4, 1), staff_number="0099")
    assert person.employment_under("works", "0001", STARTS) == JOB
    assert person.employment_under("works", "0099", STARTS) == JOB
    assert person.employment_under("works", "0099", date(2020, 4, 2)) is None
    assert person.employment_under("parks", "0099", STARTS) is None


def test_an_unknown_employment_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        employed().end_employment(OTHER, date(2026, 6, 30), by="hr", now=NOW)


def test_a_name_is_corrected_once() -> None:
    person = employed()
    person.correct_name("Another Name", by="hr", now=NOW)
    person.correct_name("Another Name", by="hr", now=NOW)
    assert [event.name for event in person.collect_events()] == ["Another Name"]  # type: ignore[attr-defined]


def test_a_forgotten_person_refuses_every_write() -> None:
    person = employed()
    person.forget(by="operator", now=NOW)
    person.forget(by="operator", now=NOW)
    assert len(person.collect_events()) == 1
    assert person.name is None
    for write in (
        lambda: person.correct_name("New", by="hr", now=NOW),
        lambda: person.record_employment(OTHER, TERMS, by="hr", now=NOW),
        lambda: change(person, date(2026, 4, 1), post="B"),
        lambda: person.end_employment(JOB, date(2026, 6, 30), by="hr", now=NOW),
    ):
        with pytest.raises(ErasedError):
            write()
    assert not person.pending_events


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fte": Fraction(0)}, "fte"),
        ({"fte": Fraction(11, 10)}, "fte"),
        ({"full_time_minutes": 0}, "full_time_hours"),
        ({"full_time_minutes": 7 * 24 * 60 + 1}, "full_time_hours"),
        ({"nation": "france"}, "nation"),
        ({"status": "friend"}, "status"),
        ({"staff_number": " "}, "staff_number"),
        ({"staff_number": "1" * 41}, "staff_number"),
        ({"post": "x" * 81}, "post"),
        ({"post": "=1+1"}, "post"),
        ({"post": "a\u202eb"}, "post"),
        ({"post": "a\x07b"}, "post"),
        ({"starts": date(1899, 12, 31)}, "starts"),
        ({"ends": date(2201, 1, 1)}, "ends"),
        ({"ends": date(2020, 3, 31)}, "ends"),
    ],
)
def test_terms_that_cannot_be_are_refused_with_their_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        replace(TERMS, **changes)
    assert caught.value.data["field"] == field


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "=cmd", "+1", "-1", "@x", "a\tb", "a\u2066b"])
def test_a_name_that_would_harm_a_reader_is_refused(name: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Person.recorded(uuid4(), name, "works", by="hr", now=NOW)
    assert caught.value.data["field"] == "name"


days = st.dates(date(2020, 4, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(days, st.sampled_from("ABCD")), max_size=12), days)
def test_whatever_is_changed_in_whatever_order_the_newest_day_not_after_counts(
    changes: list[tuple[date, str]], asked: date
) -> None:
    person = employed()
    expected = {STARTS: "Executive Officer"}
    for since, post in changes:
        change(person, since, post=post)
        in_force = expected[max(day for day in expected if day <= since)]
        if in_force != post:
            expected[since] = post
    newest = max(day for day in expected if day <= asked)
    assert person.employments[JOB].state_on(asked)["post"] == expected[newest]


@given(st.lists(st.tuples(days, st.sampled_from("ABCD")), max_size=8))
def test_the_events_alone_make_the_same_person(changes: list[tuple[date, str]]) -> None:
    person = Person.recorded(UUID(int=7), "Sample Person", "works", by="hr", now=NOW)
    person.record_employment(JOB, TERMS, by="hr", now=NOW)
    for since, post in changes:
        change(person, since, post=post)
    again: Any = None
    for event in person.collect_events():
        again = event.mutate(again)  # type: ignore[attr-defined]
    assert again == person


def test_the_refusal_of_an_overlap_says_what_to_do() -> None:
    person = employed()
    with pytest.raises(RefusedError, match="End that one first"):
        person.record_employment(OTHER, TERMS, by="hr", now=NOW)
