"""Who acts, when and for which organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shared.kernel.clock import LONDON

CLOCK: Final = "clock"


@dataclass(frozen=True)
class Act:
    """Who acts (a person's UUID, ``"clock"`` or ``"system"``), when (aware, UTC), and for which organisation (slug)."""

    by: str
    at: datetime
    organisation: str

    @property
    def today(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()
