"""What others may know of passports: that one was agreed, reviewed, taken along or ended. Never a word of it."""

from __future__ import annotations

from collections.abc import Mapping

from services.passport.domain.passport import Passport
from shared.contracts import types
from shared.kernel.events import Event
from shared.store.outbox import Published


def agreed(event: Event) -> dict[str, object]:
    """That both signed, how long that took, and until when it is in date."""
    return _named(event, ("days_from_draft", "agreed_on", "review_due"))


def reviewed(event: Event) -> dict[str, object]:
    """That both signed again, and whether anything was amended."""
    return _named(event, ("reviewed_on", "outcome", "review_due"))


def transferred(event: Event) -> dict[str, object]:
    """That the carer took it along, and where to."""
    return _named(event, ("transferred_on", "to_organisation"))


def received(event: Event) -> dict[str, object]:
    """The receipt: that it was taken over, and from where."""
    return _named(event, ("received_on", "from_organisation", "outcome"))


def ended(event: Event) -> dict[str, object]:
    """That it ended, and nothing of why."""
    return _named(event, ("ended_on",))


PUBLISHED: Mapping[str, Published] = {
    Passport.Agreed.TOPIC: Published(types.PASSPORT_AGREED, agreed),
    Passport.Reviewed.TOPIC: Published(types.PASSPORT_REVIEWED, reviewed),
    Passport.Transferred.TOPIC: Published(types.PASSPORT_TRANSFERRED, transferred),
    Passport.Received.TOPIC: Published(types.PASSPORT_RECEIVED, received),
    Passport.Ended.TOPIC: Published(types.PASSPORT_ENDED, ended),
}


def _named(event: Event, names: tuple[str, ...]) -> dict[str, object]:
    return {name: event[name] for name in names}
