"""Upcasters: stored events of older versions brought to today's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

HISTORY: Final[Mapping[tuple[str, int], Callable[[dict[str, object]], dict[str, object]]]] = {}
"""(topic, version) → the pure function to the next version. Empty: every event is at its first version."""
