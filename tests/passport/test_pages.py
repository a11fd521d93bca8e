"""The passport's pages: from the first words to both signatures, and all that comes after."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from shared.web.actor import Actor
from tests.passport.rig import (
    CARER,
    COLLEAGUE,
    COLLEAGUE_ACTOR,
    HR,
    LATE_START,
    MANAGER,
    NEXT_MANAGER,
    NEXT_MANAGER_ACTOR,
    OTHER_MANAGER,
    OTHER_MANAGER_ACTOR,
    PLENTY,
    TODAY,
    WORKS,
    WRITTEN,
    Rig,
)
from tests.web_client import WebClient, words_of

THEIRS = f"/passport/people/{CARER}"
SECRET = "Calls during the day cannot wait"


def follow(client: WebClient, answer: Any) -> str:
    """The words of the page to which a form leads."""
    assert answer.status_code == 303, words_of(answer.text)
    return html.unescape(client.text(answer.headers["Location"]))


def said(client: WebClient, path: str) -> str:
    """The words of a page."""
    return html.unescape(client.text(path))


def signed(client: WebClient, path: str) -> Any:
    """Sign on a page, with the digest that it shows."""
    page = client.get(path).text
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert digest is not None, words_of(page)
    return client.post_form(path, {"digest": digest[1], "agreed": "true"})


def test_a_carer_goes_through_the_conversation_page_by_page(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    assert "Start my passport" in said(carer, "/passport/")
    page = follow(carer, carer.post_form("/passport/begin", {}))
    assert "Part 1 of 8: Who I care for, and how" in page
    answer = carer.post_form("/passport/sections/nature", {"text": ""})
    assert "How regular is your caring?" in follow(carer, answer)
    answer = carer.post_form("/passport/sections/pattern", {"text": "fluctuating"})
    assert "How does caring affect your work?" in follow(carer, answer)
    answer = carer.post_form("/passport/sections/impact", {"text": SECRET})
    assert "What have you and your manager agreed?" in follow(carer, answer)
    arrangement = {"kind": "hours", "detail": "Start at 10am", "start": date(2026, 3, 9)}
    page = follow(carer, carer.post_form("/passport/arrangements/1", arrangement))
    assert "Working hours: Start at 10am From 9 March 2026" in page
    for section in ("not-agreed", "emergency", "contact"):
        assert carer.post_form(f"/passport/sections/{section}", {"text": ""}).status_code == 303
    page = follow(carer, carer.post_form("/passport/sections/support", {"text": "The carers’ network"}))
    assert "Check your passport" in page
    assert "Before you can sign: share with your manager the parts that they cannot read yet" in page
    assert "empty: Pattern of caring; How it affects my work; What is agreed; Support. Your manager can only" in page
    assert "talk to your manager about it, and enter the date of the conversation" in page

    answer = carer.post_form("/passport/sharing/new", {"who": MANAGER})
    path = answer.headers["Location"]
    assert "S2222, Policy adviser, your manager" in said(carer, path)
    fields = {"sections": ["pattern", "impact", "flexibilities", "support"], "purpose": "To agree it", "starts": TODAY}
    page = follow(carer, carer.post_form(path, fields))
    assert "S2222, Policy adviser , for as long as they are your manager" in page
    page = follow(carer, carer.post_form("/passport/conversation", {"held_on": TODAY}))
    assert "cannot read yet" not in page
    page = follow(carer, signed(carer, "/passport/check"))
    assert "You have signed. Your manager signs next" in page
    assert "Talk about it On 2 March 2026" in page

    assert "Sign a passport S1111, Policy adviser" in said(manager, "/")
    assert "Needs your signature" in said(manager, "/passport/team")
    assert SECRET in said(manager, THEIRS)
    page = follow(manager, signed(manager, f"{THEIRS}/sign"))
    assert "You and the carer have both signed" in page
    page = said(carer, "/passport/")
    assert "Status Agreed" in page
    assert "Review due by Tuesday 2 March 2027" in page
    page = said(carer, "/passport/agreed")
    assert "Carer S1111, Policy adviser, signed on Monday 2 March 2026" in page
    assert "Manager S2222, Policy adviser, signed on Monday 2 March 2026" in page


def test_what_is_missing_before_the_signatures_is_named_at_once(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.begin(emergency="Tell the duty desk", contact="By message")
    rig.share(MANAGER, "emergency")
    assert "Before you can sign: " + " ".join(
        (
            "write how caring affects your work",
            "write what is agreed , or what is not agreed",
            "share with your manager the parts that they cannot read yet, or leave them empty: How to contact me.",
            "Your manager can only sign what they can read",
            "talk to your manager about it, and enter the date of the conversation",
        )
    ) in said(carer, "/passport/check")
    reasons = (
        "You cannot sign yet, because: the carer has not written enough yet parts of the passport are not shared with "
        "you the date of your conversation is not recorded"
    )
    for path in (THEIRS, f"{THEIRS}/sign"):
        assert reasons in said(manager, path)
    rig.write("impact", SECRET)
    rig.write("not-agreed", "Nothing")
    rig.share()
    rig.talk()
    assert "Before" not in said(carer, "/passport/check").partition("Sign it")[2]
    for path in (THEIRS, f"{THEIRS}/sign"):
        assert "You cannot sign yet" not in said(manager, path)


def test_a_part_that_is_left_empty_is_not_said_to_be_saved(rig: Rig, carer: WebClient) -> None:
    rig.begin()
    path = "/passport/sections/nature"
    assert "Success" not in follow(carer, carer.post_form(path, {"text": ""}))
    assert "Success Saved" in follow(carer, carer.post_form(path, {"text": "My father"}))
    assert "Success Saved" in follow(carer, carer.post_form(path, {"text": ""}))


def test_a_page_sent_wrong_says_what_to_put_right(rig: Rig, carer: WebClient) -> None:
    rig.begin()
    for path, fields, words in (
        ("sections/impact", {"text": "x" * 2001}, "Use 2000 characters or fewer"),
        ("sections/pattern", {"text": "often"}, "Choose one of"),
        ("arrangements/1", {}, "Choose what it is about"),
        ("arrangements/1", {"kind": "hours"}, "Enter what is agreed"),
        ("conversation", {}, "Enter the date when you talked"),
        ("conversation", {"held_on": date(2026, 3, 3)}, "must be today or in the past"),
        ("check", {"digest": "0" * 64}, "Select the box to sign"),
        ("sharing/new", {}, "Choose who you want to share it with"),
        ("sharing/new", {"who": "somebody-else"}, "Enter their staff number"),
        ("sharing/new", {"who": "somebody-else", "staff_number": "S0000"}, "Nobody in your organisation"),
        (f"sharing/new/parts?reader={COLLEAGUE}", {}, "Choose at least one part"),
        ("end", {}, "Choose a reason, or that you prefer not to say"),
    ):
        answer = carer.post_form(f"/passport/{path}", fields)
        assert answer.status_code == 422, path
        page = html.unescape(words_of(answer.text))
        assert "There is a problem" in page, path
        assert words in page, path


def told(client: WebClient, path: str, fields: dict[str, Any]) -> list[str]:
    """What the error summary of a page that was sent says: each message after the field to which it leads, if any."""
    answer = client.post_form(f"/passport/{path}", fields)
    assert answer.status_code == 422, (path, answer.status_code)
    (summary,) = re.findall(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    return [
        html.unescape(f"{field} {words_of(words)}".strip())
        for field, words in re.findall(r'<li>\s*(?:<a href="(#[^"]+)">)?(.*?)</li>', summary, re.DOTALL)
    ]


def test_what_a_rule_refuses_is_told_beside_the_answer_that_it_is_about(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    rig.begin(**WRITTEN)
    rig.share()
    stale = {"digest": "0" * 64, "agreed": "true"}
    theirs = f"people/{CARER}"
    assert told(carer, "check", stale) == [
        "#agreed You cannot sign yet. First record the date when the carer and manager talked about it."
    ]
    assert told(carer, "conversation", {"held_on": date(2024, 3, 3)}) == [
        "#held_on-day Enter the date of the conversation about this passport."
    ]
    assert told(carer, "conversation", {"held_on": date(2026, 3, 3)}) == [
        "#held_on-day The date of the conversation must be today or in the past."
    ]
    rig.talk()
    rig.sign("carer")
    rig.sign("manager")
    assert told(carer, "conversation", {"held_on": TODAY}) == [
        "#held_on-day The conversation is already recorded. Go on to check and sign."
    ]
    over = {"sections": ["impact"], "purpose": "x", "starts": date(2026, 2, 1), "ends": date(2026, 3, 1)}
    assert told(carer, f"sharing/new/parts?reader={COLLEAGUE}", over) == [
        "#ends-day The last day must be today or later."
    ]
    assert told(manager, f"{theirs}/sign", stale) == [
        "#agreed The passport has changed since you read it. Read it again, then sign."
    ]
    same = {"reason": "As we said", "text": SECRET}
    assert told(manager, f"{theirs}/propose/impact", same) == ["#text This is already written. Propose something else."]
    same = {"kind": "hours", "detail": LATE_START.detail, "start": LATE_START.start, "review_by": LATE_START.review_by}
    assert told(manager, f"{theirs}/propose/arrangements/1", {**same, "reason": "As we said"}) == [
        "#detail This is already written. Propose something else."
    ]


def test_what_a_rule_refuses_on_the_way_to_another_organisation_is_told_where_it_was_asked(
    rig: Rig, carer: WebClient
) -> None:
    rig.agree()
    rig.move(manager=None, organisation=PLENTY)
    move = {"organisation": PLENTY, "consent": "true"}
    assert told(carer, "move", move) == [
        "#consent Your new organisation has not recorded your manager yet. Ask HR there, then try again."
    ]
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    assert carer.post_form("/passport/move", move).status_code == 303
    waits = "You cannot change this passport yet. The new manager must first accept it or propose a change."
    assert told(carer, "sections/impact", {"text": "x"}) == [f"#text {waits}"]
    assert told(carer, "arrangements/1", {"kind": "hours", "detail": "x"}) == [waits]


def test_who_signs_a_version_that_has_changed_meanwhile_is_shown_the_new_one(rig: Rig, carer: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.talk()
    digest = rig.passport.paper.digest
    rig.write("impact", "Something else")
    answer = carer.post_form("/passport/check", {"digest": digest, "agreed": "true"})
    assert answer.status_code == 422
    assert "The passport has changed since you read it" in words_of(answer.text)
    assert rig.passport.paper.digest in answer.text
    assert rig.passport.paper.signatures == {}


def test_an_arrangement_is_changed_and_taken_out(rig: Rig, carer: WebClient) -> None:
    rig.begin(**WRITTEN)
    page = carer.get("/passport/arrangements/1").text
    assert "Start between 8am and 11am on Tuesdays" in page
    assert 'value="9"' in page
    page = follow(carer, carer.post_form("/passport/arrangements/1", {"kind": "place", "detail": "At home"}))
    assert "Place of work: At home" in page
    page = follow(carer, carer.post_form("/passport/arrangements/1/remove", {}))
    assert "No arrangements yet" in page
    assert carer.get("/passport/arrangements/2").status_code == 404
    assert carer.get("/passport/sections/diagnosis").status_code == 404


def test_what_the_manager_proposes_is_the_carers_to_accept_or_decline(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    rig.agree()
    path = f"{THEIRS}/propose/impact"
    assert SECRET in said(manager, path)
    assert manager.post_form(path, {"text": "Calls are short"}).status_code == 422
    page = follow(manager, manager.post_form(path, {"text": "Calls are short", "reason": "As we said"}))
    assert "The carer has not answered yet" in page
    assert "1 change is proposed for your passport" in said(carer, "/")
    (link,) = re.findall(r'href="(/passport/proposals/[^"]+)"', carer.get("/passport/").text)
    page = said(carer, link)
    assert "From S2222, Policy adviser" in page
    assert "Why As we said" in page
    page = follow(carer, carer.post_form(f"{link}/accept", {}))
    assert "You have changed your passport since it was agreed" in page
    assert "Calls are short" in page
    assert "Check and sign" in page
    page = follow(carer, signed(carer, "/passport/check"))
    assert "You have signed the changes. Your manager signs next." in page
    assert "Check and sign" not in page
    assert "Undo my changes" in page
    assert "You have signed this version. Your manager signs next." in said(carer, "/passport/check")

    path = f"{THEIRS}/propose/arrangements/2"
    fields = {"kind": "phone", "detail": "Phone on the desk", "reason": "For emergencies"}
    follow(manager, manager.post_form(path, fields))
    (link,) = re.findall(r'href="(/passport/proposals/[^"]+)"', carer.get("/passport/").text)
    assert "Keeping my phone with me: Phone on the desk" in said(carer, link)
    assert "Proposed change declined" in follow(carer, carer.post_form(f"{link}/decline", {}))
    assert len(rig.passport.paper.content["flexibilities"]) == 1

    page = follow(carer, carer.post_form("/passport/drop-changes", {}))
    assert "Changes undone. Your passport is as it was agreed" in page
    assert SECRET in page


def difference(client: WebClient, path: str) -> str:
    """What a page says has changed since it was agreed."""
    _, _, rest = said(client, path).partition("What has changed since it was agreed ")
    return re.split(" (?:Sign it|Propose a change) ", rest)[0]


def test_every_page_that_shows_the_difference_says_what_was_agreed(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    rig.agree()
    pages = [(carer, "/passport/check"), (manager, THEIRS), (manager, f"{THEIRS}/sign")]
    assert [difference(*page) for page in pages] == ["", "", ""]
    rig.write("impact", "Calls are short")
    rig.write("contact", "By message")
    rig.write("pattern", "")
    rig.write("flexibilities", ())
    for page in pages:
        assert difference(*page) == (
            "Pattern of caring: as it was agreed Fluctuating: better and worse times "
            f"How it affects my work: as it was agreed {SECRET} "
            "What is agreed: as it was agreed Working hours: Start between 8am and 11am on Tuesdays "
            "From 9 March 2026; review by 9 September 2026 "
            "How to contact me: as it was agreed Nothing"
        )


def test_after_an_accepted_proposal_both_sides_read_what_was_agreed_before_they_sign(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    rig.agree()
    manager.post_form(f"{THEIRS}/propose/impact", {"text": "Calls are short", "reason": "As we said"})
    (link,) = re.findall(r'href="(/passport/proposals/[^"]+)"', carer.get("/passport/").text)
    page = said(carer, link)
    assert f"What is written now {SECRET} What is proposed instead Calls are short" in page
    carer.post_form(f"{link}/accept", {})
    for page in ((carer, "/passport/check"), (manager, THEIRS), (manager, f"{THEIRS}/sign")):
        assert difference(*page) == f"How it affects my work: as it was agreed {SECRET}"


def test_a_proposal_that_the_carer_has_overtaken_can_only_be_declined(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    rig.agree()
    manager.post_form(f"{THEIRS}/propose/impact", {"text": "Calls are short", "reason": "As we said"})
    rig.write("impact", "Calls come at noon")
    (link,) = re.findall(r'href="(/passport/proposals/[^"]+)"', carer.get("/passport/").text)
    page = said(carer, link)
    assert "you changed this part after it was proposed" in page
    assert carer.post_form(f"{link}/accept", {}).status_code == 409
    assert rig.passport.paper.content["impact"] == "Calls come at noon"


def test_a_review_without_a_change_is_two_signatures(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    rig.days_later(365)
    assert "Review your passport" in said(carer, "/")
    assert "Review a passport, because a year has passed" in said(manager, "/")
    assert "due for review because a year has passed" in said(carer, "/passport/review")
    follow(carer, signed(carer, "/passport/check"))
    page = follow(manager, signed(manager, f"{THEIRS}/sign"))
    assert "Last reviewed on Tuesday 2 March 2027" in page
    assert "Review your passport" not in said(carer, "/")


def test_a_carer_asks_for_a_review_and_says_no_reason(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    page = follow(carer, carer.post_form("/passport/review/ask", {}))
    assert "because circumstances have changed" in page
    assert "Due for review because circumstances have changed" in said(manager, "/passport/team")


def test_who_has_looked_is_told_with_parts_and_purpose(
    rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient
) -> None:
    rig.agree()
    assert "Nobody else has read your passport yet" in said(carer, "/passport/readings")
    said(manager, THEIRS)
    answer = hr.post_form("/passport/find", {"staff_number": "S1111", "purpose": "advice"})
    assert SECRET in follow(hr, answer)
    page = said(carer, "/passport/readings")
    assert "Manager S2222, Policy adviser Pattern of caring; How it affects my work; What is agreed" in page
    assert "HR S3333, Policy adviser" in page
    assert "To advise the carer or their manager" in page
    assert "Looked at by HR Once in the last 14 days" in said(carer, "/")
    rig.days_later(15)
    assert "Looked at by HR" not in said(carer, "/")


def test_hr_needs_a_purpose_and_finds_only_agreed_passports_of_its_organisation(rig: Rig, hr: WebClient) -> None:
    rig.begin(**WRITTEN)
    assert hr.get(f"{THEIRS}/for-purpose?purpose=advice").status_code == 404
    rig.share()
    rig.talk()
    rig.sign("carer")
    rig.sign("manager")
    assert hr.get(f"{THEIRS}/for-purpose").headers["Location"] == "/passport/find"
    assert hr.post_form("/passport/find", {"staff_number": "S1111"}).status_code == 422
    assert hr.post_form("/passport/find", {"staff_number": "S6666", "purpose": "advice"}).status_code == 422
    assert hr.post_form("/passport/find", {"staff_number": "S3333", "purpose": "advice"}).status_code == 422
    assert hr.get(f"/passport/people/{HR}/for-purpose?purpose=advice").status_code == 404


def test_a_colleague_reads_the_parts_that_are_shared_with_them_and_nothing_else(
    rig: Rig, carer: WebClient, web: WebClient
) -> None:
    rig.agree()
    colleague = web.signed_in(COLLEAGUE_ACTOR)
    assert colleague.get(THEIRS).status_code == 404
    answer = carer.post_form("/passport/sharing/new", {"who": "somebody-else", "staff_number": "S4444"})
    path = answer.headers["Location"]
    fields = {"sections": ["emergency"], "purpose": "To help me", "starts": TODAY, "ends": date(2026, 3, 31)}
    page = follow(carer, carer.post_form(path, fields))
    assert "as the person you named" in page
    assert "S1111, Policy adviser" in said(colleague, "/passport/team")
    page = said(colleague, THEIRS)
    assert "Tell the duty desk and go" in page
    assert SECRET not in page
    assert "Propose a change" not in page
    assert colleague.get(f"{THEIRS}/sign").status_code == 404
    rig.days_later(30)
    assert colleague.get(THEIRS).status_code == 404
    assert "Not open today" in said(carer, "/passport/sharing")


def test_sharing_stops_at_once(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.agree()
    assert SECRET in said(manager, THEIRS)
    (path,) = re.findall(r'action="(/passport/sharing/[^"]+/stop)"', carer.get("/passport/sharing").text)
    assert "You are not sharing it with anybody" in follow(carer, carer.post_form(path, {}))
    page = said(manager, THEIRS)
    assert SECRET not in page
    assert "There is nothing written in the parts that you can read" in page
    assert "Not shared with you" in said(manager, "/passport/team")


def test_another_manager_sees_that_there_is_a_passport_and_reads_it_once_it_is_shared(
    rig: Rig, carer: WebClient, manager: WebClient, web: WebClient
) -> None:
    rig.agree()
    rig.move(manager=NEXT_MANAGER)
    assert manager.get(THEIRS).status_code == 404
    assert "There are no passports in your team" in said(manager, "/passport/team")
    following = web.signed_in(NEXT_MANAGER_ACTOR)
    assert "Not shared with you" in said(following, "/passport/team")
    assert SECRET not in said(following, THEIRS)
    assert "there is a new manager" in said(carer, "/passport/")
    rig.share(NEXT_MANAGER)
    assert SECRET in said(following, THEIRS)


def test_a_passport_comes_along_to_another_organisation(
    rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient, web: WebClient
) -> None:
    rig.agree()
    rig.days_later(10)
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    following = web.signed_in(OTHER_MANAGER_ACTOR)
    assert following.get(THEIRS).status_code == 404
    assert manager.get(THEIRS).status_code == 404
    assert hr.get(f"{THEIRS}/for-purpose?purpose=advice").status_code == 404
    assert "Do you want to take your passport with you" in said(carer, "/")
    assert "can read all of it" in said(carer, "/passport/move")
    assert carer.post_form("/passport/move", {"organisation": PLENTY}).status_code == 422
    page = follow(carer, carer.post_form("/passport/move", {"organisation": PLENTY, "consent": "true"}))
    assert "Status From another organisation" in page
    assert "Take over a passport from a new member of your team" in said(following, "/")
    assert SECRET in said(following, THEIRS)
    page = follow(following, following.post_form(f"{THEIRS}/take-over", {}))
    assert "Passport accepted as it was agreed" in page
    assert "Status Agreed" in page


def test_an_ended_passport_is_open_to_nobody_and_reminds_nobody(
    rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient
) -> None:
    rig.agree()
    page = follow(carer, carer.post_form("/passport/end", {"reason": "cared-for-died"}))
    assert "Your passport ended on Monday 2 March 2026" in page
    rig.days_later(400)
    assert "passport" not in said(carer, "/").partition("What waits for you")[2].partition("Go to")[0]
    assert "passport" not in said(manager, "/").partition("What waits for you")[2].partition("How things stand")[0]
    assert manager.get(THEIRS).status_code == 404
    assert hr.get(f"{THEIRS}/for-purpose?purpose=advice").status_code == 404
    for path in ("agreed", "check", "sharing", "review", "end", "sections/impact"):
        assert carer.get(f"/passport/{path}").status_code == 404, path
    assert "Start a new passport" in said(carer, "/passport/")
    follow(carer, carer.post_form("/passport/begin", {}))
    assert SECRET not in said(carer, "/passport/")


def test_who_holds_no_post_is_told_so(rig: Rig, web: WebClient) -> None:
    nobody = web.signed_in(Actor("88888888-8888-4888-8888-888888888888", WORKS, frozenset({"carer"})))
    assert "you are not recorded as employed today" in said(nobody, "/passport/")
    assert nobody.post_form("/passport/begin", {}).status_code == 409


@pytest.mark.parametrize("path", ["sharing", "readings", "check", "conversation", "move", "review", "agreed", "end"])
def test_a_page_of_a_passport_that_is_not_there_is_not_there(carer: WebClient, path: str) -> None:
    assert carer.get(f"/passport/{path}").status_code == 404


def test_a_manager_is_asked_to_sign_only_where_a_signature_waits_or_a_review_is_due(
    rig: Rig, carer: WebClient, manager: WebClient
) -> None:
    theirs, button = f"/passport/people/{CARER}", "Read again and sign"
    rig.begin(**WRITTEN)
    rig.share()
    rig.talk()
    assert button in manager.text(theirs)
    rig.sign("carer")
    rig.sign("manager")
    settled = manager.text(theirs)
    assert button not in settled
    assert "read it and sign it again" in settled
    rig.sign("carer")
    assert button in manager.text(theirs)
