"""Leave for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.leave import SERVICE
from tests.leave.rig import Rig
from tests.signed_in import carer, hr, manager, web
from tests.system.substrate import database_of


@pytest.fixture
def rig(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    """Leave with a carer, their manager, HR and a stranger, on SQLite or on the substrate that a mark names."""
    with database_of(request, SERVICE.name) as database:
        opened = Rig(tmp_path, database=database)
        yield opened
        opened.close()


__all__ = ["carer", "hr", "manager", "rig", "web"]
