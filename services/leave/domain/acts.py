"""Who acts on a leave account, when, and why leave was given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shared.kernel.clock import LONDON

CLOCK: Final = "clock"
MANAGER: Final = "manager"
HR: Final = "hr"

ENDED: Final = "employment-ended"
ASKED: Final = "asked"
EXCHANGED: Final = "exchanged"


@dataclass(frozen=True)
class Act:
    """Who acts, when (aware, UTC), and in which organisation (empty: the notice's own)."""

    by: str
    at: datetime
    organisation: str = ""

    @property
    def today(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()
