"""A real workforce on SQLite files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.workforce import SERVICE
from services.workforce.domain.commands import (
    Particulars,
    RecordEmployment,
    RecordLegalEmployer,
    RecordOrganisation,
)
from services.workforce.wiring import wire
from shared.kernel.clock import FixedClock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.store.commands import Answer, CommandKey
from shared.store.mapper import plain_event
from tests.support import MONDAY, migrate_one, project, settings_for

WORKS = "ministry-of-works"
PARKS = "parks-agency"

TERMS = Particulars(
    staff_number="0001",
    post="Executive Officer",
    organisation=WORKS,
    employer=WORKS,
    manager_staff_number="",
    nation="england",
    status="employee",
    fte="1/1",
    full_time_minutes=2220,
    pattern="mon-fri 7:24",
    starts=date(2020, 4, 1),
)


class Desk:
    """Workforce with somebody who sends it commands."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.settings: Settings = settings_for(folder, **settings)
        self.clock = FixedClock(MONDAY)
        migrate_one(SERVICE, self.settings)
        self.wiring: Wiring = wire(self.settings, self.clock)
        self.application: Any = self.wiring.application
        for name in ("Ministry of Works", "Parks Agency"):
            self.send(RecordOrganisation(name, "Ministry of Works", "department", "operator"))
        self.send(RecordLegalEmployer("Ministry of Works", WORKS, "operator"))

    def send(self, command: Any, key: str = "") -> Answer:
        """Execute a command under a fresh key, or this one."""
        scope = f"{WORKS}/hr/{type(command).__name__}"
        answer: Answer = self.application.execute(command, CommandKey(scope, key or str(uuid4())))
        return answer

    def hire(self, name: str, number: str, **changes: Any) -> tuple[str, str]:
        """Record somebody new; answers person and employment."""
        given = replace(TERMS, staff_number=number, **changes)
        data = self.send(RecordEmployment("", name, given, "hr")).data
        return data["person"], data["employment"]

    def head(self) -> int:
        """The log's last position."""
        position: int = self.wiring.stores.log.head()[1]
        return position

    def events(self, after: int = 0) -> list[dict[str, Any]]:
        """The log after a position as plain events, sealed fields sealed."""
        return [plain_event({}, entry) for entry in self.wiring.stores.log.read_after(after, 10_000)]

    def show(self) -> None:
        """The log reaches the lists."""
        project(self.wiring)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Workforce with two organisations and one legal employer."""
    opened = Desk(tmp_path)
    yield opened
    opened.wiring.close()


@pytest.fixture
def staff_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a staff file of these rows: each a mapping of what differs from a good row."""

    def write(*rows: dict[str, str], name: str = "staff.csv", header: str = "") -> Path:
        columns = (header or ",".join(GOOD_ROW)).split(",")
        lines = [",".join(columns)]
        for number, changes in enumerate(rows, start=1):
            row = GOOD_ROW | {"staff_number": f"{number:04d}", "name": f"Sample Person {number:04d}"} | changes
            lines.append(",".join(_quoted(row.get(column, "")) for column in columns))
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


GOOD_ROW = {
    "organisation": "Ministry of Works",
    "employer": "Ministry of Works",
    "staff_number": "0001",
    "name": "Sample Person 0001",
    "post": "Executive Officer",
    "manager_staff_number": "",
    "nation": "england",
    "pattern": "mon-fri 7:24",
    "fte": "1",
    "full_time_hours": "37",
    "status": "employee",
    "starts": "2020-04-01",
    "ends": "",
}


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n') else cell
