"""The passport for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.passport import SERVICE
from tests.passport.rig import COLLEAGUE_ACTOR, Rig
from tests.signed_in import carer, hr, manager, web
from tests.system.substrate import database_of
from tests.web_client import WebClient


@pytest.fixture
def rig(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    """The passport with its people, on SQLite or on the substrate that a mark names."""
    with database_of(request, SERVICE.name) as database:
        opened = Rig(tmp_path, database=database)
        yield opened
        opened.close()


@pytest.fixture
def colleague(web: WebClient) -> WebClient:
    """Somebody of the same organisation, with no part in the passport."""
    return web.signed_in(COLLEAGUE_ACTOR)


__all__ = ["carer", "colleague", "hr", "manager", "rig", "web"]
