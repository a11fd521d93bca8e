"""Reporting put together from settings, for web, worker and tests alike."""

from __future__ import annotations

from dataclasses import dataclass

from services.reporting import SERVICE
from services.reporting.application import Reporting
from services.reporting.due import ReturnsDue
from services.reporting.read.upcoming import upcoming
from shared.kernel.clock import Clock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring

_HOUR = 3600.0


@dataclass
class ReportingWiring(Wiring):
    """Reporting in one process."""

    application: Reporting


def wire(settings: Settings, clock: Clock) -> ReportingWiring:
    """Reporting as these settings say: returns follow the facts within a second in the demonstration, hourly else."""
    seconds = 1.0 if settings.demonstration else _HOUR
    return open_wiring(
        ReportingWiring,
        SERVICE,
        settings,
        clock,
        build=Reporting,
        due=ReturnsDue(),
        due_seconds=seconds,
        foresee=upcoming,
    )
