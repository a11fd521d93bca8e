"""Whence a decision comes: who took it, when, and for which organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shared.kernel.clock import LONDON

CLOCK: Final = "clock"
"""Who acts where nobody does: what the law or a rule makes happen by itself."""


@dataclass(frozen=True)
class Provenance:
    """Who acts (a person's UUID as text, ``"clock"`` or ``"system"``), when (aware, UTC), for which organisation.

    ``organisation``: its slug, empty for the one to which the thing itself belongs.
    """

    by: str
    at: datetime
    organisation: str = ""

    @property
    def today(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()
