"""Workforce put together from settings, for web, worker, command line and tests alike."""

from __future__ import annotations

from services.workforce import SERVICE
from services.workforce.application import WorkforceApplication
from services.workforce.directory import StaffDirectory
from shared.kernel.clock import Clock
from shared.process.settings import Settings
from shared.process.wiring import Wiring, open_wiring


def wire(settings: Settings, clock: Clock) -> Wiring:
    """Workforce as these settings say."""
    return open_wiring(SERVICE, settings, clock, build=WorkforceApplication, directory=StaffDirectory)
