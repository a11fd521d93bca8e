"""What others may know of workforce's log. Names and staff number claims stay inside."""

from __future__ import annotations

from collections.abc import Mapping

from shared.contracts import types
from shared.kernel.events import Event
from shared.store.outbox import Published

_TERMS = (
    "employment",
    "staff_number",
    "post",
    "employer",
    "manager",
    "nation",
    "status",
    "fte",
    "full_time_minutes",
    "pattern",
    "starts",
    "ends",
    "effective_from",
)


def organisation(event: Event) -> dict[str, object]:
    """An organisation's name, group and kind."""
    return {"name": event["name"], "group": event["group"], "kind": event["kind"]}


def employment(event: Event) -> dict[str, object]:
    """The full terms of an employment from a day on."""
    return {name: event[name] for name in _TERMS}


def employment_end(event: Event) -> dict[str, object]:
    """An employment's last day."""
    return {"employment": event["employment"], "ends": event["ends"]}


def nothing(_event: dict[str, object]) -> dict[str, object]:
    """The envelope says it all."""
    return {}


PUBLISHED: Mapping[str, Published] = {
    "workforce.organisation.recorded": Published(types.ORGANISATION_RECORDED, organisation),
    "workforce.employment.recorded": Published(types.EMPLOYMENT_RECORDED, employment),
    "workforce.employment.changed": Published(types.EMPLOYMENT_CHANGED, employment),
    "workforce.employment.ended": Published(types.EMPLOYMENT_ENDED, employment_end),
    "workforce.person.forgotten": Published(types.PERSON_FORGOTTEN, nothing),
}
"""Domain event → published event. A topic that is not here is never published."""
