"""Upcasters of workforce's stored events: (topic, stored version) to the function that lifts the state by one.

Empty: every event class is still at its first version.
"""

from __future__ import annotations

from collections.abc import Callable

HISTORY: dict[tuple[str, int], Callable[[dict[str, object]], dict[str, object]]] = {}
