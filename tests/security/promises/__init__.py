"""Who is promised what, by route: written from the table of roles, not from what the services decide by."""

from __future__ import annotations

from typing import Final

from tests.security.promises import accreditation, front, leave, passport, payroll, reporting, workforce
from tests.security.promises.ask import Ask

BY_SERVICE: Final[dict[str, tuple[Ask, ...]]] = {
    "workforce": workforce.ASKS,
    "leave": leave.ASKS,
    "passport": passport.ASKS,
    "accreditation": accreditation.ASKS,
    "payroll": payroll.ASKS,
    "reporting": reporting.ASKS,
    "front": front.ASKS,
}

ASKS: Final = tuple(ask for asks in BY_SERVICE.values() for ask in asks)
