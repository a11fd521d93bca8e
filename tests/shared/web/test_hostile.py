"""Hostile input never breaks: whatever is sent, the answer is no server error, and says what was wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shared.web.fakes import CARER, MemoryWiring, SampleDirectory
from tests.web_client import SampleSettings, WebClient, web_client

FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=8,
)
NEAR = st.fixed_dictionaries(
    {},
    optional={
        "day": st.sampled_from(["2026-03-13", "2026-02-30", "9999-99-99", "2026-03-14"]) | VALUES,
        "part": st.sampled_from(["am", "AM"]) | VALUES,
        "note": st.text(max_size=300) | VALUES,
        "weight": st.sampled_from(["1e999999999", "-0", "NaN", "7.5"]) | VALUES,
        "stops": st.lists(st.fixed_dictionaries({"day": VALUES, "minutes": VALUES}), max_size=2) | VALUES,
        "tags": VALUES,
        "urgent": VALUES,
    },
)
PAGES = [
    "/",
    "/sign-in",
    "/sign-out",
    "/trail",
    "/clock",
    "/become",
    "/tour",
    "/tour/operator",
    "/errands/",
    "/errands/new",
    "/errands/trail",
]
PROGRAMS = ["/api/errands/errands", "/api/errands/many", "/api/errands/home", "/errands/directory", "/openapi.json"]
FILES = ["/static/carers.css", "/static/../front.py", "/health/fresh", f"/api/errands/errands/{CARER.person}"]
PATHS = st.sampled_from(PAGES + PROGRAMS + FILES)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)


@pytest.fixture(scope="module")
def me(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    folder: Path = tmp_path_factory.mktemp("keys")
    wiring = MemoryWiring(directory=SampleDirectory())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.web.app.keeper_of_names", lambda: "errands")
        sample = SampleSettings(keys_folder=folder, services=("errands",))
        yield web_client({"errands": wiring}, clock=wiring.clock, settings=sample).signed_in(CARER)


def sound(answer: Any) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.mimetype == "application/problem+json" and answer.data:
        assert {"type", "title", "status", "detail", "code"} <= json.loads(answer.data).keys()


@FUZZ
@given(NEAR | VALUES)
def test_any_json_gets_an_answer(me: WebClient, body: Any) -> None:
    sound(me.api("POST", "/api/errands/errands", body=json.dumps(body).encode()))


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(me: WebClient, body: bytes) -> None:
    answer = me.api("POST", "/api/errands/errands", body=body)
    assert 400 <= answer.status_code < 500


@FUZZ
@given(st.dictionaries(st.text(max_size=12), st.text(max_size=20), max_size=5), st.binary(max_size=60))
def test_any_form_gets_an_answer(me: WebClient, fields: dict[str, str], raw: bytes) -> None:
    form = "application/x-www-form-urlencoded"
    sound(me.http.post("/errands/new", data=fields | me.hidden()))
    sound(me.http.post("/errands/new", data=raw, content_type=form))
    sound(me.http.post("/errands/new", data=raw, content_type="multipart/form-data; boundary=x"))
    sound(me.http.post("/sign-in", data=fields))


@FUZZ
@given(METHODS, PATHS, st.text(max_size=30), st.binary(max_size=30))
def test_any_query_gets_an_answer(me: WebClient, method: str, path: str, query: str, raw: bytes) -> None:
    me.http.set_cookie("carers_session", me.token)
    sound(me.http.open(path, method=method, query_string={"organisation": query, "limit": query, "day": query}))
    sound(me.http.open(path, method=method, query_string=raw.decode("latin-1")))


@FUZZ
@given(HEADER, HEADER, HEADER, HEADER, HEADER)
def test_any_headers_get_an_answer(me: WebClient, bearer: str, key: str, accept: str, cookie: str, origin: str) -> None:
    headers = {"Idempotency-Key": key, "Accept": accept, "Origin": origin}
    body = {"day": "2026-03-13", "part": "am"}
    sound(me.http.post("/api/errands/errands", json=body, headers=headers | {"Authorization": f"Bearer {bearer}"}))
    sound(me.http.get("/errands/", headers=headers | {"Cookie": f"carers_session={me.token}; carers_after={cookie}"}))
    sound(me.http.get("/errands/", headers=headers | {"Authorization": accept, "Cookie": cookie}))


@FUZZ
@given(st.text(max_size=40))
def test_any_path_gets_an_answer(me: WebClient, path: str) -> None:
    for start in ("/", "/api/errands/errands/", "/api/errands/places/", "/static/"):
        sound(me.http.get(start + path.lstrip("/")))
