"""The life of a passport: who does what, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from services.passport.domain.passport import Passport
from services.passport.domain.posts import Post
from services.passport.domain.sections import SECTIONS
from services.passport.domain.terms import END_REASONS, PostedProvenance
from shared.kernel.errors import CarersError, ErasedError, InvalidError, NotFoundError, RefusedError
from tests.passport.builders import (
    BEGUN,
    ENOUGH,
    IN_PLENTY,
    IN_WORKS,
    act,
    agreed,
    both_sign,
    drafted,
    sign,
    talked,
    topics,
)
from tests.passport.rig import CARER, COLLEAGUE, HR, MANAGER, NEXT_MANAGER, PLENTY, WORKS

PROPOSAL = "77777777-0000-4000-8000-000000000000"


def refused(code: str, do: Callable[[], None], kind: type[CarersError] = RefusedError) -> None:
    """The rule says no with this code, and nothing happened."""
    with pytest.raises(kind) as refusal:
        do()
    assert refusal.value.code_ == code


def test_a_passport_goes_from_the_draft_over_the_conversation_to_two_signatures() -> None:
    passport = drafted(ENOUGH)
    assert passport.paper.state == "drafted"
    passport.hold_conversation(BEGUN, act())
    assert passport.paper.state == "conversation-held"
    sign(passport, "carer", on=date(2026, 3, 10))
    assert passport.paper.state == "conversation-held"
    sign(passport, "manager", on=date(2026, 3, 12))
    assert passport.paper.state == "agreed"
    (event,) = [each for each in passport.pending_events if isinstance(each, Passport.Agreed)]
    assert (event.days_from_draft, event.agreed_on, event.review_due) == (10, "2026-03-12", "2027-03-12")


@pytest.mark.parametrize(
    ("settled", "due"),
    [
        (date(2026, 3, 2), date(2027, 3, 2)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_review_is_due_twelve_months_after_the_agreement_and_after_each_review(settled: date, due: date) -> None:
    passport = agreed(settled)
    assert passport.paper.review_due == due
    both_sign(passport, on=due)
    assert passport.paper.state == "reviewed"
    assert passport.paper.review_due is not None
    assert passport.paper.review_due.year == due.year + 1


def test_a_review_is_unchanged_or_amended() -> None:
    passport = agreed()
    both_sign(passport, on=date(2026, 6, 1))
    passport.write("contact", "By message", act(on=date(2026, 7, 1)))
    assert passport.paper.has_changes
    assert passport.paper.agreed == {"impact": "Calls during the day", "not-agreed": "Nothing is left open"}
    both_sign(passport, on=date(2026, 7, 2))
    outcomes = [each.outcome for each in passport.pending_events if isinstance(each, Passport.Reviewed)]
    assert outcomes == ["unchanged", "amended"]
    assert passport.paper.agreed == passport.paper.content
    assert not passport.paper.has_changes


@pytest.mark.parametrize("by", [MANAGER, COLLEAGUE, HR, "clock"])
def test_nobody_but_the_carer_writes_consents_withdraws_or_ends(by: str) -> None:
    passport = agreed()
    passport.propose(PROPOSAL, "contact", "By phone", "As we said", SECTIONS, act(MANAGER))
    passport.write("impact", "Something else", act())
    other = act(by, posts=IN_PLENTY)
    before = topics(passport)
    for do in (
        lambda: passport.write("impact", "Mine", act(by)),
        lambda: passport.answer(PROPOSAL, True, act(by)),
        lambda: passport.drop_changes(act(by)),
        lambda: passport.ask_for_review(act(by)),
        lambda: passport.transfer(PLENTY, other),
        lambda: passport.end("leaving", act(by)),
    ):
        refused("only-the-carer", do)
    fresh = drafted(ENOUGH)
    refused("only-the-carer", lambda: fresh.hold_conversation(BEGUN, act(by)))
    ended = agreed()
    ended.end("leaving", act())
    refused("only-the-carer", lambda: ended.draft(act(by)))
    assert topics(passport) == before


@pytest.mark.parametrize("by", [CARER, COLLEAGUE, HR, NEXT_MANAGER])
def test_nobody_but_todays_manager_proposes_or_signs_for_that_side(by: str) -> None:
    passport = talked()
    sign(passport, "carer")
    refused("only-the-manager", lambda: sign(passport, "manager", by))
    refused(
        "only-the-manager",
        lambda: passport.propose(PROPOSAL, "contact", "By phone", "As we said", SECTIONS, act(by)),
    )
    if by != CARER:
        refused("only-the-carer", lambda: sign(passport, "carer", by))


def test_a_carer_who_is_their_own_manager_cannot_sign_both_sides() -> None:
    own = (Post("88888888-8888-4888-8888-888888888888", "Head", WORKS, CARER),)
    passport = talked()
    sign(passport, "carer", posts=own)
    refused("only-the-manager", lambda: sign(passport, "manager", CARER, posts=own))
    assert passport.managers(own) == ()


def test_a_manager_signs_only_what_they_can_read() -> None:
    passport = talked({**ENOUGH, "nature": "My mother"})
    digest = passport.paper.digest
    readable = set(SECTIONS) - {"nature"}
    refused("share-all-first", lambda: passport.sign("manager", digest, readable, act(MANAGER)))
    passport.sign("manager", digest, {"nature", "impact", "not-agreed"}, act(MANAGER))
    assert set(passport.paper.signatures) == {"manager"}


def test_nobody_signs_before_the_conversation_too_little_or_another_version() -> None:
    passport = drafted(ENOUGH)
    refused("talk-first", lambda: sign(passport, "carer"))
    passport.hold_conversation(BEGUN, act())
    stale = passport.paper.digest
    passport.write("impact", "", act())
    refused("incomplete", lambda: sign(passport, "carer"))
    passport.write("impact", "Something else", act())
    refused("changed-since", lambda: passport.sign("carer", stale, (), act()))
    sign(passport, "carer")
    refused("signed-already", lambda: sign(passport, "carer"))


def test_the_signature_of_a_former_manager_does_not_complete_the_pair() -> None:
    passport = talked()
    sign(passport, "manager")
    following = (Post(IN_WORKS[0].employment, "Policy adviser", WORKS, NEXT_MANAGER),)
    sign(passport, "carer", posts=following)
    assert passport.paper.state == "conversation-held"
    sign(passport, "manager", NEXT_MANAGER, posts=following)
    assert passport.paper.state == "agreed"
    assert passport.paper.agreed_by["manager"].by == NEXT_MANAGER


def test_a_conversation_was_in_the_past_and_is_recorded_until_it_is_agreed() -> None:
    passport = drafted(ENOUGH)
    refused("in-the-future", lambda: passport.hold_conversation(BEGUN + timedelta(days=1), act()), InvalidError)
    refused("too-long-ago", lambda: passport.hold_conversation(BEGUN - timedelta(days=367), act()), InvalidError)
    passport.hold_conversation(BEGUN - timedelta(days=366), act())
    passport.hold_conversation(BEGUN, act())
    passport.hold_conversation(BEGUN, act())
    assert topics(passport).count("conversation.held") == 2
    both_sign(passport)
    refused("held-already", lambda: passport.hold_conversation(BEGUN, act()))


def test_a_proposal_is_accepted_into_the_passport_or_declined() -> None:
    passport = agreed()
    passport.propose(PROPOSAL, "contact", "By phone", " As we said ", SECTIONS, act(MANAGER))
    assert passport.paper.content.get("contact") is None
    assert passport.paper.proposals[PROPOSAL].reason == "As we said"
    passport.answer(PROPOSAL, True, act())
    assert passport.paper.content["contact"] == "By phone"
    refused("not-found", lambda: passport.answer(PROPOSAL, True, act()), NotFoundError)
    passport.propose(PROPOSAL, "contact", "By post", "As we said", SECTIONS, act(MANAGER))
    passport.answer(PROPOSAL, False, act())
    assert passport.paper.content["contact"] == "By phone"


def test_a_proposal_that_was_overtaken_cannot_undo_what_the_carer_wrote() -> None:
    passport = agreed()
    passport.propose(PROPOSAL, "impact", "Calls are short", "As we said", SECTIONS, act(MANAGER))
    passport.write("impact", "Calls come at noon", act())
    refused("overtaken", lambda: passport.answer(PROPOSAL, True, act()))
    passport.answer(PROPOSAL, False, act())
    assert passport.paper.content["impact"] == "Calls come at noon"


@pytest.mark.parametrize(
    ("section", "value", "reason", "readable", "code", "kind"),
    [
        ("contact", "By phone", "As we said", {"impact"}, "not-found", NotFoundError),
        ("nature", "A cousin", "As we said", SECTIONS, "carers-own", RefusedError),
        ("pattern", "crisis", "As we said", SECTIONS, "carers-own", RefusedError),
        ("contact", "By phone", "  ", SECTIONS, "reason-missing", InvalidError),
        ("contact", "By phone", "x" * 501, SECTIONS, "too-long", InvalidError),
        ("impact", "Calls during the day", "As we said", SECTIONS, "not-changed", RefusedError),
        ("diagnosis", "x", "As we said", SECTIONS, "no-such-section", InvalidError),
    ],
)
def test_what_a_manager_cannot_propose(
    section: str, value: str, reason: str, readable: set[str], code: str, kind: type[CarersError]
) -> None:
    passport = agreed()
    refused(code, lambda: passport.propose(PROPOSAL, section, value, reason, readable, act(MANAGER)), kind)


def test_changes_are_dropped_back_to_what_was_agreed() -> None:
    passport = agreed()
    refused("not-changed", lambda: passport.drop_changes(act()))
    passport.write("contact", "By message", act())
    sign(passport, "manager")
    passport.drop_changes(act())
    assert passport.paper.content == passport.paper.agreed
    assert passport.paper.signatures == {}


def test_a_carer_asks_for_a_review_once_it_is_agreed_and_once_is_enough() -> None:
    refused("not-agreed-yet", lambda: talked().ask_for_review(act()))
    passport = agreed()
    passport.ask_for_review(act())
    passport.ask_for_review(act())
    assert topics(passport).count("review.asked") == 1
    both_sign(passport)
    assert not passport.paper.review_asked


def test_what_is_agreed_goes_elsewhere_by_consent_and_waits_for_the_manager_there() -> None:
    passport = agreed()
    both_posts = (*IN_WORKS, *IN_PLENTY)
    assert passport.transfer(PLENTY, act(posts=both_posts)) == COLLEAGUE
    assert (passport.paper.state, passport.paper.organisation) == ("transferred", PLENTY)
    for do in (
        lambda: passport.write("impact", "Else", act(posts=IN_PLENTY)),
        lambda: sign(passport, "carer", posts=IN_PLENTY),
        lambda: passport.ask_for_review(act(posts=IN_PLENTY)),
    ):
        refused("waits-for-new-manager", do)
    refused("only-the-manager", lambda: passport.accept_transfer(act(MANAGER, posts=both_posts)))
    passport.accept_transfer(act(COLLEAGUE, posts=IN_PLENTY))
    assert passport.paper.state == "agreed"
    transferred, received = [
        each for each in passport.pending_events if isinstance(each, Passport.Transferred | Passport.Received)
    ]
    assert (transferred.organisation, received.organisation) == (WORKS, PLENTY)
    assert (received.from_organisation, received.outcome) == (WORKS, "accepted")
    refused("not-waiting", lambda: passport.accept_transfer(act(COLLEAGUE, posts=IN_PLENTY)))


def test_a_new_manager_takes_over_by_proposing_an_amendment() -> None:
    passport = agreed()
    passport.transfer(PLENTY, act(posts=IN_PLENTY))
    passport.propose(PROPOSAL, "contact", "By phone", "We are few", SECTIONS, act(COLLEAGUE, posts=IN_PLENTY))
    (received,) = [each for each in passport.pending_events if isinstance(each, Passport.Received)]
    assert received.outcome == "amendment-proposed"
    passport.answer(PROPOSAL, True, act(posts=IN_PLENTY))
    both_sign(passport, posts=IN_PLENTY)
    assert passport.paper.state == "reviewed"


def test_what_cannot_go_elsewhere() -> None:
    refused("not-agreed-yet", lambda: talked().transfer(PLENTY, act(posts=IN_PLENTY)))
    passport = agreed()
    refused("not-moved", lambda: passport.transfer(PLENTY, act()))
    refused("not-moved", lambda: passport.transfer(WORKS, act()))
    alone = (Post("88888888-8888-4888-8888-888888888888", "Adviser", PLENTY, ""),)
    refused("no-manager", lambda: passport.transfer(PLENTY, act(posts=alone)))


def test_who_moves_on_before_it_was_taken_over_takes_it_further() -> None:
    passport = agreed()
    passport.transfer(PLENTY, act(posts=IN_PLENTY))
    passport.transfer(WORKS, act(posts=IN_WORKS))
    assert (passport.paper.state, passport.paper.organisation) == ("transferred", WORKS)
    passport.accept_transfer(act(MANAGER))
    assert passport.paper.came_from == PLENTY


def test_a_draft_is_where_its_writer_works() -> None:
    passport = talked()
    passport.write("impact", "Else", act(posts=IN_PLENTY))
    assert passport.paper.organisation == PLENTY
    settled = agreed()
    settled.write("impact", "Else", act(posts=IN_PLENTY))
    assert settled.paper.organisation == WORKS


@pytest.mark.parametrize("reason", END_REASONS)
def test_an_ended_passport_takes_nothing_more_and_a_new_one_has_nothing_of_it(reason: str) -> None:
    passport = agreed()
    passport.end(reason, act(on=date(2026, 5, 4)))
    assert not passport.is_open
    for do in (
        lambda: passport.write("impact", "Else", act()),
        lambda: passport.end(reason, act()),
        lambda: passport.hold_conversation(BEGUN, act()),
        lambda: passport.ask_for_review(act()),
        lambda: sign(passport, "carer"),
    ):
        refused("ended", do)
    passport.draft(act(on=date(2026, 6, 1)))
    assert (passport.number, passport.paper.state) == (2, "drafted")
    assert (passport.paper.content, passport.paper.agreed, passport.paper.version) == ({}, None, 0)
    refused("already-begun", lambda: passport.draft(act()))


def test_a_reason_that_is_not_on_the_list_ends_nothing() -> None:
    passport = agreed()
    refused("no-such-reason", lambda: passport.end("tired of it", act()), InvalidError)
    assert passport.is_open


def test_who_holds_no_post_begins_no_passport() -> None:
    refused("not-employed", lambda: _opened(act(posts=())))
    passport = agreed()
    passport.end("leaving", act())
    refused("not-employed", lambda: passport.draft(act(posts=())))


def _opened(by: PostedProvenance) -> None:
    Passport.open(CARER, by)


def test_an_erased_record_takes_nothing() -> None:
    passport = agreed()
    passport.forget(act("system", posts=()))
    passport.forget(act("system", posts=()))
    assert topics(passport).count("record.forgotten") == 1
    assert not passport.is_open
    for do in (
        lambda: passport.write("impact", "Else", act()),
        lambda: passport.draft(act()),
        lambda: passport.end("leaving", act()),
        lambda: sign(passport, "manager"),
    ):
        refused("erased", do, ErasedError)
