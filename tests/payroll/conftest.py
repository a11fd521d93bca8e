"""Payroll for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.payroll import SERVICE
from tests.payroll.rig import Rig
from tests.system.substrate import database_of


@pytest.fixture
def rig(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    """Payroll with the shipped mapping, on SQLite or on the substrate that the module's mark names."""
    with database_of(request, SERVICE.name) as database:
        opened = Rig(tmp_path, database=database)
        yield opened
        opened.close()
