"""What holds for the routes of every installed service."""

from __future__ import annotations

from collections import Counter

import pytest

from shared.runtime.service import installed
from shared.web.feed import blueprint as feed
from tests.architecture.code import ROOT
from tests.shared.web.fakes import MemoryWiring
from tests.web_client import SampleSettings, WebClient, routes_without_check, web_client
from tools.list_openapi import page


@pytest.fixture(scope="module")
def everything() -> WebClient:
    """All services' pages and APIs, wired to nothing."""
    wirings = {name: MemoryWiring(service=service) for name, service in installed().items()}
    settings = SampleSettings(services=tuple(wirings))
    return web_client(wirings, clock=MemoryWiring().clock, settings=settings, extra=[feed])


def test_every_route_checks_who_may(everything: WebClient) -> None:
    assert routes_without_check(everything.app) == []


def test_every_operation_has_a_name_of_its_own_and_a_summary(everything: WebClient) -> None:
    document = everything.get("/openapi.json").json
    operations = [
        operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]
    counted = Counter(operation.get("operationId") for operation in operations)
    assert operations
    assert None not in counted
    assert [name for name, count in counted.items() if count > 1] == []
    assert [operation["operationId"] for operation in operations if not operation.get("summary")] == []


def test_every_command_names_its_key(everything: WebClient) -> None:
    document = everything.get("/openapi.json").json
    for address, path in document["paths"].items():
        for method in ("post", "put", "patch", "delete"):
            if method in path:
                assert {"$ref": "#/components/parameters/IdempotencyKey"} in path[method]["parameters"], address


def test_every_schema_bears_its_services_name(everything: WebClient) -> None:
    prefixes = (*(name.capitalize() for name in installed()), "Problem", "ErrorDetail", "Empty", "Home")
    schemas = everything.get("/openapi.json").json["components"]["schemas"]
    assert [name for name in schemas if not name.startswith(prefixes)] == []


def test_every_service_has_its_first_page_where_the_navigation_leads(everything: WebClient) -> None:
    rules = {rule.rule for rule in everything.app.url_map.iter_rules()}
    assert [name for name in installed() if f"/{name}/" not in rules] == []


def test_nobody_gets_anything_without_signing_in(everything: WebClient) -> None:
    for rule in everything.app.url_map.iter_rules():
        part = rule.endpoint.partition(".")[0]
        if part in ("front", "health", "openapi", "static") or rule.arguments:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            status = everything.http.open(rule.rule, method=method).status_code
            assert status in (303, 401), (method, rule.rule, status)


def test_the_document_that_is_kept_is_what_the_program_gives(everything: WebClient) -> None:
    kept = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert kept == page(everything.get("/openapi.json").json), "run: python -m tools.list_openapi > docs/openapi.json"
