"""Payroll's pages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shared.web.actor import Actor
from shared.web.service_clients import ServiceClients
from tests.payroll.rig import Rig
from tests.web_client import WebClient, web_client

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
OFFICER = "0ff1ce00-0000-4000-8000-000000000001"
FRIDAY = date(2026, 3, 13)
PREVIEW = "/payroll/pay-groups/ministry-of-works/monthly"


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app, nobody signed in."""
    return web_client({"payroll": rig.wiring}, clock=rig.clock)


@pytest.fixture
def officer(web: WebClient) -> WebClient:
    """Whoever seals."""
    return web.signed_in(Actor(OFFICER, "ministry-of-works", frozenset({"carer", "payroll"})))


def hidden(page: str) -> dict[str, str]:
    """What the check page sends along."""
    pairs = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {name: pairs[name] for name in ("checked", "leave_epoch", "leave_position")}


def all_called_ada(_self: object, _actor: object, persons: list[str], _session: str) -> dict[str, str]:
    """Whoever is asked about is called Ada Hill."""
    return dict.fromkeys(persons, "Ada Hill")


def test_before_the_first_day_the_pages_say_so(officer: WebClient) -> None:
    assert "No leave has been taken yet" in officer.text("/payroll/")
    assert "You have nothing to seal" in officer.text(PREVIEW)
    assert "You have nothing to seal" in officer.text(f"{PREVIEW}/seal")


def test_payroll_looks_checks_seals_and_downloads(rig: Rig, officer: WebClient) -> None:
    rig.taken(ANNA, FRIDAY, 222)
    rig.arrive()
    assert "Monthly , Ministry of works Ministry of works 1 None yet" in officer.text("/payroll/")
    assert (
        "13 March 2026 0.50 days Unpaid absence (A02) Deduct from pay (P02) Service continues (S) New total"
        in officer.text(PREVIEW)
    )
    check = officer.get(f"{PREVIEW}/seal")
    sent = officer.post_form(f"{PREVIEW}/seal", hidden(check.text))
    assert sent.status_code == 303
    rig.project()
    batch = officer.text(sent.headers["Location"])
    assert "Batch 1 sealed" in batch
    assert "Total 0.50 days Lines 1 line for 1 person Reversals None" in batch
    assert rig.batches()[0].sha256 in batch
    link = re.search(r'href="(/api/payroll/batches/[^"]+/file)"', officer.get(sent.headers["Location"]).text)
    assert link is not None
    assert officer.get(link[1]).data == rig.batches()[0].file
    assert "Batch 1 , Ministry of works, monthly" in officer.text("/payroll/")


def test_a_batch_is_shown_at_once_while_its_lines_are_still_listed(rig: Rig, officer: WebClient) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    sealed = rig.seal()
    page = officer.text(f"/payroll/batches/{sealed.data['batch']}")
    assert "Total 1.00 day Lines 1 line for 1 person" in page
    assert "The lines are not listed yet" in page


def test_lines_that_changed_since_the_check_are_not_sealed_and_the_page_says_so(rig: Rig, officer: WebClient) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    check = hidden(officer.get(f"{PREVIEW}/seal").text)
    rig.corrected(ANNA, FRIDAY, 222)
    rig.arrive()
    refused = officer.post_form(f"{PREVIEW}/seal", check)
    assert refused.status_code == 422
    assert "The lines have changed since you checked them" in refused.text
    assert "0.50 days" in refused.text
    assert rig.batches() == []


def test_a_reversal_says_that_it_cancels_what_was_sent(rig: Rig, officer: WebClient) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 222)
    rig.arrive()
    assert "−1.00 day Unpaid absence (A02) Deduct from pay (P02) Service continues (S) Reversal" in officer.text(
        PREVIEW
    )
    assert "Total −0.50 days Lines 2 lines for 1 person Reversals 1 line" in officer.text(f"{PREVIEW}/seal")


def test_events_that_could_not_be_applied_are_told_before_sealing(rig: Rig, officer: WebClient) -> None:
    rig.taken(ANNA, FRIDAY, 444, paid_minutes=999)
    rig.taken(OFFICER, FRIDAY)
    rig.arrive()
    assert "1 change to leave could not be processed" in officer.get(f"{PREVIEW}/seal").text


def test_a_carer_sees_their_own_lines_and_no_pay_group(rig: Rig, web: WebClient) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 222)
    rig.arrive()
    carer = web.signed_in(Actor(ANNA, "ministry-of-works", frozenset({"carer"})))
    page = carer.text("/payroll/")
    assert "13 March 2026 −1.00 day Unpaid Reversal: cancels the line sent before" in page
    assert "13 March 2026 1.00 day Unpaid New total for the day Batch 1" in page
    assert carer.get(PREVIEW).status_code == 404
    assert carer.get(f"{PREVIEW}/seal").status_code == 403
    assert carer.post_form(f"{PREVIEW}/seal", {"leave_position": "0"}).status_code == 403


def test_people_are_shown_by_name_to_payroll_and_in_no_answer_of_the_api(
    rig: Rig, officer: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ServiceClients, "names_for", lambda _self, _actor, persons, _session: dict.fromkeys(persons, "Ada Hill")
    )
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    assert "Ada Hill (Saaaa, P1) 13 March 2026 1.00 day" in officer.text(PREVIEW)
    sealed = rig.seal().data["batch"]
    rig.project()
    assert "Ada Hill (Saaaa, P1) 13 March 2026 1.00 day" in officer.text(f"/payroll/batches/{sealed}")
    assert "Ada" not in officer.api("GET", f"/api/payroll/batches/{sealed}/lines").text


def test_two_posts_of_one_person_are_told_apart(rig: Rig, officer: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        ServiceClients, "names_for", lambda _self, _actor, persons, _session: dict.fromkeys(persons, "Ada Hill")
    )
    rig.taken(ANNA, FRIDAY)
    rig.taken(ANNA, FRIDAY, notice="0ff1ce00-0000-4000-8000-000000000009", post="P2")
    rig.arrive()
    page = officer.text(PREVIEW)
    assert "Ada Hill (Saaaa, P1)" in page
    assert "Ada Hill (Saaaa, P2)" in page
    assert "2 lines for 1 person" in page


def test_wherever_payrolls_days_stand_the_page_says_how_they_are_counted(rig: Rig, officer: WebClient) -> None:
    rig.taken(OFFICER, FRIDAY)
    rig.arrive()
    for page in (PREVIEW, f"{PREVIEW}/seal", "/payroll/own"):
        assert "4.00 days for payroll, and 4.43 days in a report" in officer.text(page), page
    sealed = rig.seal().data["batch"]
    rig.project()
    assert "4.00 days for payroll, and 4.43 days in a report" in officer.text(f"/payroll/batches/{sealed}")


def test_an_erased_person_reads_as_erased(rig: Rig, officer: WebClient) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.workforce.publish("person-forgotten", ANNA, rig.organisation, {})
    rig.arrive()
    page = officer.text(PREVIEW)
    assert "Erased 13 March 2026" in page
    assert "Saaaa" not in page


def test_long_lists_are_turned_page_by_page(rig: Rig, officer: WebClient) -> None:
    for day in range(101):
        rig.taken(ANNA, date.fromordinal(FRIDAY.toordinal() + day))
    rig.arrive()
    assert officer.get(PREVIEW).text.count(">1.00 day<") == 100
    assert "?page=2" in officer.get(PREVIEW).text
    assert officer.get(f"{PREVIEW}?page=2").text.count(">1.00 day<") == 1
    assert officer.get(f"{PREVIEW}?page=3").status_code == 404
    assert officer.get(f"{PREVIEW}?page=0").status_code == 400


def test_the_home_page_tells_payroll_what_waits_and_others_nothing(rig: Rig, web: WebClient) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    officer = web.signed_in(Actor(OFFICER, "ministry-of-works", frozenset({"carer", "payroll"})))
    page = officer.text("/")
    assert "Batches to seal (1) Seal 1 line of Ministry of works, monthly If you do nothing: Nothing is sent." in page
    assert "In the next batches 1 line Sealed last No batch is sealed yet" in page
    carer = web.signed_in(Actor(ANNA, "ministry-of-works", frozenset({"carer"})))
    assert "Batches to seal" not in carer.text("/")
    rig.seal()
    rig.project()
    page = officer.text("/")
    assert "Batches to seal" not in page
    assert "Sealed last Ministry of works, batch 1," in page
