"""The board: its indicators by organisation, group and month, and over time, by either door."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from services.reporting.web.schemas import BoardSchema
from shared.kernel.clock import FixedClock
from shared.web.actor import Actor
from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.web_client import WebClient, web_client

STATISTICS = Actor("7d0a1f9e-0000-4000-8000-00000000b001", "carers-unit", frozenset({"carer", "statistics"}))
CARER = Actor("7d0a1f9e-0000-4000-8000-00000000b002", WORKS, frozenset({"carer"}))
HR = Actor("7d0a1f9e-0000-4000-8000-00000000b003", WORKS, frozenset({"carer", "hr"}))
BOARD = "/reporting/board?month=2026-11"
CSV = "/api/reporting/board?month=2026-11"


@pytest.fixture
def told(rig: Rig) -> Rig:
    """Two departments of a group: one with something of everything, one with a champion alone."""
    for organisation, name in ((WORKS, "Ministry of Works"), (RIVERS, "Rivers Agency")):
        recorded = {"name": name, "group": "Works Group", "kind": "department"}
        rig.workforce.publish("organisation-recorded", organisation, recorded)
    rig.employ(100)
    rig.employ(60, RIVERS)
    for number in range(40):
        rig.give_notice(number, "2026-11-03")
    for number in range(12):
        rig.postpone(number, "2026-11-03")
        rig.agree_passport(number, "2026-11-04")
        rig.take(number, "2026-11-18")
    for number in range(60):
        rig.train(number, due_on="2026-06-01", completed_on="2026-05-01" if number < 45 else "")
    rig.train(61, due_on="2027-06-01")
    rig.provide("carers-policy", "2025-01-01")
    rig.provide("carers-champion", "2026-01-01", RIVERS, counts_until="2026-12-01")
    rig.award("ambassador", "2026-01-01", "2028-12-31", WORKS)
    rig.award("active", "2026-01-01", "2028-12-31", WORKS, RIVERS)
    rig.settle()
    return rig


def client_of(rig: Rig) -> WebClient:
    return web_client({"reporting": rig.wiring}, clock=FixedClock(rig.clock.now()))


def released_later(rig: Rig) -> None:
    """December is over, and the quarter is released."""
    for days in (12, 61):
        rig.advance(days)
        rig.settle()


def test_statistics_sees_all_of_them_exactly_and_those_of_groups_added(told: Rig) -> None:
    page = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-11")
    works = "Ministry of Works [p] 100.0% 12.0% 15.0 0.0% 30.0% [z] yes Carer Confident ambassador 75.0% no"
    assert works in page
    assert "Rivers Agency [p] [z] 0.0% 0.0 [z] [z] [z] no Carer Confident active" in page
    page = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-11&view=groups")
    together = "Works Group (2 of 2 reported) [p] 100.0% 7.5% 9.4 0.0% 30.0% [z] 1 of 2 2 of 2 75.0% 1 of 2"
    assert together in page


def test_everybody_else_sees_what_organisations_have_and_nothing_of_people_before_a_release(told: Rig) -> None:
    page = client_of(told).signed_in(CARER).seen("/reporting/board")
    assert "Figures about people for November 2026 have not been released yet for 2 organisations." in page
    assert "Ministry of Works [p] 100 yes Carer Confident ambassador no" in page
    groups = client_of(told).signed_in(CARER).seen("/reporting/board?view=groups")
    assert "Works Group (2 of 2 reported) [p] 1 of 2 2 of 2 1 of 2" in groups


def test_a_headcount_says_for_how_many_people_one_stands(told: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.reporting.web.blueprint.people_each", lambda settings: {WORKS: 50})
    for path, words in (
        ("board", "Ministry of Works [p] 100 50 yes"),
        ("departments", "Ministry of Works [p] [c] 100 50 [c]"),
        ("organisation", "100 people in this demonstration; one stands for about 50"),
    ):
        page = client_of(told).signed_in(CARER).seen(f"/reporting/{path}?month=2026-11")
        assert page.count(words) == 1
        assert page.count("One stands for") == (path != "organisation")
    assert "Rivers Agency [p] 60 no" in client_of(told).signed_in(CARER).seen("/reporting/board?month=2026-11")


def test_exact_counts_stand_beside_their_scale_and_totals_say_that_they_are_not_weighted(
    told: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.reporting.web.blueprint.people_each", lambda settings: {WORKS: 50, RIVERS: 2})
    statistics = client_of(told).signed_in(STATISTICS)
    assert "Ministry of Works 12.0% [p] 12 100 50" in statistics.seen(f"{BOARD}&indicator=10")
    for path in (BOARD, f"{BOARD}&indicator=10", "/reporting/board/over-time"):
        assert "one person stands for between 2 and 50 of an organisation’s staff" in statistics.seen(path)
        assert "Totals are not weighted" in statistics.seen(path)
    assert "not weighted" not in statistics.seen(f"/reporting/board/over-time?organisation={WORKS}")


def test_an_organisation_of_which_nobodys_days_are_told_has_no_zero_for_them(
    told: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("blueprint", "pages.board", "pages.over_time", "pages.overview"):
        monkeypatch.setattr(f"services.reporting.web.{module}.without_history", lambda settings: frozenset({RIVERS}))
    for actor in (STATISTICS, CARER):
        client = client_of(told).signed_in(actor)
        board = client.seen(BOARD)
        assert "1 organisation: this demonstration tells nobody’s leave, passports or training there" in board
        assert "Rivers Agency [p] 60 no Carer Confident active" in board
        leave = client.seen("/reporting/departments?month=2026-11")
        assert "1 organisation: this demonstration tells nobody’s leave" in leave
        assert "Rivers Agency [p] 60" in leave
        one = client.seen(f"{BOARD}&indicator=10")
        assert "1 organisation: this demonstration tells nobody’s leave, passports or training there Rivers" in one
        time = client.seen(f"/reporting/board/over-time?organisation={RIVERS}")
        assert "That there is no leave does not mean that nobody takes any." in time
        assert (
            "0.0%" not in board.partition("1 organisation: this")[2] + leave.partition("1 organisation: this")[2] + time
        )


def test_after_the_release_shares_are_rounded_and_groups_show_organisations_alone(told: Rig) -> None:
    released_later(told)
    page = client_of(told).signed_in(CARER).seen("/reporting/board?month=2026-11")
    assert "Ministry of Works [c] 10% 13 [c] 25% [c] yes Carer Confident ambassador 75% no" in page
    assert "1 organisation with figures about people" in page
    assert "1 organisation is too small, or had too few people to count" in page
    assert "Rivers Agency 60 no Carer Confident active yes" in page
    groups = client_of(told).signed_in(CARER).seen("/reporting/board?month=2026-11&view=groups")
    assert "Works Group (2 of 2 reported) 1 of 2 2 of 2 1 of 2" in groups


def test_awards_of_several_departments_are_counted_by_scheme_and_level(told: Rig) -> None:
    page = client_of(told).signed_in(CARER).seen("/reporting/board?indicator=18")
    assert "2 of 2 organisations [p] 1 Carer Confident active, 1 Carer Confident ambassador" in page


def test_one_indicator_shows_its_parts_to_statistics_alone(told: Rig) -> None:
    statistics = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-11&indicator=23")
    assert "Ministry of Works 75.0% [p] 45 60" in statistics
    carer = client_of(told).signed_in(CARER).seen("/reporting/board?month=2026-11&indicator=23")
    assert "45" not in carer
    assert "There is no total of all organisations" in carer


def test_a_champion_counts_until_the_vacancy_is_too_long(told: Rig) -> None:
    released_later(told)
    page = client_of(told).signed_in(STATISTICS)
    assert "Rivers Agency yes" in page.seen("/reporting/board?indicator=24&month=2026-11")
    assert "Rivers Agency no" in page.seen("/reporting/board?indicator=24&month=2026-12")


def test_the_board_finds_a_row_by_its_name_or_its_groups(told: Rig) -> None:
    page = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-11&find=rivers")
    assert "1 organisation, November 2026" in page
    assert "Ministry of Works" not in page
    works, moon = (client_of(told).signed_in(STATISTICS).seen(f"{BOARD}&find={part}") for part in ("works", "moon"))
    assert "2 organisations, November" in works
    assert "has “moon” in its name" in moon


def test_a_department_without_this_months_return_is_missing_and_its_group_provisional(told: Rig) -> None:
    page = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-12")
    assert "2 organisations have not reported December 2026 Ministry of Works Rivers Agency" in page
    groups = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-12&view=groups")
    assert "Works Group (0 of 2 reported) [p] [x]" in groups


def test_hr_sees_their_own_exactly_with_those_in_grace_apart(told: Rig) -> None:
    page = client_of(told).signed_in(HR).seen("/reporting/organisation?month=2026-11")
    assert "Notices postponed 30.0% [p] 12 40" in page
    assert "Staff trained 75.0% [p] 45 60" in page
    assert "1 person is still in the time given for training" in page
    assert "45 60" not in client_of(told).signed_in(CARER).seen("/reporting/organisation?month=2026-11")


def test_over_time_a_chart_has_a_point_a_month_and_its_table(told: Rig) -> None:
    released_later(told)
    got = client_of(told).signed_in(HR).get("/reporting/organisation/over-time?indicator=13").text
    assert 'role="img"' in got
    assert got.count("<circle") == 1
    text = client_of(told).signed_in(HR).seen("/reporting/organisation/over-time?indicator=13&months=24")
    assert "November 2026 30.0%" in text
    assert "December 2026 [z]" in text
    carer = client_of(told).signed_in(CARER).seen("/reporting/organisation/over-time?indicator=13&months=24")
    assert "November 2026 25%" in carer
    assert "30.0%" not in carer


def test_over_time_what_organisations_have_is_a_table_without_a_line(told: Rig) -> None:
    path = f"/reporting/board/over-time?organisation={WORKS}&indicator=17"
    got = client_of(told).signed_in(CARER).get(path).text
    assert "<svg" not in got.split("<main")[1]
    assert "November 2026 yes [p]" in client_of(told).signed_in(CARER).seen(path)


def test_over_time_of_nobody_is_not_found(told: Rig) -> None:
    assert client_of(told).signed_in(CARER).get("/reporting/board/over-time?organisation=nobody").status_code == 404


def test_the_file_has_a_line_an_indicator_exact_or_released_by_role(told: Rig) -> None:
    released_later(told)
    statistics, carer = (client_of(told).signed_in(actor).get(CSV) for actor in (STATISTICS, CARER))
    assert statistics.headers["Content-Type"].startswith("text/csv")
    exact, released = (list(csv.DictReader(io.StringIO(answer.text, newline=""))) for answer in (statistics, carer))
    assert len(exact) == len(released) == 2 * (10 + 2) + 2 * (11 + 2)

    def line(lines: list[dict[str, str]], name: str, indicator: str) -> tuple[str, ...]:
        (found,) = [each for each in lines if (each["name"], each["indicator"]) == (name, indicator)]
        return tuple(found[column] for column in ("value", "unit", "markers", "detail", "numerator", "denominator"))

    assert line(exact, "Ministry of Works", "13") == ("30.0", "percent", "", "", "12", "40")
    assert line(released, "Ministry of Works", "13") == ("25", "percent", "", "", "", "")
    assert line(released, "Works Group", "13") == ("", "percent", "[c]", "", "", "")
    assert line(released, "Works Group", "17") == ("1", "organisations", "", "", "1", "2")
    assert line(exact, "Works Group", "17h") == ("62.5", "percent", "", "", "100", "160")
    assert line(released, "All departments", "17h") == ("63", "percent", "", "", "100", "160")
    assert line(released, "Ministry of Works", "17") == ("1", "in place", "", "", "", "")
    assert line(released, "Ministry of Works", "24") == ("0", "in place", "", "", "", "")
    assert line(released, "Rivers Agency", "18") == ("1", "in place", "", "Carer Confident active", "", "")
    levels = "1 Carer Confident active, 1 Carer Confident ambassador"
    assert line(released, "Works Group", "18") == ("2", "organisations", "", levels, "2", "2")
    for each in (*exact, *released):
        assert bool(each["value"]) != any(sign in each["markers"] for sign in ("[c]", "[x]", "[z]"))
        assert not each["value"] or float(each["value"]) >= 0


def test_all_organisations_stand_first_then_each(told: Rig) -> None:
    page = client_of(told).signed_in(STATISTICS).seen("/reporting/board?month=2026-11")
    places = [page.index(words) for words in ("All organisations together", "2 organisations, November 2026")]
    assert places == sorted(places)
    assert "2 of 2 organisations have reported November 2026" in page
    assert "9.4 days per 100 FTE [p]" in page
    assert "as a share of all staff 62.5% [p]" in page
    assert "2 of 2 organisations [p] 1 Carer Confident active, 1 Carer Confident ambassador" in page
    got = client_of(told).signed_in(STATISTICS).get("/reporting/board?month=2026-11").text
    assert "/reporting/board?indicator=17h" in got
    assert "/reporting/board/over-time?organisation=rivers-agency" in got
    groups = client_of(told).signed_in(STATISTICS).get("/reporting/board?month=2026-11&view=groups").text
    assert "/reporting/board/over-time?group=Works%20Group" in groups


def test_everybody_else_sees_of_all_organisations_what_counts_organisations(told: Rig) -> None:
    page = client_of(told).signed_in(CARER).seen("/reporting/board").partition("Show these figures")[0]
    assert "as a share of all staff 63% [p]" in page
    assert "in force 1 of 2 organisations [p]" in page
    assert "who took" not in page


def test_the_same_rows_come_as_json_by_either_door(told: Rig) -> None:
    path = "/api/reporting/board.json?month=2026-11"
    exact, released = (client_of(told).signed_in(actor).api("GET", path).json for actor in (STATISTICS, CARER))
    assert (exact["exact"], released["exact"], exact["known"]) == (True, False, None)
    assert BoardSchema().validate(exact) == BoardSchema().validate(released) == {}
    named = [(row["row"], row["name"], row["returned"]) for row in exact["rows"]]
    assert named == [
        ("organisation", "Ministry of Works", ""),
        ("organisation", "Rivers Agency", ""),
        ("group", "Works Group", "2 of 2"),
        ("all", "All departments", "2 of 2"),
    ]
    assert [row["name"] for row in released["rows"]] == [name for _, name, _ in named]

    def cell(answer: dict[str, Any], row: int, indicator: str) -> dict[str, Any]:
        (found,) = [each for each in answer["rows"][row]["indicators"] if each["indicator"] == indicator]
        return {name: value for name, value in found.items() if name not in ("about", "indicator")}

    parts = {"numerator": "100", "denominator": "160", "markers": ["[p]"]}
    assert cell(exact, 2, "17h") == {"value": "62.5%"} | parts
    assert cell(released, 3, "17h") == {"value": "63%"} | parts
    assert cell(released, 3, "10") == {"value": "[c]", "numerator": "", "denominator": "", "markers": ["[p]"]}
    assert not [each for each in exact["rows"][0]["indicators"] if each["indicator"] == "17h"]


def test_a_name_that_looks_like_a_formula_is_neutralised_in_the_file(told: Rig) -> None:
    recorded = {"name": "=cmd|' /C calc'!A0", "group": "+1", "kind": "department"}
    told.workforce.publish("organisation-recorded", RIVERS, recorded)
    told.settle()
    answer = client_of(told).signed_in(CARER).get(CSV)
    names = {(line["name"], line["group"]) for line in csv.DictReader(io.StringIO(answer.text, newline=""))}
    assert ("'=cmd|' /C calc'!A0", "'+1") in names
