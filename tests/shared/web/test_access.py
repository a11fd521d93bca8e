"""Access: denied by default, and one answer for what is not there and what is not yours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import ForbiddenError, NotFoundError
from shared.web.access import allow, may_ever, relations_to, visible
from shared.web.actor import ROLES, Actor
from tests.shared.web.errands.web.access import ACCESS
from tests.shared.web.fakes import CARER, HR, MANAGER, PAYROLL, STRANGER, MemoryWiring
from tests.web_client import WebClient, routes_without_check


def test_a_field_is_allowed_by_role_action_and_relation() -> None:
    assert allow(ACCESS, CARER, "read", {"own"}) == {"*"}
    assert allow(ACCESS, MANAGER, "read", {"reports", "any"}) == {"day"}


def test_fields_of_several_roles_are_united() -> None:
    assert allow(ACCESS, HR, "read", {"reports", "organisation"}) == {"day", "part"}


def test_somebody_elses_is_as_good_as_not_there() -> None:
    with pytest.raises(NotFoundError):
        allow(ACCESS, STRANGER, "read", {"any"})


def test_a_role_that_never_may_is_told_so() -> None:
    with pytest.raises(ForbiddenError):
        allow(ACCESS, PAYROLL, "read", {"own", "reports", "organisation", "any"})


@given(
    st.frozensets(st.sampled_from(sorted(ROLES))),
    st.sampled_from(["read", "write", "erase"]),
    st.frozensets(st.sampled_from(["own", "reports", "organisation", "any"])),
)
def test_nothing_is_allowed_that_the_table_does_not_name(
    roles: frozenset[str], action: str, relations: frozenset[str]
) -> None:
    actor = Actor("p", "dft", roles)
    named = {name for role in roles for relation in relations for name in ACCESS.get((role, action, relation), ())}
    if named:
        assert allow(ACCESS, actor, action, relations) == named
    else:
        with pytest.raises((ForbiddenError, NotFoundError)):
            allow(ACCESS, actor, action, relations)


def test_ones_own_things_stand_in_no_other_relation() -> None:
    assert relations_to(HR, person=HR.person, organisation="dft", manager=HR.person) == {"own"}


def test_a_manager_in_another_organisation_stands_by_report_alone() -> None:
    assert relations_to(MANAGER, person="x", organisation="hmrc", manager=MANAGER.person) == {"any", "reports"}


def test_nobody_is_the_manager_of_a_person_without_one() -> None:
    assert "reports" not in relations_to(Actor("", "dft", frozenset()), person="x", manager="")


def test_only_allowed_fields_are_visible() -> None:
    row = {"day": "2026-03-13", "part": "am"}
    assert visible(row, frozenset({"day"})) == {"day": "2026-03-13"}
    assert visible(row, frozenset({"*"})) == row
    assert visible(row, frozenset()) == {}


def test_navigation_shows_a_service_only_to_roles_that_may_do_something_there(client: WebClient) -> None:
    assert may_ever(ACCESS, frozenset({"hr"}))
    assert not may_ever(ACCESS, frozenset({"payroll"}))
    assert 'href="/errands/"' in client.signed_in(CARER).get("/accessibility").text
    assert 'href="/errands/"' not in client.signed_in(PAYROLL).get("/accessibility").text


def test_a_page_that_forgot_its_check_is_not_shown(carer: WebClient) -> None:
    answer = carer.get("/errands/open")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_a_command_that_forgot_its_check_does_not_run(carer: WebClient, wiring: MemoryWiring) -> None:
    assert carer.post_form("/errands/open", {}).status_code == 500
    assert wiring.application.done == []


def test_routes_that_check_nothing_are_found(client: WebClient) -> None:
    assert routes_without_check(client.app) == ["errands.command_without_check", "errands.forgot_to_check"]


def test_the_same_answer_for_a_strangers_errand_and_for_none(client: WebClient) -> None:
    stranger = client.signed_in(STRANGER)
    theirs = stranger.api("GET", "/api/errands/errands/0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10")
    assert theirs.status_code == 404
    assert theirs.json["code"] == "not-found"


def test_a_manager_sees_only_the_fields_of_managers(client: WebClient) -> None:
    answer = client.signed_in(MANAGER).api("GET", "/api/errands/errands/0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10")
    assert answer.json == {"day": "2026-03-13"}
