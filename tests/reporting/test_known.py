"""Exact figures as they were known on a day: on every page and route of those who see them, and nowhere else."""

from __future__ import annotations

import pytest

from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.reporting.test_board import CARER, HR, STATISTICS, client_of
from tests.web_client import WebClient

FIRST = "known-day=20&known-month=11&known-year=2026"
LATER = "known-day=23&known-month=11&known-year=2026"
BEFORE = "known-day=19&known-month=11&known-year=2026"


@pytest.fixture
def twice(rig: Rig) -> Rig:
    """Twelve of a hundred took a day by 20 November; on the 23rd another had, and Rivers reported first."""
    for organisation, name in ((WORKS, "Ministry of Works"), (RIVERS, "Rivers Agency")):
        rig.organisation(organisation, name, group="Works Group")
    rig.employ(100)
    for number in range(12):
        rig.take(number, "2026-11-18")
    rig.settle()
    rig.advance(3)
    rig.employ(60, RIVERS)
    rig.take(50, "2026-11-20")
    rig.settle()
    return rig


def as_(rig: Rig, actor: object = STATISTICS) -> WebClient:
    return client_of(rig).signed_in(actor)  # type: ignore[arg-type]


def test_the_api_tells_a_return_as_it_was_known(twice: Rig) -> None:
    people = {
        known: [
            found["figures"]["10"]["month"]["people"]
            for found in as_(twice, HR)
            .api("GET", f"/api/reporting/returns?month=2026-11&known={known}")
            .json["returns"]
        ]
        for known in ("2026-11-19", "2026-11-20", "2026-11-23")
    }
    assert people == {"2026-11-19": [], "2026-11-20": [12], "2026-11-23": [13]}


def test_the_board_is_as_it_was_known_with_its_groups(twice: Rig) -> None:
    page = as_(twice).seen(f"/reporting/board?{FIRST}")
    assert "As it was known on 20 November 2026" in page
    assert "Ministry of Works [p] [z] 12.0% 15.0" in page
    groups = as_(twice).seen(f"/reporting/board?view=groups&{FIRST}")
    assert "Works Group (1 of 1 reported) [p] [z] 12.0% 15.0" in groups
    assert "Rivers Agency" not in page
    now = as_(twice).seen("/reporting/board")
    assert "As it was known on 2" not in now
    assert "Ministry of Works [p] [z] 13.0%" in as_(twice).seen(f"/reporting/board?{LATER}")
    groups = as_(twice).seen("/reporting/board?view=groups")
    assert "Works Group (2 of 2 reported) [p] [z] 8.1%" in groups
    assert "as it was known then. Choose another month or day" in as_(twice).seen(f"/reporting/board?{BEFORE}")


def test_the_addresses_of_a_page_keep_the_day(twice: Rig) -> None:
    got = as_(twice).get(f"/reporting/board?{FIRST}").text
    assert "known=2026-11-20" in got
    assert "/reporting/departments?month=2026-11&amp;known-day=20&amp;known-month=11&amp;known-year=2026" in got
    assert 'value="20"' in got


def test_leave_in_detail_is_as_it_was_known_in_every_view(twice: Rig) -> None:
    page = as_(twice).seen(f"/reporting/departments?{FIRST}")
    assert "Ministry of Works [p] 12 100.0 12.0%" in page
    assert "Ministry of Works 1 20 November 2026 Version 3" in as_(twice).seen(
        f"/reporting/departments?view=returns&{FIRST}"
    )
    assert "Ministry of Works [p] 13 100.0" in as_(twice).seen(f"/reporting/departments?{LATER}")


def test_hr_sees_the_own_organisation_as_it_was_known(twice: Rig) -> None:
    page = as_(twice, HR).seen(f"/reporting/organisation?{FIRST}")
    assert "As it was known on 20 November 2026" in page
    assert "People who took leave 12 12" in page
    assert "People who took leave 13 13" in as_(twice, HR).seen("/reporting/organisation")
    assert "as it was known then" in as_(twice, HR).seen(f"/reporting/organisation?{BEFORE}")


def test_a_day_that_is_none_is_told_beside_its_field(twice: Rig) -> None:
    for path in ("/reporting/board", "/reporting/departments"):
        response = as_(twice).get(f"{path}?known-day=31&known-month=11&known-year=2026")
        assert response.status_code == 422
        assert "There is a problem" in response.text
        assert 'href="#known-day"' in response.text


def test_the_file_and_the_rows_are_as_they_were_known(twice: Rig) -> None:
    path = "/api/reporting/board{}?month=2026-11&known=2026-11-20"
    file = as_(twice).get(path.format(""))
    assert 'filename="progress-2026-11-known-2026-11-20.csv"' in file.headers["Content-Disposition"]
    assert "12.0,percent,[p],,12,100" in file.text
    rows = as_(twice).api("GET", path.format(".json")).json
    assert (rows["known"], [row["name"] for row in rows["rows"]]) == (
        "2026-11-20",
        ["Ministry of Works", "Works Group"],
    )


def test_nobody_else_is_offered_it_or_answered(twice: Rig) -> None:
    for path in ("/reporting/board", "/reporting/departments", "/reporting/organisation"):
        refused = as_(twice, CARER).get(f"{path}?{FIRST}")
        assert refused.status_code == 422
        assert "Released figures do not change" in refused.text
        assert "known-day" not in as_(twice, CARER).get(path).text
    for path in ("/api/reporting/board", "/api/reporting/board.json"):
        response = as_(twice, CARER).api("GET", f"{path}?month=2026-11&known=2026-11-20")
        assert (response.status_code, response.json["code"]) == (422, "invalid")
