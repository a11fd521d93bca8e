"""The order of tests that share a deployment, whose date only moves forward."""

from __future__ import annotations

import pytest


def keep_order(items: list[pytest.Item]) -> None:
    """Put the tests of whole systems last, in the order in which they are written, one deployment after the other."""
    systems = [item for item in items if item.get_closest_marker("system")]
    others = [item for item in items if not item.get_closest_marker("system")]
    items[:] = [*others, *sorted(systems, key=_as_written)]


def _as_written(item: pytest.Item) -> tuple[str, str, int, str]:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    deployment = params.get("deployment") or params.get("planted") or ""
    return str(item.path), str(deployment), item.reportinfo()[1] or 0, item.name
