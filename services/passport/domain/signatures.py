"""Signatures: of an exact version, by the carer and by their manager, each for themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

CARER: Final = "carer"
MANAGER: Final = "manager"
SIDES: Final = (CARER, MANAGER)


@dataclass(frozen=True)
class Signature:
    """One side's, of one version."""

    by: str
    version: int
    signed_on: date


Signatures = Mapping[str, Signature]
"""By side."""


def both_stand(signatures: Signatures, version: int, managers: Collection[str]) -> bool:
    """Whether both sides signed this very version, the manager's side by somebody who manages the carer today."""
    if any(side not in signatures or signatures[side].version != version for side in SIDES):
        return False
    carer, manager = signatures[CARER], signatures[MANAGER]
    return manager.by in managers and manager.by != carer.by
