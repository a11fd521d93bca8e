"""What a department's published return does to the centre's table: a row each, in whatever order and however often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from services.reporting.domain.board import indicator_parts, parts_json
from services.reporting.domain.catalogue import figures_json, parse_figures
from services.reporting.read.tables import centre_returns
from shared.kernel.events import Event
from shared.store.rows import Rows

_encode = msgspec.json.Encoder(order="deterministic").encode


def progress_reported(rows: Rows, events: Sequence[Event]) -> None:
    """Keep the revision under its place in the source's log."""
    rows.insert_missing(centre_returns, [_row(event) for event in events])


def _row(event: Event) -> dict[str, object]:
    data = event["data"]
    figures = parse_figures(data["figures"])
    return {
        "source": event["source"],
        "epoch": event["epoch"],
        "position": event["position"],
        "organisation": event["organisation"],
        "month": data["month"],
        "revision": data["revision"],
        "definition": data["definition"],
        "as_known": datetime.fromisoformat(data["as_known"]).astimezone(UTC).isoformat(),
        "complete": data["complete"],
        "figures": _encode(figures_json(figures)).decode(),
        "positions": _encode({source: list(place) for source, place in data["positions"].items()}).decode(),
        "board": _encode(parts_json(indicator_parts(figures))).decode(),
    }
