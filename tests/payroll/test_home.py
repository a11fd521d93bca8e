"""What payroll has on the home page: lines to seal, for whoever seals them."""

from __future__ import annotations

from datetime import date

import pytest

from shared.web.actor import Actor
from tests.payroll.rig import Rig
from tests.web_client import WebClient, web_client

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
OFFICER = "0ff1ce00-0000-4000-8000-000000000001"


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app, nobody signed in."""
    return web_client({"payroll": rig.wiring}, clock=rig.clock)


def test_each_pay_group_has_one_line_with_its_number_until_it_is_sealed(rig: Rig, web: WebClient) -> None:
    officer = web.signed_in(Actor(OFFICER, "ministry-of-works", frozenset({"carer", "payroll"})))
    assert officer.home("payroll")["waiting"] == []
    rig.taken(ANNA, date(2026, 3, 12))
    rig.taken(ANNA, date(2026, 3, 13))
    rig.arrive()
    assert officer.home("payroll")["waiting"] == [
        {
            "text": "Seal 2 lines of Ministry of works, monthly",
            "href": "/payroll/pay-groups/ministry-of-works/monthly",
            "kind": "Batches to seal",
            "silence": "Nothing is sent. The lines go into the batch that is sealed next.",
            "who": "",
            "by": None,
        }
    ]
    rig.seal()
    rig.project()
    assert officer.home("payroll")["waiting"] == []


@pytest.mark.parametrize(
    ("organisation", "roles"),
    [("ministry-of-works", {"carer"}), ("ministry-of-works", {"carer", "hr"}), ("elsewhere", {"payroll"})],
)
def test_nobody_else_is_told_of_any_line(rig: Rig, web: WebClient, organisation: str, roles: set[str]) -> None:
    rig.taken(ANNA, date(2026, 3, 13))
    rig.arrive()
    assert web.signed_in(Actor(ANNA, organisation, frozenset(roles))).home("payroll")["waiting"] == []
