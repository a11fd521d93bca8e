"""The API as its document says: real requests of a crowd, and generated ones that nobody would send."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from shared.web.actor import ROLES, Actor
from tests.security.asking import Door, Reply
from tests.security.crowd import WORKS, crowd
from tests.security.promises import ASKS
from tests.security.promises.ask import NOBODY, Ask
from tests.shared.web.test_openapi import Document
from tests.support import project
from tests.web_client import WebClient

GENERATED = 3
"""Requests for each operation."""
RULED_OUT = {
    "passport_record_conversation",
    "passport_sign_as_manager",
    "passport_sign_mine",
    "passport_take_over",
    "passport_transfer_passport",
}
"""What a rule refuses to everybody in the crowd."""
API = r"-(api|home)\."
"""What the blueprints of the API are called after their service."""
VALIDATORS: dict[str, Draft202012Validator] = {}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    lived_in = crowd(tmp_path_factory.mktemp("crowd"))
    yield Door(lived_in)
    lived_in.fleet.close()


@pytest.fixture(scope="module")
def document(door: Door) -> Document:
    found: Document = door.web.get("/openapi.json").get_json()
    return found


def described(document: Document) -> dict[str, dict[str, Any]]:
    """Every operation by its name."""
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method != "parameters"
    }


def strays(document: Document, operation: Mapping[str, Any], reply: Reply) -> list[str]:
    """How an answer strays from what its operation says."""
    said = operation["responses"].get(str(reply.status))
    if said is None:
        return [f"{reply.status} is not documented"]
    if "$ref" in said:
        said = document["components"]["responses"][said["$ref"].rpartition("/")[2]]
    if reply.status == 204:
        return ["204 has content"] if "content" in said else []
    if reply.kind not in said["content"]:
        return [f"{reply.kind} is not documented"]
    if not reply.kind.endswith("json"):
        return []
    errors = _validator(said["content"][reply.kind]["schema"]["$ref"], document).iter_errors(reply.json)
    return [f"{error.json_path}: {error.message}" for error in errors]


def _validator(reference: str, document: Document) -> Draft202012Validator:
    """Of a schema of the document; made once."""
    if reference not in VALIDATORS:
        whole = DRAFT202012.create_resource(document)
        registry: Registry[Any] = Registry().with_resource("urn:openapi", whole)
        schema = {"$ref": f"urn:openapi{reference}"}
        VALIDATORS[reference] = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    return VALIDATORS[reference]


def test_what_people_ask_is_answered_as_documented(door: Door, document: Document) -> None:
    """Each operation by somebody who is let in, by somebody who is not, and by nobody."""
    operations = described(document)
    found: list[str] = []
    answered: dict[str, set[int]] = {}
    for ask in sorted((ask for ask in ASKS if re.search(API, ask.endpoint)), key=lambda each: each.late):
        name = re.sub(API, "_", ask.endpoint)
        for who in _a_few(ask):
            reply = door.ask(ask, who)
            answered.setdefault(name, set()).add(reply.status)
            found += [f"{name} as {who}: {text}" for text in strays(document, operations[name], reply)]
    assert found == []
    assert answered.keys() == operations.keys()
    unseen = {name for name, statuses in answered.items() if not statuses & {200, 201, 204}}
    assert unseen <= RULED_OUT


DECIDED = '{"notice": "x", "state": "confirmed", "position": 3, "repeated": false}'
REFUSED = '{"type": "x", "title": "x", "status": 409, "detail": "x", "code": "x", "reference": ""}'


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (Reply(200, "application/json", DECIDED, ""), ""),
        (Reply(409, "application/problem+json", REFUSED, ""), ""),
        (Reply(202, "application/json", DECIDED, ""), "202 is not documented"),
        (Reply(200, "text/html", DECIDED, ""), "text/html is not documented"),
        (Reply(200, "application/json", DECIDED.replace("3", '"3"'), ""), "$.position"),
        (Reply(200, "application/json", DECIDED.replace('"state": "confirmed", ', ""), ""), "'state' is a required"),
        (Reply(200, "application/json", DECIDED.replace("{", '{"why": "x", '), ""), "'why' was unexpected"),
        (Reply(409, "application/json", REFUSED, ""), "application/json is not documented"),
    ],
)
def test_an_answer_that_strays_from_the_document_is_told(document: Document, reply: Reply, complaint: str) -> None:
    told = strays(document, described(document)["leave_confirm_notice"], reply)
    assert (complaint in str(told)) if complaint else told == []


def _a_few(ask: Ask) -> list[str]:
    within = sorted(ask.allowed)
    without = [who for who in ("colleague", "hr elsewhere", "statistics") if who not in ask.allowed]
    return [*within[:3], *without[:1], NOBODY]


def test_whatever_fits_the_document_is_taken_or_refused_and_breaks_nothing(door: Door, document: Document) -> None:
    everybody = Actor(door.crowd.actors["hr"].person, WORKS, ROLES)
    client = door.web.signed_in(everybody)
    operations = described(document)
    statuses: dict[str, set[int]] = {}
    for result in schemathesis.openapi.from_wsgi("/openapi.json", door.web.app).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        name = operation.definition.raw["operationId"]
        statuses[name] = _generated(operation, operations[name], document, client, door)
    assert statuses.keys() == operations.keys()
    assert sum(bool(found & {200, 201}) for found in statuses.values()) > len(statuses) / 3


def _generated(
    operation: APIOperation[Any, Any, Any, Any],
    said: Mapping[str, Any],
    document: Document,
    client: WebClient,
    door: Door,
) -> set[int]:
    """Send requests made from the document; answers the statuses: done, not theirs, not there, or refused."""
    seen: set[int] = set()
    service = door.crowd.fleet.services[said["operationId"].partition("_")[0]]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=GENERATED,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def send(case: schemathesis.Case[Any]) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {client.token}"})
        project(service)
        kind = answer.headers["content-type"][0].partition(";")[0]
        reply = Reply(answer.status_code, kind, answer.text, "")
        assert strays(document, said, reply) == [], (case.body, reply.text)
        assert reply.status in {200, 201, 204, 403, 404, 409, 422}, (case.body, reply.text)
        seen.add(reply.status)

    send()
    return seen
