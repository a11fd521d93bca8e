"""How old versions of the probe's events become today's: there is one, of a count that was named differently."""

from __future__ import annotations

from typing import Any

from shared.store.mapper import History


def _counted_1(state: dict[str, Any]) -> dict[str, Any]:
    """Version 1 is today's; a version 0 of planted tests said ``number`` and knew no note."""
    amount = state.pop("number")
    return {**state, "amount": amount, "note": None}


HISTORY: History = {("probe.tally.counted", 0): _counted_1}
