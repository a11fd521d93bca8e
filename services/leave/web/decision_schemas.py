"""The payloads of what is decided about a notice: postponement, and keeping to the notice period."""

from __future__ import annotations

import marshmallow as ma

from services.leave.domain.assessment import MOST_DATES
from services.leave.web.schemas import DaySchema, Minutes, NoticeDecidedSchema
from shared.web import fields
from shared.web.schemas import Schema


class NotWaiveSchema(Schema):
    """Why the notice period is kept to."""

    reason = fields.Text(
        max=500,
        lines=True,
        required=True,
        label="why you are not accepting the late request",
        error_messages={"required": "Say in a few words why you are not accepting the late request"},
    )


class TermsSchema(Schema):
    """What a postponement needs beside its days: consultation, the disruption, whether the carer agrees."""

    consulted = fields.Flag(
        required=True,
        validate=ma.validate.Equal(True, error="Talk to them first, then tick the box"),
        metadata={"description": "The carer was consulted"},
        error_messages={"required": "Talk to them first, then tick the box"},
    )
    consulted_on = fields.Date(
        required=True,
        label="the day on which you talked",
        error_messages={"required": "Enter the day you talked to them"},
    )
    agreed = fields.Flag(
        required=True,
        metadata={"description": "The carer agrees to the new days"},
        error_messages={"required": "Choose whether they agree to the new days"},
    )
    reason = fields.Text(
        max=500,
        lines=True,
        required=True,
        label="how the work would be unduly disrupted",
        metadata={"description": "How the operation of the business would be unduly disrupted"},
        error_messages={"required": "Say how the work would be unduly disrupted"},
    )


class PostponeSchema(TermsSchema):
    """Days of a notice that are postponed, and those in their place."""

    dates = fields.List(
        fields.Date(label="the date"),
        load_default=list,
        validate=ma.validate.Length(max=MOST_DATES, error=f"Name at most {MOST_DATES} dates"),
        metadata={"description": "All that have not begun where left out"},
    )
    days = fields.List(
        fields.Nested(DaySchema),
        required=True,
        validate=ma.validate.Length(1, MOST_DATES, error=f"Name 1 to {MOST_DATES} days"),
        metadata={"description": "The new days: together the same minutes"},
    )


class PostponedDatesSchema(Schema):
    """Which dates of a notice are postponed."""

    dates = fields.List(
        fields.Date(label="the date"),
        required=True,
        validate=ma.validate.Length(1, MOST_DATES),
        error_messages={"required": "Choose at least one day"},
    )


class PlaceSchema(Schema):
    """A new day for one that is postponed, as a choice on a page: its date and part."""

    place = fields.Text(max=20, required=True, label="the new day")


class PlacesSchema(Schema):
    """A new day for each that is postponed."""

    days = fields.List(
        fields.Nested(PlaceSchema),
        required=True,
        validate=ma.validate.Length(max=MOST_DATES),
        error_messages={"required": "Choose the new days"},
    )


class ConfirmedTermsSchema(TermsSchema):
    """The last page of a postponement: what was answered, and whether it was checked."""

    checked = fields.Flag(load_default=False)


class NotWaivedSchema(NoticeDecidedSchema):
    """The first date for which the notice is in time."""

    in_time_from = ma.fields.String()


class NewDaySchema(Schema):
    """A day that takes the place of another, or could."""

    date = ma.fields.String()
    part = ma.fields.String()


class PostponedSchema(NoticeDecidedSchema):
    """The days that have taken the place of others."""

    days = ma.fields.List(ma.fields.Nested(NewDaySchema))


class PostponableDateSchema(NewDaySchema):
    """A date that can be postponed, and the days of the same minutes that could take its place."""

    minutes = Minutes()
    days = ma.fields.List(ma.fields.Nested(NewDaySchema))


class PostponementSchema(Schema):
    """Whether and until when a notice can be postponed, and which days could take the place of its dates."""

    possible = ma.fields.Boolean()
    within_limits = ma.fields.Boolean(
        metadata={"description": "False where only HR can record what the carer agrees to"}
    )
    sentence = ma.fields.String(metadata={"description": "Why it cannot; empty where it can"})
    last_day = ma.fields.String(metadata={"description": "The last day on which it can be postponed"})
    first_start = ma.fields.String(allow_none=True)
    last_start = ma.fields.String(metadata={"description": "The last day on which the new days can start"})
    dates = ma.fields.List(ma.fields.Nested(PostponableDateSchema))
