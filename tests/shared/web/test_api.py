"""The API: one shape of refusal, one document, commands that happen once."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
import pytest

from shared.kernel.errors import ErasedError
from shared.web.api import schema_name
from shared.web.limits import BODY_BYTES, BULK_BYTES
from tests.shared.web.fakes import CARER, PAYROLL, MemoryWiring
from tests.web_client import WebClient

GOOD = {"day": "2026-03-13", "part": "am"}
PATH = "/api/errands/errands"


def refusal(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    body: dict[str, Any] = answer.get_json(force=True)
    assert body.keys() >= {"type", "title", "status", "detail", "code", "reference"}
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:working-carers:problem:{code}")
    return body


def test_a_command_answers_its_facts_its_position_and_that_it_is_new(carer: WebClient) -> None:
    answer = carer.api("POST", PATH, json=GOOD)
    assert answer.status_code == 201
    assert answer.json == {"errand": "0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10", "position": 1, "repeated": False}


def test_the_same_key_and_body_get_the_first_answer(carer: WebClient, wiring: MemoryWiring) -> None:
    first, second = (carer.api("POST", PATH, json=GOOD, key="k") for _ in range(2))
    assert first.json | {"repeated": True} == second.json
    assert len(wiring.application.done) == 1


def test_the_same_key_with_another_body_is_refused(carer: WebClient) -> None:
    carer.api("POST", PATH, json=GOOD, key="k")
    refusal(carer.api("POST", PATH, json=GOOD | {"part": "pm"}, key="k"), 422, "key-reused")


@pytest.mark.parametrize("key", ["", " ", "a b", "ü", "x" * 201])
def test_a_command_without_a_fit_key_is_refused(carer: WebClient, wiring: MemoryWiring, key: str) -> None:
    refusal(carer.api("POST", PATH, json=GOOD, key=key), 400, "idempotency-key-missing")
    assert wiring.application.done == []


def test_a_rules_refusal_carries_its_sentence_and_its_facts(carer: WebClient) -> None:
    body = refusal(carer.api("POST", PATH, json=GOOD | {"day": "2026-03-14"}), 409, "refused")
    assert body["detail"].startswith("Nobody runs errands on a Saturday")
    assert body["data"] == {"first_day": "2026-03-16"}


def test_every_error_in_a_body_is_named_by_its_place(carer: WebClient) -> None:
    sent = {"day": "2026-02-30", "part": "x", "role": "hr", "stops": [{"day": "2026-03-13"}, {"day": 5}]}
    body = refusal(carer.api("POST", PATH, json=sent), 422, "invalid")
    assert {error["pointer"] for error in body["errors"]} == {"#/day", "#/part", "#/role", "#/stops/1/day"}


@pytest.mark.parametrize("query", ["limit=0", "limit=1&limit=2", "unknown=1", "day=2026-02-30", "day=1899-01-01"])
def test_an_error_in_the_query_is_named_by_its_parameter(carer: WebClient, query: str) -> None:
    body = refusal(carer.api("GET", f"{PATH}?{query}"), 422, "invalid")
    assert body["errors"][0]["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed-json"),
        (b'{"day": NaN}', 400, "malformed-json"),
        (b'{"day": "2026-03-13", "day": "2026-03-14"}', 400, "malformed-json"),
        (b"[" * 21 + b"]" * 21, 422, "too-deep"),
        (b'{"part": "\\u202e"}', 422, "unwanted-characters"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"", 422, "invalid"),
        (b'"' + b"x" * BODY_BYTES + b'"', 413, "too-large"),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused(carer: WebClient, body: bytes, status: int, code: str) -> None:
    refusal(carer.api("POST", PATH, body=body), status, code)


def test_a_bulk_address_takes_more_but_not_everything(carer: WebClient) -> None:
    filled = b'[{"day": "2026-03-13", "part": "am"}]'
    assert carer.api("POST", "/api/errands/many", body=filled + b" " * BODY_BYTES).status_code == 200
    refusal(carer.api("POST", "/api/errands/many", body=filled + b" " * BULK_BYTES), 413, "too-large")


def test_a_body_that_is_no_json_is_refused_by_its_type(carer: WebClient) -> None:
    headers = {"Authorization": f"Bearer {carer.token}", "Idempotency-Key": "k"}
    refusal(
        carer.http.post(PATH, data="a=b", headers=headers, content_type="text/plain"), 415, "unsupported-media-type"
    )


def test_an_address_that_does_not_exist_and_a_method_that_does_not_fit(carer: WebClient) -> None:
    refusal(carer.api("GET", "/api/errands/nothing"), 404, "not-found")
    refusal(carer.api("GET", "/api/errands/errands/not-a-uuid"), 404, "not-found")
    body = carer.api("DELETE", PATH)
    refusal(body, 405, "method-not-allowed")
    assert set(body.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
    refusal(carer.api("OPTIONS", PATH), 405, "method-not-allowed")


@pytest.mark.parametrize("place", ["Upper", "a_b", "-a", "a--b", "a" * 81, "a b", "%00", "..", "%2e%2e%2f"])
def test_only_slugs_fit_where_a_slug_belongs(carer: WebClient, place: str) -> None:
    assert carer.api("GET", f"/api/errands/places/{place}").status_code == 404


def test_a_slug_of_eighty_characters_fits(carer: WebClient) -> None:
    assert carer.api("GET", f"/api/errands/places/{'a' * 80}").json == {"part": "a" * 80}


def test_a_role_that_never_may_and_an_erased_person(client: WebClient, carer: WebClient, wiring: MemoryWiring) -> None:
    refusal(client.signed_in(PAYROLL).api("POST", PATH, json=GOOD), 403, "forbidden")
    wiring.application.fail = ErasedError("This person's record has been erased.")
    refusal(carer.api("POST", PATH, json=GOOD), 410, "erased")


def test_an_unexpected_error_tells_a_reference_and_nothing_else(
    carer: WebClient, wiring: MemoryWiring, capsys: pytest.CaptureFixture[str]
) -> None:
    wiring.application.fail = ValueError("Amina Osei's secret")
    body = refusal(carer.api("POST", PATH, json=GOOD), 500, "internal-error")
    assert "Amina" not in str(body)
    logged = capsys.readouterr().out
    assert body["reference"] in logged
    assert "ValueError" in logged
    assert "Amina" not in logged


def test_a_page_and_a_program_get_the_same_error_each_in_its_own_shape(carer: WebClient) -> None:
    refusal(carer.get("/nothing", headers={"Accept": "application/json"}), 404, "not-found")
    assert "text/html" in carer.get("/nothing", headers={"Accept": "text/html,*/*"}).content_type


def test_decimals_and_days_leave_as_text(client: WebClient) -> None:
    answer = client.signed_in(CARER).api("GET", "/api/errands/errands/0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10")
    assert answer.json == {"day": "2026-03-13", "part": "am", "weight": "7.5"}


def test_one_document_describes_every_operation(client: WebClient) -> None:
    document = client.get("/openapi.json").json
    found = [(key, what) for path in document["paths"].values() for key, what in path.items() if key != "parameters"]
    operations = [what for _, what in found]
    names = {operation["operationId"] for operation in operations}
    routes = ("at_place", "mark_as_seen", "read", "search", "show_home", "write", "write_many")
    assert names == {f"errands_{name}" for name in routes}
    assert all(operation["summary"] for operation in operations)
    write = document["paths"][PATH]["post"]
    assert write["parameters"] == [{"$ref": "#/components/parameters/IdempotencyKey"}]
    weight = document["components"]["schemas"]["Write"]["properties"]["weight"]
    assert weight["type"] == "string"
    error = document["components"]["responses"]["DEFAULT_ERROR"]["content"]
    assert error == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_schema_names_begin_with_their_service() -> None:
    schema = type("GiveNoticeSchema", (ma.Schema,), {"__module__": "services.leave.web.schemas"})
    assert schema_name(schema) == "LeaveGiveNotice"
