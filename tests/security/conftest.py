"""The order of tests that end with an erasure."""

from __future__ import annotations

import pytest

from tests.system.order import keep_order


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the order within a module."""
    keep_order(items)
