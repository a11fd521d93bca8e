from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.workforce.domain.commands import (
    ChangeEmployment,
    CorrectName,
    EndEmployment,
    ForgetPerson,
    RecordEmployment,
    RecordLegalEmployer,
    RecordOrganisation,
)
from services.workforce.read.names import names_of
from shared.kernel.errors import CarersError, ErasedError, InvalidError, KeyReusedError, NotFoundError, RefusedError
from tests.workforce.conftest import PARKS, TERMS, WORKS, Desk


def refusal(code: str) -> Any:
    return pytest.raises(CarersError, check=lambda error: getattr(error, "code_", "") == code)


def change(desk: Desk, person: str, employment: str, since: date = date(2026, 4, 1), **fields: Any) -> None:
    desk.send(ChangeEmployment(person, employment, since, replace(TERMS, **fields), "hr"))


def test_an_organisation_is_recorded_once_whoever_asks(desk: Desk) -> None:
    head = desk.head()
    again = desk.send(RecordOrganisation("ministry of works", "Ministry of Works", "department", "somebody"))
    assert again.data == {"organisation": WORKS}
    assert again.position == 0
    assert desk.head() == head
    with refusal("other-group"):
        desk.send(RecordOrganisation("Ministry of Works", "Elsewhere", "department", "operator"))
    with refusal("other-kind"):
        desk.send(RecordOrganisation("Ministry of Works", "Ministry of Works", "centre", "operator"))


def test_a_legal_employer_is_recorded_once(desk: Desk) -> None:
    head = desk.head()
    assert desk.send(RecordLegalEmployer("MINISTRY OF WORKS", WORKS, "operator")).data == {"employer": WORKS}
    assert desk.head() == head


def test_somebody_new_gets_an_identity_that_says_nothing_about_them(desk: Desk) -> None:
    first, _ = desk.hire("Ada", "0001")
    second, _ = desk.hire("Bo", "0002")
    assert first != second


def test_a_staff_number_means_one_person_for_ever(desk: Desk) -> None:
    person, employment = desk.hire("Ada", "0001")
    desk.send(EndEmployment(person, employment, date(2024, 12, 31), "hr"))
    with refusal("number-taken"):
        desk.hire("Bo", "0001", starts=date(2025, 1, 1))
    given = replace(TERMS, starts=date(2025, 1, 1))
    data = desk.send(RecordEmployment(person, "", given, "hr")).data
    assert data["person"] == person
    assert data["employment"] != employment


def test_a_known_person_takes_no_number_of_somebody_else(desk: Desk) -> None:
    ada, job = desk.hire("Ada", "0001")
    desk.hire("Bo", "0002")
    with refusal("number-taken"):
        desk.send(RecordEmployment(ada, "", replace(TERMS, staff_number="0002"), "hr"))
    with refusal("number-taken"):
        change(desk, ada, job, staff_number="0002")
    change(desk, ada, job, staff_number="0003")
    assert desk.application.people_of([(WORKS, "0003")]) == {(WORKS, "0003"): ada}


def test_a_manager_is_named_by_staff_number(desk: Desk) -> None:
    manager, _ = desk.hire("Boss", "0001")
    person, _ = desk.hire("Ada", "0002", manager_staff_number="0001")
    (place,) = desk.application.places(person)
    assert place.manager == manager
    with refusal("unknown-manager-staff-number"):
        desk.hire("Bo", "0003", manager_staff_number="0999")


def test_organisation_and_employer_must_be_known(desk: Desk) -> None:
    with refusal("unknown-organisation"):
        desk.hire("Ada", "0001", organisation="nowhere")
    with refusal("unknown-employer"):
        desk.hire("Ada", "0001", employer="nowhere")


def test_a_refused_recording_leaves_nothing_behind(desk: Desk) -> None:
    head = desk.head()
    with pytest.raises(InvalidError):
        desk.hire("Ada", "0001", fte="2/1")
    with pytest.raises(InvalidError):
        desk.hire("=Ada", "0001")
    assert desk.head() == head
    desk.hire("Ada", "0001")


def test_the_same_key_acts_once_and_another_command_under_it_is_refused(desk: Desk) -> None:
    command = RecordEmployment("", "Ada", TERMS, "hr")
    first = desk.send(command, key="one")
    again = desk.send(command, key="one")
    assert again.repeated
    assert again.data == first.data
    with pytest.raises(KeyReusedError):
        desk.send(replace(command, name="Bo"), key="one")


def test_a_move_within_the_employer_is_seen_from_its_day(desk: Desk) -> None:
    person, job = desk.hire("Ada", "0001")
    change(desk, person, job, date(2026, 3, 9), organisation=PARKS)
    assert desk.application.places(person)[0].organisation == WORKS
    desk.clock.advance(timedelta(days=7))
    assert desk.application.places(person)[0].organisation == PARKS


def test_strangers_are_not_found(desk: Desk) -> None:
    nobody = str(uuid4())
    assert desk.application.places(nobody) == []
    for command in (
        ForgetPerson(nobody, "operator"),
        CorrectName(nobody, "Ada", "hr"),
        EndEmployment(nobody, nobody, date(2026, 4, 1), "hr"),
        RecordEmployment(nobody, "", TERMS, "hr"),
    ):
        with pytest.raises(NotFoundError):
            desk.send(command)


def test_the_name_is_sealed_in_every_file_and_gone_once_forgotten(desk: Desk, tmp_path: Path) -> None:
    name = "Plantedname Xylophone"
    person, job = desk.hire(name, "0001")
    desk.send(CorrectName(person, name + " Twice", "hr"))
    desk.show()
    assert _names(desk, person) == {person: name + " Twice"}
    desk.send(ForgetPerson(person, "operator"))
    assert _names(desk, person) == {person: "Erased"}
    desk.show()
    assert _names(desk, person) == {person: "Erased"}
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"Xylophone" not in path.read_bytes(), path.name
    for command in (
        CorrectName(person, "New", "hr"),
        EndEmployment(person, job, date(2026, 4, 1), "hr"),
        RecordEmployment(person, "", replace(TERMS, staff_number="0009"), "hr"),
    ):
        with pytest.raises(ErasedError):
            desk.send(command)


def test_forgetting_again_is_no_event_and_makes_sure_of_the_key(desk: Desk) -> None:
    person, _ = desk.hire("Ada", "0001")
    command = ForgetPerson(person, "operator")
    first = desk.send(command)
    second = desk.send(command)
    assert first.position > 0
    assert second.position == 0
    assert desk.events()[-1]["topic"] == "workforce.person.forgotten"


def test_forgetting_that_broke_off_before_the_key_was_destroyed_is_finished_by_the_same_command(desk: Desk) -> None:
    person, _ = desk.hire("Ada", "0001")
    usual, desk.wiring.keys.destroy = desk.wiring.keys.destroy, _broken  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        desk.send(ForgetPerson(person, "operator"), key="one")
    desk.wiring.keys.destroy = usual  # type: ignore[method-assign]
    sealed = next(event["name"] for event in desk.events() if event["topic"] == "workforce.person.recorded")
    assert desk.wiring.keys.open(person, sealed, "name") == "Ada"
    desk.send(ForgetPerson(person, "operator"), key="one")
    assert desk.wiring.keys.open(person, sealed, "name") is None


def test_the_same_staff_number_recorded_by_two_at_once_ends_as_one_person(desk: Desk) -> None:
    def hire(name: str) -> str:
        try:
            return desk.hire(name, "0001")[0]
        except RefusedError as refused:
            return refused.code_

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(hire, [f"Person {number}" for number in range(8)]))
    assert answers.count("number-taken") == 7


def _names(desk: Desk, person: str) -> dict[str, str]:
    with desk.wiring.reading() as connection:
        return names_of(connection, desk.wiring.keys, [person])


def _broken(_person: str) -> None:
    raise KeyboardInterrupt
