"""Payroll for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.payroll import SERVICE
from tests.payroll.rig import Rig
from tests.system.substrate import Databases, need_postgres


@pytest.fixture
def rig(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    """Payroll with the shipped mapping, on SQLite or on the substrate that the module's mark names."""
    on_postgres = getattr(request, "param", "sqlite") == "postgres"
    databases = Databases()
    try:
        if on_postgres:
            need_postgres()
            databases.create([SERVICE.name])
        opened = Rig(tmp_path, database=databases.template if on_postgres else "")
        yield opened
        opened.close()
    finally:
        databases.drop()
