"""The one document of the API: well formed, and with a sentence for whatever a developer meets in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from jsonschema import Draft202012Validator, FormatChecker

from shared.runtime.service import installed
from shared.web.glossary import MEANINGS, meaning
from tests.shared.web.fakes import MemoryWiring
from tests.web_client import SampleSettings, web_client

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Document:
    """What a developer downloads."""
    wirings: dict[str, Any] = {name: MemoryWiring(service=service) for name, service in installed().items()}
    client = web_client(wirings, clock=MemoryWiring().clock, settings=SampleSettings(services=tuple(wirings)))
    found: Document = client.get("/openapi.json").get_json()
    return found


def operations(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation by its name, with the parameters of its address among its own."""
    for path in document["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                parameters = [*path.get("parameters", []), *operation.get("parameters", [])]
                yield operation["operationId"], {**operation, "parameters": parameters}


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A JSON Schema and everything in it that is one."""
    if isinstance(schema, dict):
        yield schema
        for inside in schema.values():
            yield from parts(inside)
    elif isinstance(schema, list):
        for inside in schema:
            yield from parts(inside)


def schemas(document: Document) -> dict[str, dict[str, Any]]:
    """The payloads by name."""
    found: dict[str, dict[str, Any]] = document["components"]["schemas"]
    return found


def test_it_is_an_openapi_document(document: Document) -> None:
    assert document["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(document).validate()
    for schema in schemas(document).values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere(document: Document) -> None:
    references = {part["$ref"] for part in parts(document) if isinstance(part.get("$ref"), str)}
    assert references
    for reference in references:
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_it_begins_with_what_one_has_to_know(document: Document) -> None:
    for words in ("carers token", "Idempotency-Key", "RFC 9457", "404", "YYYY-MM-DD", "555/2"):
        assert words in document["info"]["description"], words


def test_every_payload_and_field_has_its_sentence_and_its_type(document: Document) -> None:
    assert [name for name, schema in schemas(document).items() if not schema.get("description")] == []
    fields = [
        (f"{name}.{field}", described)
        for name, schema in schemas(document).items()
        for field, described in schema["properties"].items()
    ]
    assert [name for name, described in fields if not described.get("description")] == []
    assert [name for name, described in fields if not {"type", "$ref", "enum", "anyOf"} & described.keys()] == []


def test_every_operation_and_parameter_has_its_sentence(document: Document) -> None:
    unsaid = [
        (name, parameter["name"])
        for name, operation in operations(document)
        for parameter in operation["parameters"]
        if "$ref" not in parameter and not parameter.get("description")
    ]
    assert unsaid == []
    assert [name for name, operation in operations(document) if not operation.get("summary")] == []


def test_every_word_of_every_glossary_is_used(document: Document) -> None:
    glossaries = {name: service.part("web.glossary").MEANINGS for name, service in installed().items()}
    names = {(name, field) for name, schema in schemas(document).items() for field in schema["properties"]}
    fields = {field for _, field in names} | {
        parameter.get("name") for _, operation in operations(document) for parameter in operation["parameters"]
    }
    words = {word for glossary in (MEANINGS, *glossaries.values()) for word in glossary if "." not in word}
    dotted = {
        f"{name.capitalize()}{word}"
        for name, glossary in (("", MEANINGS), *glossaries.items())
        for word in glossary
        if "." in word
    }
    assert dotted - {f"{name}.{field}" for name, field in names} == set()
    assert words - fields == set()
    assert meaning(glossaries, "", "Problem", "status") != meaning(glossaries, "", "", "status")


def test_a_word_of_one_service_is_not_among_those_of_all() -> None:
    for name, service in installed().items():
        assert service.part("web.glossary").MEANINGS.keys() & MEANINGS.keys() == set(), name


def test_defaults_and_examples_pass_their_own_schema(document: Document) -> None:
    given = [
        (part, value)
        for part in parts(document)
        if isinstance(part.get("type"), str | list)
        for value in (*part.get("examples", []), *([part["default"]] if "default" in part else []))
    ]
    assert len(given) > 20
    for part, value in given:
        Draft202012Validator(part, format_checker=FormatChecker()).validate(value)


def test_every_refusal_is_problem_details(document: Document) -> None:
    for name, operation in operations(document):
        refusals = {status for status in operation["responses"] if status >= "400"}
        assert refusals >= {"401", "403", "404", "422", "503", "default"}, name
    responses = document["components"]["responses"]
    assert {tuple(response["content"]) for response in responses.values()} == {("application/problem+json",)}


def test_a_commands_answer_promises_all_of_its_facts(document: Document) -> None:
    given = schemas(document)["LeaveNoticeGiven"]
    assert set(given["required"]) == set(given["properties"])
    assert {"position", "repeated", "notice"} <= set(given["required"])
