"""Payroll put together from settings, for web, worker and tests alike."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from services.payroll import MAPPING_SETTING, SERVICE
from services.payroll.application import Payroll
from services.payroll.domain.mapping import PayMapping
from services.payroll.mapping_file import parse_mapping
from services.payroll.read.sealing import SealingLists
from shared.kernel.clock import Clock
from shared.kernel.errors import InvalidError, SettingsError
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, open_wiring


@dataclass
class PayrollWiring(Wiring):
    """Payroll in one process."""

    application: Payroll


def wire(settings: Settings, clock: Clock, mapping: PayMapping | None = None) -> PayrollWiring:
    """Payroll as these settings say. Raises ``SettingsError`` where the mapping's file cannot be used."""
    file = settings.of_services.get(MAPPING_SETTING, "")
    pay_mapping = mapping or read_mapping(Path(file) if file else None)
    return open_wiring(
        PayrollWiring,
        SERVICE,
        settings,
        clock,
        build=lambda stores, clock: Payroll(stores, clock, pay_mapping, SealingLists(stores.read, settings.instance)),
    )


def read_mapping(path: Path | None) -> PayMapping:
    """The department's mapping from its file, or the neutral defaults; a ``SettingsError`` says what to put right."""
    if path is None:
        return shipped_mapping()
    try:
        return parse_mapping(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, InvalidError) as error:
        raise SettingsError(f"CARERS_{MAPPING_SETTING}: {path.name} cannot be used: {error}") from error


def shipped_mapping() -> PayMapping:
    """The neutral defaults that ship with the service."""
    text = files("services.payroll").joinpath("mapping.json").read_text(encoding="utf-8")
    return parse_mapping(json.loads(text))
