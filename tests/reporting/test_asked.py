"""What an address asks for that is no such thing is told in words, on every page and for every part of it."""

from __future__ import annotations

import pytest

from tests.reporting.conftest import RIVERS, WORKS, Rig
from tests.reporting.test_board import CARER, HR, STATISTICS, client_of
from tests.web_client import words_of

BOARD, TIME = "/reporting/board", "/reporting/board/over-time"
OWN, OWN_TIME, LEAVE = "/reporting/organisation", "/reporting/organisation/over-time", "/reporting/departments"


@pytest.fixture
def told(rig: Rig) -> Rig:
    """Two organisations, one of them in a group."""
    rig.organisation(WORKS, "Ministry of Works", group="Works Group")
    rig.organisation(RIVERS, "Rivers Agency")
    rig.employ(40)
    rig.employ(20, RIVERS)
    rig.settle()
    return rig


WRONG = [
    (f"{BOARD}?indicator=99", 404, "There is no indicator with this number"),
    (f"{TIME}?indicator=99", 404, "There is no indicator with this number"),
    (f"{OWN_TIME}?indicator=99", 404, "There is no indicator with this number"),
    (f"{OWN_TIME}?indicator=17h", 404, "only for several organisations together"),
    (f"{BOARD}?view=sideways", 404, "organisations, groups"),
    (f"{LEAVE}?view=sideways", 404, "month"),
    (f"{TIME}?months=7", 404, "12, 24, 60"),
    (f"{OWN_TIME}?months=7", 404, "12, 24, 60"),
    (f"{TIME}?group=Moon", 404, "Go to Reporting and choose one"),
    (f"{TIME}?organisation=moon", 404, "Go to Reporting and choose one"),
    (f"{TIME}?organisation={WORKS}&group=Works+Group", 422, "Take one of them away"),
    *((f"{path}?month=2026-13", 422, "2026-11") for path in (BOARD, LEAVE, OWN)),
    *((f"{path}?month=2026-11&month=2026-10", 422, "more than once") for path in (BOARD, LEAVE, OWN)),
    *((f"{path}?find={'x' * 81}", 422, "80 characters or fewer") for path in (BOARD, LEAVE)),
]


@pytest.mark.parametrize(("path", "status", "words"), WRONG)
def test_what_is_no_such_thing_is_told_with_what_to_do(told: Rig, path: str, status: int, words: str) -> None:
    for actor in (CARER, STATISTICS):
        response = client_of(told).signed_in(actor).get(path)
        assert response.status_code == status
        assert words in words_of(response.text)


def test_the_view_that_only_exact_figures_have_is_not_there_for_others(told: Rig) -> None:
    client = client_of(told)
    assert client.signed_in(STATISTICS).get(f"{LEAVE}?view=year").status_code == 200
    assert client.signed_in(CARER).get(f"{LEAVE}?view=year").status_code == 404


def test_a_month_without_returns_is_told_and_not_replaced(told: Rig) -> None:
    for path in (f"{BOARD}?month=2020-01", f"{BOARD}?month=2020-01&indicator=10", f"{LEAVE}?month=2020-01"):
        assert "No organisation has a return for January 2020" in client_of(told).signed_in(CARER).seen(path)


def test_the_board_opens_on_the_newest_month_with_figures_to_see(told: Rig) -> None:
    statistics, carer, hr = (client_of(told).signed_in(actor) for actor in (STATISTICS, CARER, HR))
    assert "November 2026 Progress across" in statistics.seen(BOARD)
    for days in (12, 62):
        told.advance(days)
        told.settle()
    statistics, carer, hr = (client_of(told).signed_in(actor) for actor in (STATISTICS, CARER, HR))
    assert "January 2027 Progress across" in statistics.seen(BOARD)
    assert "January 2027 [" not in hr.seen(OWN)
    assert "Figures for January 2027" in hr.seen(OWN)
    assert "November 2026 Progress across" in carer.seen(BOARD)
    assert "Next release: 1 May 2027, with figures about people up to March 2027." in carer.seen(BOARD)
