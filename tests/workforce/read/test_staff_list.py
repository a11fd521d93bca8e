from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from services.workforce.domain.commands import ChangeEmployment, EndEmployment
from services.workforce.read.record import record_of, states_of
from services.workforce.read.staff_list import staff_of
from tests.workforce.conftest import PARKS, TERMS, WORKS, Desk

TODAY = date(2026, 3, 2)


def numbers(desk: Desk, organisation: str = WORKS, day: date = TODAY, **asked: object) -> list[str]:
    with desk.wiring.reading() as connection:
        return [held.staff_number for held in staff_of(connection, organisation, day, **asked).rows]  # type: ignore[arg-type]


def test_current_and_coming_staff_are_listed_by_number_a_page_at_a_time(desk: Desk) -> None:
    for number in ("0003", "0001", "0002"):
        desk.hire("Somebody", number)
    desk.hire("To Come", "0004", starts=date(2026, 9, 1))
    desk.show()
    assert numbers(desk) == ["0001", "0002", "0003", "0004"]
    assert numbers(desk, limit=2, offset=2) == ["0003", "0004"]
    with desk.wiring.reading() as connection:
        assert staff_of(connection, WORKS, TODAY, limit=2).total == 4


def test_who_left_is_found_by_number_only(desk: Desk) -> None:
    person, job = desk.hire("Gone", "0001")
    desk.hire("Here", "0002")
    desk.send(EndEmployment(person, job, TODAY - timedelta(days=1), "hr"))
    desk.show()
    assert numbers(desk) == ["0002"]
    assert numbers(desk, number="000") == ["0001", "0002"]
    assert numbers(desk, number="0001") == numbers(desk, number="1") == ["0001"]
    assert numbers(desk, number="01") == []
    assert numbers(desk, number="%") == []


def test_the_last_day_is_still_a_day(desk: Desk) -> None:
    person, job = desk.hire("Going", "0001")
    desk.send(EndEmployment(person, job, TODAY, "hr"))
    desk.show()
    assert numbers(desk) == ["0001"]
    assert numbers(desk, day=TODAY + timedelta(days=1)) == []


def test_a_mover_is_listed_where_they_are_on_the_day(desk: Desk) -> None:
    person, job = desk.hire("Mover", "0001")
    moved = replace(TERMS, organisation=PARKS)
    desk.send(ChangeEmployment(person, job, date(2026, 4, 1), moved, "hr"))
    desk.show()
    assert numbers(desk) == ["0001"]
    assert numbers(desk, PARKS) == []
    assert numbers(desk, day=date(2026, 4, 1)) == []
    assert numbers(desk, PARKS, day=date(2026, 4, 1)) == ["0001"]


def test_a_record_shows_what_holds_on_the_day_and_keeps_every_state(desk: Desk) -> None:
    person, job = desk.hire("Ada", "0001")
    desk.send(ChangeEmployment(person, job, date(2026, 4, 1), replace(TERMS, pattern="mon-wed 7:24", fte="3/5"), "hr"))
    desk.show()
    with desk.wiring.reading() as connection:
        (before,) = record_of(connection, person, TODAY)
        (after,) = record_of(connection, person, date(2026, 4, 1))
        states = states_of(connection, job)
    assert (before.pattern_text, before.effective_from) == ("mon-fri 7:24", date(2020, 4, 1))
    assert (after.pattern_text, after.effective_from) == ("mon-wed 7:24", date(2026, 4, 1))
    assert [state.effective_from for state in states] == [date(2026, 4, 1), date(2020, 4, 1)]


def test_an_employment_to_come_shows_its_first_terms(desk: Desk) -> None:
    person, _ = desk.hire("To Come", "0001", starts=date(2026, 9, 1))
    desk.show()
    with desk.wiring.reading() as connection:
        (held,) = record_of(connection, person, TODAY)
    assert held.phase(TODAY) == "starts"
    assert held.phase(date(2026, 9, 1)) == "current"
