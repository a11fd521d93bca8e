"""A passport from the first word to both signatures and its end, and who must not read it.

Black box: HTTP and the command line, on both substrates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.system.client import Client, Reply
from tests.system.harness import Deployment
from tests.system.site import Site, settle
from tests.system.staff import CENTRE, RIVERS, WORKS, Member, team
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(120)]

MINE = "/api/passport/mine"
SECRET = "gooseberry-lantern"
PARTS = ["impact", "flexibilities"]


@dataclass
class Cast:
    """Who acts."""

    site: Site
    carer: Client
    manager: Client
    hr: Client
    colleague: Client
    outsider: Client

    @property
    def theirs(self) -> str:
        """Where others find the carer's passport."""
        return f"/api/passport/people/{self.site.person(WORKS, 'C1').person}"


@pytest.fixture(scope="module")
def cast(deployment: Deployment) -> Iterator[Cast]:
    site = settle(deployment, [*team(WORKS, 2), *team(RIVERS, 1), Member(CENTRE, "S1", "Statistics Sample")])
    yield Cast(
        site,
        carer=deployment.script(site.person(WORKS, "C1").person, WORKS),
        manager=site.client(WORKS, "M1"),
        hr=site.client(WORKS, "H1", "hr"),
        colleague=site.client(WORKS, "C2"),
        outsider=site.client(RIVERS, "H1", "hr"),
    )
    assert deployment.set_aside() == []


def test_a_passport_is_written_talked_about_signed_by_both_and_told_to_others(cast: Cast) -> None:
    day = cast.site.day(0).isoformat()
    cast.carer.done(MINE, {})
    cast.carer.done(f"{MINE}/sections", {"section": "impact", "text": SECRET})
    arrangement = {"kind": "hours", "detail": f"Start late, {SECRET}"}
    cast.carer.done(f"{MINE}/sections", {"section": "flexibilities", "flexibilities": [arrangement]})
    assert cast.manager.get(cast.theirs).status == 404
    cast.carer.done(f"{MINE}/consents", {"sections": PARTS, "purpose": "To agree it", "starts": day})
    cast.carer.done(f"{MINE}/conversation", {"held_on": day})

    waiting = wait_for("the manager's list has it", lambda: cast.manager.found("/api/passport/team")["team"])
    assert waiting[0]["shared"]
    seen = cast.manager.found(cast.theirs)
    assert [each["section"] for each in seen["sections"]] == PARTS
    cast.manager.done(f"{cast.theirs}/sign", {"digest": seen["digest"]})
    wait_for("the carer's home says so", lambda: "Your manager has signed" in _home(cast.carer))
    signed = cast.carer.done(f"{MINE}/sign", {"digest": cast.carer.found(MINE)["digest"]})
    assert (signed["state"], signed["settled"]) == ("agreed", True)
    wait_for("the trail tells it", lambda: "A passport was agreed" in cast.carer.get("/trail", view="steps").text)
    assert SECRET not in cast.carer.get("/trail", view="steps").text


def test_nobody_else_reads_it_and_hr_is_noted_first(cast: Cast) -> None:
    purpose = f"{cast.theirs}/for-purpose"
    for reply in (cast.colleague.get(cast.theirs), cast.outsider.get(cast.theirs), cast.hr.get(cast.theirs)):
        assert _answer(reply) == (404, "not-found")
    assert _answer(cast.outsider.get(purpose, purpose="advice")) == (404, "not-found")
    assert _answer(cast.manager.get(purpose, purpose="advice")) == (403, "forbidden")
    assert SECRET in cast.hr.get(purpose, purpose="advice").text
    noted = cast.carer.found(f"{MINE}/readings")["readings"]
    assert [(line["role"], line["purpose"]) for line in noted] == [("hr", "advice"), ("manager", "")]
    stands = cast.carer.found("/api/passport/home")["standing"]["facts"]
    assert "Looked at by HR" in {fact["name"] for fact in stands}


def test_a_consent_that_is_withdrawn_is_over_at_once(cast: Cast) -> None:
    (consent,) = cast.carer.found(f"{MINE}/consents")["consents"]
    cast.carer.done(f"{MINE}/consents/{consent['consent']}/withdraw", {})
    assert SECRET not in cast.manager.get(cast.theirs).text


def test_the_words_are_in_no_log_line_no_list_and_no_message(cast: Cast, deployment: Deployment) -> None:
    for path in deployment.folder.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path
    passport = deployment.wirings["passport"]
    for event in passport.outbox.page(0, 1000).events:
        assert SECRET.encode() not in event.body


def test_the_end_is_told_without_its_reason(cast: Cast, deployment: Deployment) -> None:
    cast.carer.done(f"{MINE}/end", {"reason": "cared-for-died"})
    wait_for("the trail tells it", lambda: "A passport ended" in cast.carer.get("/trail", view="steps").text)
    assert _answer(cast.manager.get(cast.theirs)) == (404, "not-found")
    assert _answer(cast.hr.get(f"{cast.theirs}/for-purpose", purpose="advice")) == (404, "not-found")
    told = b"".join(event.body for event in deployment.wirings["passport"].outbox.page(0, 1000).events)
    assert b"passport.ended" in told
    assert b"died" not in told
    assert deployment.carers("rebuild", "passport").strip().endswith("nothing differed")


def test_a_forgotten_carer_is_erased_here_too(cast: Cast, deployment: Deployment) -> None:
    """Runs last: it cannot be undone."""
    person = cast.site.person(WORKS, "C1").person
    deployment.carers("forget", person, "--yes")
    wait_for("there is no passport", lambda: cast.carer.get(MINE).status == 404)
    assert _answer(cast.carer.post(MINE, {})) == (410, "erased")


def _answer(reply: Reply) -> tuple[int, Any]:
    return reply.status, reply.json["code"]


def _home(client: Client) -> str:
    """What the home page tells somebody of passports."""
    return " ".join(item["text"] for item in client.found("/api/passport/home")["items"])
