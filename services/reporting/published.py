"""What others may know of reporting: each revision of a return, for the centre."""

from __future__ import annotations

from collections.abc import Mapping

from services.reporting.domain.returns import Return
from shared.contracts import types
from shared.kernel.events import Event
from shared.store.outbox import Published


def progress_reported(event: Event) -> dict[str, object]:
    """Numerators and denominators of the whole organisation, with what they were computed from."""
    named = ("month", "definition", "revision", "as_known", "complete", "figures", "positions")
    return {name: event[name] for name in named}


PUBLISHED: Mapping[str, Published] = {
    Return.Reported.TOPIC: Published(types.PROGRESS_REPORTED, progress_reported),
    Return.Revised.TOPIC: Published(types.PROGRESS_REPORTED, progress_reported),
}
