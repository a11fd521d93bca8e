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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the order of a module: its tests share a deployment whose date only moves forward."""
    here = Path(__file__).parent
    places = [index for index, item in enumerate(items) if here in item.path.parents]
    for index, item in zip(places, sorted((items[index] for index in places), key=_as_written), strict=True):
        items[index] = item


def _as_written(item: pytest.Item) -> tuple[str, str, int, str]:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return str(item.path), str(params.get("deployment", "")), item.reportinfo()[1] or 0, item.name
