"""Reporting's board and releases beside the oracle, of two departments of one group over half a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.reporting.conftest import Rig
from tests.world.board import board_differences, released_differences
from tests.world.compare import Return, differences, exact_markers, outdated, parse_returns
from tests.world.oracle import Oracle
from tests.world.telling import RIVERS, WORKS


class HalfAYear:
    """Works and Rivers from November 2026 to May 2027, with what they published each day stamped with that day."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._logs = (rig.workforce, rig.leave, rig.passport, rig.accreditation)
        self._stamped = 0
        self._happen()
        self.today = rig.clock.now().date()

    def _happen(self) -> None:
        rig = self._rig
        for organisation, people in ((WORKS, 120), (RIVERS, 70)):
            rig.organisation(organisation, organisation, group="Works Group")
            rig.employ(people, organisation)
            for number in range(people):
                done = "2026-11-10" if number % 3 else ""
                rig.train(number, organisation, completed_on=done, due_on="2026-11-15" if number < 60 else "2027-03-01")
        rig.provide("carers-policy", "2026-11-02")
        rig.award("active", "2026-11-02", "2027-02-15", WORKS, RIVERS)
        self._next(14)  # 4 December: November is complete
        for number in range(60):
            rig.take(number, f"2026-12-{number % 20 + 1:02d}")
            rig.give_notice(number, "2026-12-01")
            rig.agree_passport(number, "2026-12-02")
        for number in range(20):
            rig.postpone(number, "2026-12-01")
            rig.take(number, "2026-12-03", RIVERS, minutes=222)
        self._next(40)  # 13 January: December is complete
        rig.provide("carers-champion", "2027-01-04")
        rig.correct(3, "2026-12-04")
        self._next(10)  # 23 January: December is revised
        self._next(10)  # 2 February: released
        rig.correct(4, "2026-12-05", minutes=111)
        self._next(100)  # after the release, and once more

    def _next(self, days: int) -> None:
        for log in self._logs:
            for event in log.events:
                if "stamped" not in event:
                    event |= {"time": self._rig.clock.now().isoformat(), "stamped": True}
        while self._rig.settle():
            pass
        self._rig.advance(days)
        while self._rig.settle():
            pass

    @property
    def events(self) -> list[dict[str, Any]]:
        """All that was published but the returns."""
        return [event for log in self._logs for event in log.events]

    @property
    def returns(self) -> list[Return]:
        """The returns."""
        return parse_returns(self.published)

    @property
    def published(self) -> list[dict[str, Any]]:
        """The returns as they were published."""
        page = self._rig.reporting.page("reporting", "test", 0, 10_000)
        return list(page.events)

    def boards(self, oracle: Oracle) -> list[str]:
        """Differences of the boards on each day on which a return was made."""
        returns = self.returns
        days = sorted({each.as_known.date() for each in returns})
        with self._rig.wiring.reading() as connection:
            return [
                line
                for day in days
                for month in ("2026-11", "2026-12", "2027-01", "2027-02")
                for line in board_differences(connection, oracle, returns, month, day)
            ]

    def releases(self, oracle: Oracle, today: date) -> list[str]:
        """Differences of what everybody may see on a day."""
        with self._rig.wiring.reading() as connection:
            months = ("2026-11", "2026-12", "2027-01", "2027-04")
            found = (released_differences(connection, oracle, self.returns, month, today) for month in months)
            return [line for lines in found for line in lines]


@pytest.fixture(scope="module")
def half_a_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HalfAYear]:
    """Told once."""
    rig = Rig(tmp_path_factory.mktemp("rig"))
    yield HalfAYear(rig)
    rig.close()


def test_nothing_differs(half_a_year: HalfAYear) -> None:
    oracle = Oracle(half_a_year.events)
    assert differences(half_a_year.published, oracle) == []
    assert half_a_year.boards(oracle) == []
    for after in (-100, -99, 0):
        assert half_a_year.releases(oracle, half_a_year.today + timedelta(days=after)) == []
    december = [each.revision for each in half_a_year.returns if (each.organisation, each.month) == (WORKS, "2026-12")]
    assert len(december) > 4


def test_a_day_that_was_never_taken_shows_in_the_row_in_the_group_and_in_all(half_a_year: HalfAYear) -> None:
    [one, *_] = [event for event in half_a_year.events if event["type"] == "carers.leave.taken.v1"]
    found = half_a_year.boards(Oracle(event for event in half_a_year.events if event is not one))
    for row in (WORKS, "Works Group", "all departments"):
        assert any(f", {row}: 10 says " in line for line in found), row


def test_awards_and_how_long_things_took_are_compared_too(half_a_year: HalfAYear) -> None:
    without = {"carers.accreditation.awarded.v1", "carers.passport.agreed.v1"}
    oracle = Oracle(event for event in half_a_year.events if event["type"] not in without)
    found = half_a_year.boards(oracle)
    for what in ("awards", "6", "7", "18"):
        assert any(f": {what} says " in line for line in found), what


def test_what_is_released_is_compared_in_every_cell(half_a_year: HalfAYear) -> None:
    taken = [event for event in half_a_year.events if event["type"] == "carers.leave.taken.v1"]
    oracle = Oracle(event for event in half_a_year.events if event not in taken[:20])
    cells = {line.partition(": ")[2].partition(" ")[0] for line in half_a_year.releases(oracle, half_a_year.today)}
    assert cells == {"people", "uptake", "days", "volume"}


def test_a_month_that_has_settled_and_is_not_complete_is_told(half_a_year: HalfAYear) -> None:
    oracle, returns = Oracle(half_a_year.events), half_a_year.returns
    held = [each for each in returns if each.month != "2026-11" or not each.complete]
    found = list(outdated(held, oracle, returns[-1].as_known, {"2026-11"}))
    assert all(line.endswith("has settled and is not complete") for line in found)
    assert len(found) == 2


def test_an_exact_figure_is_revised_from_the_day_after_it_was_first_complete(half_a_year: HalfAYear) -> None:
    december = [each for each in half_a_year.returns if (each.organisation, each.month) == (WORKS, "2026-12")]
    first = next(number for number, each in enumerate(december, 1) if each.complete)
    assert exact_markers(december[:1]) == ("[p]",)
    assert exact_markers(december[:first]) == ()
    assert exact_markers(december) == ("[r]",)
