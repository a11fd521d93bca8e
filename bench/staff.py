"""Importing a staff file with ``carers import staff``, against ``csv`` and one ``save`` of the library's a row."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import islice
from pathlib import Path
from uuid import uuid4

from bench.library import LibraryApplication, environment
from bench.places import Place, place
from bench.report import Report
from bench.rounds import seconds
from bench.scale import Scale
from services.workforce.domain.person import Person
from services.workforce.domain.terms import Terms
from shared.kernel.working_time import Sessions, WorkingPattern
from tests.system.harness import CARERS
from tests.system.staff import COLUMNS

RATIO = 5.0
GROWTH = 1.15
_ORGANISATIONS = 20
_TEAM = 10
_PATTERN = WorkingPattern(date(2024, 1, 1), (Sessions(Fraction(222), Fraction(222)),) * 5 + (Sessions(),) * 2)


@dataclass(frozen=True)
class Run:
    """An import that was run. ``peak``: megabytes."""

    seconds: float
    peak: float


def measure(scale: Scale, report: Report, where: str) -> None:
    """Rows a second, and the peak memory of the whole file against that of a fifth of it."""
    with place(where) as here:
        part = _run(here, _file(here, "part", scale.staff // 5))
        rows = _save_rows(here, _file(here, "rows", scale.rows_alone), scale.rows_alone)
        whole = _run(here, _file(here, "whole", scale.staff))
        rate = scale.staff / whole.seconds
        detail = f"{rate:,.0f} rows/s against {rows:,.0f}; {scale.staff:,} rows"
        report.at_least("import of staff", where, rate / rows, RATIO, detail)
        detail = f"{part.peak:.0f} MB at {scale.staff // 5:,} rows, {whole.peak:.0f} MB at {scale.staff:,}"
        report.at_most("peak memory of five times the rows", where, whole.peak / part.peak, GROWTH, "x", detail)


def _run(here: Place, file: Path) -> Run:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CARERS_")}
    process = subprocess.Popen(
        [str(CARERS), "import", "staff", str(file)],
        env=environment | here.deployment.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    used = None

    def wait() -> None:
        nonlocal used
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)

    took = seconds(wait)
    if process.returncode != 0 or used is None:
        raise RuntimeError(f"carers import staff ended with {process.returncode}")
    return Run(took, used.ru_maxrss / 1024)


def _save_rows(here: Place, file: Path, rows: int) -> float:
    """Rows a second with csv and one save a row: a person and an employment."""
    with LibraryApplication(env=environment(here.library_url())) as library, file.open(newline="") as opened:
        read = csv.DictReader(opened)
        return rows / seconds(lambda: [library.save(_person(row)) for row in islice(read, rows)])


def _person(row: dict[str, str]) -> Person:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    person = Person.recorded(uuid4(), row["name"], row["organisation"], by="system", now=now)
    terms = Terms(
        organisation=row["organisation"],
        staff_number=row["staff_number"],
        post=row["post"],
        employer=row["employer"],
        manager=None,
        nation=row["nation"],
        status=row["status"],
        fte=Fraction(row["fte"]),
        full_time_minutes=2220,
        pattern=_PATTERN,
        starts=date.fromisoformat(row["starts"]),
        ends=None,
    )
    person.record_employment(str(uuid4()), terms, by="system", now=now)
    return person


def _file(here: Place, name: str, rows: int) -> Path:
    file = here.deployment.folder / f"{name}.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(name, rows))
    return file


def _rows(name: str, rows: int) -> Iterator[list[str]]:
    """Teams of ten under their first member, in twenty organisations."""
    for number in range(rows):
        leader = number - number % _TEAM
        organisation = f"Department {name} {leader // _TEAM % _ORGANISATIONS}"
        yield [
            organisation,
            organisation,
            f"S{number:06d}",
            f"Given{number} Family{number % 977}",
            "Officer",
            f"S{leader:06d}" if number != leader else "",
            "england",
            "mon-fri 7:24",
            "1",
            "37",
            "employee",
            "2020-04-01",
            "",
            "",
            "department",
        ]
