"""What the passport has on the home page: what is to be done about each, and how one's own stands."""

from __future__ import annotations

import html
from typing import Any

import pytest

from services.passport.domain.commands import AskForReview, EndPassport, ProposeChange, TransferPassport
from shared.web.actor import Actor
from tests.passport.rig import (
    CARER,
    COLLEAGUE,
    MANAGER,
    NEXT_MANAGER,
    NEXT_MANAGER_ACTOR,
    OTHER_MANAGER,
    OTHER_MANAGER_ACTOR,
    PLENTY,
    WORKS,
    WRITTEN,
    Rig,
)
from tests.web_client import WebClient

THEIRS = f"/passport/people/{CARER}"
WHO = "S1111, Policy adviser"


def waiting(client: WebClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.home("passport")["waiting"]
    return found


def only(client: WebClient) -> dict[str, Any]:
    (found,) = waiting(client)
    return found


def facts(client: WebClient) -> dict[str, str]:
    return {fact["name"]: fact["value"] for fact in client.home("passport")["standing"]["facts"]}


def test_a_passport_that_waits_for_the_managers_signature(rig: Rig, manager: WebClient, carer: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.share()
    rig.talk()
    assert waiting(manager) == []
    rig.sign("carer")
    assert only(manager) == {
        "text": "Sign a passport",
        "href": THEIRS,
        "silence": "Nothing is agreed until both have signed.",
        "who": WHO,
        "by": None,
        "kind": "Passports in your team",
    }
    assert waiting(carer) == []


def test_a_passport_that_waits_for_the_carers_signature(rig: Rig, carer: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.share()
    rig.talk()
    rig.sign("manager")
    assert only(carer)["text"] == "Your manager has signed your passport. Read it and sign"
    assert only(carer)["silence"] == "Nothing is agreed until both have signed."


def test_signing_again_leaves_what_was_agreed(rig: Rig, manager: WebClient) -> None:
    rig.agree()
    rig.write("emergency", "Ring the desk")
    rig.sign("carer")
    assert only(manager)["silence"] == "What was agreed before stays in force until both have signed."


def test_a_yearly_review_has_its_day_for_both(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    rig.days_later(364)
    assert waiting(carer) == waiting(manager) == []
    rig.days_later(1)
    assert only(carer) == {
        "text": "Review your passport, because a year has passed",
        "href": "/passport/review",
        "silence": "What was agreed stays in force, and the review stays due.",
        "who": "",
        "by": "2027-03-02",
        "kind": "Your passport",
    }
    assert only(manager)["text"] == "Review a passport, because a year has passed"
    assert (only(manager)["who"], only(manager)["by"]) == (WHO, "2027-03-02")


def test_a_review_that_was_asked_for_has_no_day(rig: Rig, manager: WebClient) -> None:
    rig.agree()
    rig.run(AskForReview(CARER, CARER))
    assert only(manager)["text"].endswith("because circumstances have changed")
    assert only(manager)["by"] is None


def test_a_new_manager_waits_for_consent_and_the_old_one_for_nothing(
    rig: Rig, web: WebClient, manager: WebClient
) -> None:
    rig.agree()
    rig.days_later(10)
    rig.move(manager=NEXT_MANAGER)
    found = only(web.signed_in(NEXT_MANAGER_ACTOR))
    assert found["text"].startswith("A passport is not shared with you, and due for a review because ")
    assert found["text"].endswith("Ask if they want to share it")
    assert found["silence"] == "You cannot read, sign or review it. What was agreed stays in force."
    assert waiting(manager) == []
    rig.share(NEXT_MANAGER)
    assert only(web.signed_in(NEXT_MANAGER_ACTOR))["text"].startswith("Review a passport, because ")


def test_a_passport_that_was_brought_along_is_to_be_taken_over(rig: Rig, carer: WebClient, web: WebClient) -> None:
    rig.agree()
    rig.days_later(10)
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    assert [item["silence"] for item in waiting(carer)] == ["Nobody where you work now can read it."]
    rig.run(TransferPassport(CARER, PLENTY, CARER))
    found = only(web.signed_in(OTHER_MANAGER_ACTOR))
    assert found["text"] == "Take over a passport from a new member of your team, or propose a change"
    assert found["silence"] == "It does not count as agreed here yet, and the carer cannot change it."
    assert found["who"] == WHO


def test_a_proposal_waits_for_the_carer(rig: Rig, carer: WebClient) -> None:
    rig.agree()
    rig.run(ProposeChange(CARER, "impact", "Calls come at noon", "It is quieter", MANAGER))
    assert only(carer)["text"] == "1 change is proposed for your passport"
    assert only(carer)["silence"] == "Your passport stays as it is until you answer."


def test_changes_that_nobody_has_signed_wait_for_the_carer(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    assert waiting(carer) == []
    rig.write("impact", "Calls come at noon")
    assert only(carer)["text"] == "Your passport has changed since it was agreed. Check it and sign"
    assert only(carer)["silence"] == "What was agreed before stays in force until both have signed."
    rig.sign("carer")
    assert waiting(carer) == []
    assert only(manager)["text"] == "Sign a passport"


def test_no_word_of_a_passport_is_on_the_home_page(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    rig.run(AskForReview(CARER, CARER))
    written = [WRITTEN["impact"], WRITTEN["emergency"], "Start between", "To agree it"]
    pages = [html.unescape(client.get("/").text) for client in (carer, manager)]
    assert [words for words in written for page in pages if str(words) in page] == []


def test_how_ones_own_passport_stands(rig: Rig, carer: WebClient) -> None:
    standing = carer.home("passport")["standing"]
    assert standing == {
        "facts": [{"name": "Status", "value": "You have no passport."}],
        "link": "Write one",
        "href": "/passport/",
    }
    rig.begin(**WRITTEN)
    assert facts(carer) == {"Status": "Draft", "Shared with": "Nobody"}
    rig.share()
    rig.share(COLLEAGUE, "impact")
    rig.share(COLLEAGUE, "emergency")
    rig.talk()
    rig.sign("carer")
    rig.sign("manager")
    assert facts(carer) == {"Status": "Agreed", "To be reviewed by": "2 March 2027", "Shared with": "2 people"}
    rig.days_later(1)
    rig.move(manager=NEXT_MANAGER)
    assert facts(carer)["Shared with"] == "1 person"


@pytest.mark.parametrize("reason", ["cared-for-died", "not-needed"])
def test_an_ended_passport_reminds_nobody_not_even_that_there_is_none(
    rig: Rig, carer: WebClient, manager: WebClient, reason: str
) -> None:
    rig.agree()
    rig.run(EndPassport(CARER, reason, CARER))
    rig.days_later(400)
    assert carer.home("passport")["standing"] is None
    assert waiting(carer) == waiting(manager) == []


def test_who_holds_no_post_has_no_passport_that_stands(web: WebClient) -> None:
    nobody = Actor("88888888-8888-4888-8888-888888888888", WORKS, frozenset({"carer"}))
    assert web.signed_in(nobody).home("passport")["standing"] is None
    officer = Actor(nobody.person, WORKS, frozenset({"operator"}))
    assert web.signed_in(officer).home("passport")["waiting"] == []


def news(client: WebClient) -> list[str]:
    return [each["text"] for each in client.home("passport")["news"]]


def test_what_the_manager_did_is_told_and_never_ones_own_act(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    agreed = [
        "Your passport is agreed: you and your manager have signed it",
        "Your manager signed your passport",
    ]
    assert news(carer) == agreed
    rig.run(ProposeChange(CARER, "impact", "Calls come at noon", "It is quieter", MANAGER))
    assert news(carer) == ["Your manager proposed a change to your passport", *agreed]
    assert news(manager) == []
    assert "noon" not in carer.get("/").text
    assert "quieter" not in carer.get("/").text


def test_an_ended_passport_is_no_news(rig: Rig, carer: WebClient) -> None:
    rig.agree()
    assert news(carer) != []
    rig.run(EndPassport(CARER, "cared-for-died", CARER))
    assert news(carer) == []
