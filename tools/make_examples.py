"""Makes the example files of services/workforce/data: ``python -m tools.make_examples``.

``staff-example.csv`` is one small organisation's first extract in the demonstration's world; ``organisations-2023.csv``
the organisations of the published headcounts with their groups. The same figures and seed give the same files.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from services.workforce.world.bodies import read_published
from services.workforce.world.extract import Row, file_of
from services.workforce.world.staffing import cast_of
from shared.demonstration.plan import Plan

FOLDER = Path(__file__).resolve().parent.parent / "services" / "workforce" / "data"
EXAMPLE = "wilton-park"
_PLAN = Plan(datetime(2026, 6, 1, 9, tzinfo=UTC))


def staff_example() -> bytes:
    """One organisation's staff on the first day of the world, as a staff file."""
    body = next(body for body in cast_of(_PLAN).bodies if body.slug == EXAMPLE)
    return file_of([Row(member, _PLAN.begins) for member in body.there_on(_PLAN.begins)]).read()


def organisations() -> bytes:
    """The organisations and their groups, as ``carers import organisations`` reads them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("organisation", "group"))
    writer.writerows((each.name, each.group) for each in read_published())
    return text.getvalue().encode()


FILES = {"staff-example.csv": staff_example, "organisations-2023.csv": organisations}

if __name__ == "__main__":
    for name, made in FILES.items():
        (FOLDER / name).write_bytes(made())
