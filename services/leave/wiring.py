"""Leave put together from settings, for web, worker and tests alike."""

from __future__ import annotations

from dataclasses import dataclass

from services.leave import SERVICE
from services.leave.application import Leave
from services.leave.calendars import shipped_calendars
from services.leave.due import send_due
from services.leave.read.posts import PostsView
from services.leave.read.upcoming import upcoming
from shared.kernel.clock import Clock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring


@dataclass
class LeaveWiring(Wiring):
    """Leave in one process."""

    application: Leave


def wire(settings: Settings, clock: Clock) -> LeaveWiring:
    """Leave as these settings say."""
    return open_wiring(
        LeaveWiring,
        SERVICE,
        settings,
        clock,
        build=lambda stores, clock: Leave(stores, clock, PostsView(stores.read), shipped_calendars()),
        due=send_due,
        foresee=upcoming,
    )
