"""The passport put together from settings, for web, worker and tests alike."""

from __future__ import annotations

from services.passport import SERVICE
from services.passport.application import Passports
from services.passport.read.posts import PostsView
from shared.kernel.clock import Clock
from shared.process.settings import Settings
from shared.process.wiring import Wiring, open_wiring


def wire(settings: Settings, clock: Clock) -> Wiring:
    """The passport as these settings say."""
    return open_wiring(
        SERVICE,
        settings,
        clock,
        build=lambda stores, clock: Passports(stores, clock, PostsView(stores.read)),
    )
