"""The order of tests that share a deployment, whose date only moves forward."""

from __future__ import annotations

from pathlib import Path

import pytest


def keep_order(items: list[pytest.Item], folder: Path) -> None:
    """Put the tests below a folder back into the order in which they are written, one deployment after the other."""
    places = [index for index, item in enumerate(items) if folder in item.path.parents]
    for index, item in zip(places, sorted((items[index] for index in places), key=_as_written), strict=True):
        items[index] = item


def _as_written(item: pytest.Item) -> tuple[str, str, int, str]:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    deployment = params.get("deployment") or params.get("planted") or ""
    return str(item.path), str(deployment), item.reportinfo()[1] or 0, item.name
