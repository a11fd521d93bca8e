"""A town where everybody works for two years, told once."""

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
from tests.town import EMPLOYER, HR, Town, particulars, tell_story
from tests.world.oracle import SOURCES

Published = list[dict[str, Any]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, those that share a world or a town run in one: it is made once."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            story = "story" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("story" if story else item.path.stem))


class Story:
    """What a town published over two years, and what its reporting made of it month by month."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.folder = folder
        tell_story(town)
        self.person, self.mover = _more_people(town)
        for _ in range(14):
            town.clock.advance(timedelta(days=50))
            town.settle()
        self.events: Published = [event for source in SOURCES for event in town.published(source)]
        self.returns: Published = town.published("reporting")
        self.now = town.clock.now()


def _more_people(town: Town) -> tuple[str, str]:
    """Somebody in part time who takes days, one of them corrected when the month is over; and one who moves."""
    terms = particulars("P1", "M1", "3/5")
    found = []
    for name, changed in (("Pat Part", terms), ("Mo Mover", particulars("P2", "M1"))):
        found.append(town.do("workforce", workforce.RecordEmployment("", name, changed, HR)))
    notices = [_give(town, each, (30, 31, 40)) for each in found]
    moved = replace(particulars("P2", "", "1/2"), organisation="rivers-agency")
    day = town.clock.now().date() + timedelta(days=35)
    town.do("workforce", workforce.ChangeEmployment(found[1]["person"], found[1]["employment"], day, moved, HR))
    town.clock.advance(timedelta(days=70))
    town.settle()
    taken = next(
        event["data"]["date"]
        for event in town.published("leave")
        if event["type"].endswith("leave.taken.v1") and event["data"]["notice"] == notices[0]
    )
    first = date.fromisoformat(taken)
    correct = leave.CorrectDay(found[0]["person"], EMPLOYER, notices[0], first, Fraction(111), "Half of it", HR)
    town.do("leave", correct)
    return found[0]["person"], found[1]["person"]


def _give(town: Town, somebody: dict[str, Any], after: tuple[int, ...]) -> str:
    today = town.clock.now().date()
    dates = [today + timedelta(days=number) for number in after]
    days = tuple(leave.Day(day + timedelta(days=2 * (day.weekday() > 4)), "whole") for day in dates)
    person, employment = somebody["person"], somebody["employment"]
    given = town.do("leave", leave.GiveNotice(person, employment, days, leave.Declaration(True, True), person))
    return str(given["notice"])


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The town's story, told once."""
    folder = tmp_path_factory.mktemp("town")
    town = Town(folder)
    yield Story(town, folder)
    town.close()
