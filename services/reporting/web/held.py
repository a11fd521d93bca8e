"""What is said of returns on hold: to the organisation's own HR, and to the statistics role of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from services.reporting.read.on_hold import OnHold, makes_returns, on_hold
from services.reporting.web.asked import Known
from services.reporting.web.words import organisation_words
from services.reporting.wiring import ReportingWiring
from shared.kernel.errors import NotFoundError
from shared.web.app_context import wired
from shared.web.words import short_day

WHY: Final = {
    "records-moving": "its records are being moved",
    "figures-checked": "its figures are being checked",
    "other": "it gave another reason",
}
"""The reason as the second half of a sentence about the organisation."""


def require_returns(organisation: str) -> None:
    """Raises ``NotFoundError`` for an organisation that makes no returns, such as the central team."""
    with wired(ReportingWiring).reading() as connection:
        if not makes_returns(connection, organisation):
            raise NotFoundError("Your organisation makes no returns, so there is nothing to put on hold.")


def held_sentence(name: str, hold: OnHold) -> str:
    """Cabinet Office put its returns on hold on 3 June 2026: its records are being moved."""
    return f"{name} put its returns on hold on {short_day(hold.since)}: {WHY[hold.reason]}."


def held_sentences(connection: Connection, names: Mapping[str, str], known: Known, *, exact: bool) -> list[str]:
    """A sentence for each organisation on hold, by name; nothing by the second door, or as known on a past day."""
    if not exact or known.day:
        return []
    named = ((organisation_words(each.organisation, names), each) for each in on_hold(connection).values())
    return sorted(held_sentence(name, each) for name, each in named)
