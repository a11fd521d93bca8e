"""Accreditation for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.accreditation import SERVICE
from tests.accreditation.rig import Rig
from tests.signed_in import carer, hr, manager, web
from tests.system.substrate import database_of


@pytest.fixture
def rig(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Accreditation with a carer, their manager, HR and a stranger, on SQLite or the substrate that a mark names.

    However slow the machine, it does not rest after a look at an organisation.
    """
    monkeypatch.setattr("services.accreditation.due._LONG_LOOK", float("inf"))
    with database_of(request, SERVICE.name) as database:
        opened = Rig(tmp_path, database=database)
        yield opened
        opened.close()


__all__ = ["carer", "hr", "manager", "rig", "web"]
