"""Returns on hold, by page and API: HR of the organisation decide, the statistics role sees, nobody else is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.reporting.domain.hold import REASONS
from services.reporting.web.held import WHY
from shared.web.actor import Actor
from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.web_client import WebClient, web_client

HR = Actor("7d0a1f9e-0000-4000-8000-00000000c001", WORKS, frozenset({"carer", "hr"}))
STATISTICS = Actor("7d0a1f9e-0000-4000-8000-00000000c002", "carers-unit", frozenset({"carer", "statistics"}))
OTHERS = [
    Actor("7d0a1f9e-0000-4000-8000-00000000c003", WORKS, frozenset({"carer"})),
    Actor("7d0a1f9e-0000-4000-8000-00000000c004", WORKS, frozenset({"carer", "payroll", "operator"})),
    Actor("7d0a1f9e-0000-4000-8000-00000000c005", RIVERS, frozenset({"carer", "hr"})),
]
PAGE, MONTH = "/reporting/organisation", "?month=2026-11"
BOARD, DETAIL = f"/reporting/board{MONTH}", f"/reporting/departments{MONTH}"
ON_HOLD = "Ministry of Works put its returns on hold on 20 November 2026: its records are being moved."


@pytest.fixture
def client(rig: Rig) -> WebClient:
    """Two organisations that have reported."""
    rig.organisation(WORKS, "Ministry of Works")
    rig.organisation(RIVERS, "Rivers Agency")
    rig.employ(40)
    rig.employ(40, RIVERS)
    rig.settle()
    return web_client({"reporting": rig.wiring}, clock=rig.clock)


def hold(rig: Rig, client: WebClient, reason: str = "records-moving") -> None:
    """HR put them on hold on the page."""
    answer = client.signed_in(HR).post_form(f"{PAGE}/hold", {"reason": reason, "understood": "true"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    rig.arrive()


def test_hr_put_returns_on_hold_and_let_them_go_on(rig: Rig, client: WebClient) -> None:
    hr = client.signed_in(HR)
    assert "Your returns are made automatically." in hr.seen(PAGE)
    hold(rig, client)
    page = hr.seen(PAGE)
    assert f"{ON_HOLD} What this means" in page
    assert "every return that is still open is made or revised. Let returns go on" in page
    assert "Put returns on hold" not in page
    rig.take(0, "2026-11-18")
    assert rig.settle() == 0
    assert hr.post_form(f"{PAGE}/resume", {}).status_code == 303
    rig.arrive()
    assert "Your returns are made automatically." in hr.seen(PAGE)
    assert rig.settle() == 1


def test_the_page_asks_for_the_reason_and_that_it_is_understood(rig: Rig, client: WebClient) -> None:
    answer = client.signed_in(HR).post_form(f"{PAGE}/hold", {})
    assert answer.status_code == 422
    assert "Choose the reason" in answer.text
    assert "Select the box to confirm that you understand" in answer.text
    rig.arrive()
    assert "Your returns are made automatically." in client.signed_in(HR).seen(PAGE)


@pytest.mark.parametrize("organisation", [STATISTICS.organisation, "nobody-knows"])
def test_who_makes_no_returns_has_nothing_to_put_on_hold(rig: Rig, client: WebClient, organisation: str) -> None:
    somebody = client.signed_in(replace(HR, organisation=organisation))
    answer = somebody.get(f"{PAGE}/hold")
    assert answer.status_code == 404
    assert "Your organisation makes no returns" in answer.text


def test_what_is_on_hold_already_is_told_on_the_page(rig: Rig, client: WebClient) -> None:
    hold(rig, client)
    answer = client.signed_in(HR).post_form(f"{PAGE}/hold", {"reason": "other", "understood": "true"})
    assert answer.status_code == 422
    assert "Your returns are on hold already." in answer.text


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_words(rig: Rig, client: WebClient, reason: str) -> None:
    assert WHY.keys() == REASONS.keys()
    hold(rig, client, reason)
    for path in (BOARD, DETAIL):
        assert f"on hold on 20 November 2026: {WHY[reason]}." in client.signed_in(STATISTICS).seen(path)


def test_statistics_see_who_is_on_hold_and_its_months_stay_missing(rig: Rig, client: WebClient) -> None:
    statistics = client.signed_in(STATISTICS)
    assert "Returns on hold" not in statistics.seen(BOARD)
    hold(rig, client)
    rig.advance(11)
    rig.settle()
    december = statistics.seen("/reporting/departments?month=2026-12")
    assert ON_HOLD in december
    assert "Ministry of Works [x] [x]" in december
    assert ON_HOLD in statistics.seen("/reporting/board?month=2026-12")


def test_a_past_day_is_shown_without_what_is_so_now(rig: Rig, client: WebClient) -> None:
    hold(rig, client)
    past = "&known-day=20&known-month=11&known-year=2026"
    for path in (BOARD, DETAIL):
        assert "Returns on hold" not in client.signed_in(STATISTICS).seen(path + past)


@pytest.mark.parametrize("actor", OTHERS)
def test_nobody_else_is_told_or_may_change_anything(rig: Rig, client: WebClient, actor: Actor) -> None:
    other = client.signed_in(actor)
    paths = (BOARD, DETAIL, PAGE + MONTH, "/api/reporting/progress" + MONTH, "/api/reporting/home")
    before = [other.seen(path) for path in paths]
    hold(rig, client)
    assert [other.seen(path) for path in paths] == before
    if actor.organisation == WORKS:
        assert other.get(f"{PAGE}/hold").status_code == 403
        assert other.post_form(f"{PAGE}/resume", {}).status_code == 403
        assert other.api("POST", "/api/reporting/returns/resume", json={}).status_code == 403
    else:
        assert other.api("POST", "/api/reporting/returns/resume", json={}).status_code == 409
    assert ON_HOLD in client.signed_in(STATISTICS).seen(BOARD)


def test_the_api_does_the_same(rig: Rig, client: WebClient) -> None:
    hr, returns = client.signed_in(HR), "/api/reporting/returns"
    answer = hr.api("POST", f"{returns}/hold", json={"reason": "figures-checked"})
    assert (answer.status_code, answer.json["on_hold"]) == (200, True)
    rig.arrive()
    held = [{"organisation": WORKS, "since": "2026-11-20", "reason": "figures-checked"}]
    for actor in (HR, STATISTICS):
        assert client.signed_in(actor).api("GET", returns + MONTH).json["on_hold"] == held
    assert client.signed_in(OTHERS[2]).api("GET", returns + MONTH).json["on_hold"] == []
    again = hr.api("POST", f"{returns}/hold", json={"reason": "other"})
    assert (again.status_code, again.json["type"]) == (409, "urn:working-carers:problem:on-hold-already")
    assert hr.api("POST", f"{returns}/hold", json={"reason": "a person"}).status_code == 422
    gone = hr.api("POST", f"{returns}/resume", json={})
    assert (gone.status_code, gone.json["on_hold"]) == (200, False)
    rig.arrive()
    assert hr.api("GET", returns + MONTH).json["on_hold"] == []
    refused = hr.api("POST", f"{returns}/resume", json={})
    assert (refused.status_code, refused.json["type"]) == (409, "urn:working-carers:problem:not-on-hold")


def test_home_pages_say_what_is_on_hold(rig: Rig, client: WebClient) -> None:
    def tasks(actor: Actor) -> list[tuple[str, str]]:
        return [(each["text"], each["href"]) for each in client.signed_in(actor).home("reporting")["waiting"]]

    assert tasks(HR) == []
    hold(rig, client)
    assert tasks(HR) == [("Your returns have been on hold since 20 November 2026", f"{PAGE}#returns")]
    on_hold = ("1 organisation has its returns on hold", "/reporting/board#on-hold")
    assert on_hold in tasks(STATISTICS)
    client.signed_in(OTHERS[2]).api("POST", "/api/reporting/returns/hold", json={"reason": "other"})
    rig.arrive()
    assert ("2 organisations have their returns on hold", "/reporting/board#on-hold") in tasks(STATISTICS)
    assert [text for text, _ in tasks(HR)] == ["Your returns have been on hold since 20 November 2026"]
