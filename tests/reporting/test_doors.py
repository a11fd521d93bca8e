"""Two doors: who comes in by which, on every page and route."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import services
import shared
from services.reporting.domain.catalogue import ONE_BY_ONE
from services.reporting.domain.released import STOCKS, Released
from services.reporting.web.access import ACCESS, EXACT
from shared.kernel.clock import FixedClock
from shared.web.actor import Actor
from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.web_client import WebClient, routes_without_check, web_client, words_of

RENDER_RETURNED = {
    "services.reporting.web.api._exact",
    "services.reporting.web.api.returns",
    "services.reporting.web.board_cells._median_cells",
    "services.reporting.web.board_cells.exact_cells",
    "services.reporting.web.board_cells.exact_together",
    "services.reporting.web.board_of.board_of",
    "services.reporting.web.board_rows.exact_board",
    "services.reporting.web.board_series.own_exact",
    "services.reporting.web.board_series.received_exact",
    "services.reporting.web.board_series.together_exact",
    "services.reporting.web.pages.overview._training_words",
    "services.reporting.web.pages.overview.exact_departments",
    "services.reporting.web.pages.overview.exact_organisation",
    "services.reporting.web.rows.exact_row",
}
"""All that may render a ``Returned`` or parts of one: the own organisation's HR and the centre's statistics role."""

MAKE_RETURNED = {
    "services.reporting.read.board_parts._reported",
    "services.reporting.read.board_parts.reported_parts",
    "services.reporting.read.board_parts.reported_series",
    "services.reporting.read.exact_returns.all_returns",
    "services.reporting.read.exact_returns.own_return",
    "services.reporting.read.exact_returns.own_series",
    "services.reporting.read.released_progress._progress",
    "services.reporting.read.released_standing._has",
    "services.reporting.read.released_standing._standing",
    "services.reporting.read.revisions_of._figures",
    "services.reporting.read.revisions_of._statement",
    "services.reporting.read.revisions_of.statements",
}
"""All that may hold one on its way there, or on its way into ``released()``."""

RAW = {
    "Returned",
    "Statement",
    "statements",
    "own_return",
    "all_returns",
    "own_series",
    "parse_figures",
    "HeldParts",
    "decode_held",
    "Parts",
    "Reported",
    "indicator_parts",
    "parse_parts",
    "reported_parts",
    "reported_series",
}
CENTRE_KEEPS = {"services.reporting.read.centre_effects._row"}


def person(role: str, organisation: str) -> Actor:
    return Actor("7d0a1f9e-0000-4000-8000-00000000a001", organisation, frozenset({"carer", role}))


HR = person("hr", WORKS)
STATISTICS = person("statistics", "carers-unit")
OTHERS = [
    person("carer", WORKS),
    person("payroll", WORKS),
    person("operator", WORKS),
    person("hr", "another-office"),
    person("hr", "carers-unit"),
]


@pytest.fixture
def told(rig: Rig) -> Rig:
    """Two departments: thirteen of 427 took 17 days in one, nobody in the other."""
    rig.organisation(WORKS, "Ministry of Works", group="Works Group")
    rig.organisation(RIVERS, "Rivers Agency", group="Works Group")
    rig.employ(427)
    rig.employ(31, RIVERS)
    for number in range(13):
        rig.take(number, "2026-11-18")
    for number in range(4):
        rig.take(number, "2026-11-19")
    rig.settle()
    return rig


@pytest.fixture
def client(told: Rig) -> WebClient:
    return web_client({"reporting": told.wiring}, clock=FixedClock(told.clock.now()))


def test_every_route_passes_the_access_check(client: WebClient) -> None:
    assert [name for name in routes_without_check(client.app) if name.startswith("reporting")] == []


def test_only_two_roles_ever_see_exact_figures() -> None:
    assert {(role, relation) for role, action, relation in ACCESS if action == EXACT} == {
        ("hr", "organisation"),
        ("statistics", "any"),
    }


def test_hr_sees_their_own_organisation_exactly(client: WebClient) -> None:
    page = client.signed_in(HR).seen("/reporting/organisation")
    assert "Ministry of Works Carer’s leave in your organisation" in page
    assert "Figure November 2026 [p] 12 months to then [p] People who took leave 13 13" in page
    assert "Reporting days taken 17.00 17.00" in page
    assert "Revision 1" in page
    assert "Computed from leave Up to position 34" in page


def test_hr_sees_all_departments_by_the_second_door(client: WebClient) -> None:
    page = client.signed_in(HR).seen("/reporting/departments")
    assert "Ministry of Works [p] [c] 425 [c]" in page
    assert "17.00" not in page


def test_statistics_sees_every_department_exactly(client: WebClient) -> None:
    page = client.signed_in(STATISTICS).seen("/reporting/departments")
    assert "Ministry of Works [p] 13 427.0 3.0% 17.00 341.6 5.0 0.00 17.00 0.0%" in page
    assert "Rivers Agency [p] 0 31.0 0.0% 0.00 24.8 0.0 0.00 0.00 [z]" in page
    page = client.signed_in(STATISTICS).seen("/reporting/departments?view=returns")
    assert "Ministry of Works 1 20 November 2026 Version 3" in page


@pytest.mark.parametrize("actor", [*OTHERS, HR], ids=lambda actor: f"{actor.organisation} {sorted(actor.roles)}")
@pytest.mark.parametrize(
    "path",
    [
        "/reporting/departments",
        "/reporting/departments?view=returns",
        "/reporting/organisation",
        "/reporting/organisation/over-time",
        "/reporting/board",
        "/reporting/board?indicator=10",
        "/reporting/board?indicator=17h",
        "/reporting/board?view=groups",
        "/reporting/board?indicator=10&view=groups",
        f"/reporting/board/over-time?organisation={WORKS}",
        "/reporting/board/over-time",
        "/reporting/board/over-time?indicator=11",
        "/reporting/board/over-time?group=Works+Group",
        "/reporting/board/over-time?group=Works+Group&indicator=10",
        "/api/reporting/board?month=2026-11",
        "/api/reporting/board.json?month=2026-11",
        "/api/reporting/progress?month=2026-11",
    ],
)
def test_nobody_else_finds_an_exact_figure_anywhere(client: WebClient, actor: Actor, path: str) -> None:
    if actor == HR and path.startswith("/reporting/organisation"):
        return
    response = client.signed_in(actor).get(path)
    assert response.status_code == 200
    body = words_of(response.text).replace('"indicator":"13"', "")
    for figure in ("427", "341", "17.00", "17/1", " 13 ", '"13"', "3.0%"):
        assert figure not in body


@pytest.mark.parametrize("actor", OTHERS[:3], ids=lambda actor: str(sorted(actor.roles)))
def test_the_exact_api_refuses_every_other_role(client: WebClient, actor: Actor) -> None:
    response = client.signed_in(actor).api("GET", "/api/reporting/returns?month=2026-11")
    assert (response.status_code, response.json["code"]) == (403, "forbidden")


def test_the_exact_api_gives_hr_their_own_and_statistics_all(client: WebClient) -> None:
    own = client.signed_in(HR).api("GET", "/api/reporting/returns?month=2026-11").json
    every = client.signed_in(STATISTICS).api("GET", "/api/reporting/returns?month=2026-11").json
    assert [found["organisation"] for found in own["returns"]] == [WORKS]
    assert [found["organisation"] for found in every["returns"]] == [WORKS, RIVERS]
    assert own["returns"][0]["figures"]["10"]["month"] == {"people": 13, "headcount": "427/1"}
    assert own["returns"][0] == every["returns"][0]
    assert client.signed_in(OTHERS[3]).api("GET", "/api/reporting/returns?month=2026-11").json["returns"] == []


def test_nobody_comes_in_without_signing_in(client: WebClient) -> None:
    for path in ("/api/reporting/returns?month=2026-11", "/api/reporting/progress?month=2026-11"):
        assert client.get(path).status_code == 401
    assert client.get("/reporting/departments").status_code == 401


@pytest.mark.parametrize(
    "query", ["", "?month=2026-13", "?month=november", "?month=2026-11&by=grade", "?month=2026-11&month=2026-10"]
)
def test_a_month_that_is_none_and_a_field_that_is_none_are_refused(client: WebClient, query: str) -> None:
    for path in ("/api/reporting/returns", "/api/reporting/progress"):
        response = client.signed_in(STATISTICS).api("GET", path + query)
        assert (response.status_code, response.json["code"]) == (422, "invalid")


def test_a_page_refuses_a_month_that_is_none_in_words(client: WebClient) -> None:
    response = client.signed_in(HR).get("/reporting/departments?month=2026-99")
    assert response.status_code == 422
    assert "Write it like 2026-11" in words_of(response.text)


def test_a_month_without_returns_says_so(client: WebClient) -> None:
    assert "No organisation has a return for January 2025" in client.signed_in(HR).seen(
        "/reporting/departments?month=2025-01"
    )
    page = client.signed_in(HR).seen("/reporting/organisation?month=2025-01")
    assert "There is no return for January 2025" in page


def test_the_board_shows_one_view_at_a_time(client: WebClient) -> None:
    statistics = client.signed_in(STATISTICS)
    month, year = statistics.seen("/reporting/departments"), statistics.seen("/reporting/departments?view=year")
    assert "November 2026, 2 organisations Organisation People" in month
    assert "12 months to the end of November 2026, 2 organisations Organisation People" in year
    assert "Revision" not in month + year
    assert "view=year" not in client.signed_in(OTHERS[0]).get("/reporting/departments").text


def test_the_board_finds_a_department_by_its_name_or_its_groups(told: Rig) -> None:
    told.workforce.publish(
        "organisation-recorded", RIVERS, {"name": "Rivers Agency", "group": "Ministry of Works", "kind": "department"}
    )
    told.settle()
    statistics = web_client({"reporting": told.wiring}, clock=FixedClock(told.clock.now())).signed_in(STATISTICS)
    rivers = statistics.seen("/reporting/departments?find=RIVER")
    assert "1 of 2 organisations" in rivers
    assert "Ministry of Works [p]" not in rivers
    assert "2 of 2 organisations" in statistics.seen("/reporting/departments?find=works")
    assert "No organisation or group has “moon” in its name" in statistics.seen("/reporting/departments?find=moon")


def test_after_the_release_day_everybody_sees_the_rounded_month(told: Rig) -> None:
    told.advance(12)
    told.settle()
    told.advance(61)
    told.settle()
    client = web_client({"reporting": told.wiring}, clock=FixedClock(told.clock.now()))
    carer = client.signed_in(OTHERS[0])
    assert "Ministry of Works 15 425 4% 15 340 4 [c] [c] [c]" in carer.seen("/reporting/departments?month=2026-11")
    assert "People who took leave 15" in carer.seen("/reporting/organisation?month=2026-11")
    shown = carer.api("GET", "/api/reporting/progress?month=2026-11").json["progress"]
    assert [row["people"]["text"] for row in shown] == ["15", "[c]"]
    about = {field for field in Released.__dataclass_fields__ if field not in ("seal", "cells")}
    assert set(shown[0]) == about | {*STOCKS, *(name for each in ONE_BY_ONE for name in each.cells)}


def test_both_doors_of_a_department_and_the_centre_release_the_same(told: Rig) -> None:
    told.advance(44)
    told.settle()
    told.advance(30)
    told.settle()
    client = web_client({"reporting": told.wiring}, clock=FixedClock(told.clock.now()))
    carer = client.signed_in(OTHERS[0])
    shown = json.loads(carer.api("GET", "/api/reporting/progress?month=2026-12").text)["progress"][0]
    page = carer.seen("/reporting/organisation?month=2026-12")
    for heading, cell in (
        ("People who took leave", shown["people"]),
        ("Headcount, mean of month ends", shown["headcount"]),
    ):
        assert cell["markers"] == []
        assert f"{heading} {cell['text']} " in page


def test_only_the_functions_named_here_touch_a_returned() -> None:
    touching = set(functions_touching(RAW))
    assert touching == RENDER_RETURNED | MAKE_RETURNED | CENTRE_KEEPS


def test_only_released_makes_a_released_anywhere() -> None:
    assert set(functions_touching({"_MADE_HERE"})) == {
        "services.reporting.domain.released.Released.__post_init__",
        "services.reporting.domain.released.released",
    }


def functions_touching(names: set[str]) -> Iterator[str]:
    """Functions of the project, outside the pure domain where only the door's own are told, that use the names."""
    for package in (services, shared):
        (root,) = package.__path__
        for path in sorted(Path(root).rglob("*.py")):
            module = ".".join([package.__name__, *path.relative_to(root).with_suffix("").parts])
            if names != RAW or ".domain." not in module:
                yield from _touching(ast.parse(path.read_text()), module, names)


def _touching(tree: ast.AST, prefix: str, names: set[str]) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _touching(node, f"{prefix}.{node.name}", names)
        elif isinstance(node, ast.FunctionDef):
            used = {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}
            if used & names:
                yield f"{prefix}.{node.name}"
