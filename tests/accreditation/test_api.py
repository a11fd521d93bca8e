"""Accreditation's API: what it takes, what it answers, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.accreditation.domain.commands import WithdrawProvision
from services.accreditation.web.access import ACCESS
from shared.contracts import types
from shared.kernel.ids import new_id
from shared.web.actor import Actor
from tests.accreditation.builders import CARER, CODE, HR, MANAGER, ORGANISATION, STRANGER
from tests.accreditation.rig import CARER_ACTOR, MANAGER_ACTOR, SISTER, STRANGER_ACTOR, Rig
from tests.web_client import WebClient, routes_without_check

COURSE = {
    "code": CODE,
    "title": "Carer aware",
    "audience": "all-staff",
    "validity_months": 12,
    "grace_days": 0,
    "starts": "2025-01-01",
}
DONE = {"person": CARER, "code": CODE, "version": 1, "completed_on": "2026-02-02", "source": "certificate"}
NOBODYS = "99999999-9999-4999-8999-999999999999"
AWARD = {
    "scheme": "carer-confident",
    "level": "active",
    "starts": "2025-01-01",
    "organisations": [ORGANISATION, SISTER],
}
SCORES = {"lead-named": 2, "carers-known": 1, "plan-kept": 0}
AREA = {"area": "preparation", "scores": SCORES, "evidence": "The plan", "evidence_on": "2026-01-05"}
POLICY = {"kind": "carers-policy", "starts": "2025-01-01", "owner": "People team"}


def post(client: WebClient, path: str, body: dict[str, Any], status: int = 201) -> Any:
    answer = client.api("POST", f"/api/accreditation{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json


def get(client: WebClient, path: str, status: int = 200) -> Any:
    answer = client.api("GET", f"/api/accreditation{path}")
    assert answer.status_code == status, answer.text
    return answer.json


def test_a_course_is_recorded_completed_and_counted(rig: Rig, hr: WebClient) -> None:
    assert post(hr, "/courses", COURSE)["code"] == CODE
    assert get(hr, "/courses")["courses"][0]["versions"][0]["title"] == "Carer aware"
    assert post(hr, "/completions", DONE)["new"] is True
    assert get(hr, f"/courses/{CODE}/compliance?on=2026-03-02") == {
        "code": CODE,
        "on": "2026-03-02",
        "numerator": 1,
        "denominator": 3,
        "in_grace": 0,
        "exempt": 0,
        "absent": 0,
    }
    assert get(hr, f"/courses/{CODE}/compliance?on=2026-02-01")["numerator"] == 0
    assert get(hr, f"/courses/{CODE}/compliance?on=2027-02-02")["numerator"] == 0


def test_compliance_follows_a_change_of_people_at_once(rig: Rig, hr: WebClient) -> None:
    post(hr, "/courses", COURSE | {"audience": "line-managers"})
    assert get(hr, f"/courses/{CODE}/compliance")["denominator"] == 1
    rig.change(MANAGER, date(2026, 3, 2), manager=HR)
    assert get(hr, f"/courses/{CODE}/compliance")["denominator"] == 2


def test_a_completion_counts_once_however_often_it_is_sent(hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    first = post(hr, "/completions", DONE)
    again = post(hr, "/completions", DONE | {"source": "learning-system"})
    assert (again["completion"], again["new"]) == (first["completion"], False)


def test_a_mistake_is_taken_back(hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    completion = post(hr, "/completions", DONE)["completion"]
    post(hr, f"/completions/{completion}/correct", {"person": CARER, "code": CODE}, 200)
    assert get(hr, f"/training?person={CARER}")["completions"] == []
    post(hr, f"/completions/{completion}/correct", {"person": CARER, "code": CODE}, 404)


def test_a_retake_and_an_end_are_recorded(hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    second = {"title": "Second", "validity_months": None, "grace_days": 10, "starts": "2026-03-01", "retake": True}
    assert post(hr, f"/courses/{CODE}/versions", second)["version"] == 2
    assert get(hr, f"/courses/{CODE}/compliance")["in_grace"] == 3
    post(hr, f"/courses/{CODE}/retire", {"ends": "2026-03-02"}, 200)
    assert get(hr, f"/courses/{CODE}/compliance")["in_grace"] == 0
    post(hr, f"/courses/{CODE}/versions", second | {"starts": "2026-04-01"}, 409)


def test_an_exemption_takes_somebody_out(hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    body = {"person": CARER, "code": CODE, "starts": "2026-03-01", "reason": "not-in-their-role", "note": "A few words"}
    post(hr, "/exemptions", body)
    assert get(hr, f"/courses/{CODE}/compliance")["exempt"] == 1
    (shown,) = get(hr, f"/training?person={CARER}")["exemptions"]
    assert (shown["note"], shown["until"]) == ("A few words", None)


def test_everybody_sees_all_of_their_own_training(web: WebClient, hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    post(hr, "/completions", DONE | {"evidence": "In the register"})
    seen = get(web.signed_in(CARER_ACTOR), "/training")
    assert seen["completions"][0]["evidence"] == "In the register"
    assert seen["asked"][0]["state"] == "trained"
    assert seen["asked"][0]["expires_on"] == "2027-02-02"


def test_a_manager_sees_the_status_of_the_team_and_no_more(rig: Rig, web: WebClient, hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    post(hr, "/completions", DONE)
    manager = web.signed_in(MANAGER_ACTOR)
    (row,) = get(manager, "/team")["asked"]
    assert set(row) == {"person", "code", "title", "state", "due_on"}
    assert (row["person"], row["state"]) == (CARER, "trained")
    seen = get(manager, f"/training?person={CARER}")
    assert set(seen) == {"asked"}
    assert set(seen["asked"][0]) == set(row)
    rig.change(CARER, date(2026, 3, 2), manager=HR)
    assert get(manager, "/team")["asked"] == []
    get(manager, f"/training?person={CARER}", 404)


def test_provisions_are_recorded_and_read_by_everybody(web: WebClient, hr: WebClient) -> None:
    post(hr, "/provisions", POLICY | {"evidence": "Intranet", "review_on": "2026-12-01"})
    post(hr, "/provisions", {"kind": "carers-champion", "starts": "2024-01-01", "owner": "Director"})
    post(hr, "/provisions/vacancy", {"since": "2026-01-01"}, 200)
    shown = {each["kind"]: each for each in get(web.signed_in(CARER_ACTOR), "/provisions")["provisions"]}
    assert len(shown) == 10
    assert (shown["carers-policy"]["state"], shown["carers-policy"]["owner"]) == ("in-place", "People team")
    assert (shown["carers-champion"]["state"], shown["carers-champion"]["counts_until"]) == ("vacant", "2026-04-01")
    assert shown["carers-network"]["state"] == "missing"
    post(hr, "/provisions/withdraw", {"kind": "carers-policy", "ends": "2026-03-01"}, 200)
    states = {each["kind"]: each["state"] for each in get(hr, "/provisions?on=2026-04-01")["provisions"]}
    assert (states["carers-policy"], states["carers-champion"]) == ("missing", "missing")
    before = {each["kind"]: each["state"] for each in get(hr, "/provisions?on=2026-02-28")["provisions"]}
    assert before["carers-policy"] == "in-place"


def test_an_award_covers_those_that_it_lists_until_it_ends(rig: Rig, web: WebClient, hr: WebClient) -> None:
    award = post(hr, "/awards", AWARD)
    assert award["until"] == "2027-12-31"
    sister = web.signed_in(Actor(STRANGER, SISTER, frozenset({"carer", "hr"})))
    assert {"scheme": "carer-confident", "level": "active"} in get(sister, "/awards")["levels"]
    assert {"scheme": "carer-confident", "level": None} in get(sister, "/awards?on=2028-01-01")["levels"]
    post(sister, f"/awards/{award['award']}/end", {"ends": "2026-03-01"}, 404)
    post(hr, f"/awards/{award['award']}/end", {"ends": "2026-03-01"}, 200)
    assert {"scheme": "carer-confident", "level": None} in get(sister, "/awards")["levels"]
    assert rig.told(types.AWARD_LAPSED)[0][1]["lapsed_on"] == "2026-03-01"


def test_an_organisation_that_is_called_otherwise_keeps_its_cover(rig: Rig, hr: WebClient) -> None:
    post(hr, "/awards", AWARD)
    rig.name(ORGANISATION, "Department of Works", "Works")
    assert {"scheme": "carer-confident", "level": "active"} in get(hr, "/awards")["levels"]


def test_an_award_covers_organisations_of_the_own_group_alone(web: WebClient, hr: WebClient) -> None:
    refused = post(hr, "/awards", AWARD | {"organisations": [ORGANISATION, "ministry-of-plenty"]}, 409)
    assert refused["code"] == "not-in-group"
    alone = web.signed_in(STRANGER_ACTOR)
    post(alone, "/awards", AWARD | {"organisations": ["ministry-of-plenty"]})
    post(alone, "/awards", AWARD, 409)


def test_a_self_assessment_is_kept_area_by_area(hr: WebClient) -> None:
    post(hr, "/assessments/carer-confident/areas", AREA)
    seen = get(hr, "/assessments/carer-confident")
    assert (seen["ready"], len(seen["areas"])) == (1, 5)
    assert (seen["areas"][0]["reached"], seen["areas"][0]["most"], seen["areas"][0]["fresh"]) == (3, 9, True)
    post(hr, "/assessments/carer-confident/areas", AREA | {"scores": {"lead-named": 2}}, 422)
    get(hr, "/assessments/no-such-scheme", 404)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/courses", COURSE | {"code": "Not A Code"}),
        ("/courses", COURSE | {"audience": "everybody"}),
        ("/courses", COURSE | {"grace_days": -1}),
        ("/completions", DONE | {"source": "hearsay"}),
        ("/completions", DONE | {"more": 1}),
        ("/provisions", POLICY | {"kind": "free-lunch"}),
        ("/awards", AWARD | {"organisations": []}),
        ("/assessments/carer-confident/areas", AREA | {"scores": {"lead-named": 4}}),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(hr: WebClient, path: str, body: dict[str, Any]) -> None:
    refused = post(hr, path, body, 422)
    assert refused["errors"]


def test_nobody_records_their_own_training(hr: WebClient) -> None:
    post(hr, "/courses", COURSE)
    post(hr, "/completions", DONE | {"person": HR}, 404)


WRITES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/courses", COURSE | {"code": "another"}),
    (f"/courses/{CODE}/versions", {"title": "x", "starts": "2026-04-01"}),
    (f"/courses/{CODE}/retire", {"ends": "2026-04-01"}),
    ("/completions", DONE),
    (f"/completions/{NOBODYS}/correct", {"person": CARER, "code": CODE}),
    ("/exemptions", {"person": CARER, "code": CODE, "starts": "2026-03-01", "reason": "other"}),
    ("/provisions", POLICY),
    ("/provisions/vacancy", {"since": "2026-03-01"}),
    ("/provisions/withdraw", {"kind": "carers-policy", "ends": "2026-03-01"}),
    ("/awards", AWARD),
    (f"/awards/{NOBODYS}/end", {"ends": "2026-03-01"}),
    ("/assessments/carer-confident/areas", AREA),
)


@pytest.mark.parametrize(("path", "body"), WRITES)
@pytest.mark.parametrize("actor", [CARER_ACTOR, MANAGER_ACTOR, Actor(STRANGER, ORGANISATION, frozenset({"payroll"}))])
def test_only_hr_writes(web: WebClient, hr: WebClient, actor: Actor, path: str, body: dict[str, Any]) -> None:
    post(hr, "/courses", COURSE)
    before = len(get(hr, "/courses")["courses"])
    post(web.signed_in(actor), path, body, 403)
    assert len(get(hr, "/courses")["courses"]) == before


@pytest.mark.parametrize(("path", "body"), [each for each in WRITES if "person" in each[1] or CODE in each[0]])
def test_hr_of_another_organisation_finds_nothing(
    web: WebClient, hr: WebClient, path: str, body: dict[str, Any]
) -> None:
    post(hr, "/courses", COURSE)
    foreign = web.signed_in(STRANGER_ACTOR)
    refused = post(foreign, path, body, 404)
    nowhere = path.replace(CODE, "no-such-course")
    body = body | ({"person": str(new_id())} if "person" in body else {})
    assert refused["detail"] == post(foreign, nowhere, body, 404)["detail"]


@pytest.mark.parametrize("path", ["/courses", f"/courses/{CODE}/compliance", "/assessments/carer-confident"])
def test_exact_figures_and_assessments_are_hrs_alone(web: WebClient, hr: WebClient, path: str) -> None:
    post(hr, "/courses", COURSE)
    for actor in (CARER_ACTOR, MANAGER_ACTOR, Actor(STRANGER, ORGANISATION, frozenset({"carer", "statistics"}))):
        get(web.signed_in(actor), path, 403)


def test_somebody_elses_training_answers_like_nobodys(web: WebClient) -> None:
    carer = web.signed_in(CARER_ACTOR)
    answers = [get(carer, f"/training?person={person}", 404)["detail"] for person in (MANAGER, STRANGER, str(uuid4()))]
    assert len(set(answers)) == 1


def test_every_route_asks_who_may(web: WebClient) -> None:
    assert routes_without_check(web.app) == []


def test_the_table_gives_nobody_but_hr_anything_to_write() -> None:
    writing = {"record-training", "courses", "put-in-place", "assess"}
    assert {role for role, action, _ in ACCESS if action in writing} == {"hr"}
    assert {relation for _, action, relation in ACCESS if action in writing} == {"organisation"}


def test_a_provision_is_shown_as_it_stood_on_a_past_day(rig: Rig, hr: WebClient) -> None:
    rig.put_in_place("carers-network", date(2025, 1, 1), owner="First team")
    rig.run(WithdrawProvision(ORGANISATION, "carers-network", date(2025, 6, 1), HR))
    rig.put_in_place("carers-network", date(2026, 1, 1), owner="Second team")
    shown = {day: _network(hr, day) for day in ("2024-12-31", "2025-02-01", "2025-07-01", "2026-02-01")}
    assert [(each["state"], each["owner"]) for each in shown.values()] == [
        ("missing", ""),
        ("in-place", "First team"),
        ("missing", "First team"),
        ("in-place", "Second team"),
    ]


def _network(hr: WebClient, day: str) -> dict[str, Any]:
    shown = get(hr, f"/provisions?on={day}")["provisions"]
    found: dict[str, Any] = next(each for each in shown if each["kind"] == "carers-network")
    return found


def test_who_becomes_a_manager_is_newly_due_after_grace_and_an_earlier_completion_counts(
    rig: Rig, hr: WebClient
) -> None:
    rig.course(audience="line-managers", grace_days=30)
    rig.complete(CARER, on=date(2026, 1, 5))
    rig.change(CARER, date(2026, 3, 2), manager=HR)
    rig.change(MANAGER, date(2026, 3, 2), manager=CARER)
    figures = [get(hr, f"/courses/{CODE}/compliance?on={day}") for day in ("2026-03-01", "2026-03-31", "2026-04-01")]
    assert [(each["numerator"], each["denominator"], each["in_grace"]) for each in figures] == [
        (0, 1, 0),
        (0, 0, 2),
        (1, 2, 0),
    ]
