"""Leave's payloads: what is asked, what is shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import marshmallow as ma

from services.leave.domain.assessment import MOST_DATES
from services.leave.web.words import PART_WORDS
from shared.kernel.errors import InvalidError
from shared.kernel.working_time import minutes_json, parse_minutes
from shared.web import fields
from shared.web.schemas import AnswerSchema, PageSchema, Schema

PAGE_SIZE = 50
"""Notices on one page."""


class Minutes(ma.fields.Field[Fraction]):
    """Minutes, exact: a whole number, or a fraction as text such as "555/2"."""

    documented: ClassVar[dict[str, object]] = {
        "type": ["integer", "string"],
        "minimum": 0,
        "pattern": r"^[0-9]{1,6}/[0-9]{1,6}$",
        "examples": [222, "555/2"],
    }
    """As JSON Schema."""

    def __init__(self, *, label: str = "the minutes", **kwargs: Any) -> None:
        description = "Minutes: a whole number, or text n/d where a half of a day is no whole number"
        super().__init__(metadata={"description": description}, **kwargs)
        self.label = label

    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: object) -> Fraction:
        try:
            minutes = parse_minutes(super()._deserialize(value, attr, data, **kwargs))
        except InvalidError as error:
            raise ma.ValidationError("Enter a whole number of minutes, or a fraction such as 555/2") from error
        if not 0 <= minutes <= 24 * 60:
            raise ma.ValidationError("Enter between 0 and 1440 minutes")
        return minutes

    def _serialize(self, value: Any, attr: str | None, obj: object, **kwargs: object) -> object:
        shown = super()._serialize(value, attr, obj, **kwargs)
        return None if shown is None else minutes_json(parse_minutes(shown))


class DaySchema(Schema):
    """A day of leave."""

    date = fields.Date(required=True, label="the day you need")
    part = fields.Choice(
        PART_WORDS,
        required=True,
        label="how much of the day",
        metadata={"description": "am and pm on a day of two sessions, half on a day of one"},
    )


class GiveNoticeSchema(Schema):
    """Notice of leave in one post, with both limbs of the declaration."""

    employment = fields.Identifier(
        load_default="", label="your post", metadata={"description": "Needed where one has several posts"}
    )
    days = fields.List(
        fields.Nested(DaySchema),
        required=True,
        validate=ma.validate.Length(1, MOST_DATES, error=f"Ask for 1 to {MOST_DATES} days"),
        error_messages={"required": "Enter the day you need"},
    )
    give_back = fields.List(
        fields.Date(label="the date"),
        load_default=list,
        validate=ma.validate.Length(max=MOST_DATES, error=f"Name at most {MOST_DATES} dates"),
        metadata={
            "description": "Dates booked before, cancelled whole in one with this request, to make room; none with a "
            "late one, which may not be accepted"
        },
    )
    dependant = fields.Flag(
        required=True,
        metadata={"description": "The person cared for is a dependant with a long-term care need"},
        error_messages={"required": "Tick the first box if it is true. You are never asked for proof"},
    )
    care = fields.Flag(
        required=True,
        metadata={"description": "The absence is to give or arrange care"},
        error_messages={"required": "Tick the second box if it is true. You are never asked for proof"},
    )


class WithdrawSchema(Schema):
    """Which days are cancelled."""

    dates = fields.List(
        fields.Date(label="the date"),
        load_default=list,
        validate=ma.validate.Length(max=MOST_DATES, error=f"Name at most {MOST_DATES} dates"),
        metadata={"description": "Empty: every day that has not begun"},
    )


class CorrectDaySchema(Schema):
    """A day that was taken, and what it should be."""

    minutes = Minutes(required=True, error_messages={"required": "Choose how much of the day was leave"})
    reason = fields.Text(
        max=500,
        lines=True,
        required=True,
        error_messages={"required": "Say in a few words why you are correcting the day"},
        label="why the day is corrected",
        metadata={"description": "Kept sealed with the person's key; nothing about health or family"},
    )
    notice = fields.Identifier(required=True, label="the notice")
    date = fields.Date(required=True, label="the date")


class NoticesQuerySchema(PageSchema):
    """Whose notices."""

    person = fields.Identifier(load_default="", label="the person", metadata={"description": "Oneself where left out"})


class WaitingQuerySchema(PageSchema):
    """Whose decisions."""

    of = fields.Choice(
        {"reports": "The people I manage", "organisation": "My organisation"},
        load_default="reports",
        label="whose",
    )


class WhatIfQuerySchema(Schema):
    """Days to try out."""

    employment = fields.Identifier(load_default="", label="your post")
    first = fields.Date(required=True, label="the first day")
    last = fields.Date(load_default=None, label="the last day", metadata={"description": "The first where left out"})
    part = fields.Choice(PART_WORDS, load_default="whole", label="how much of each day")
    give_back = fields.Date(
        load_default=None, label="the date", metadata={"description": "A date booked before, cancelled to make room"}
    )


class SpanSchema(Schema):
    """Twelve months that are looked at together, both ends included."""

    first = ma.fields.String()
    last = ma.fields.String()


class GiveUpSchema(Schema):
    """What to cancel on a later date so that this one fits."""

    date = ma.fields.String()
    give_up_minutes = Minutes()


class DateAnswerSchema(Schema):
    """The answer for one date."""

    date = ma.fields.String()
    part = ma.fields.String()
    state = ma.fields.String(
        metadata={"description": "fits, no-working-time (not counted), or the code of the rule that says no"}
    )
    minutes = Minutes()
    counted_minutes = Minutes()
    scheduled_minutes = Minutes()
    fits_minutes = Minutes()
    fits_part = ma.fields.String()
    window = ma.fields.Nested(SpanSchema, allow_none=True)
    back_on = ma.fields.String(allow_none=True)
    fits_if = ma.fields.Nested(GiveUpSchema, allow_none=True)
    sentence = ma.fields.String()


class WhatIfSchema(Schema):
    """What notice of these days would be answered now."""

    fits = ma.fields.Boolean(metadata={"description": "Whether notice of exactly these dates can be given"})
    state = ma.fields.String(metadata={"description": "given or late"})
    late = ma.fields.Boolean()
    standing_waiver = ma.fields.Boolean()
    law = ma.fields.String(metadata={"description": "The version of the rules"})
    week_minutes = Minutes()
    given_on = ma.fields.String()
    first_day = ma.fields.String(allow_none=True)
    deadline = ma.fields.String(
        allow_none=True,
        metadata={"description": "The last day of a lawful postponement; confirmed automatically after it"},
    )
    in_time_until = ma.fields.String(
        allow_none=True, metadata={"description": "The last day on which notice of these days is in time"}
    )
    left_after_minutes = Minutes()
    dates = ma.fields.List(ma.fields.Nested(DateAnswerSchema))
    latest_notice = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    in_time_from = ma.fields.String(allow_none=True)


class NoticeGivenSchema(AnswerSchema, WhatIfSchema):
    """A notice that was given."""

    notice = ma.fields.String()


class NoticeDecidedSchema(AnswerSchema):
    """What a notice is now."""

    notice = ma.fields.String()
    state = ma.fields.String()


class NoticeWithdrawnSchema(NoticeDecidedSchema):
    """What was cancelled."""

    dates = ma.fields.List(ma.fields.String())


class DayCorrectedSchema(AnswerSchema):
    """A day put right."""

    notice = ma.fields.String()
    date = ma.fields.String()
    minutes = Minutes()
    windows_over = ma.fields.List(
        ma.fields.Nested(SpanSchema), metadata={"description": "Twelve months that hold more than a week by now"}
    )


class DateShownSchema(Schema):
    """A date of a notice, as a colleague may see it."""

    date = ma.fields.String()
    part = ma.fields.String()
    state = ma.fields.String()
    shown = ma.fields.String(
        metadata={"description": "What the day is by now, in words: Confirmed, Postponed to 16 March 2026, Cancelled"}
    )


class DayShownSchema(DateShownSchema):
    """A date of a notice, with what was decided about it."""

    minutes = Minutes()
    counted_minutes = Minutes()
    scheduled_minutes = Minutes()
    begins_at = ma.fields.String()
    window_first = ma.fields.String()
    window_last = ma.fields.String()
    left_by_minutes = Minutes()
    left_by_share = Minutes()
    corrected = ma.fields.Boolean()
    is_new = ma.fields.Boolean(metadata={"description": "It has the place of a day that was postponed"})
    reason = ma.fields.String(metadata={"description": "Of a correction; empty where the person was erased"})


class NoticeSchema(Schema):
    """A notice, by the fields that one may see."""

    notice = ma.fields.String()
    person = ma.fields.String()
    employer = ma.fields.String()
    organisation = ma.fields.String()
    employment = ma.fields.String()
    state = ma.fields.String(metadata={"description": "late, given, confirmed, lapsed, not-waived or withdrawn"})
    given_at = ma.fields.String()
    given_on = ma.fields.String()
    late = ma.fields.Boolean()
    waived = ma.fields.Boolean()
    standing_waiver = ma.fields.Boolean()
    deadline = ma.fields.String()
    confirmed_by = ma.fields.String()
    confirmed_on = ma.fields.String()
    law = ma.fields.String()
    calendar = ma.fields.String()
    week_minutes = Minutes()
    latest_notice = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    gave_back = ma.fields.List(
        ma.fields.String(), metadata={"description": "Dates of other leave that was cancelled to make room for it"}
    )
    postponed_on = ma.fields.String(metadata={"description": "Empty where nothing of it was postponed"})
    decided_on = ma.fields.String(metadata={"description": "When it was not accepted, else empty"})
    decided_by = ma.fields.String()
    consulted_on = ma.fields.String()
    agreed = ma.fields.Boolean()
    lawful = ma.fields.Boolean()
    in_time_from = ma.fields.String(metadata={"description": "From when one that was not accepted is in time"})
    moved_to = ma.fields.String(metadata={"description": "The notice that has the place of one that was not accepted"})
    reason = ma.fields.String(metadata={"description": "Of a postponement, or of not accepting"})
    pay = ma.fields.String()
    dates = ma.fields.List(ma.fields.Nested(DateShownSchema))
    days = ma.fields.List(ma.fields.Nested(DayShownSchema))


class NoticesSchema(Schema):
    """A page of notices."""

    notices = ma.fields.List(ma.fields.Nested(NoticeSchema))
