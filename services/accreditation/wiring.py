"""Accreditation put together from settings, for web, worker, command line and tests alike."""

from __future__ import annotations

from dataclasses import dataclass

from services.accreditation import SERVICE
from services.accreditation.application import Accreditation
from services.accreditation.due import AccreditationDue
from services.accreditation.read.groups import GroupsView
from services.accreditation.read.upcoming import upcoming
from services.accreditation.schemes import shipped_schemes
from shared.kernel.clock import Clock
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring


@dataclass
class AccreditationWiring(Wiring):
    """Accreditation in one process."""

    application: Accreditation


def wire(settings: Settings, clock: Clock) -> AccreditationWiring:
    """Accreditation as these settings say. Raises SettingsError where a scheme's data file is none."""
    schemes = shipped_schemes()
    return open_wiring(
        AccreditationWiring,
        SERVICE,
        settings,
        clock,
        build=lambda stores, clock: Accreditation(stores, clock, GroupsView(stores.read), schemes),
        due=AccreditationDue(),
        foresee=upcoming,
    )
