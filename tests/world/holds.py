"""When organisations had their returns on hold, from reporting's own log: what nothing is expected of then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from services.reporting.domain.hold import Hold
from shared.runtime.wiring import Wiring
from shared.store.mapper import plain_event

Span = tuple[datetime, datetime]
Holds = Mapping[str, Sequence[Span]]
"""By organisation from when to when its returns were on hold; to the end of time where they still are."""

NONE: Final[Holds] = {}
_NOT_YET: Final = datetime.max.replace(tzinfo=UTC)
_MOST: Final = 10_000


def holds_of(reporting: Wiring) -> Holds:
    """The holds that a deployment's reporting recorded."""
    found: dict[str, list[Span]] = {}
    for entry in reporting.stores.log.read_after(0, _MOST, [Hold.Held.TOPIC, Hold.Resumed.TOPIC]):
        event = plain_event(reporting.application.history, entry)
        spans, at = found.setdefault(event["organisation"], []), datetime.fromisoformat(event["time"])
        if event["topic"] == Hold.Held.TOPIC:
            spans.append((at, _NOT_YET))
        else:
            spans[-1] = (spans[-1][0], at)
    return found


def is_held(holds: Holds, organisation: str, at: datetime) -> bool:
    """Whether an organisation's returns were on hold at an instant."""
    return any(begins <= at < ends for begins, ends in holds.get(organisation, ()))
