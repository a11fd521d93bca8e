"""Who may ever read a word that was planted, on whatever page or in whatever answer."""

from __future__ import annotations

from typing import Final

from tests.security import crowd
from tests.security.promises.ask import HR, MANAGER, NAMED, OWN, PAYROLL, RIVERS, SERVICE, WORKS

KNOWS: Final[dict[str, frozenset[str]]] = {
    crowd.CALLED: OWN | MANAGER | HR | PAYROLL,
    crowd.NUMBER: OWN | MANAGER | NAMED | HR | PAYROLL | {SERVICE},
    crowd.REASON_OF_CORRECTION: OWN | HR,
    crowd.REASON_OF_POSTPONEMENT: OWN | MANAGER | HR,
    crowd.REASON_OF_NOT_WAIVING: OWN | MANAGER | HR,
    crowd.SHARED_WITH_MANAGER: OWN | MANAGER | HR,
    crowd.ARRANGED: OWN | MANAGER | HR,
    crowd.SHARED_WITH_COLLEAGUE: OWN | NAMED | HR,
    crowd.SHARED_WITH_NOBODY: OWN | HR,
    crowd.PROPOSED: OWN,
    crowd.REASON_OF_PROPOSAL: OWN,
    crowd.PURPOSE: OWN,
    crowd.EVIDENCE: OWN | HR,
    crowd.NOTE: OWN | HR,
    crowd.OWNER: WORKS,
    crowd.IN_PLACE: WORKS,
    crowd.REFERENCE: WORKS,
    crowd.ASSESSED: HR | {"carer in hr"},
    crowd.CALLED_IN_RIVERS: RIVERS,
    crowd.IN_PLACE_IN_RIVERS: RIVERS,
}
"""A colleague to whom the carer shows a part learns whose it is by number and post; a service hears the number."""
