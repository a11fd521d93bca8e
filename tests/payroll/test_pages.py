"""Payroll's pages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shared.web.actor import Actor
from shared.web.testing import WebClient, web_client
from tests.payroll.house import House

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
OFFICER = "0ff1ce00-0000-4000-8000-000000000001"
FRIDAY = date(2026, 3, 13)
PREVIEW = "/payroll/pay-groups/ministry-of-works/monthly"


@pytest.fixture
def web(house: House) -> WebClient:
    """The app, nobody signed in."""
    return web_client({"payroll": house.wiring}, clock=house.clock)


@pytest.fixture
def officer(web: WebClient) -> WebClient:
    """Whoever seals."""
    return web.signed_in(Actor(OFFICER, "ministry-of-works", frozenset({"carer", "payroll"})))


def hidden(page: str) -> dict[str, str]:
    """What the check page sends along."""
    pairs = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {name: pairs[name] for name in ("checked", "leave_epoch", "leave_position")}


def test_before_the_first_day_the_pages_say_so(officer: WebClient) -> None:
    assert "No day has been taken yet" in officer.text("/payroll/")
    assert "there is nothing to seal" in officer.text(PREVIEW)
    assert "there is nothing to seal" in officer.text(f"{PREVIEW}/seal")


def test_payroll_looks_checks_seals_and_downloads(house: House, officer: WebClient) -> None:
    house.taken(ANNA, FRIDAY, 222)
    house.arrive()
    assert "Ministry of works Monthly of Ministry of works 1 None yet" in officer.text("/payroll/")
    assert "13 March 2026 0.50 days A02 P02 S Total" in officer.text(PREVIEW)
    check = officer.get(f"{PREVIEW}/seal")
    sent = officer.post_form(f"{PREVIEW}/seal", hidden(check.text))
    assert sent.status_code == 303
    house.project()
    batch = officer.text(sent.headers["Location"])
    assert "Batch 1 is sealed" in batch
    assert "Lines 1 Total 0.50 days" in batch
    assert house.batches()[0].sha256 in batch
    link = re.search(r'href="(/api/payroll/batches/[^"]+/file)"', officer.get(sent.headers["Location"]).text)
    assert link is not None
    assert officer.get(link[1]).data == house.batches()[0].file
    assert "Batch 1 of Ministry of works, monthly" in officer.text("/payroll/")


def test_a_batch_is_shown_at_once_while_its_lines_are_still_listed(house: House, officer: WebClient) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    sealed = house.seal()
    page = officer.text(f"/payroll/batches/{sealed.data['batch']}")
    assert "Lines 1 Total 1.00 days" in page
    assert "The list of this batch’s lines is catching up" in page


def test_lines_that_changed_since_the_check_are_not_sealed_and_the_page_says_so(
    house: House, officer: WebClient
) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    check = hidden(officer.get(f"{PREVIEW}/seal").text)
    house.corrected(ANNA, FRIDAY, 222)
    house.arrive()
    refused = officer.post_form(f"{PREVIEW}/seal", check)
    assert refused.status_code == 422
    assert "The lines have changed since you looked at them" in refused.text
    assert "0.50 days" in refused.text
    assert house.batches() == []


def test_a_reversal_says_what_it_takes_back(house: House, officer: WebClient) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    house.seal()
    house.corrected(ANNA, FRIDAY, 222)
    house.arrive()
    assert "-1.00 days A02 P02 S Takes back revision 1" in officer.text(PREVIEW)
    assert "Of these, reversals 1 Total -0.50 days" in officer.text(f"{PREVIEW}/seal")


def test_events_that_could_not_be_applied_are_told_before_sealing(house: House, officer: WebClient) -> None:
    house.taken(ANNA, FRIDAY, 444, paid_minutes=999)
    house.taken(OFFICER, FRIDAY)
    house.arrive()
    assert "1 of leave&#39;s events could not be applied" in officer.get(f"{PREVIEW}/seal").text


def test_a_carer_sees_their_own_lines_and_no_pay_group(house: House, web: WebClient) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    house.seal()
    house.corrected(ANNA, FRIDAY, 222)
    house.arrive()
    carer = web.signed_in(Actor(ANNA, "ministry-of-works", frozenset({"carer"})))
    page = carer.text("/payroll/")
    assert "13 March 2026 -1.00 days Unpaid Takes back what was sent before" in page
    assert "13 March 2026 1.00 days Unpaid Total of the day 1" in page
    assert carer.get(PREVIEW).status_code == 404
    assert carer.get(f"{PREVIEW}/seal").status_code == 403
    assert carer.post_form(f"{PREVIEW}/seal", {"leave_position": "0"}).status_code == 403


def test_an_erased_person_reads_as_erased(house: House, officer: WebClient) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    house.workforce.publish("person-forgotten", ANNA, house.organisation, {})
    house.arrive()
    page = officer.text(PREVIEW)
    assert "Erased P1 13 March 2026" in page
    assert "Saaaa" not in page


def test_long_lists_are_turned_page_by_page(house: House, officer: WebClient) -> None:
    for day in range(101):
        house.taken(ANNA, date.fromordinal(FRIDAY.toordinal() + day))
    house.arrive()
    assert officer.get(PREVIEW).text.count(">1.00 days<") == 100
    assert "?page=2" in officer.get(PREVIEW).text
    assert officer.get(f"{PREVIEW}?page=2").text.count(">1.00 days<") == 1
    assert officer.get(f"{PREVIEW}?page=3").status_code == 404
    assert officer.get(f"{PREVIEW}?page=0").status_code == 400


def test_the_home_page_tells_payroll_what_waits_and_others_nothing(house: House, web: WebClient) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    officer = web.signed_in(Actor(OFFICER, "ministry-of-works", frozenset({"carer", "payroll"})))
    page = officer.text("/")
    assert "Batches to seal (1) Seal 1 line of Ministry of works, monthly If you do nothing: Nothing is sent." in page
    assert "In the next batches 1 line Sealed last No batch is sealed yet" in page
    carer = web.signed_in(Actor(ANNA, "ministry-of-works", frozenset({"carer"})))
    assert "Batches to seal" not in carer.text("/")
    house.seal()
    house.project()
    page = officer.text("/")
    assert "Batches to seal" not in page
    assert "Sealed last Ministry of works, batch 1," in page
