"""The board by both doors, by keyboard alone: exact for the centre's statistics role, released for everybody else.

One department is large enough for its share of people trained to be released; the other one's is suppressed, in every
place in which it could be read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from services.reporting.domain.months import ends_quarter, month_end, plus_months
from shared.kernel.periods import month_of, month_span
from tests.browser.conftest import WIDTHS, Visit
from tests.browser.visitor import Visitor
from tests.system.harness import embedded
from tests.system.site import Site, leap, return_of, settle
from tests.system.staff import CENTRE, NAMES, RIVERS, WORKS, everybody
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

PHONE = WIDTHS[0]
LARGE, SMALL = NAMES[RIVERS], NAMES[WORKS]
CARERS = {RIVERS: 33, WORKS: 12}
TRAINED = {RIVERS: 12, WORKS: 3}
"""12 of 36 people and 3 of 15: the office of three is asked to take the course too."""

EXACT = {LARGE: ("33.3%", "12", "36"), SMALL: ("20.0%", "3", "15")}
RELEASED = "29%"
"""10 of 35, after rounding each to the nearest 5."""

INDICATOR = "Staff trained"
NUMBER = "23"


@dataclass(frozen=True)
class Told:
    """A month whose quarter is released, in the address and in words."""

    month: str
    words: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A department of 36, one of 15, and the centre."""
    with embedded(tmp_path_factory.mktemp("site")) as deployment:
        yield settle(deployment, everybody(carers=CARERS[WORKS], rivers=CARERS[RIVERS]))


@pytest.fixture(scope="module")
def told(site: Site) -> Told:
    """The month in which people were trained and the larger department wrote a policy; its quarter is released."""
    month = month_of(site.day(0))
    for organisation in TRAINED:
        _train(site, organisation)
    _leave_behind(site, month)
    quarter_end = next(m for m in (plus_months(month, ahead) for ahead in range(3)) if ends_quarter(m))
    leap(site, month_span(plus_months(quarter_end, 2)).first)
    return Told(month, f"{month_span(month).first:%B %Y}")


def test_the_statistics_role_reads_exact_figures_on_the_board_in_a_chart_and_in_a_file(
    visit: Visit, told: Told
) -> None:
    statistics = visit("Carers", "Statistics")
    statistics.sees_at(f"/reporting/board?month={told.month}&find=zebra", "No organisation or group has “zebra”")
    statistics.follow("Show all of them")
    assert _cells(statistics, INDICATOR) == {LARGE: EXACT[LARGE][0], SMALL: EXACT[SMALL][0]}
    assert _cells(statistics, "Carers policy") == {LARGE: "yes", SMALL: "no"}
    statistics.sees("exact", "[x]")

    rows = _file(statistics, told)
    assert {name: rows[name, NUMBER] for name in EXACT} == {
        name: [share.rstrip("%"), "percent", "", people, among] for name, (share, people, among) in EXACT.items()
    }

    statistics.open(f"/reporting/board?month={told.month}&indicator={NUMBER}")
    for column, heading in enumerate((INDICATOR, "Counted", "Out of")):
        assert _cells(statistics, heading) == {name: parts[column] for name, parts in EXACT.items()}
    statistics.follow(LARGE)
    expect(statistics.page.get_by_role("heading", level=1)).to_have_text(f"{INDICATOR} over time")
    expect(statistics.page.get_by_role("img", name=INDICATOR)).to_be_visible()
    assert dict(statistics.table(INDICATOR))[told.words] == EXACT[LARGE][0]


def test_everybody_else_reads_the_same_board_released(visit: Visit, told: Told) -> None:
    carer = visit("Rivers", "Carer", PHONE)
    carer.sees_at(f"/reporting/board?month={told.month}&indicator={NUMBER}", told.words)
    assert _cells(carer, INDICATOR) == {LARGE: RELEASED}
    carer.sees("1 organisation: too few people to be shown, to protect privacy", "What it does not tell you")
    _hides_what_is_exact(carer)
    carer.open(f"/reporting/board?month={told.month}")
    assert _cells(carer, "Carers policy") == {LARGE: "yes"}
    assert _cells(carer, "Leave uptake") == {LARGE: "[c] not shown, to protect privacy"}
    carer.sees("1 organisation is too small", "released four times a year")
    _hides_what_is_exact(carer)

    rows = _file(carer, told)
    assert rows[LARGE, NUMBER] == [RELEASED.rstrip("%"), "percent", "", "", ""]
    assert rows[SMALL, NUMBER] == ["", "percent", "[c]", "", ""]
    assert rows[LARGE, "17"][:2] == ["1", "in place"]

    carer.open(f"/reporting/board?month={told.month}&indicator={NUMBER}")
    carer.follow(LARGE)
    expect(carer.page.get_by_role("img", name=INDICATOR)).to_be_visible()
    assert dict(carer.table(INDICATOR))[told.words] == RELEASED
    carer.open(f"/reporting/board?month={told.month}&indicator={NUMBER}")
    carer.open(f"/reporting/board/over-time?organisation={WORKS}&indicator={NUMBER}")
    carer.sees("There is no figure to draw in any month")
    assert " ".join(dict(carer.table(INDICATOR))[told.words].split()) == "[c] not shown, to protect privacy"
    _hides_what_is_exact(carer)


def _train(site: Site, organisation: str) -> None:
    """A course for everybody, some who have taken it, and in the larger department a policy."""
    hr, today = site.client(organisation, "H1", "hr"), site.day(0).isoformat()
    course = {"code": "carer-aware", "title": "Carer aware", "audience": "all-staff", "starts": today}
    hr.done("/api/accreditation/courses", course)
    taken = {"code": "carer-aware", "version": 1, "completed_on": today, "source": "certificate"}
    for carer in site.carers(organisation)[: TRAINED[organisation]]:
        hr.done("/api/accreditation/completions", taken | {"person": carer.person})
    if organisation == RIVERS:
        policy = {"kind": "carers-policy", "starts": today, "owner": "People team"}
        hr.done("/api/accreditation/provisions", policy)


def _leave_behind(site: Site, month: str) -> None:
    """The month is over, and both returns are complete before its release is prepared."""
    statistics = site.client(CENTRE, "S1", "statistics")

    def returned() -> list[dict[str, Any]]:
        found = [return_of(statistics, month, organisation) for organisation in TRAINED]
        return [each for each in found if each]

    def told_of_everybody() -> bool:
        counted = [each["figures"]["23"]["counted"] for each in returned() if "23" in each["figures"]]
        return sorted(counted) == sorted(int(people) for _, _, people in EXACT.values())

    wait_for("everybody is asked to take the course, and their returns say so", told_of_everybody)
    site.deployment.wait_until_caught_up()
    leap(site, month_end(month) + timedelta(days=3))
    wait_for("both returns are complete", lambda: all(each["complete"] for each in returned()))


def _board(visitor: Visitor) -> Locator:
    """The table of the departments, known by its first heading."""
    first = visitor.page.get_by_role("columnheader", name="Organisation", exact=True)
    table = visitor.page.get_by_role("table").filter(has=first)
    expect(table.first).to_be_visible()
    return table.first


def _cells(visitor: Visitor, heading: str) -> dict[str, str]:
    """What stands under a heading, by department."""
    table = _board(visitor)
    column = table.get_by_role("columnheader").all_inner_texts().index(heading) - 1
    return {
        row.get_by_role("rowheader").inner_text(): " ".join(row.get_by_role("cell").nth(column).inner_text().split())
        for row in table.locator("tbody tr").all()
    }


def _file(visitor: Visitor, told: Told) -> dict[tuple[str, str], list[str]]:
    """The board's file: value, unit, markers, numerator and denominator by name and indicator."""
    with visitor.page.expect_download() as download:
        visitor.follow(f"Download {told.words} as CSV")
    with download.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("value", "unit", "markers", "numerator", "denominator")
    return {(row["name"], row["indicator"]): [row[column] for column in columns] for row in rows}


def _hides_what_is_exact(visitor: Visitor) -> None:
    """No number of the exact door stands anywhere on the page, in its source either."""
    source = visitor.page.content()
    for parts in EXACT.values():
        assert parts[0] not in source
    visitor.sees_nothing_of("Counted", "Out of")
