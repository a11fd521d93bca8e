"""The passport's API: who may, what comes back, what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from shared.contracts import types
from shared.kernel.ids import derived_id, new_id
from tests.passport.rig import (
    CARER,
    CARER_ACTOR,
    COLLEAGUE,
    MANAGER,
    MANAGER_ACTOR,
    NEXT_MANAGER,
    OTHER_MANAGER,
    OTHER_MANAGER_ACTOR,
    PLENTY,
    WRITTEN,
    Rig,
)
from tests.web_client import WebClient, routes_without_check

CONSENT = {
    "sections": ["pattern", "impact", "flexibilities", "emergency"],
    "purpose": "To agree it",
    "starts": "2026-03-02",
}
LATE_START = {"kind": "hours", "detail": "Start at 10am", "start": "2026-03-09", "review_by": "2026-09-09"}
THEIRS = f"people/{CARER}"


def post(client: WebClient, path: str, json: Any = None, key: str | None = None) -> Any:
    return client.api("POST", f"/api/passport/{path}", json=json, key=key)


def get(client: WebClient, path: str) -> Any:
    return client.api("GET", f"/api/passport/{path}")


def done(client: WebClient, path: str, json: Any = None) -> dict[str, Any]:
    answer = post(client, path, json)
    assert answer.status_code in (200, 201), answer.json
    return dict(answer.json)


def sections_of(answer: Any) -> dict[str, Any]:
    return {each["section"]: each.get("text") or each.get("flexibilities") for each in answer.json["sections"]}


def test_the_story_over_the_api(rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient) -> None:
    assert done(carer, "mine")["state"] == "drafted"
    done(carer, "mine/sections", {"section": "pattern", "text": "steady"})
    done(carer, "mine/sections", {"section": "impact", "text": "Calls cannot wait"})
    done(carer, "mine/sections", {"section": "flexibilities", "flexibilities": [LATE_START]})
    given = done(carer, "mine/consents", CONSENT)
    assert given["capacity"] == "manager"
    assert done(carer, "mine/conversation", {"held_on": "2026-03-02"})["state"] == "conversation-held"
    mine = get(carer, "mine").json
    assert (mine["complete"], mine["held_on"], mine["signatures"]) == (True, "2026-03-02", [])
    assert done(carer, "mine/sign", {"digest": mine["digest"]})["settled"] is False

    (waiting,) = get(manager, "team").json["team"]
    assert (waiting["person"], waiting["waits_for_signature"], waiting["shared"]) == (CARER, True, True)
    seen = get(manager, THEIRS)
    assert sections_of(seen)["flexibilities"] == [LATE_START | {"trial_until": None}]
    assert seen.json["signatures"] == [{"side": "carer", "signed_on": "2026-03-02"}]
    assert done(manager, f"{THEIRS}/sign", {"digest": seen.json["digest"]})["settled"] is True

    proposed = done(
        manager, f"{THEIRS}/proposals", {"section": "impact", "text": "Calls are short", "reason": "As we said"}
    )
    (proposal,) = get(carer, "mine").json["proposals"]
    assert (proposal["proposal"], proposal["reason"]) == (proposed["proposal"], "As we said")
    assert proposal["value"] == {"section": "impact", "text": "Calls are short"}
    done(carer, f"mine/proposals/{proposal['proposal']}", {"accepted": True})
    assert get(carer, "mine").json["has_changes"] is True
    done(carer, "mine/drop-changes")
    done(carer, "mine/ask-for-review")
    assert get(manager, "team").json["team"][0]["reviews"] == ["circumstances"]

    read = get(hr, f"{THEIRS}/for-purpose?purpose=advice")
    assert sections_of(read)["impact"] == "Calls cannot wait"
    assert "digest" not in read.json
    lines = get(carer, "mine/readings").json["readings"]
    assert sorted((line["role"], line["purpose"]) for line in lines) == [("hr", "advice"), ("manager", "")]
    assert {line["label"] for line in lines} == {"S2222, Policy adviser", "S3333, Policy adviser"}
    assert lines[0]["sections"] == ["pattern", "impact", "flexibilities"]

    done(carer, f"mine/consents/{given['consent']}/withdraw")
    assert get(carer, "mine/consents").json["consents"] == []
    assert sections_of(get(manager, THEIRS)) == {}
    assert done(carer, "mine/end", {"reason": "cared-for-died"})["state"] == "ended"
    assert get(manager, THEIRS).status_code == 404
    kinds = [event["type"] for event in rig.published()]
    assert kinds == [types.PASSPORT_AGREED, types.PASSPORT_ENDED]


def test_a_move_over_the_api(rig: Rig, carer: WebClient, web: WebClient) -> None:
    rig.agree()
    refused = post(carer, "mine/transfer", {"organisation": PLENTY, "consent": True})
    assert (refused.status_code, refused.json["code"]) == (409, "not-moved")
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    moved = done(carer, "mine/transfer", {"organisation": PLENTY, "consent": True})
    assert (moved["state"], moved["organisation"]) == ("transferred", PLENTY)
    following = web.signed_in(OTHER_MANAGER_ACTOR)
    assert get(following, "team").json["team"][0]["waits_to_be_taken_over"] is True
    assert done(following, f"{THEIRS}/take-over")["state"] == "agreed"
    assert rig.told(types.PASSPORT_RECEIVED) == [
        {"received_on": "2026-03-02", "from_organisation": "ministry-of-works", "outcome": "accepted"}
    ]


def test_a_repeated_click_gives_the_stored_answer(rig: Rig, carer: WebClient) -> None:
    first = post(carer, "mine", key="k1").json
    assert post(carer, "mine", key="k1").json == first | {"repeated": True}
    again = post(carer, "mine", key="k2")
    assert (again.status_code, again.json["code"]) == (409, "already-begun")
    done(carer, "mine/sections", {"section": "impact", "text": "One"})
    other = post(carer, "mine/sections", {"section": "impact", "text": "Two"}, key="k3")
    changed = post(carer, "mine/sections", {"section": "impact", "text": "Three"}, key="k3")
    assert (other.status_code, changed.status_code, changed.json["code"]) == (200, 422, "key-reused")


def test_an_end_that_is_sent_again_gives_the_stored_answer_and_what_follows_it_is_refused(
    rig: Rig, carer: WebClient
) -> None:
    rig.agree()
    first = post(carer, "mine/end", {"reason": "not-said"}, key="k1").json
    assert post(carer, "mine/end", {"reason": "not-said"}, key="k1").json == first | {"repeated": True}
    for path, body in (
        ("mine/end", {"reason": "not-said"}),
        ("mine/sections", {"section": "impact", "text": "x"}),
        ("mine/consents", CONSENT),
    ):
        answer = post(carer, path, body)
        assert (answer.status_code, answer.json["code"]) == (409, "ended"), path


def test_both_sides_sign_at_the_same_moment_and_it_is_agreed_once(rig: Rig, web: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.share()
    rig.talk()
    digest = {"digest": rig.passport.paper.digest}

    def sign(side: str) -> int:
        client = web.signed_in(CARER_ACTOR if side == "carer" else MANAGER_ACTOR)
        path = "mine/sign" if side == "carer" else f"{THEIRS}/sign"
        return int(post(client, path, digest).status_code)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(sign, ("carer", "manager"))) == [200, 200]
    assert len(rig.told(types.PASSPORT_AGREED)) == 1


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("mine/sections", {}, "#/section"),
        ("mine/sections", {"section": "diagnosis"}, "#/section"),
        ("mine/sections", {"section": "impact", "text": "x" * 2001}, "#/text"),
        ("mine/sections", {"section": "pattern", "text": "often"}, "#/text"),
        ("mine/sections", {"section": "flexibilities", "text": "x"}, "#/text"),
        ("mine/sections", {"section": "impact", "flexibilities": [LATE_START]}, "#/flexibilities"),
        ("mine/sections", {"section": "impact", "diagnosis": "x"}, "#/diagnosis"),
        (
            "mine/sections",
            {"section": "flexibilities", "flexibilities": [LATE_START | {"review_by": "2026-03-01"}]},
            "#/flexibilities/0/review_by",
        ),
        (
            "mine/sections",
            {"section": "flexibilities", "flexibilities": [{"kind": "garden", "detail": "x"}]},
            "#/flexibilities/0/kind",
        ),
        ("mine/sections", {"section": "flexibilities", "flexibilities": [LATE_START] * 13}, "#/flexibilities"),
        ("mine/conversation", {"held_on": "2026-02-30"}, "#/held_on"),
        ("mine/consents", CONSENT | {"sections": []}, "#/sections"),
        ("mine/consents", CONSENT | {"purpose": "x" * 201}, "#/purpose"),
        ("mine/consents", CONSENT | {"ends": "2026-03-01"}, "#/ends"),
        ("mine/consents", CONSENT | {"reader": "me"}, "#/reader"),
        ("mine/end", {"reason": "tired"}, "#/reason"),
        ("mine/transfer", {"organisation": PLENTY}, "#/consent"),
        ("mine/transfer", {"organisation": PLENTY, "consent": False}, "#/consent"),
        (f"{THEIRS}/proposals", {"section": "impact", "text": "x"}, "#/reason"),
    ],
)
def test_what_makes_no_sense_is_pointed_to(carer: WebClient, path: str, body: Any, pointer: str) -> None:
    answer = post(carer, path, body)
    assert answer.status_code == 422
    assert pointer in [each["pointer"] for each in answer.json["errors"]]


def test_hr_says_what_it_reads_for(rig: Rig, hr: WebClient) -> None:
    rig.agree()
    for query in ("", "?purpose=", "?purpose=curiosity", "?purpose=advice&purpose=safety"):
        assert get(hr, f"{THEIRS}/for-purpose{query}").status_code == 422, query


def test_consents_name_colleagues_and_managers_and_nobody_else(rig: Rig, carer: WebClient) -> None:
    rig.begin(**WRITTEN)
    assert done(carer, "mine/consents", CONSENT | {"reader": COLLEAGUE})["capacity"] == "named"
    assert done(carer, "mine/consents", CONSENT | {"reader": MANAGER})["capacity"] == "manager"
    for reader, code in (
        (OTHER_MANAGER, "nobody-there"),
        (CARER, "share-with-oneself"),
        (str(new_id()), "nobody-there"),
    ):
        answer = post(carer, "mine/consents", CONSENT | {"reader": reader})
        assert (answer.status_code, answer.json["code"]) == (409, code)
    rig.move(manager=None)
    answer = post(carer, "mine/consents", CONSENT)
    assert (answer.status_code, answer.json["code"]) == (409, "nobody-there")


def test_where_nobody_is_named_the_manager_of_the_earlier_post_reads(rig: Rig, carer: WebClient) -> None:
    second = str(derived_id("employment", "another"))
    rig.employ(CARER, employment=second, manager=NEXT_MANAGER, starts="2021-01-04", effective_from=date(2021, 1, 4))
    rig.begin(**WRITTEN)
    done(carer, "mine/consents", CONSENT)
    assert [each["reader"] for each in get(carer, "mine/consents").json["consents"]] == [MANAGER]


def test_an_unread_part_leaves_no_digest_to_guess_from(rig: Rig, manager: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.share(MANAGER, "impact")
    seen = get(manager, THEIRS).json
    assert (seen["complete"], seen["digest"]) == (False, "")
    answer = post(manager, f"{THEIRS}/sign", {"digest": rig.passport.paper.digest})
    assert answer.status_code == 409
    rig.talk()
    answer = post(manager, f"{THEIRS}/sign", {"digest": rig.passport.paper.digest})
    assert (answer.status_code, answer.json["code"]) == (409, "share-all-first")


def test_the_reason_of_an_end_is_in_no_answer(rig: Rig, carer: WebClient, hr: WebClient) -> None:
    rig.agree()
    done(carer, "mine/end", {"reason": "cared-for-died"})
    for client, path in ((carer, "mine"), (carer, "mine/readings"), (hr, "team"), (hr, THEIRS)):
        assert "died" not in get(client, path).text
    assert "died" not in str(rig.published())


def test_a_forgotten_carer_has_no_passport_and_begins_none(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    rig.forget(CARER)
    assert get(carer, "mine").status_code == 404
    assert post(carer, "mine/sections", {"section": "impact", "text": "x"}).status_code == 404
    assert post(carer, "mine/end", {"reason": "not-said"}).status_code == 404
    assert get(manager, THEIRS).status_code == 404
    assert get(manager, "team").json == {"team": [], "named": []}
    answer = post(carer, "mine")
    assert (answer.status_code, answer.json["code"]) == (410, "erased")


def test_somebody_who_was_forgotten_before_begins_none(rig: Rig, carer: WebClient) -> None:
    rig.forget(CARER)
    answer = post(carer, "mine")
    assert (answer.status_code, answer.json["code"]) == (410, "erased")


def test_a_former_manager_who_is_named_reads_as_the_person_named(rig: Rig, manager: WebClient) -> None:
    rig.agree()
    rig.move(manager=NEXT_MANAGER)
    assert get(manager, THEIRS).status_code == 404
    rig.share(MANAGER, "emergency", ends=date(2026, 3, 31))
    assert list(sections_of(get(manager, THEIRS))) == ["emergency"]
    assert post(manager, f"{THEIRS}/sign", {"digest": "0" * 64}).status_code == 404


def test_every_route_checks_who_may(web: WebClient) -> None:
    assert routes_without_check(web.app) == []
