"""The request log tells routes and times, never paths, queries or people."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.shared.web.fakes import CARER
from tests.web_client import WebClient


def test_a_request_is_logged_by_its_routes_template(carer: WebClient) -> None:
    with capture_logs() as logs:
        answer = carer.api("GET", f"/api/errands/errands/{CARER.person}?name=Amina")
    (line,) = logs
    assert line["route"] == "/api/errands/errands/<uuid:errand>"
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert line["ms"] >= 0
    assert CARER.person not in str(logs)
    assert "Amina" not in str(logs)


def test_an_address_that_does_not_exist_is_logged_without_it(carer: WebClient) -> None:
    with capture_logs() as logs:
        carer.get("/amina-osei")
        carer.http.open("/", method="AMINA")
    assert [(line["route"], line["method"], line["status"]) for line in logs] == [
        ("(none)", "GET", 404),
        ("(none)", "other", 405),
    ]


def test_errors_are_logged_by_kind_and_place(carer: WebClient) -> None:
    with capture_logs() as logs:
        carer.get("/errands/open")
    assert [line["event"] for line in logs] == ["unchecked-access", "request"]
