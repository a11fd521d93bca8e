"""What others may know of leave: notices by their dates, and each day taken or corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.leave.domain.account import LeaveAccount
from shared.contracts import types
from shared.kernel.events import Event
from shared.store.outbox import Published

_DAY: Final = (
    "notice",
    "employment",
    "staff_number",
    "post",
    "employer",
    "date",
    "minutes",
    "paid_minutes",
    "scheduled_minutes",
    "full_time_minutes",
)

_REQUESTED_DAY: Final = ("date", "part", "minutes", "scheduled_minutes")


def requested(event: Event) -> dict[str, object]:
    """A notice by its dates; nothing of the decision's inputs."""
    return {
        **_named(event, ("notice", "employment", "given_on", "late", "waived")),
        "days": [_named(day, _REQUESTED_DAY) for day in event["days"]],
    }


def confirmed(event: Event) -> dict[str, object]:
    """That a notice stands, and by whom or the clock."""
    return _named(event, ("notice", "given_on", "late", "waived", "confirmed_by", "confirmed_on"))


def not_waived(event: Event) -> dict[str, object]:
    """That a late notice does not stand; the reason stays here."""
    return _named(event, ("notice", "given_on", "decided_on"))


def postponed(event: Event) -> dict[str, object]:
    """The dates that were postponed and the days in their place; the reason stays here."""
    return {
        **_named(event, ("notice", "given_on", "postponed_on", "agreed", "lawful", "dates")),
        "days": [_named(day, _REQUESTED_DAY) for day in event["days"]],
    }


def withdrawn(event: Event) -> dict[str, object]:
    """The dates that were given back."""
    return _named(event, ("notice", "dates"))


def taken(event: Event) -> dict[str, object]:
    """A day as pay and figures need it."""
    return _named(event, (*_DAY, "part"))


def corrected(event: Event) -> dict[str, object]:
    """A day put right; the reason stays here."""
    return _named(event, (*_DAY, "previous_minutes", "previous_paid_minutes"))


PUBLISHED: Mapping[str, Published] = {
    LeaveAccount.Requested.TOPIC: Published(types.LEAVE_REQUESTED, requested),
    LeaveAccount.Confirmed.TOPIC: Published(types.LEAVE_CONFIRMED, confirmed),
    LeaveAccount.NotWaived.TOPIC: Published(types.LEAVE_NOT_WAIVED, not_waived),
    LeaveAccount.Postponed.TOPIC: Published(types.LEAVE_POSTPONED, postponed),
    LeaveAccount.Withdrawn.TOPIC: Published(types.LEAVE_WITHDRAWN, withdrawn),
    LeaveAccount.Taken.TOPIC: Published(types.LEAVE_TAKEN, taken),
    LeaveAccount.Corrected.TOPIC: Published(types.LEAVE_CORRECTED, corrected),
}


def _named(event: Event, names: tuple[str, ...]) -> dict[str, object]:
    return {name: event[name] for name in names}
