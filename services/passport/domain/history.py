"""Upcasters: how stored events of an older version become today's. Empty: every event is at its first version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

HISTORY: Final[Mapping[tuple[str, int], Callable[[dict[str, object]], dict[str, object]]]] = MappingProxyType({})
"""(stored name, version) → the pure function to the next version's fields."""
