"""A deployment on each substrate in turn, for a module's tests in their order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.system.harness import Deployment
from tests.system.kinds import SUBSTRATES, made
from tests.system.order import keep_order


@pytest.fixture(scope="module", params=SUBSTRATES)
def deployment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A deployment on each substrate in turn."""
    with made(request.param, tmp_path_factory.mktemp(request.param)) as held:
        yield held


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the order within a module."""
    keep_order(items)
