"""Deployments for the system's tests, one a substrate and module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.harness import Deployment, apart, embedded, scaled
from tests.system.substrate import Bus, Databases, need_broker, need_postgres

SUBSTRATES = ("embedded", "scaled")


def made(kind: str, folder: Path) -> Deployment:
    """A deployment by the name of its kind; skips, or fails in CI, where its parts are absent."""
    if kind == "scaled":
        need_postgres()
        need_broker()
        return scaled(folder, Databases(), Bus())
    return {"embedded": embedded, "apart": apart}[kind](folder)


@pytest.fixture(scope="session")
def deploy() -> Callable[[str, Path], Deployment]:
    """Makes a deployment by the name of its kind."""
    return made


@pytest.fixture(scope="module", params=SUBSTRATES)
def deployment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A deployment on each substrate in turn."""
    with made(request.param, tmp_path_factory.mktemp(request.param)) as held:
        yield held
