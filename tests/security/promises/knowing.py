"""Who may ever read a word that was planted, on whatever page or in whatever answer."""

from __future__ import annotations

from typing import Final

from tests.security import street
from tests.security.promises.ask import HR, MANAGER, NAMED, OWN, PAYROLL, RIVERS, SERVICE, WORKS

KNOWS: Final[dict[str, frozenset[str]]] = {
    street.CALLED: OWN | MANAGER | HR | PAYROLL,
    street.NUMBER: OWN | MANAGER | NAMED | HR | PAYROLL | {SERVICE},
    street.REASON_OF_CORRECTION: OWN | HR,
    street.REASON_OF_POSTPONEMENT: OWN | MANAGER | HR,
    street.REASON_OF_NOT_WAIVING: OWN | MANAGER | HR,
    street.SHARED_WITH_MANAGER: OWN | MANAGER | HR,
    street.ARRANGED: OWN | MANAGER | HR,
    street.SHARED_WITH_COLLEAGUE: OWN | NAMED | HR,
    street.SHARED_WITH_NOBODY: OWN | HR,
    street.PROPOSED: OWN,
    street.REASON_OF_PROPOSAL: OWN,
    street.PURPOSE: OWN,
    street.EVIDENCE: OWN | HR,
    street.NOTE: OWN | HR,
    street.OWNER: WORKS,
    street.IN_PLACE: WORKS,
    street.REFERENCE: WORKS,
    street.ASSESSED: HR | {"carer in hr"},
    street.CALLED_IN_RIVERS: RIVERS,
    street.IN_PLACE_IN_RIVERS: RIVERS,
}
"""A colleague to whom the carer shows a part learns whose it is by number and post; a service hears the number."""
