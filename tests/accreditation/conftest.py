"""Accreditation for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.accreditation import SERVICE
from tests.accreditation.house import House
from tests.system.substrate import Databases, need_postgres


@pytest.fixture
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """Accreditation with a carer, their manager, HR and a stranger, on SQLite or the substrate that a mark names."""
    on_postgres = getattr(request, "param", "sqlite") == "postgres"
    databases = Databases()
    try:
        if on_postgres:
            need_postgres()
            databases.create([SERVICE.name])
        opened = House(tmp_path, database=databases.template if on_postgres else "")
        yield opened
        opened.close()
    finally:
        databases.drop()
