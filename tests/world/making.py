"""A small world made inside the test's process: both halves, one after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from shared.demonstration.behind import END, instant_line, plan_line, run
from shared.demonstration.making import instants_of, settle
from shared.demonstration.parts import tellers
from shared.demonstration.people import Cast
from shared.demonstration.plan import Plan
from shared.demonstration.world import World
from shared.runtime.migrate import migrate_services
from shared.runtime.service import installed
from shared.runtime.settings import Settings
from tests.support import settings_for

ENDS = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
SMALL = Plan(ENDS, organisations=2, scale=0.04, years=2)


def made(
    folder: Path, plan: Plan = SMALL, *, gather: bool = True, seen: list[str] | None = None
) -> tuple[Settings, Cast]:
    """Make a world under a folder; answers its settings and its people. ``seen``: gets the lines between the halves."""
    settings = settings_for(folder)
    services = installed()
    migrate_services(services, settings)
    cast: Cast = services["workforce"].part("world").cast_of(plan)
    world = World(plan, cast, tellers(services), settings)
    lines = [plan_line(plan)]
    world.tell(instants_of(plan, services), lambda at, heads: lines.append(instant_line(at, heads)), gather=gather)
    world.close()
    run([*lines, END], settings)
    settle(services, settings)
    return settings, cast
