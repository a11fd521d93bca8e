"""A group's and all departments' indicators over time: added parts for statistics, what is released for all else."""

from __future__ import annotations

import pytest

from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.reporting.test_board import CARER, STATISTICS, client_of
from tests.reporting.test_hold import hold
from tests.web_client import words_of

GROUP = "/reporting/board/over-time?group=Works+Group"
ALL = "/reporting/board/over-time?"


@pytest.fixture
def told(rig: Rig) -> Rig:
    """Two departments of a group and one of none. The small one of the group has a policy."""
    rig.organisation(WORKS, "Ministry of Works", group="Works Group")
    rig.organisation(RIVERS, "Rivers Agency", group="Works Group")
    rig.organisation("forestry", "Forestry")
    rig.employ(90)
    rig.employ(10, RIVERS)
    rig.employ(100, "forestry")
    for number in range(9):
        rig.take(number, "2026-11-18", RIVERS)
    rig.provide("carers-policy", "2026-11-01", RIVERS)
    rig.settle()
    rig.advance(12)
    rig.settle()
    return rig


def test_a_groups_rate_is_its_added_parts_and_never_a_mean(told: Rig) -> None:
    page = client_of(told).signed_in(STATISTICS).seen(f"{GROUP}&indicator=10")
    assert "Works Group Leave uptake over time" in page
    assert "November 2026 9.0%" in page
    assert "45.0%" not in page
    assert "December 2026" not in page.partition(" Back ")[2]
    assert "October 2026" not in page
    assert "made of the added counts" in page


def test_all_departments_are_everybody(told: Rig) -> None:
    page = client_of(told).signed_in(STATISTICS).seen(f"{ALL}indicator=10")
    assert "All organisations Leave uptake over time" in page
    assert "November 2026 4.5%" in page


def test_a_policy_is_counted_by_departments_and_by_headcount(told: Rig) -> None:
    statistics = client_of(told).signed_in(STATISTICS)
    assert "November 2026 50% (1 of 2)" in statistics.seen(f"{GROUP}&indicator=17")
    assert "November 2026 10.0%" in statistics.seen(f"{GROUP}&indicator=17h")
    assert "November 2026 5.0%" in statistics.seen(f"{ALL}indicator=17h")
    assert statistics.get(f"{GROUP}&indicator=17").text.count("<circle") == 1


def test_the_latest_figures_are_of_the_month_on_which_the_board_opens_whoever_is_on_hold(told: Rig) -> None:
    hold(told, organisation="forestry")
    told.advance(375)  # 12 December 2027
    for number in range(18):
        told.take(number, "2027-11-18", WORKS)
    told.settle()
    statistics = client_of(told).signed_in(STATISTICS)
    assert "November 2027 Progress across organisations" in statistics.seen("/reporting/board")
    for address in (f"{ALL}months=12", f"{ALL}indicator=10&months=12"):
        page = statistics.seen(address)
        assert "December 2026" in page
        assert "December 2027" not in page.partition(" Back ")[2]
        assert "18.0% [p] ▲ Up 13.5 percentage points from 4.5% in November 2026" in page
    assert "Figures for November 2027, and what has changed" in statistics.seen(ALL)
    carer = client_of(told).signed_in(CARER)
    assert "November 2026 Progress across organisations" in carer.seen("/reporting/board")
    assert "Figures for November 2026, and what has changed" in carer.seen(ALL)


def test_everybody_else_sees_of_people_nothing_and_of_departments_all(told: Rig) -> None:
    carer = client_of(told).signed_in(CARER)
    people = carer.seen(f"{GROUP}&indicator=10")
    assert "November 2026 [c]" in people
    assert "9.0%" not in people
    assert "totals about people would give away the figures that are not shown" in people
    assert "<circle" not in carer.get(f"{GROUP}&indicator=10").text
    assert "November 2026 50% (1 of 2)" in carer.seen(f"{GROUP}&indicator=17")
    assert "November 2026 5%" in carer.seen(f"{ALL}indicator=17h")


def test_one_department_has_no_share_of_headcount(told: Rig) -> None:
    statistics = client_of(told).signed_in(STATISTICS)
    got = statistics.get(f"/reporting/board/over-time?organisation={WORKS}&indicator=17h")
    assert got.status_code == 404
    assert "‘Staff under a policy’ is only for several organisations together" in words_of(got.text)
    assert 'value="17h"' not in statistics.get(f"/reporting/board/over-time?organisation={WORKS}").text


def test_the_choices_keep_the_group(told: Rig) -> None:
    got = client_of(told).signed_in(STATISTICS).get(f"{GROUP}&indicator=10").text
    assert '<input type="hidden" name="group" value="Works Group">' in got


def test_a_group_of_nobody_is_not_found(told: Rig) -> None:
    assert client_of(told).signed_in(CARER).get("/reporting/board/over-time?group=Moon").status_code == 404
