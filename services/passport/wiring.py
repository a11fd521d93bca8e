"""The passport put together from settings, for web, worker and tests alike."""

from __future__ import annotations

from dataclasses import dataclass

from services.passport import SERVICE
from services.passport.application import Passports
from services.passport.read.posts import PostsView
from shared.kernel.clock import Clock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring


@dataclass
class PassportWiring(Wiring):
    """The passport in one process."""

    application: Passports


def wire(settings: Settings, clock: Clock) -> PassportWiring:
    """The passport as these settings say."""
    return open_wiring(
        PassportWiring,
        SERVICE,
        settings,
        clock,
        build=lambda stores, clock: Passports(stores, clock, PostsView(stores.read)),
    )
