"""The demonstration's date: what happens next, and moving to it while the page answers at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.kernel.clock import OffsetClock, today
from shared.runtime import clock_moves
from shared.runtime.clock_moves import MOVING, begin, last_move
from shared.runtime.health import Health, SourceHealth
from shared.runtime.upcoming import Upcoming
from shared.web.words import long_day
from tests.shared.web.fakes import CARER, MemoryWiring
from tests.system.waiting import wait_for
from tests.web_client import SampleSettings, WebClient, web_client

BEHIND = Health(True, sources=(SourceHealth("leave", 1, 0.5),))


@pytest.fixture
def clock(tmp_path: Path) -> OffsetClock:
    return OffsetClock(tmp_path / "clock")


@pytest.fixture
def moving(
    settings: SampleSettings, wiring: MemoryWiring, clock: OffsetClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WebClient]:
    """The carer, in a demonstration whose date can be moved; ends when no move is under way."""
    monkeypatch.setattr(clock_moves, "PATIENCE_SECONDS", 5.0)
    yield web_client({"errands": wiring}, clock=clock, settings=settings).signed_in(CARER)
    wiring.figures = Health(True)
    _wait_until_still(clock)


def _wait_until_still(clock: OffsetClock) -> None:
    wait_for("no move is under way", lambda: (move := last_move(clock)) is None or move.state != MOVING, 10)


@pytest.mark.parametrize(("fields", "days"), [({}, 1), ({"to": "day"}, 1), ({"to": "week"}, 7)])
def test_the_date_moves_while_the_page_has_answered(
    moving: WebClient, clock: OffsetClock, fields: dict[str, str], days: int
) -> None:
    answer = moving.post_form("/clock", fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/clock")
    _wait_until_still(clock)
    assert clock.offset() == days
    page = moving.text("/clock")
    assert f"The date has moved by {'1 day' if days == 1 else f'{days} days'}, from" in page
    assert 'http-equiv="refresh"' not in moving.get("/clock").text


def test_the_date_moves_to_the_end_of_the_month(moving: WebClient, clock: OffsetClock) -> None:
    moving.post_form("/clock", {"to": "month-end"})
    _wait_until_still(clock)
    assert (today(clock) + timedelta(days=1)).day == 1


def test_the_page_says_what_happens_next_and_moves_there(
    moving: WebClient, clock: OffsetClock, wiring: MemoryWiring
) -> None:
    day = today(clock)
    wiring.coming = [
        Upcoming(day, "something is late"),
        Upcoming(day + timedelta(days=9), "an award is recorded as ended"),
        Upcoming(day + timedelta(days=3), "2 notices are confirmed automatically"),
    ]
    page, third = moving.text("/clock"), long_day(day + timedelta(days=3))
    assert f"On {third} : 2 notices are confirmed automatically. Move to what happens next" in page
    assert f"{third} In 3 days 2 notices are confirmed automatically" in page
    assert "In 9 days An award is recorded as ended" in page
    assert "something is late" not in page
    moving.post_form("/clock", {"to": "next"})
    _wait_until_still(clock)
    assert clock.offset() == 3


def test_where_nothing_is_due_there_is_nothing_to_move_to(moving: WebClient, clock: OffsetClock) -> None:
    assert "Nothing is due on a later day yet" in moving.text("/clock")
    assert "Move to what happens next" not in moving.text("/clock")
    answer = moving.post_form("/clock", {"to": "next"})
    assert answer.status_code == 409
    assert "Nothing is due on a later day yet" in answer.text
    assert clock.offset() == 0


def test_while_it_moves_the_page_shows_how_far_loads_itself_and_offers_no_other_move(
    moving: WebClient, wiring: MemoryWiring, clock: OffsetClock
) -> None:
    wiring.figures = BEHIND
    moving.post_form("/clock", {"to": "week"})
    page = moving.get("/clock").text
    assert '<h1 class="govuk-heading-l">Moving the date: 0 of 7 days</h1>' in page
    assert 'http-equiv="refresh" content="2;url=/clock"' in page
    assert "<title>Moving the date: 0 of 7 days" in page
    assert 'action="/clock"' not in page
    assert 'http-equiv="refresh"' not in moving.get("/clock?follow=no").text
    refused = moving.post_form("/clock", {"to": "day"})
    assert refused.status_code == 409
    assert "The date is being moved already" in refused.text
    assert clock.offset() == 0
    assert "The date is being moved: 0 of 7 days are over" in moving.text("/trail")


def test_the_date_stays_while_a_service_is_behind_and_the_page_says_so(
    moving: WebClient, wiring: MemoryWiring, clock: OffsetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_moves, "PATIENCE_SECONDS", 0.1)
    wiring.figures = BEHIND
    moving.post_form("/clock", {})
    _wait_until_still(clock)
    assert clock.offset() == 0
    assert "The date stopped after 0 of 1 days: the services were not up to date in time" in moving.text("/clock")


def test_a_move_that_was_broken_off_says_so(moving: WebClient, clock: OffsetClock) -> None:
    with pytest.raises(ZeroDivisionError):
        begin(clock, today(clock) + timedelta(days=2)).run(lambda: bool(1 / 0), lambda: False)
    assert "The last move broke off after 0 of 2 days" in moving.text("/clock")


def test_there_are_no_other_moves(moving: WebClient, clock: OffsetClock) -> None:
    assert moving.post_form("/clock", {"to": "year"}).status_code == 422
    assert clock.offset() == 0


def test_the_date_moves_only_for_this_machine_and_a_signed_in_person(moving: WebClient, clock: OffsetClock) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert moving.http.get("/clock", environ_base=elsewhere).status_code == 404
    assert moving.http.post("/clock", data=moving.hidden(), environ_base=elsewhere).status_code == 404
    moving.http.delete_cookie("carers_session")
    assert moving.http.post("/clock", data={}).status_code == 401
    assert clock.offset() == 0


def test_a_clock_that_stands_still_says_so(carer: WebClient) -> None:
    answer = carer.post_form("/clock", {})
    assert answer.status_code == 409
    assert "stands still" in answer.text


def test_there_is_no_clock_outside_the_demonstration(settings: SampleSettings, wiring: MemoryWiring) -> None:
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    carer = client.signed_in(CARER)
    assert carer.get("/clock").status_code == 404
    assert carer.post_form("/clock", {"to": "week"}).status_code == 404
