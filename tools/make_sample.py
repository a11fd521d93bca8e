"""Makes services/workforce/data/staff-sample.csv and organisations-2023.csv from the published headcounts beside them.

Run ``python tools/make_sample.py``. There is no randomness: the same figures give the same file.
services/workforce/data/README.md says how it is derived.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "services" / "workforce" / "data"
SCALE = 100
"""One row stands for so many people, rounded half up, and every organisation has at least one."""

STAFF_TO_A_MANAGER = 8
FULL_TIME_HOURS = "37:00"
CENTRE = ("Central Carers' Strategy Team", "Cabinet Office", 3)
"""The one organisation that is not in the figures: who gathers the departments' returns. Name, group, people."""

COLLECTIVE = {"Attorney General's Departments", "Chancellor's other departments"}
"""Parent departments that are labels for several bodies: no contract of employment is with them."""

NATIONS = {"Wales": "wales", "Scotland": "scotland", "Northern Ireland": "northern-ireland", "Overseas": "overseas"}
"""Regions that are no part of England; all others are, but for 'Unknown', which is left out."""


class Pattern(NamedTuple):
    """A working pattern, the full-time equivalent of its hours against 37 a week, and how many in twenty have it."""

    text: str
    fte: str
    in_twenty: int


PATTERNS = (
    Pattern("mon-fri 7:24", "1", 11),
    Pattern("mon-wed 7:24", "3/5", 2),
    Pattern("mon-thu 9:15", "1", 2),
    Pattern("mon-thu 7:24", "4/5", 1),
    Pattern("mon-fri 8:12 | mon-thu 8:15", "1", 1),
    Pattern("mon-tue 7:24 wed 3:42/", "1/2", 1),
    Pattern("mon-fri 4:30/", "45/74", 1),
    Pattern("wed-sun 7:24 +holidays", "1", 1),
)
POSTS = ("Administrative Officer", "Executive Officer", "Higher Executive Officer", "Senior Executive Officer")
MANAGER_POST = "Grade 7"

COLUMNS = (
    "organisation",
    "employer",
    "staff_number",
    "name",
    "post",
    "manager_staff_number",
    "nation",
    "pattern",
    "fte",
    "full_time_hours",
    "status",
    "starts",
    "ends",
    "group",
    "organisation_kind",
)
ORGANISATION_COLUMNS = ("organisation", "group")


def main() -> None:
    """Write both files, or the sample to the file that is named."""
    if len(sys.argv) > 1:
        _write(Path(sys.argv[1]), COLUMNS, sample_rows())
        return
    _write(FOLDER / "staff-sample.csv", COLUMNS, sample_rows())
    _write(FOLDER / "organisations-2023.csv", ORGANISATION_COLUMNS, organisation_rows())


def organisation_rows() -> Iterator[tuple[str, str]]:
    """The real organisations by the names that the sample gives them, with their groups."""
    for row in _read("headcount-by-organisation-2023.csv"):
        yield _plain(row["organisation"]), _plain(row["parent_department"])


def _write(target: Path, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def sample_rows() -> Iterator[tuple[str, ...]]:
    """The rows, organisation by organisation."""
    regions = _regions()
    spread = [pattern for pattern in PATTERNS for _ in range(pattern.in_twenty)]
    number = 0
    for row in _read("headcount-by-organisation-2023.csv"):
        parent = _plain(row["parent_department"])
        name = _plain(row["organisation"])
        people = max(1, _half_up(Fraction(int(row["headcount"]), SCALE)))
        employer = name if parent in COLLECTIVE else parent
        nations = _nations(people, regions[row["organisation"]])
        yield from _organisation(name, employer, parent, "department", nations, number, spread)
        number += people
    name, group, people = CENTRE
    yield from _organisation(name, group, group, "centre", ["england"] * people, number, spread)


def _organisation(
    name: str, employer: str, group: str, kind: str, nations: list[str], before: int, spread: list[Pattern]
) -> Iterator[tuple[str, ...]]:
    for index, nation in enumerate(nations):
        number = before + 1 + index
        manages = index % STAFF_TO_A_MANAGER == 0
        manager = _manager_of(index)
        pattern = PATTERNS[0] if manages else spread[number * 7 % len(spread)]
        yield (
            name,
            employer,
            f"{number:05d}",
            f"Sample Person {number:05d}",
            MANAGER_POST if manages else POSTS[number % len(POSTS)],
            "" if manager is None else f"{before + 1 + manager:05d}",
            nation,
            pattern.text,
            pattern.fte,
            FULL_TIME_HOURS,
            "employee" if number % 50 else "agency",
            _starts(number).isoformat(),
            "",
            group,
            kind,
        )


def _manager_of(index: int) -> int | None:
    """The index of someone's manager in the organisation: the first of their eight; of a manager, one up the tree."""
    team, place = divmod(index, STAFF_TO_A_MANAGER)
    if place:
        return team * STAFF_TO_A_MANAGER
    return (team - 1) // STAFF_TO_A_MANAGER * STAFF_TO_A_MANAGER if team else None


def _starts(number: int) -> date:
    """A first day between January 2005 and December 2024, spread by the number."""
    return date(2005, 1, 1) + timedelta(days=number * 2741 % 7300)


def _nations(people: int, headcounts: Mapping[str, int]) -> list[str]:
    """A nation for each person, in proportion to the regions' headcounts, by largest remainders; England if unknown."""
    if not headcounts:
        return ["england"] * people
    total = sum(headcounts.values())
    exact = {nation: Fraction(people * count, total) for nation, count in headcounts.items()}
    seats = {nation: int(share) for nation, share in exact.items()}
    rest = sorted(exact, key=lambda nation: (seats[nation] - exact[nation], nation))
    for nation in rest[: people - sum(seats.values())]:
        seats[nation] += 1
    largest_first = sorted(seats, key=lambda nation: (-seats[nation], nation))
    return [nation for nation in largest_first for _ in range(seats[nation])]


def _regions() -> dict[str, dict[str, int]]:
    """Headcount by organisation and nation. A count that was suppressed, at most a handful of people, adds nothing."""
    found: dict[str, dict[str, int]] = {}
    for row in _read("headcount-by-region-2023.csv"):
        counts = found.setdefault(row["organisation"], {})
        if row["region"] != "Unknown" and row["headcount"].isdigit():
            nation = NATIONS.get(row["region"], "england")
            counts[nation] = counts.get(nation, 0) + int(row["headcount"])
    return found


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plain(name: str) -> str:
    """The name without what stands in brackets after it: '(excl. agencies)' and the like."""
    return name.partition(" (")[0]


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


if __name__ == "__main__":
    main()
