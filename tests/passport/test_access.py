"""Every cell of who may what, to whom, on which relation; what is not theirs answers like what is not there."""

from __future__ import annotations

from typing import Any

import pytest

from services.passport.domain.sections import SECTIONS
from services.passport.web.access import ACCESS
from shared.web.actor import Actor
from tests.passport.rig import (
    CARER,
    CARER_ACTOR,
    COLLEAGUE,
    COLLEAGUE_ACTOR,
    HR_ACTOR,
    MANAGER,
    MANAGER_ACTOR,
    NEXT_MANAGER,
    NEXT_MANAGER_ACTOR,
    OTHER_MANAGER,
    OTHER_MANAGER_ACTOR,
    OUTSIDER_ACTOR,
    PAYROLL_ACTOR,
    PLENTY,
    WORKS,
    WRITTEN,
    Rig,
)
from tests.web_client import WebClient

NOBODY = "00000000-0000-4000-8000-000000000000"
STATISTICS_ACTOR = Actor("aaaaaaaa-9999-4999-8999-999999999999", WORKS, frozenset({"statistics"}))
OPERATOR_ACTOR = Actor("bbbbbbbb-9999-4999-8999-999999999999", WORKS, frozenset({"operator"}))
CARER_IN_HR = Actor(CARER, WORKS, frozenset({"carer", "hr"}))
DIGEST = {"digest": "0" * 64}

READS = ("", "/for-purpose?purpose=advice")
COMMANDS: dict[str, Any] = {
    "/proposals": {"section": "impact", "text": "x", "reason": "x"},
    "/sign": DIGEST,
    "/take-over": None,
}
PAGES = ("", "/for-purpose?purpose=advice", "/propose/impact", "/propose/flexibilities", "/sign")

ALLOWED = {
    "manager": {"", "/proposals", "/sign", "/take-over"},
    "named": {""},
    "hr": {"/for-purpose?purpose=advice"},
}
"""Which addresses below somebody's passport are anything to whom; all others answer 404 or, to no role, 403."""

CAST = {
    "manager": MANAGER_ACTOR,
    "named": COLLEAGUE_ACTOR,
    "hr": HR_ACTOR,
    "stranger": NEXT_MANAGER_ACTOR,
    "other organisation's hr": OUTSIDER_ACTOR,
    "payroll": PAYROLL_ACTOR,
    "oneself in hr": CARER_IN_HR,
}


@pytest.mark.parametrize("name", CAST)
def test_everybody_gets_at_exactly_what_the_table_says(rig: Rig, web: WebClient, name: str) -> None:
    rig.agree()
    rig.share(COLLEAGUE, "emergency")
    client = web.signed_in(CAST[name])
    allowed = ALLOWED.get(name, set())
    for path in READS:
        answer = client.api("GET", f"/api/passport/people/{CARER}{path}")
        _compare(answer, path in allowed, client, path)
    for path, body in COMMANDS.items():
        answer = client.api("POST", f"/api/passport/people/{CARER}{path}", json=body)
        _compare(answer, path in allowed, client, path)


def _compare(answer: Any, allowed: bool, client: WebClient, path: str) -> None:
    """Allowed is anything but 403 and 404; else it is the answer that an unknown person gets."""
    if allowed:
        assert answer.status_code not in (403, 404), path
        return
    method = "GET" if path in READS else "POST"
    body = COMMANDS.get(path)
    unknown = client.api(method, f"/api/passport/people/{NOBODY}{path}", json=body)
    assert answer.status_code == unknown.status_code, path
    assert answer.status_code in (403, 404), path
    assert _without_reference(answer.json) == _without_reference(unknown.json), path


def _without_reference(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name != "reference"}


@pytest.mark.parametrize("name", ["stranger", "other organisation's hr", "payroll", "oneself in hr"])
def test_pages_of_another_are_not_there_for_who_has_no_part_in_it(rig: Rig, web: WebClient, name: str) -> None:
    rig.agree()
    client = web.signed_in(CAST[name])
    for path in PAGES:
        answer, unknown = (client.get(f"/passport/people/{who}{path}") for who in (CARER, NOBODY))
        assert answer.status_code == unknown.status_code, path
        assert answer.status_code in (403, 404), path
        assert "Calls during the day" not in answer.text


@pytest.mark.parametrize("actor", [STATISTICS_ACTOR, OPERATOR_ACTOR], ids=["statistics", "operator"])
def test_roles_without_a_part_in_it_get_at_nothing(rig: Rig, web: WebClient, actor: Actor) -> None:
    rig.agree()
    client = web.signed_in(actor)
    for path in ("mine", "mine/consents", "mine/readings", "team", f"people/{CARER}"):
        assert client.api("GET", f"/api/passport/{path}").status_code == 403, path
    assert client.get("/passport/").status_code == 403


def test_before_it_is_agreed_a_manager_knows_of_nothing_that_is_not_shared(rig: Rig, manager: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.talk()
    assert manager.api("GET", f"/api/passport/people/{CARER}").status_code == 404
    assert manager.api("GET", "/api/passport/team").json["team"] == []  # type: ignore[index]
    rig.share(NEXT_MANAGER, "emergency")
    assert manager.api("GET", f"/api/passport/people/{CARER}").status_code == 404


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_is_open_by_its_own_consent_alone(rig: Rig, manager: WebClient, section: str) -> None:
    everything = {**WRITTEN, **{name: f"About {name}" for name in SECTIONS if name not in WRITTEN}}
    rig.begin(**everything)
    rig.share(MANAGER, section)
    seen = manager.api("GET", f"/api/passport/people/{CARER}").json
    assert seen is not None
    assert [each["section"] for each in seen["sections"]] == [section]
    page = manager.get(f"/passport/people/{CARER}").text
    assert [name for name in SECTIONS if f"About {name}" in page] == [section] * (section not in WRITTEN)


def test_a_change_of_manager_takes_effect_at_once_both_ways(rig: Rig, web: WebClient, manager: WebClient) -> None:
    rig.agree()
    rig.share(NEXT_MANAGER, "impact")
    following = web.signed_in(NEXT_MANAGER_ACTOR)
    assert following.api("POST", f"/api/passport/people/{CARER}/sign", json=DIGEST).status_code == 404
    rig.move(manager=NEXT_MANAGER)
    assert manager.api("GET", f"/api/passport/people/{CARER}").status_code == 404
    answer = following.api("POST", f"/api/passport/people/{CARER}/sign", json=DIGEST)
    assert (answer.status_code, (answer.json or {})["code"]) == (409, "share-all-first")


def test_no_part_of_the_old_organisation_reads_what_went_along(rig: Rig, web: WebClient, hr: WebClient) -> None:
    rig.agree()
    rig.share(COLLEAGUE, "emergency")
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    outsider = web.signed_in(OUTSIDER_ACTOR)
    purpose = f"/api/passport/people/{CARER}/for-purpose?purpose=advice"
    assert (hr.api("GET", purpose).status_code, outsider.api("GET", purpose).status_code) == (404, 404)
    carer = web.signed_in(CARER_ACTOR)
    carer.api("POST", "/api/passport/mine/transfer", json={"organisation": PLENTY, "consent": True})
    assert (hr.api("GET", purpose).status_code, outsider.api("GET", purpose).status_code) == (404, 200)
    colleague, following = web.signed_in(COLLEAGUE_ACTOR), web.signed_in(OTHER_MANAGER_ACTOR)
    assert colleague.api("GET", f"/api/passport/people/{CARER}").status_code == 404
    assert following.api("GET", f"/api/passport/people/{CARER}").status_code == 200


def test_the_table_has_no_cell_for_roles_that_have_no_part_in_it() -> None:
    assert {role for role, _, _ in ACCESS} == {"carer", "hr"}
    assert {relation for role, _, relation in ACCESS if role == "hr"} == {"organisation"}
    assert {action for role, action, relation in ACCESS if (role, relation) == ("carer", "named")} == {"read"}
