"""The payloads of the pages on which a carer asks for leave: the dates, how much of each, what was asked so far."""

from __future__ import annotations

import marshmallow as ma

from services.leave.domain.assessment import MOST_DATES
from services.leave.web.schemas import DaySchema
from services.leave.web.words import PART_WORDS
from shared.web import fields
from shared.web.schemas import Schema


class AskedSchema(Schema):
    """What was asked for so far: the post, where there are several, and the days."""

    employment = fields.Identifier(load_default="", label="your post")
    days = fields.List(fields.Nested(DaySchema), load_default=list, validate=ma.validate.Length(max=MOST_DATES))


class WhenSchema(Schema):
    """The first page: a day, or the first and the last of several in a row; and in which post where one has several."""

    employment = fields.Identifier(
        load_default="", label="your post", error_messages={"required": "Choose the post you need leave from"}
    )
    date = fields.Date(required=True, error_messages={"required": "Enter the day you need, or the first of several"})
    last = fields.Date(load_default=None, label="the last day")


class PartSchema(Schema):
    """The second page: how much of the day, or of each."""

    part = fields.Choice(PART_WORDS, required=True, error_messages={"required": "Choose how much of the day you need"})
