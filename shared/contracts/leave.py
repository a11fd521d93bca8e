"""What leave publishes: notices by their dates, and each day taken. No reason, no health, no dependant."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import marshmallow as ma
from marshmallow import validate

from shared.contracts.fields import Choice, Contract, Day, Flag, Identifier, PlainText, Quantity, Slug
from shared.contracts.types import (
    LEAVE_CONFIRMED,
    LEAVE_CORRECTED,
    LEAVE_NOT_WAIVED,
    LEAVE_POSTPONED,
    LEAVE_REQUESTED,
    LEAVE_TAKEN,
    LEAVE_WITHDRAWN,
)

PARTS: Final = ("whole", "am", "pm", "half")
MOST_DATES: Final = 366


class RequestedDay(Contract):
    """One date of a notice."""

    date = Day(required=True)
    part = Choice(*PARTS, required=True)
    minutes = Quantity(required=True, metadata={"description": "minutes of leave asked for"})
    scheduled_minutes = Quantity(required=True, metadata={"description": "minutes the date would be worked"})


class Requested(Contract):
    """Notice of leave was given. The subject is the carer."""

    notice = Identifier(required=True)
    employment = Identifier(required=True)
    given_on = Day(required=True, metadata={"description": "the day of notice"})
    late = Flag(required=True, metadata={"description": "given too late by every reading of the law"})
    waived = Flag(required=True, metadata={"description": "the employer waives the notice period"})
    days = ma.fields.List(ma.fields.Nested(RequestedDay), required=True, validate=validate.Length(1, MOST_DATES))


class Confirmed(Contract):
    """The leave stands: acknowledged, or by silence. The subject is the carer."""

    notice = Identifier(required=True)
    given_on = Day(required=True)
    late = Flag(required=True)
    waived = Flag(required=True)
    confirmed_by = Choice("manager", "hr", "clock", required=True)
    confirmed_on = Day(required=True)


class NotWaived(Contract):
    """A late notice was not accepted; its days are given back. The subject is the carer."""

    notice = Identifier(required=True)
    given_on = Day(required=True)
    decided_on = Day(required=True)


class Postponed(Contract):
    """Dates of a notice were postponed, with notice of the new ones. The subject is the carer."""

    notice = Identifier(required=True)
    given_on = Day(required=True)
    postponed_on = Day(required=True)
    agreed = Flag(required=True, metadata={"description": "the carer agreed to the new dates"})
    lawful = Flag(required=True, metadata={"description": "every condition that can be checked was met"})
    dates = ma.fields.List(Day(), required=True, validate=validate.Length(1, MOST_DATES))
    days = ma.fields.List(
        ma.fields.Nested(RequestedDay),
        required=True,
        validate=validate.Length(1, MOST_DATES),
        metadata={"description": "the days that take the place of the dates"},
    )


class Withdrawn(Contract):
    """The carer gave dates of a notice back before they began. The subject is the carer."""

    notice = Identifier(required=True)
    dates = ma.fields.List(Day(), required=True, validate=validate.Length(1, MOST_DATES))


class DayOfLeave(Contract):
    """One date of one notice, as pay and figures need it. The subject is the carer."""

    notice = Identifier(required=True)
    employment = Identifier(required=True)
    staff_number = PlainText(40, required=True)
    post = PlainText(required=True)
    employer = Slug(required=True, metadata={"description": "the legal employer"})
    date = Day(required=True)
    minutes = Quantity(required=True, metadata={"description": "minutes of leave on the date for this notice"})
    paid_minutes = Quantity(required=True, metadata={"description": "those of the minutes that are paid"})
    scheduled_minutes = Quantity(required=True, metadata={"description": "minutes the date would be worked"})
    full_time_minutes = Quantity(required=True, metadata={"description": "minutes of the full-time week"})


class Taken(DayOfLeave):
    """A date has passed as leave; one event for each notice and date. The subject is the carer."""

    part = Choice(*PARTS, required=True)


class Corrected(DayOfLeave):
    """What was taken on a date is put right; 0 minutes means worked instead. The subject is the carer."""

    previous_minutes = Quantity(required=True, metadata={"description": "minutes before the correction"})
    previous_paid_minutes = Quantity(required=True, metadata={"description": "paid minutes before the correction"})


CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType(
    {
        LEAVE_REQUESTED: Requested,
        LEAVE_CONFIRMED: Confirmed,
        LEAVE_NOT_WAIVED: NotWaived,
        LEAVE_POSTPONED: Postponed,
        LEAVE_WITHDRAWN: Withdrawn,
        LEAVE_TAKEN: Taken,
        LEAVE_CORRECTED: Corrected,
    }
)
