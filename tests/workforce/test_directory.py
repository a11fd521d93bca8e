"""Who one can be in the demonstration: somebody for each role, or the person who is named for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.workforce.domain.commands import EndEmployment, ForgetPerson, RecordOrganisation
from services.workforce.web.directory import directory
from tests.workforce.conftest import PARKS, WORKS, Desk

CENTRE = "carers-team"


def cast(desk: Desk, organisation: str, **named: str) -> dict[str, Any]:
    """The first offered by the word of their role. ``named``: persons by the same word with _ for a space."""
    desk.show()
    wanted = {word.replace("_", " "): [person] for word, person in named.items()}
    return {persona.role: persona for persona in reversed(directory(desk.wiring).personas(organisation, wanted))}


def hire_five(desk: Desk) -> dict[str, str]:
    """A manager, two who report to them, and two others; their persons by staff number."""
    people = {"0001": desk.hire("Ann Ager", "0001")[0]}
    people |= {
        number: desk.hire(f"Carer {number}", number, manager_staff_number="0001")[0] for number in ("0002", "0003")
    }
    return people | {number: desk.hire(f"Other {number}", number)[0] for number in ("0004", "0005")}


def test_a_department_has_somebody_for_each_role(desk: Desk) -> None:
    people = hire_five(desk)
    offered = cast(desk, WORKS)
    assert {word: persona.person for word, persona in offered.items()} == {
        "Carer": people["0002"],
        "Line manager": people["0001"],
        "HR": people["0005"],
        "Payroll": people["0004"],
        "Operator": people["0003"],
    }
    assert offered["Line manager"].name == "Ann Ager"
    assert {word: persona.roles for word, persona in offered.items()} == {
        "Carer": ("carer",),
        "Line manager": ("carer",),
        "HR": ("carer", "hr"),
        "Payroll": ("carer", "payroll"),
        "Operator": ("carer", "operator"),
    }


def test_several_carers_of_one_team_are_offered_and_those_who_are_named_in_their_order(desk: Desk) -> None:
    people = hire_five(desk)

    def carers(*named: str) -> list[str]:
        offered = directory(desk.wiring).personas(WORKS, {"Carer": named} if named else {})
        return [persona.person for persona in offered if persona.role == "Carer"]

    desk.show()
    assert carers() == [people["0002"], people["0003"]]
    assert carers(people["0005"], "nobody", people["0003"]) == [people["0005"], people["0003"]]


def test_where_one_person_works_alone_they_are_everybody(desk: Desk) -> None:
    desk.hire("Ann Ager", "0001")
    assert set(cast(desk, WORKS)) == {"Carer", "HR", "Payroll", "Operator"}
    assert cast(desk, PARKS) == {}
    assert cast(desk, "nowhere") == {}


def test_nobody_who_was_erased_is_offered(desk: Desk) -> None:
    people = hire_five(desk)
    desk.send(ForgetPerson(people["0002"], "operator"))
    for named in ({}, {"Carer": people["0002"]}):
        assert people["0002"] not in {persona.person for persona in cast(desk, WORKS, **named).values()}


def test_the_centre_has_statistics_and_an_operator(desk: Desk) -> None:
    desk.send(RecordOrganisation("Carers Team", "", "centre", "operator"))
    first, _ = desk.hire("Stat", "0001", organisation=CENTRE)
    last, _ = desk.hire("Oper", "0002", organisation=CENTRE)
    offered = cast(desk, CENTRE)
    assert {word: persona.person for word, persona in offered.items()} == {"Statistics": first, "Operator": last}


def test_a_person_named_for_a_role_is_offered_for_it_if_they_work_there(desk: Desk) -> None:
    people = hire_five(desk)
    elsewhere, _ = desk.hire("Far Off", "0009", organisation=PARKS)
    offered = cast(desk, WORKS, HR=people["0002"], Carer=elsewhere, Payroll="nobody")
    assert offered["HR"].person == people["0002"]
    assert offered["HR"].name == "Carer 0002"
    assert offered["HR"].roles == ("carer", "hr")
    assert offered["Carer"].person == people["0002"]
    assert offered["Payroll"].person == people["0004"]


def test_who_has_left_is_not_offered(desk: Desk) -> None:
    people = hire_five(desk)
    gone, employment = desk.hire("Gone", "0008")
    desk.send(EndEmployment(gone, employment, date(2021, 1, 31), "hr"))
    assert cast(desk, WORKS, HR=gone)["HR"].person == people["0005"]
