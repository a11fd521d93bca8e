"""Whatever is sent to the passport, the answer is no server error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.passport.domain.sections import SECTIONS
from tests.passport.rig import CARER, CARER_ACTOR, COLLEAGUE, HR_ACTOR, MANAGER_ACTOR, Rig
from tests.support import project
from tests.web_client import WebClient, web_client

FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PATHS = (
    *("mine", "mine/sections", "mine/conversation", "mine/sign", "mine/drop-changes", "mine/ask-for-review"),
    *("mine/consents", "mine/transfer", "mine/end", f"mine/proposals/{COLLEAGUE}"),
    *(f"mine/consents/{COLLEAGUE}/withdraw", f"people/{CARER}/proposals", f"people/{CARER}/sign"),
    f"people/{CARER}/take-over",
)
FORMS = ("sections/impact", "arrangements/1", "check", "sharing/new", "end", "move", f"people/{CARER}/sign")
FIELDS = ("text", "kind", "detail", "start-day", "digest", "agreed", "who", "x")
QUERIES = ("readings?page=", "sharing/new/parts?reader=", f"people/{CARER}/for-purpose?purpose=")

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["2026-03-02", "9999-99-99"]),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=6), inside, max_size=2),
    max_leaves=6,
)
near = st.fixed_dictionaries(
    {},
    optional={
        "section": st.sampled_from(SECTIONS) | values,
        "text": st.text(max_size=40) | values,
        "flexibilities": st.lists(
            st.fixed_dictionaries({"kind": st.just("hours") | values, "detail": st.text(max_size=9)}), max_size=2
        )
        | values,
        "reason": st.sampled_from(["not-said", "x"]) | values,
        "held_on": st.sampled_from(["2026-03-02", "1899-01-01"]) | values,
        "digest": st.text(max_size=70) | values,
        "sections": st.lists(st.sampled_from(SECTIONS), max_size=9) | values,
        "purpose": st.text(max_size=9) | values,
        "starts": st.sampled_from(["2026-03-02", "2200-12-31", "2201-01-01"]) | values,
        "ends": st.sampled_from(["2026-03-02", "2200-12-31"]) | values,
        "reader": st.sampled_from([COLLEAGUE, CARER]) | values,
        "accepted": st.booleans() | values,
        "organisation": st.sampled_from(["ministry-of-works", "ministry-of-plenty"]) | values,
        "consent": st.booleans() | values,
    },
)


@pytest.fixture
def clients(rig: Rig) -> list[WebClient]:
    """The carer, their manager and HR; lists follow every command at once."""
    rig.agree()
    rig.application.on_stored = lambda: project(rig.wiring)
    web = web_client({"passport": rig.wiring}, clock=rig.clock)
    return [web.signed_in(actor) for actor in (CARER_ACTOR, MANAGER_ACTOR, HR_ACTOR)]


@FUZZ
@given(st.sampled_from(PATHS), near | values, st.integers(0, 2))
def test_no_body_breaks_the_api(clients: list[WebClient], path: str, body: Any, who: int) -> None:
    answer = clients[who].api("POST", f"/api/passport/{path}", json=body)
    assert answer.status_code < 500, (path, body, answer.text)


@FUZZ
@given(st.sampled_from(FORMS), st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)), st.integers(0, 2))
def test_no_form_breaks_a_page(clients: list[WebClient], path: str, fields: dict[str, str], who: int) -> None:
    answer = clients[who].post_form(f"/passport/{path}", fields)
    assert answer.status_code < 500, (path, fields)


@FUZZ
@given(st.sampled_from(QUERIES), st.text(max_size=12))
def test_no_query_breaks_a_page(clients: list[WebClient], path: str, typed: str) -> None:
    for client in clients:
        name = path.rpartition("?")[2].removesuffix("=")
        answer = client.get(f"/passport/{path.partition('?')[0]}", query_string={name: typed})
        assert answer.status_code < 500, (path, typed)


def test_numbers_beyond_anything_are_not_there(clients: list[WebClient]) -> None:
    for number in (0, 3, 10**30):
        assert clients[0].get(f"/passport/arrangements/{number}").status_code == 404
        assert clients[1].get(f"/passport/people/{CARER}/propose/arrangements/{number}").status_code == 404
