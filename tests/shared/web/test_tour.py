"""The guided tour: a page a role, ticked off without a script, in the demonstration alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shared.runtime.service import installed
from shared.web.demonstration import ROLES
from shared.web.tour_steps import GUIDES, guides_for
from tests.shared.web.fakes import CARER, MemoryWiring
from tests.web_client import SampleSettings, WebClient, web_client


def test_there_is_a_page_for_each_role_and_for_the_champion() -> None:
    assert {guide.role for guide in GUIDES} == set(ROLES)
    assert {guide.name for guide in GUIDES} == {*ROLES, "champion", "later"}


def test_only_the_last_page_moves_the_date() -> None:
    moves = [guide.name for guide in GUIDES for step in guide.steps if step.service == "clock"]
    assert set(moves) == {GUIDES[-1].name} == {"later"}


def test_each_step_says_what_one_sees_and_why_and_takes_a_few_minutes_at_most() -> None:
    for guide in GUIDES:
        assert 4 <= len(guide.steps) <= 7, guide.name
        for step in guide.steps:
            assert bool(step.href) == bool(step.link), step
            assert re.fullmatch(r"[A-Z].*[^.]", step.do), step
            for sentence in (step.see, step.why):
                assert re.fullmatch(r"[A-Z].*\.", sentence), step


def test_a_deployment_shows_the_steps_of_its_services() -> None:
    assert guides_for(installed()) == GUIDES
    without = {guide.name: guide for guide in guides_for(set(installed()) - {"reporting"})}
    assert "statistics" not in without
    assert [step.service for step in without["champion"].steps] == ["accreditation"]


def test_the_tour_leads_to_each_page(carer: WebClient) -> None:
    page = carer.get("/tour").text
    assert '<a class="govuk-link" href="/tour/operator"><strong>Operator: see that everything arrives' in page
    assert "0 of 5 steps done" in page


def test_every_page_leads_to_the_tour_of_ones_own_role_where_there_is_one(client: WebClient) -> None:
    operator = client.signed_in(replace(CARER, label="Operator, Department for Transport"))
    assert 'href="/tour/operator">Guided tour</a>' in operator.get("/errands/").text
    hr = client.signed_in(replace(CARER, label="HR, Department for Transport"))
    assert 'href="/tour">Guided tour</a>' in hr.get("/errands/").text  # of this deployment HR has no step


def test_one_becomes_the_role_of_a_page_and_stays_on_it(carer: WebClient) -> None:
    assert "You are a carer now" in carer.text("/tour/later")
    assert "Become an operator" in carer.text("/tour/operator")
    answer = carer.post_form("/become", {"role": "manager", "tour": "champion"})
    assert answer.headers["Location"] == "/tour/champion"


@pytest.mark.parametrize("tour", ["//elsewhere.example", "../clock", "https://elsewhere.example", "a b"])
def test_one_is_not_led_elsewhere(carer: WebClient, tour: str) -> None:
    answer = carer.post_form("/become", {"role": "manager", "tour": tour})
    assert answer.status_code == 422
    assert "Location" not in answer.headers


def test_steps_are_ticked_off_and_stay_so_whoever_one_is(carer: WebClient) -> None:
    answer = carer.post_form("/tour/operator", {"step": "2", "done": "yes"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tour/operator#step-2")
    cookie = next(held for held in answer.headers.getlist("Set-Cookie") if held.startswith("carers_tour="))
    assert "HttpOnly" in cookie
    assert "2. Look at every step with its position Done" in carer.text("/tour/operator")
    carer.post_form("/become", {"role": "manager"})
    assert "1 of 5 steps done" in carer.text("/tour")


def test_a_tick_is_taken_away(carer: WebClient) -> None:
    carer.post_form("/tour/operator", {"step": "2", "done": "yes"})
    carer.post_form("/tour/operator", {"step": "2", "done": "no"})
    assert "0 of 5 steps done" in carer.text("/tour")


def test_when_every_step_is_done_the_page_says_so(carer: WebClient) -> None:
    assert "You have done every step" not in carer.text("/tour/operator")
    for step in range(1, 6):
        carer.post_form("/tour/operator", {"step": str(step), "done": "yes"})
    assert "You have done every step of this page." in carer.text("/tour/operator")
    assert "Operator: see that everything arrives Done" in carer.text("/tour")


@pytest.mark.parametrize("fields", [{}, {"step": "0", "done": "yes"}, {"step": "9", "done": "yes"}, {"step": "1"}])
def test_there_is_no_other_step(carer: WebClient, fields: dict[str, str]) -> None:
    assert carer.post_form("/tour/operator", fields).status_code == 422


def test_what_the_cookie_says_besides_is_left_out(carer: WebClient) -> None:
    carer.http.set_cookie("carers_tour", "operator-1.operator-99.<b>.carer-x")
    page = carer.get("/tour").text
    assert "1 of 5 steps done" in page
    assert "<b>" not in page


def test_there_is_no_tour_outside_the_demonstration_from_elsewhere_or_of_another_name(
    carer: WebClient, settings: SampleSettings, wiring: MemoryWiring
) -> None:
    assert carer.get("/tour/king").status_code == 404
    assert carer.http.get("/tour", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    real = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    for path in ("/tour", "/tour/later"):
        assert real.signed_in(CARER).get(path).status_code == 404
    assert real.signed_in(CARER).post_form("/tour/later", {"step": "1", "done": "yes"}).status_code == 404
