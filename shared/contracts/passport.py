"""What the passport publishes: that one was agreed, reviewed, taken along or ended. No content, no reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.contracts.fields import Choice, Contract, Day, Slug, Whole
from shared.contracts.types import (
    PASSPORT_AGREED,
    PASSPORT_ENDED,
    PASSPORT_RECEIVED,
    PASSPORT_REVIEWED,
    PASSPORT_TRANSFERRED,
)


class Agreed(Contract):
    """Carer and manager both signed a passport. The subject is the carer."""

    days_from_draft = Whole(required=True, metadata={"description": "calendar days from the draft to the agreement"})
    agreed_on = Day(required=True)
    review_due = Day(required=True, metadata={"description": "the day by which it is to be reviewed"})


class Reviewed(Contract):
    """Both signed again, with or without an amendment. The subject is the carer."""

    reviewed_on = Day(required=True)
    outcome = Choice("unchanged", "amended", required=True)
    review_due = Day(required=True, metadata={"description": "the day by which it is to be reviewed again"})


class Transferred(Contract):
    """The carer took the passport along; the organisation is the one that they left. The subject is the carer."""

    transferred_on = Day(required=True)
    to_organisation = Slug(required=True)


class Received(Contract):
    """The new manager took it over; the organisation is the new one. The subject is the carer."""

    received_on = Day(required=True)
    from_organisation = Slug(required=True)
    outcome = Choice("accepted", "amendment-proposed", required=True)


class Ended(Contract):
    """The passport is needed no longer. The subject is the carer."""

    ended_on = Day(required=True)


CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType(
    {
        PASSPORT_AGREED: Agreed,
        PASSPORT_REVIEWED: Reviewed,
        PASSPORT_TRANSFERRED: Transferred,
        PASSPORT_RECEIVED: Received,
        PASSPORT_ENDED: Ended,
    }
)
