"""Every service's table of access against the promises: who may what, deny by default."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.runtime.service import installed
from tools.list_access import page

ROOT = Path(__file__).resolve().parents[2]
ROLES = {"carer", "hr", "payroll", "statistics", "operator"}
RELATIONS = {"own", "reports", "named", "organisation", "manager", "any"}


class Cell(NamedTuple):
    """One line of a table."""

    service: str
    role: str
    action: str
    relation: str
    fields: frozenset[str]


def _cells() -> Iterator[Cell]:
    for name, service in installed().items():
        for (role, action, relation), fields in service.part("web.access").ACCESS.items():
            yield Cell(name, role, action, relation, frozenset(fields))


CELLS = tuple(_cells())


def _of(service: str, **wanted: str) -> list[Cell]:
    return [
        cell
        for cell in CELLS
        if cell.service == service and all(getattr(cell, name) == value for name, value in wanted.items())
    ]


def test_the_page_of_who_may_what_is_what_the_services_decide_by() -> None:
    shown = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
    assert shown == page(), "run: python -m tools.list_access > docs/access.md"


def test_roles_and_relations_are_those_that_are_known() -> None:
    assert {cell.role for cell in CELLS} == ROLES
    assert {cell.relation for cell in CELLS} == RELATIONS


@pytest.mark.parametrize("service", sorted(installed()))
def test_every_service_lets_somebody_in_and_not_everybody_do_everything(service: str) -> None:
    cells = _of(service)
    assert cells
    actions = {cell.action for cell in cells}
    assert {(cell.role, cell.action) for cell in cells} != {(role, action) for role in ROLES for action in actions}


def test_nobody_decides_about_their_own_whatever_their_role() -> None:
    decisions = {"decide", "correct", "assess", "record-training", "put-in-place", "change-employment", "seal"}
    assert decisions <= {cell.action for cell in CELLS}
    assert [cell for cell in CELLS if cell.action in decisions and cell.relation in {"own", "named", "any"}] == []


def test_only_the_carer_stands_to_their_own() -> None:
    assert {cell.role for cell in CELLS if cell.relation == "own"} == {"carer"}


def test_a_passport_is_for_the_carer_whom_they_share_it_with_and_hr_with_a_purpose() -> None:
    assert {cell.role for cell in _of("passport")} == {"carer", "hr"}
    assert {cell.action for cell in _of("passport", role="hr")} == {"read-for-purpose"}
    theirs = {"write", "share", "see-readings", "move", "end"}
    assert {cell.action for cell in _of("passport", relation="own")} == {*theirs, "read", "sign"}
    assert [cell for cell in _of("passport") if cell.action in theirs and cell.relation != "own"] == []
    assert all("*" not in cell.fields for cell in _of("passport") if cell.relation != "own")


def test_a_manager_sees_dates_and_state_of_leave_and_no_more_of_the_time() -> None:
    (read,) = _of("leave", role="carer", action="read", relation="reports")
    hidden = {"days", "person", "given_at", "week_minutes", "law", "calendar", "latest_notice", "pay", "*"}
    assert read.fields & hidden == set()
    assert {"dates", "state", "deadline"} <= read.fields


def test_payroll_sees_dates_and_pay_of_leave_and_never_a_reason() -> None:
    (read,) = _of("leave", role="payroll")
    assert read.action == "read"
    assert read.fields == {"notice", "person", "employment", "employer", "state", "dates", "pay"}
    assert {cell.role for cell in _of("payroll", relation="organisation")} == {"payroll"}


def test_exact_figures_are_for_the_own_hr_and_the_statistics_role_alone() -> None:
    exact = _of("reporting", action="read-returns")
    assert {(cell.role, cell.relation) for cell in exact} == {("hr", "organisation"), ("statistics", "any")}


def test_the_statistics_role_and_the_operator_read_nothing_about_a_person() -> None:
    for service in ("leave", "passport", "payroll"):
        assert [cell for cell in _of(service) if cell.role in {"statistics", "operator"}] == []
    assert [cell for cell in CELLS if cell.role == "statistics" and cell.action == "read-record"] == []
