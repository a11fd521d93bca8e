"""What workforce's events do to the people view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from shared.contracts import types
from shared.kernel.events import Event
from shared.people.tables import employments, organisations
from shared.store.rows import Rows
from shared.store.subscriptions import ToRows

NO_END = "9999-12-31"
"""The last day of an employment that has none."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_KEY = ("employment", "effective_from")


def employment_held(rows: Rows, events: Sequence[Event]) -> None:
    """An employment was recorded or changed: its values hold from a day on."""
    latest = {(row["employment"], row["effective_from"]): row for row in map(_row, events)}
    rows.upsert(employments, list(latest.values()), key=_KEY)
    _spread_ends(rows, [(event["data"]["employment"], event["data"]["ends"] or NO_END) for event in events])


def employment_ended(rows: Rows, events: Sequence[Event]) -> None:
    """An employment ends on a day, whatever values held."""
    _spread_ends(rows, [(event["data"]["employment"], event["data"]["ends"]) for event in events])


def organisation_recorded(rows: Rows, events: Sequence[Event]) -> None:
    """An organisation has this name, group and kind."""
    latest = {
        event["organisation"]: {
            "organisation": event["organisation"],
            "name": event["data"]["name"],
            "group": event["data"]["group"] or "",
            "kind": event["data"]["kind"],
        }
        for event in events
    }
    rows.upsert(organisations, list(latest.values()), key=("organisation",))


PEOPLE_EFFECTS: Mapping[str, tuple[ToRows, ...]] = {
    types.ORGANISATION_RECORDED: (ToRows(organisation_recorded),),
    types.EMPLOYMENT_RECORDED: (ToRows(employment_held),),
    types.EMPLOYMENT_CHANGED: (ToRows(employment_held),),
    types.EMPLOYMENT_ENDED: (ToRows(employment_ended),),
}


def _row(event: Event) -> dict[str, object]:
    data = event["data"]
    return {
        "employment": data["employment"],
        "effective_from": data["effective_from"],
        "person": event["subject"],
        "staff_number": data["staff_number"],
        "post": data["post"],
        "organisation": event["organisation"],
        "employer": data["employer"],
        "manager": data["manager"] or "",
        "nation": data["nation"],
        "status": data["status"],
        "fte": data["fte"],
        "full_time_minutes": data["full_time_minutes"],
        "pattern": _encode(data["pattern"]).decode(),
        "starts": data["starts"],
        "ends": data["ends"] or NO_END,
        "position": event["position"],
    }


def _spread_ends(rows: Rows, ends: Sequence[tuple[str, str]]) -> None:
    """An end holds for every row of the employment, also those of earlier days."""
    last = dict(ends)
    others = {
        row["employment"]
        for row in rows.matching(employments, ("employment",), {(employment,) for employment in last})
        if row["ends"] != last[row["employment"]]
    }
    spread = [{"employment": employment, "ends": last[employment]} for employment in last if employment in others]
    rows.change(employments, spread, key=("employment",))
