"""The organisations of a world: real ones with the published headcounts of 2023, each at a scale of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from typing import Final

from shared.demonstration.people import Body
from shared.demonstration.plan import Plan
from shared.kernel.ids import slug

LIVING: Final = (
    ("HM Revenue and Customs", 1_300),
    ("Met Office", 1_150),
    ("Wilton Park", 85),
    ("Department for Work and Pensions", 1_500),
    ("Scottish Government", 1_200),
    ("HM Prison and Probation Service", 1_350),
    ("Welsh Government", 1_150),
    ("Home Office", 1_300),
    ("UK Supreme Court", 55),
    ("Ministry of Defence", 1_300),
    ("Cabinet Office", 1_150),
    ("UK Statistics Authority", 1_150),
)
"""The organisations whose staff have a history, and about how many staff: ten in which figures about carers can be
released, and two that are too small for it. The first of them are those of a smaller world."""

SMALL_EACH: Final = 100
"""People of the headcount for whom one member stands in all other organisations, as far as they have enough people."""

FEWEST: Final = 5
"""Members that an organisation has at least: headcounts are shown to the nearest 5, and none of them as 0."""

CENTRE: Final = ("Central Carers' Strategy Team", "Cabinet Office", 3)
"""The one organisation that is not in the figures: somebody must gather the departments' returns."""

COLLECTIVE: Final = {"Attorney General's Departments", "Chancellor's other departments"}
"""Parent departments that are labels for several bodies: no contract of employment is with them."""

_NATIONS: Final = {
    "Wales": "wales",
    "Scotland": "scotland",
    "Northern Ireland": "northern-ireland",
    "Overseas": "overseas",
}


@dataclass(frozen=True)
class Published:
    """An organisation as the figures of 2023 have it. ``nations``: people by nation, suppressed counts left out."""

    name: str
    group: str
    headcount: int
    nations: Mapping[str, int]

    @property
    def employer(self) -> str:
        """The legal employer by name: the group's, where that is one. A simplification; the law differs by body."""
        return self.name if self.group in COLLECTIVE else self.group


def bodies(plan: Plan) -> list[tuple[Body, int, Mapping[str, int]]]:
    """Every organisation, its number of members and its people by nation; those that live first."""
    published = {each.name: each for each in read_published()}
    living = dict(LIVING[: plan.organisations])
    found = []
    for name, wanted in living.items():
        people = max(20, round(wanted * plan.scale))
        found.append(_body(published[name], people, lives=True))
    for name, each in published.items():
        if name not in living:
            people = max(FEWEST, _half_up(Fraction(each.headcount, SMALL_EACH) * Fraction(min(plan.scale, 1.0))))
            found.append(_body(each, people, lives=False))
    name, group, people = CENTRE
    centre = Body(slug(name), name, group, slug(group), group, "centre", lives=False, each=0)
    return [*found, (centre, people, {"england": people})]


def read_published() -> Iterator[Published]:
    """The organisations of the figures, by the names that the world gives them: without what stands in brackets."""
    regions: dict[str, dict[str, int]] = {}
    for row in _read("headcount-by-region-2023.csv"):
        counts = regions.setdefault(row["organisation"], {})
        if row["region"] != "Unknown" and row["headcount"].isdigit():
            nation = _NATIONS.get(row["region"], "england")
            counts[nation] = counts.get(nation, 0) + int(row["headcount"])
    for row in _read("headcount-by-organisation-2023.csv"):
        nations = regions.get(row["organisation"]) or {"england": 1}
        yield Published(_plain(row["organisation"]), _plain(row["parent_department"]), int(row["headcount"]), nations)


def _body(each: Published, people: int, *, lives: bool) -> tuple[Body, int, Mapping[str, int]]:
    scale = max(1, _half_up(Fraction(each.headcount, people)))
    employer = each.employer
    body = Body(slug(each.name), each.name, each.group, slug(employer), employer, "department", lives, scale)
    return body, people, each.nations


def _read(name: str) -> list[dict[str, str]]:
    text = files("services.workforce").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _plain(name: str) -> str:
    return name.partition(" (")[0]


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
