"""Reporting put together from settings, for web, worker and tests alike."""

from __future__ import annotations

from services.reporting import SERVICE
from services.reporting.application import Reporting
from services.reporting.due import ReturnsDue
from services.reporting.read.upcoming import upcoming
from shared.kernel.clock import Clock
from shared.process.settings import Settings
from shared.process.wiring import Wiring, open_wiring

_HOUR = 3600.0


def wire(settings: Settings, clock: Clock) -> Wiring:
    """Reporting as these settings say: returns follow the facts within a second in the demonstration, hourly else."""
    seconds = 1.0 if settings.demonstration else _HOUR
    return open_wiring(
        SERVICE, settings, clock, build=Reporting, due=ReturnsDue(), due_seconds=seconds, foresee=upcoming
    )
