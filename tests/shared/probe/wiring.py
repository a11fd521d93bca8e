"""The probe put together from settings."""

from __future__ import annotations

from shared.kernel.clock import Clock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring
from tests.shared.probe import SERVICE
from tests.shared.probe.application import ProbeApplication


def wire(settings: Settings, clock: Clock) -> Wiring:
    """The probe as these settings say."""
    return open_wiring(Wiring, SERVICE, settings, clock, build=ProbeApplication)
