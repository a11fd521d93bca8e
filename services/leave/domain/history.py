"""Upcasters: how stored events of an older version become today's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final


def _with(**added: object) -> Callable[[dict[str, object]], dict[str, object]]:
    """The next version has these fields too; an event that was stored before holds what they say."""
    return lambda state: {**state, **added}


HISTORY: Final[Mapping[tuple[str, int], Callable[[dict[str, object]], dict[str, object]]]] = MappingProxyType(
    {
        ("leave.notice.requested", 1): _with(gave_back=[]),
        ("leave.notice.confirmed", 1): _with(with_postponement=False),
    }
)
"""(stored name, version) → the pure function to the next version's fields."""
