"""Whose returns are on hold, since when and why? Known where the organisation's own reporting runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from services.reporting.read.tables import changes, holds, organisations


@dataclass(frozen=True)
class OnHold:
    """An organisation's returns are on hold. ``reason``: one of the domain's."""

    organisation: str
    since: date
    reason: str


def makes_returns(connection: Connection, organisation: str) -> bool:
    """Whether anything is known of the organisation that a return could be made of; the centre makes none."""
    centre = select(organisations.c.organisation).where(organisations.c.kind == "centre")
    facts = select(changes.c.organisation).where(changes.c.organisation == organisation, changes.c.kind != "award")
    return connection.execute(facts.where(changes.c.organisation.not_in(centre)).limit(1)).first() is not None


def on_hold(connection: Connection) -> dict[str, OnHold]:
    """Every organisation whose returns are on hold, in the order of their short names."""
    rows = connection.execute(select(holds).order_by(holds.c.organisation))
    found = (OnHold(row.organisation, date.fromisoformat(row.since), row.reason) for row in rows)
    return {each.organisation: each for each in found}


def own_hold(connection: Connection, organisation: str) -> OnHold | None:
    """The organisation's own hold; None where its returns go on."""
    row = connection.execute(select(holds).where(holds.c.organisation == organisation)).first()
    return OnHold(row.organisation, date.fromisoformat(row.since), row.reason) if row else None
