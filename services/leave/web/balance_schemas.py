"""The payloads of a balance: whose, on which day, and what is left with each legal employer."""

from __future__ import annotations

import marshmallow as ma

from services.leave.web.schemas import Minutes, SpanSchema
from shared.web import fields
from shared.web.schemas import Schema


class BalanceQuerySchema(Schema):
    """Whose balance, and on which day."""

    person = fields.Identifier(load_default="", label="the person", metadata={"description": "Oneself where left out"})
    on = fields.Date(load_default=None, label="the day", metadata={"description": "Today where left out"})


class BackSchema(Schema):
    """Time that comes back."""

    date = ma.fields.String()
    minutes = Minutes()


class BalanceSchema(Schema):
    """The week with one legal employer; or why there is none, with a code and a sentence."""

    employer = ma.fields.String()
    refused = ma.fields.String()
    sentence = ma.fields.String()
    day = ma.fields.String()
    law = ma.fields.String()
    week_minutes = Minutes()
    window = ma.fields.Nested(SpanSchema)
    used_minutes = Minutes()
    booked_minutes = Minutes()
    left_minutes = Minutes()
    back = ma.fields.List(ma.fields.Nested(BackSchema))
    all_back_on = ma.fields.String(allow_none=True)
    full_week_from = ma.fields.String(allow_none=True)


class BalancesSchema(Schema):
    """A balance for each legal employer."""

    balances = ma.fields.List(ma.fields.Nested(BalanceSchema))
