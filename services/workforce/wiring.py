"""Workforce put together from settings, for web, worker, command line and tests alike."""

from __future__ import annotations

from dataclasses import dataclass

from services.workforce import SERVICE
from services.workforce.application import WorkforceApplication
from shared.kernel.clock import Clock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring


@dataclass
class WorkforceWiring(Wiring):
    """Workforce in one process."""

    application: WorkforceApplication


def wire(settings: Settings, clock: Clock) -> WorkforceWiring:
    """Workforce as these settings say."""
    return open_wiring(WorkforceWiring, SERVICE, settings, clock, build=WorkforceApplication)
