"""Leave for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leave.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Leave with a carer, their manager, HR and a stranger."""
    opened = House(tmp_path)
    yield opened
    opened.close()
