"""Payroll's API: who may, what comes back, what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.payroll.domain.ledger import PayLedger
from shared.web.actor import Actor
from tests.payroll.rig import Rig
from tests.web_client import WebClient, routes_without_check, web_client

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
OFFICER = "0ff1ce00-0000-4000-8000-000000000001"
FRIDAY = date(2026, 3, 13)
GROUP = "employer=ministry-of-works&pay_group=monthly"
SEAL = {"employer": "ministry-of-works", "pay_group": "monthly", "leave_position": 0}


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """Anna's Friday has been taken."""
    rig.taken(ANNA, FRIDAY, 222)
    rig.arrive()
    return web_client({"payroll": rig.wiring}, clock=rig.clock)


def actor(person: str = OFFICER, organisation: str = "ministry-of-works", roles: str = "carer payroll") -> Actor:
    return Actor(person, organisation, frozenset(roles.split()))


def seal(client: WebClient, **fields: Any) -> Any:
    return client.api("POST", "/api/payroll/batches", json=SEAL | fields)


def test_preview_seal_and_download_are_one_story(rig: Rig, web: WebClient) -> None:
    officer = web.signed_in(actor())
    preview = officer.api("GET", f"/api/payroll/preview?{GROUP}").json
    assert preview is not None
    assert (preview["number"], preview["count"], preview["quantities"]) == (1, 1, {"days": "0.50"})
    assert "batch" not in preview["lines"][0]
    held = {name: preview[name] for name in ("checked", "leave_epoch", "leave_position")}
    sealed = seal(officer, **held)
    assert (sealed.status_code, sealed.json["number"], sealed.json["repeated"]) == (201, 1, False)
    address = f"/api/payroll/batches/{sealed.json['batch']}"
    totals = officer.api("GET", address).json
    assert totals is not None
    assert (totals["lines"], totals["quantities"], totals["sha256"]) == (1, {"days": "0.50"}, sealed.json["sha256"])
    files = [officer.api("GET", f"{address}/file") for _ in range(2)]
    assert files[0].data == files[1].data
    assert hashlib.sha256(files[0].data).hexdigest() == sealed.json["sha256"]
    assert files[0].headers["Content-Disposition"] == 'attachment; filename="ministry-of-works-monthly-0001.csv"'
    assert files[0].mimetype == "text/csv"
    rig.project()
    lines = officer.api("GET", f"{address}/lines").json
    assert lines is not None
    assert [(line["quantity"], line["batch"]) for line in lines["lines"]] == [("0.50", 1)]
    assert officer.api("GET", "/api/payroll/batches").json == {"batches": [totals]}
    groups = officer.api("GET", "/api/payroll/pay-groups").json
    assert groups == {"pay_groups": [{"employer": "ministry-of-works", "pay_group": "monthly", "open": 0, "sealed": 1}]}


def test_what_changed_after_the_preview_is_not_sealed_unseen(rig: Rig, web: WebClient) -> None:
    officer = web.signed_in(actor())
    preview = officer.api("GET", f"/api/payroll/preview?{GROUP}").json
    assert preview is not None
    rig.corrected(ANNA, FRIDAY, 444)
    rig.arrive()
    refused = seal(officer, checked=preview["checked"])
    assert (refused.status_code, refused.json["code"]) == (409, "lines-changed")
    assert rig.batches() == []


def test_a_seal_before_the_cut_off_is_a_problem_in_words(web: WebClient) -> None:
    refused = seal(web.signed_in(actor()), leave_position=4_000)
    assert (refused.status_code, refused.json["code"]) == (409, "leave-not-applied")
    assert "Try again when it has arrived" in refused.json["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"leave_position": -1}, 422),
        ({"leave_position": "soon"}, 422),
        ({"employer": "Ministry of Works"}, 422),
        ({"pay_group": "../monthly"}, 422),
        ({"leave_epoch": "old"}, 422),
        ({"quantity": "100.00"}, 422),
        ({"pay_group": "weekly"}, 409),
    ],
)
def test_bad_seals_are_refused_and_seal_nothing(rig: Rig, web: WebClient, body: dict[str, Any], status: int) -> None:
    assert seal(web.signed_in(actor()), **body).status_code == status
    assert rig.batches() == []


def test_a_seal_without_a_cut_off_or_a_key_is_refused(rig: Rig, web: WebClient) -> None:
    officer = web.signed_in(actor())
    without = {name: value for name, value in SEAL.items() if name != "leave_position"}
    assert officer.api("POST", "/api/payroll/batches", json=without).status_code == 422
    assert officer.api("POST", "/api/payroll/batches", json=SEAL, key="").status_code == 400
    assert rig.batches() == []


def test_one_key_seals_once_and_another_body_under_it_is_refused(rig: Rig, web: WebClient) -> None:
    officer = web.signed_in(actor())
    answers = [officer.api("POST", "/api/payroll/batches", json=SEAL, key="k1").json for _ in range(3)]
    assert [answer["repeated"] for answer in answers if answer] == [False, True, True]
    assert len({answer["batch"] for answer in answers if answer}) == 1
    other = officer.api("POST", "/api/payroll/batches", json=SEAL | {"leave_position": 2}, key="k1")
    assert (other.status_code, other.json and other.json["code"]) == (422, "key-reused")
    assert len(rig.batches()) == 1


def test_a_carer_reads_their_own_lines(rig: Rig, web: WebClient) -> None:
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 0)
    rig.arrive()
    lines = web.signed_in(actor(ANNA, roles="carer")).api("GET", "/api/payroll/lines").json
    assert lines is not None
    assert [line["quantity"] for line in lines["sent"]] == ["0.50"]
    assert [line["quantity"] for line in lines["waiting"]] == ["-0.50"]
    others = web.signed_in(actor(roles="carer")).api("GET", "/api/payroll/lines").json
    assert others == {"waiting": [], "sent": []}


Call = Callable[[WebClient, str], Any]
CALLS: dict[str, Call] = {
    "groups": lambda client, batch: client.api("GET", "/api/payroll/pay-groups"),
    "preview": lambda client, batch: client.api("GET", f"/api/payroll/preview?{GROUP}"),
    "batches": lambda client, batch: client.api("GET", "/api/payroll/batches"),
    "batch": lambda client, batch: client.api("GET", f"/api/payroll/batches/{batch}"),
    "lines": lambda client, batch: client.api("GET", f"/api/payroll/batches/{batch}/lines"),
    "file": lambda client, batch: client.api("GET", f"/api/payroll/batches/{batch}/file"),
    "seal": lambda client, batch: seal(client),
    "own": lambda client, batch: client.api("GET", "/api/payroll/lines"),
}


@pytest.mark.parametrize("roles", ["carer", "carer hr", "statistics", "operator"])
@pytest.mark.parametrize("call", [name for name in CALLS if name != "own"])
def test_nobody_without_the_payroll_role_gets_at_lines_of_others(
    rig: Rig, web: WebClient, call: str, roles: str
) -> None:
    sealed = rig.seal().data["batch"]
    rig.project()
    assert CALLS[call](web.signed_in(actor(roles=roles)), sealed).status_code in (403, 404)
    assert len(rig.batches()) == 1


@pytest.mark.parametrize("call", ["batch", "lines", "file"])
def test_another_organisations_batch_answers_like_one_that_is_not_there(rig: Rig, web: WebClient, call: str) -> None:
    sealed = rig.seal().data["batch"]
    stranger = web.signed_in(actor(organisation="canal-agency"))
    answers = [CALLS[call](stranger, batch) for batch in (sealed, OFFICER, str(PayLedger.id_for(ANNA)))]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.json["detail"] for answer in answers}) == 1


def test_another_organisations_lists_are_empty_for_a_stranger(rig: Rig, web: WebClient) -> None:
    rig.seal()
    rig.project()
    stranger = web.signed_in(actor(organisation="canal-agency"))
    assert stranger.api("GET", "/api/payroll/batches").json == {"batches": []}
    assert stranger.api("GET", "/api/payroll/pay-groups").json == {"pay_groups": []}
    preview = stranger.api("GET", f"/api/payroll/preview?{GROUP}").json
    assert preview is not None
    assert (preview["lines"], preview["count"], preview["number"]) == ([], 0, 1)


@pytest.mark.parametrize("call", list(CALLS))
def test_nobody_gets_anything_without_signing_in(web: WebClient, call: str) -> None:
    assert CALLS[call](web, OFFICER).status_code == 401


def test_every_route_asks_who_may(web: WebClient) -> None:
    assert routes_without_check(web.app) == []
