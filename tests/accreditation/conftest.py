"""Accreditation for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.accreditation import SERVICE
from tests.accreditation.rig import CARER_ACTOR, HR_ACTOR, MANAGER_ACTOR, Rig
from tests.support import project
from tests.system.substrate import Databases, need_postgres
from tests.web_client import WebClient, web_client


@pytest.fixture
def rig(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Accreditation with a carer, their manager, HR and a stranger, on SQLite or the substrate that a mark names.

    However slow the machine, it does not rest after a look at an organisation.
    """
    monkeypatch.setattr("services.accreditation.due._LONG_LOOK", float("inf"))
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


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app; lists follow every command at once."""
    rig.application.on_stored = lambda: project(rig.wiring)
    return web_client({"accreditation": rig.wiring}, clock=rig.clock)


@pytest.fixture
def carer(web: WebClient) -> WebClient:
    """The carer."""
    return web.signed_in(CARER_ACTOR)


@pytest.fixture
def manager(web: WebClient) -> WebClient:
    """The carer's manager."""
    return web.signed_in(MANAGER_ACTOR)


@pytest.fixture
def hr(web: WebClient) -> WebClient:
    """HR of the carer's organisation."""
    return web.signed_in(HR_ACTOR)
