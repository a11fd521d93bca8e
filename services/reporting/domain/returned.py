"""The first door: exact figures of a whole organisation, for its own HR and the centre's statistics role alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.figures import Figures
from services.reporting.domain.markers import markers_of
from services.reporting.domain.months import month_end


@dataclass(frozen=True)
class Returned:
    """One revision of an organisation's return, exact.

    ``as_known``: the instant it was computed at. ``revised``: an earlier complete revision said something else.
    """

    organisation: str
    month: str
    definition: int
    revision: int
    as_known: datetime
    complete: bool
    revised: bool
    figures: Figures

    @property
    def as_at(self) -> date:
        """The day at whose end its stocks are taken."""
        return month_end(self.month)

    @property
    def markers(self) -> tuple[str, ...]:
        """What every figure of it carries."""
        return markers_of(revised=self.revised, complete=self.complete)
