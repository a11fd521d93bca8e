"""What payroll can be asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RecordDay:
    """Note what a notice takes of a date. Minutes are integers or ``"n/d"`` text; 0 means the day was worked."""

    person: str
    organisation: str
    notice: str
    employment: str
    employer: str
    staff_number: str
    post: str
    date: date
    minutes: int | str
    paid_minutes: int | str
    scheduled_minutes: int | str
    by: str


@dataclass(frozen=True)
class SealBatch:
    """Seal a pay group's open lines as its next batch.

    ``leave_epoch`` and ``leave_position``: the place in leave's log that must have been applied before, the cut-off;
    an empty epoch stands for whichever leave is in.
    ``checked``: the fingerprint of the preview that was looked at; empty seals whatever is open.
    """

    organisation: str
    employer: str
    pay_group: str
    leave_epoch: str
    leave_position: int
    checked: str
    by: str
