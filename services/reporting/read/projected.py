"""The department half's view of its own log: every revision of every return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from services.reporting.domain.returns import Return
from services.reporting.read.tables import returns
from shared.store.rows import Rows

_encode = msgspec.json.Encoder(order="deterministic").encode
_PLAIN: Final = ("organisation", "month", "revision", "definition", "as_known", "complete", "mark")


def return_revised(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
    """Keep the revision."""
    rows.upsert(returns, [_row(event) for event in events], key=("organisation", "month", "revision"))


def _row(event: dict[str, Any]) -> dict[str, Any]:
    return {name: event[name] for name in _PLAIN} | {
        "figures": _encode(event["figures"]).decode(),
        "positions": _encode(event["positions"]).decode(),
    }


PROJECTED: Mapping[str, Callable[[Rows, Sequence[dict[str, Any]]], None]] = {
    Return.Reported.TOPIC: return_revised,
    Return.Revised.TOPIC: return_revised,
}
