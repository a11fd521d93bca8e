"""Which of leave's own events are news to whose leave it is, where somebody else acted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.leave.domain.account import LeaveAccount
from shared.store.news import Tell, named

TOLD: Final[Mapping[str, Tell]] = {
    LeaveAccount.Confirmed.TOPIC: named("notice", "late", "confirmed_by"),
    LeaveAccount.NotWaived.TOPIC: named("notice"),
    LeaveAccount.Postponed.TOPIC: named("notice", "dates"),
    LeaveAccount.Lapsed.TOPIC: named("notice"),
    LeaveAccount.Withdrawn.TOPIC: named("notice", "dates"),
    LeaveAccount.Taken.TOPIC: named("notice", "date"),
    LeaveAccount.Corrected.TOPIC: named("notice", "date"),
}
"""That a late notice was accepted is told by the confirmation that is recorded with it."""
