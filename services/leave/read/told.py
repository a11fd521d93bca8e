"""Which of leave's own events are news to whose leave it is, where somebody else acted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.leave.domain.account import LeaveAccount
from shared.kernel.events import Event
from shared.store.news import Tell, named

_confirmation = named("notice", "late", "confirmed_by")


def _confirmed(event: Event) -> Mapping[str, object] | None:
    """A confirmation, but for one by a postponement, which is told as that."""
    return None if event["with_postponement"] else _confirmation(event)


TOLD: Final[Mapping[str, Tell]] = {
    LeaveAccount.Confirmed.TOPIC: _confirmed,
    LeaveAccount.NotWaived.TOPIC: named("notice"),
    LeaveAccount.Postponed.TOPIC: named("notice", "dates"),
    LeaveAccount.Lapsed.TOPIC: named("notice"),
    LeaveAccount.Withdrawn.TOPIC: named("notice", "dates"),
    LeaveAccount.Taken.TOPIC: named("notice", "date"),
    LeaveAccount.Corrected.TOPIC: named("notice", "date"),
}
"""That a late notice was accepted is told by the confirmation that is recorded with it."""
