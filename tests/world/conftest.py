"""A fleet where everybody works for two years, told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.leave.domain import commands as leave
from services.workforce.domain import commands as workforce
from tests.fleet import EMPLOYER, HR, Fleet, particulars, tell_story
from tests.world.oracle import SOURCES

Published = list[dict[str, Any]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, those that share a world or a fleet run in one: it is made once."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            story = "story" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("story" if story else item.path.stem))


class Story:
    """What a fleet published over two years, and what its reporting made of it month by month."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.folder = folder
        tell_story(fleet)
        self.person, self.mover = _more_people(fleet)
        for _ in range(14):
            fleet.clock.advance(timedelta(days=50))
            fleet.settle()
        self.events: Published = [event for source in SOURCES for event in fleet.published(source)]
        self.returns: Published = fleet.published("reporting")
        self.now = fleet.clock.now()


def _more_people(fleet: Fleet) -> tuple[str, str]:
    """Somebody in part time who takes days, one of them corrected when the month is over; and one who moves."""
    terms = particulars("P1", "M1", "3/5")
    found = []
    for name, changed in (("Pat Part", terms), ("Mo Mover", particulars("P2", "M1"))):
        found.append(fleet.do("workforce", workforce.RecordEmployment("", name, changed, HR)))
    notices = [_give(fleet, each, (30, 31, 40)) for each in found]
    moved = replace(particulars("P2", "", "1/2"), organisation="rivers-agency")
    day = fleet.clock.now().date() + timedelta(days=35)
    fleet.do("workforce", workforce.ChangeEmployment(found[1]["person"], found[1]["employment"], day, moved, HR))
    fleet.clock.advance(timedelta(days=70))
    fleet.settle()
    taken = next(
        event["data"]["date"]
        for event in fleet.published("leave")
        if event["type"].endswith("leave.taken.v1") and event["data"]["notice"] == notices[0]
    )
    first = date.fromisoformat(taken)
    correct = leave.CorrectDay(found[0]["person"], EMPLOYER, notices[0], first, Fraction(111), "Half of it", HR)
    fleet.do("leave", correct)
    return found[0]["person"], found[1]["person"]


def _give(fleet: Fleet, somebody: dict[str, Any], after: tuple[int, ...]) -> str:
    today = fleet.clock.now().date()
    dates = [today + timedelta(days=number) for number in after]
    days = tuple(leave.Day(day + timedelta(days=2 * (day.weekday() > 4)), "whole") for day in dates)
    person, employment = somebody["person"], somebody["employment"]
    given = fleet.do("leave", leave.GiveNotice(person, employment, days, leave.Declaration(True, True), person))
    return str(given["notice"])


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The fleet's story, told once."""
    folder = tmp_path_factory.mktemp("fleet")
    fleet = Fleet(folder)
    yield Story(fleet, folder)
    fleet.close()
