"""How older events are read: for a stored (topic, version) the pure function to the next version's state.

Every payroll event is still of version 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

UPCASTERS: Mapping[tuple[str, int], Callable[[dict[str, object]], dict[str, object]]] = {}
