from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.workforce.domain.commands import EndEmployment, ForgetPerson
from services.workforce.web.access import ACCESS
from shared.web.actor import Actor
from tests.web_client import WebClient, web_client
from tests.workforce.conftest import PARKS, WORKS, Desk

HIRE = {
    "name": "Ada Sample",
    "staff_number": "0100",
    "post": "Executive Officer",
    "employer": WORKS,
    "nation": "wales",
    "status": "employee",
    "pattern": "mon-fri 7:24",
    "fte": "1",
    "full_time_hours": "37",
    "starts": "2026-01-05",
}
CHANGE = {
    "effective_from": "2026-04-01",
    "organisation": WORKS,
    "staff_number": "0002",
    "post": "Higher Executive Officer",
    "manager_staff_number": "0001",
    "nation": "england",
    "status": "employee",
    "pattern": "mon-wed 7:24",
    "fte": "3/5",
    "full_time_hours": "37:00",
}


class Office:
    """Workforce with its API, a manager, a report, a colleague elsewhere, and those who ask."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.manager, self.manager_job = desk.hire("Boss Sample", "0001")
        self.report, self.job = desk.hire("Report Sample", "0002", manager_staff_number="0001")
        self.other, self.other_job = desk.hire("Other Sample", "0003", organisation=PARKS)
        self.clerk, _ = desk.hire("Clerk Sample", "0004")
        desk.show()
        self.client = web_client({"workforce": desk.wiring}, clock=desk.clock)
        self.hr = self.sign_in(self.clerk, WORKS, "hr")

    def sign_in(self, person: str, organisation: str, *roles: str) -> WebClient:
        return self.client.signed_in(Actor(person, organisation, frozenset({"carer", *roles})))

    def status(self, client: WebClient, method: str, path: str, body: Any = None) -> int:
        return int(client.api(method, f"/api/workforce{path}", json=body).status_code)


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk)


def test_hr_records_an_employment_in_their_own_organisation(office: Office) -> None:
    response = office.hr.api("POST", "/api/workforce/employments", json=HIRE, key="k1")
    assert response.status_code == 201
    person = response.json["person"]
    again = office.hr.api("POST", "/api/workforce/employments", json=HIRE, key="k1")
    assert (again.json["person"], again.json["repeated"]) == (person, True)
    office.desk.show()
    record = office.hr.api("GET", f"/api/workforce/people/{person}").json
    assert record["name"] == "Ada Sample"
    (employment,) = record["employments"]
    assert employment["organisation"] == WORKS
    assert (employment["fte"], employment["full_time_hours"], employment["pattern"]) == ("1/1", "37:00", "mon-fri 7:24")
    assert employment["manager"] is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"fte": "2"}, "#/fte"),
        ({"pattern": "whenever"}, "#/pattern"),
        ({"starts": "2026-02-30"}, "#/starts"),
        ({"ends": "2026-01-04"}, "#/ends"),
        ({"nation": "france"}, "#/nation"),
        ({"name": "=1+1"}, "#/name"),
        ({"manager_staff_number": "0100"}, "#/manager_staff_number"),
        ({"organisation": PARKS}, "#/organisation"),
        ({"name": None}, "#/name"),
        ({"person": "not-one"}, "#/person"),
    ],
)
def test_a_body_that_will_not_do_is_told_field_by_field(office: Office, change: dict[str, Any], pointer: str) -> None:
    head = office.desk.head()
    response = office.hr.api("POST", "/api/workforce/employments", json={**HIRE, **change})
    assert response.status_code == 422
    assert pointer in [error["pointer"] for error in response.json["errors"]]
    assert office.desk.head() == head


def test_a_name_or_a_known_person_is_given_and_not_both(office: Office) -> None:
    assert office.status(office.hr, "POST", "/employments", {**HIRE, "person": office.report}) == 422
    without = {key: value for key, value in HIRE.items() if key != "name"}
    assert office.status(office.hr, "POST", "/employments", without) == 422
    assert office.status(office.hr, "POST", "/employments", {**without, "person": office.report}) == 201


def test_a_change_holds_from_its_day(office: Office) -> None:
    path = f"/people/{office.report}/employments/{office.job}"
    assert office.status(office.hr, "POST", f"{path}/changes", CHANGE) == 201
    office.desk.show()
    states = office.hr.api("GET", f"/api/workforce{path}").json["states"]
    assert [(state["effective_from"], state["fte"]) for state in states] == [
        ("2026-04-01", "3/5"),
        ("2020-04-01", "1/1"),
    ]
    office.desk.clock.advance(timedelta(days=30))
    (employment,) = office.hr.api("GET", f"/api/workforce/people/{office.report}").json["employments"]
    assert employment["post"] == "Higher Executive Officer"
    assert employment["manager"] == office.manager


def test_a_refusal_of_the_domain_is_a_problem_with_its_code(office: Office) -> None:
    path = f"/api/workforce/people/{office.report}/employments/{office.job}/changes"
    response = office.hr.api("POST", path, json={**CHANGE, "effective_from": "2019-01-01"})
    assert response.status_code == 409
    assert response.json["code"] == "change-before-start"


def test_an_employment_gets_its_last_day(office: Office) -> None:
    path = f"/people/{office.report}/employments/{office.job}/end"
    assert office.status(office.hr, "POST", path, {"ends": "2026-06-30"}) == 201
    office.desk.show()
    (employment,) = office.hr.api("GET", f"/api/workforce/people/{office.report}").json["employments"]
    assert employment["ends"] == "2026-06-30"


def test_everybody_reads_their_own_record_whole(office: Office) -> None:
    record = office.sign_in(office.report, WORKS).api("GET", "/api/workforce/record").json
    assert record["person"] == office.report
    assert record["employments"][0]["manager"] == office.manager
    assert set(record["employments"][0]) == {
        "employment", "effective_from", "staff_number", "post", "organisation", "employer", "manager", "nation",
        "status", "fte", "full_time_hours", "pattern", "starts", "ends",
    }  # fmt: skip


def test_a_manager_sees_the_status_of_reports_and_no_more(office: Office) -> None:
    boss = office.sign_in(office.manager, WORKS)
    (employment,) = boss.api("GET", f"/api/workforce/people/{office.report}").json["employments"]
    assert set(employment) == {
        "employment", "staff_number", "post", "organisation", "status", "pattern", "starts", "ends",
    }  # fmt: skip
    assert office.status(boss, "POST", f"/people/{office.report}/employments/{office.job}/changes", CHANGE) == 403
    assert office.status(boss, "GET", f"/people/{office.clerk}") == 404


def test_who_managed_somebody_once_sees_nothing_any_more(office: Office) -> None:
    office.desk.send(EndEmployment(office.report, office.job, date(2026, 3, 1), "hr"))
    office.desk.show()
    assert office.status(office.sign_in(office.manager, WORKS), "GET", f"/people/{office.report}") == 404


def test_not_yours_answers_like_not_there(office: Office) -> None:
    theirs = f"/people/{office.other}"
    nowhere = f"/people/{uuid4()}"
    for path in (theirs, nowhere):
        answers = [office.hr.api("GET", f"/api/workforce{path}")]
        answers.append(
            office.hr.api("POST", f"/api/workforce{path}/employments/{office.other_job}/changes", json=CHANGE)
        )
        answers.append(
            office.hr.api(
                "POST", f"/api/workforce{path}/employments/{office.other_job}/end", json={"ends": "2026-06-30"}
            )
        )
        answers.append(office.hr.api("POST", f"/api/workforce{path}/name", json={"name": "New"}))
        assert [answer.status_code for answer in answers] == [404] * 4
        assert {answer.json["detail"] for answer in answers} == {answers[0].json["detail"]}
    mixed = f"/people/{office.report}/employments/{office.other_job}"
    assert office.status(office.hr, "GET", mixed) == 404
    assert office.status(office.hr, "POST", f"{mixed}/end", {"ends": "2026-06-30"}) == 404


def test_hr_does_not_change_their_own_record(office: Office) -> None:
    own = office.sign_in(office.report, WORKS, "hr")
    path = f"/people/{office.report}/employments/{office.job}"
    assert office.status(own, "POST", f"{path}/changes", CHANGE) == 404
    assert office.status(own, "POST", f"{path}/end", {"ends": "2026-06-30"}) == 404
    assert office.status(own, "POST", f"/people/{office.report}/name", {"name": "New"}) == 404
    without = {key: value for key, value in HIRE.items() if key != "name"}
    assert office.status(own, "POST", "/employments", {**without, "person": office.report}) == 404


def test_only_hr_lists_staff_and_only_their_own(office: Office) -> None:
    listed = office.hr.api("GET", "/api/workforce/staff").json
    assert [member["staff_number"] for member in listed["staff"]] == ["0001", "0002", "0004"]
    assert listed["total"] == 3
    assert listed["staff"][0]["name"] == "Boss Sample"
    elsewhere = office.sign_in(office.other, PARKS, "hr").api("GET", "/api/workforce/staff").json
    assert [member["person"] for member in elsewhere["staff"]] == [office.other]
    assert office.status(office.sign_in(office.manager, WORKS), "GET", "/staff") == 403
    assert office.status(office.hr, "GET", "/staff?page=0") == 422
    found = office.hr.api("GET", "/api/workforce/staff?number=0002").json
    assert [member["person"] for member in found["staff"]] == [office.report]


def test_names_are_told_to_those_who_may_see_them_and_left_out_else(office: Office) -> None:
    everybody = [office.manager, office.report, office.other, office.clerk, str(uuid4())]
    query = "&".join(f"person={person}" for person in everybody)

    def told(person: str, organisation: str, *roles: str) -> set[str]:
        answer = office.sign_in(person, organisation, *roles).api("GET", f"/api/workforce/names?{query}")
        assert answer.status_code == 200
        return set(answer.json["names"].values())

    assert told(office.report, WORKS) == {"Report Sample", "Boss Sample"}
    assert told(office.manager, WORKS) == {"Boss Sample", "Report Sample"}
    assert told(office.clerk, WORKS) == {"Clerk Sample"}
    assert told(office.clerk, WORKS, "hr") == {"Boss Sample", "Report Sample", "Clerk Sample"}
    assert told(office.clerk, WORKS, "payroll") == {"Boss Sample", "Report Sample", "Clerk Sample"}
    assert told(office.other, PARKS, "hr") == {"Other Sample"}
    assert told(office.other, PARKS, "statistics") == {"Other Sample"}


def test_a_forgotten_name_is_told_as_erased(office: Office) -> None:
    office.desk.send(ForgetPerson(office.report, "operator"))
    for _ in range(2):
        answer = office.hr.api("GET", f"/api/workforce/names?person={office.report}").json
        assert answer["names"] == {office.report: "Erased"}
        office.desk.show()


@pytest.mark.parametrize("query", ["", "?person=x", "?people=1", "?" + "&".join([f"person={uuid4()}"] * 101)])
def test_names_are_asked_for_by_a_sensible_number_of_persons(office: Office, query: str) -> None:
    assert office.status(office.hr, "GET", f"/names{query}") == 422


def test_only_the_operator_forgets_and_records_bodies(office: Office) -> None:
    operator = office.client.signed_in(Actor(str(uuid4()), WORKS, frozenset({"operator"})))
    body = {"name": "New Agency", "group": "Ministry of Works"}
    employer = {"name": "New Agency", "organisation": "new-agency"}
    for path, sent in (("/organisations", body), ("/employers", employer), (f"/people/{office.report}/forget", {})):
        assert office.status(office.hr, "POST", path, sent) == 403
        assert office.status(operator, "POST", path, sent) == 201
    office.desk.show()
    bodies = office.hr.api("GET", "/api/workforce/bodies").json
    assert bodies["organisations"]["new-agency"] == "New Agency"
    assert bodies["employers"]["new-agency"] == "New Agency"
    assert office.hr.api("GET", f"/api/workforce/people/{office.report}").json["name"] == "Erased"


def test_nobody_is_admitted_without_signing_in(office: Office) -> None:
    for path in ("/record", "/staff", "/bodies", f"/people/{office.report}", f"/names?person={office.report}"):
        assert office.status(office.client, "GET", path) == 401


def test_the_table_of_access_holds_no_way_for_a_manager_or_the_centre_to_change_anything() -> None:
    writes = {key for key in ACCESS if key[1] not in ("read-record", "read-name", "list-staff", "list-bodies")}
    assert {role for role, _, _ in writes} == {"hr", "operator"}
    assert all(relation == "organisation" for role, _, relation in writes if role == "hr")
