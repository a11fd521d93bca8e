"""Signing in: the cookie, the bearer token, forged requests, and the demonstration's people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.web.sign_in import COOKIE
from tests.shared.web.fakes import CARER, MemoryWiring
from tests.web_client import SampleSettings, WebClient, web_client

PERSONA = {"person": CARER.person, "organisation": "dft", "role": "Line manager"}
WRITE = {"day-day": "13", "day-month": "3", "day-year": "2026", "part": "am"}


def test_a_stranger_is_told_to_sign_in_and_comes_back_to_the_page(client: WebClient) -> None:
    answer = client.get("/errands/new?day=1")
    assert answer.status_code == 401
    assert "Sign in to see this page" in answer.text
    assert '<a class="govuk-link" href="/">Sign in</a>' in answer.text
    answer = client.post_form("/sign-in", PERSONA)
    assert answer.headers["Location"] == "/errands/new?day=1"
    assert client.http.get_cookie("carers_back") is None


@pytest.mark.parametrize(
    "address", ["//elsewhere.example/", "https://elsewhere.example/", "/\\\\elsewhere.example", "/nowhere", "", "x"]
)
def test_signing_in_leads_to_pages_of_this_site_alone(client: WebClient, address: str) -> None:
    client.http.set_cookie("carers_back", address)
    assert client.post_form("/sign-in", PERSONA).headers["Location"] == "/"


def test_whose_session_ended_is_told_so(client: WebClient) -> None:
    client.http.set_cookie(COOKIE, "ended")
    answer = client.get("/errands/")
    assert answer.status_code == 401
    assert "You have been signed out" in answer.text
    assert "Bearer" not in answer.text


def test_a_browser_that_asks_the_api_without_a_session_gets_a_page_and_a_program_problem_details(
    client: WebClient,
) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.get("/api/errands/errands", headers=browser).mimetype == "text/html"
    for accept in ("*/*", "application/json", ""):
        answer = client.get("/api/errands/errands", headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_a_stranger_calling_the_api_is_told_to_send_a_token(client: WebClient) -> None:
    answer = client.api("GET", "/api/errands/errands")
    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_form_sent_after_the_session_ended_says_so(client: WebClient) -> None:
    client.http.set_cookie(COOKIE, "ended")
    answer = client.http.post("/errands/new", data=WRITE)
    assert answer.status_code == 401
    assert "You have been signed out" in answer.text
    assert "What you sent was not saved" in answer.text


def test_a_bad_bearer_token_is_refused_even_beside_a_good_cookie(carer: WebClient) -> None:
    answer = carer.http.get("/api/errands/errands", headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "nonsense"])
def test_a_malformed_authorization_header_is_refused(carer: WebClient, header: str) -> None:
    assert carer.http.get("/api/errands/errands", headers={"Authorization": header}).status_code == 401


def test_people_offered_are_shown_with_role_name_post_and_staff_number(client: WebClient) -> None:
    page = client.text("/?organisation=dft")
    for words in ("Line manager", "Amina Osei", "Planner", "T1001", "Department for Transport"):
        assert words in page


def test_picking_a_person_signs_in_as_them(client: WebClient) -> None:
    answer = client.post_form("/sign-in", PERSONA)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "1 errand waits for you" in client.text("/")
    assert "a line manager at Department for Transport ." in client.text("/errands/")


@pytest.mark.parametrize(
    "change", [{"person": "99999999-9999-4999-8999-999999999999"}, {"role": "HR"}, {"organisation": "x"}]
)
def test_only_people_who_are_offered_can_be_picked(client: WebClient, change: dict[str, str]) -> None:
    answer = client.post_form("/sign-in", PERSONA | change)
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"environ_base": {"REMOTE_ADDR": ""}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Host": "carers.example"}},
        {"headers": {"Host": "127.0.0.1.carers.example:8080"}},
    ],
)
def test_people_are_offered_to_this_machine_alone(client: WebClient, elsewhere: dict[str, object]) -> None:
    assert "Amina Osei" not in client.http.get("/?organisation=dft", **elsewhere).text  # type: ignore[arg-type]
    answer = client.http.post("/sign-in", data=PERSONA, **elsewhere)  # type: ignore[arg-type]
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.1.2.3"])
def test_this_machine_has_several_addresses(client: WebClient, address: str) -> None:
    page = client.http.get("/?organisation=dft", environ_base={"REMOTE_ADDR": address}).text
    assert "Amina Osei" in page


def test_nobody_is_offered_outside_the_demonstration(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = _for_real(settings, wiring)
    assert "Amina Osei" not in client.get("/?organisation=dft").text
    assert client.post_form("/sign-in", PERSONA).status_code == 404
    assert client.get("/clock").status_code in (401, 404)


def test_cookies_are_secure_outside_the_demonstration(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = _for_real(settings, wiring).signed_in(CARER)
    answer = client.http.post("/errands/new", data=WRITE | client.hidden(), base_url="https://carers.example")
    assert answer.status_code == 401  # the test client keeps a cookie to its host
    client.http.set_cookie(COOKIE, client.token, domain="carers.example")
    answer = client.http.post("/errands/new", data=WRITE | client.hidden(), base_url="https://carers.example")
    assert answer.status_code == 303
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]


def test_signing_out_forgets_the_session_and_offers_the_same_organisation(carer: WebClient) -> None:
    answer = carer.post_form("/sign-out", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?organisation=dft")
    assert carer.get("/errands/").status_code == 401


def test_a_form_without_the_sessions_token_is_refused(carer: WebClient, wiring: MemoryWiring) -> None:
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "0" * 64}, {"csrf_token": "ü"}):
        answer = carer.http.post("/errands/new", data=WRITE | {"command_key": "k"} | token)
        assert answer.status_code == 403
    assert wiring.application.done == []


def test_another_sessions_token_does_not_help(carer: WebClient, client: WebClient, wiring: MemoryWiring) -> None:
    other = client.signed_in(replace(CARER, person="99999999-9999-4999-8999-999999999999"))
    answer = carer.http.post("/errands/new", data=WRITE | other.hidden())
    assert answer.status_code == 403
    assert "You are now signed in as Carer, Department for Transport in this browser" in answer.text
    assert ">Go on as Carer, Department for Transport</a>" in answer.text
    assert wiring.application.done == []


def test_the_api_with_a_cookie_needs_the_sessions_token_too(carer: WebClient) -> None:
    body = {"day": "2026-03-13", "part": "am"}
    headers = {"Idempotency-Key": "k1"}
    assert carer.http.post("/api/errands/errands", json=body, headers=headers).status_code == 403
    headers["X-CSRF-Token"] = carer.csrf()
    assert carer.http.post("/api/errands/errands", json=body, headers=headers).status_code == 201


def test_a_bearer_token_needs_no_form_token(carer: WebClient) -> None:
    assert carer.api("POST", "/api/errands/errands", json={"day": "2026-03-13", "part": "am"}).status_code == 201


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_that_another_site_sends_is_refused(
    client: WebClient, carer: WebClient, headers: dict[str, str]
) -> None:
    assert client.http.post("/sign-in", data=PERSONA, headers=headers).status_code == 403
    assert carer.http.post("/errands/new", data=WRITE | carer.hidden(), headers=headers).status_code == 403


def test_a_form_that_our_own_page_sends_is_accepted(carer: WebClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert carer.http.post("/errands/new", data=WRITE | carer.hidden(), headers=headers).status_code == 303


def _for_real(settings: SampleSettings, wiring: MemoryWiring) -> WebClient:
    """The same services outside the demonstration, with keys of the demonstration handed over directly."""
    return web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
