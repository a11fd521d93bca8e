"""An app with the errands service, and people signed in to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared.web.fakes import CARER, MemoryWiring, SampleDirectory
from tests.web_client import SampleSettings, WebClient, web_client


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def settings(keys_folder: Path) -> SampleSettings:
    return SampleSettings(keys_folder=keys_folder, services=("errands",))


@pytest.fixture
def wiring() -> MemoryWiring:
    return MemoryWiring(directory=SampleDirectory())


@pytest.fixture
def client(settings: SampleSettings, wiring: MemoryWiring, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    """Nobody, in front of an app with the front and the errands."""
    monkeypatch.setattr("shared.web.app.keeper_of_names", lambda: "errands")
    return web_client({"errands": wiring}, clock=wiring.clock, settings=settings)


@pytest.fixture
def carer(client: WebClient) -> WebClient:
    return client.signed_in(CARER)
