"""What the API takes and gives."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import marshmallow as ma
from marshmallow import validate

from services.reporting.domain.catalogue import ONE_BY_ONE
from services.reporting.domain.hold import REASONS
from services.reporting.domain.indicator import AnyIndicator, Kind
from services.reporting.domain.released import STOCKS
from shared.web import fields
from shared.web.schemas import AnswerSchema, Schema

MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])\Z"


class MonthSchema(Schema):
    """Which month."""

    month = ma.fields.String(
        required=True,
        validate=validate.Regexp(MONTH, error="Enter a month like 2026-11"),
        error_messages={"required": "Enter a month like 2026-11"},
        metadata={"description": "A calendar month, YYYY-MM"},
    )


class KnownSchema(Schema):
    """As known on which day."""

    known = fields.Date(
        load_default=None,
        label="the day",
        metadata={"description": "Returns as they stood at the end of this day, in London; now where left out"},
    )


class KnownMonthSchema(MonthSchema, KnownSchema):
    """Which month, and as known on which day."""


class ReturnSchema(Schema):
    """One department's return for a month, exact, as it stands."""

    organisation = ma.fields.String(required=True)
    month = ma.fields.String(required=True)
    as_at = ma.fields.Date(required=True, metadata={"description": "The day at whose end stocks are taken"})
    as_known = ma.fields.AwareDateTime(required=True, metadata={"description": "When it was computed"})
    definition = ma.fields.Integer(required=True)
    revision = ma.fields.Integer(required=True)
    complete = ma.fields.Boolean(required=True)
    markers = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "[r] revised, [p] provisional"}
    )
    figures = ma.fields.Dict(
        required=True,
        metadata={"description": "By indicator and span; numerators and denominators as integers or n/d"},
    )
    positions = ma.fields.Dict(required=True, metadata={"description": "By source: epoch and position computed from"})


class HoldSchema(Schema):
    """Why the organisation's returns are put on hold."""

    reason = fields.Choice(
        REASONS,
        required=True,
        error_messages={"required": "Choose the reason"},
        metadata={"description": "Why no return is made for a time"},
    )


class HoldPageSchema(HoldSchema):
    """Why, and that it is understood."""

    understood = fields.Flag(
        required=True,
        validate=validate.Equal(True, error="Select the box to confirm that you understand"),
        error_messages={"required": "Select the box to confirm that you understand"},
    )


class HoldChangedSchema(AnswerSchema):
    """The organisation's returns were put on hold, or go on."""

    on_hold = ma.fields.Boolean(metadata={"description": "Whether the organisation's returns are on hold now"})


class OnHoldSchema(Schema):
    """An organisation whose returns are on hold now."""

    organisation = ma.fields.String(required=True)
    since = ma.fields.Date(required=True)
    reason = ma.fields.String(required=True, validate=validate.OneOf(list(REASONS)))


class ReturnsSchema(Schema):
    """The exact returns of a month that the caller may see; departments without one are named."""

    month = ma.fields.String(required=True)
    returns = ma.fields.List(ma.fields.Nested(ReturnSchema), required=True)
    on_hold = ma.fields.List(
        ma.fields.Nested(OnHoldSchema),
        required=True,
        metadata={"description": "Organisations whose returns are on hold now, of those that the caller may see"},
    )
    missing = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "Marked [x] on the page"})


class CellSchema(Schema):
    """A released number as text, or the marker in its place, and the markers beside it."""

    text = ma.fields.String(required=True)
    markers = ma.fields.List(ma.fields.String(), required=True)


_READS: Final = {
    Kind.MEDIAN: ", median in days",
    Kind.PRESENT: ", yes or no",
    Kind.LEVELS: ": scheme and level, with commas between, or no",
}


def _cell(name: str, description: str = "") -> ma.fields.Field[Any]:
    metadata = {"description": description} if description else {}
    return ma.fields.Nested(CellSchema, required=True, attribute=f"cells.{name}", metadata=metadata)


def _cells(indicator: AnyIndicator) -> dict[str, ma.fields.Field[Any]]:
    """The cells of an indicator. Where it has several, the glossary says of each what it is."""
    words = f"Indicator {indicator.number}{_READS.get(indicator.kind, '')}" if len(indicator.cells) == 1 else ""
    return {name: _cell(name, words) for name in indicator.cells}


class ProgressSchema(Schema):
    """What is released of one department's month."""

    organisation = ma.fields.String(required=True)
    month = ma.fields.String(required=True)
    as_at = ma.fields.Date(required=True)
    as_known = ma.fields.AwareDateTime(required=True)
    definition = ma.fields.Integer(required=True)

    class Meta(Schema.Meta):
        """Staff numbers, then each indicator's cells."""

        include: ClassVar = {name: _cell(name) for name in STOCKS} | {
            name: cell for each in ONE_BY_ONE for name, cell in _cells(each).items()
        }


class ProgressesSchema(Schema):
    """What is released of every department's month; departments without a return are named."""

    month = ma.fields.String(required=True)
    progress = ma.fields.List(ma.fields.Nested(ProgressSchema), required=True)
    missing = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "Marked [x] on the page"})


class IndicatorSchema(Schema):
    """One indicator of one row of the board: the page's words, and what is divided by what where that may be told."""

    indicator = ma.fields.String(required=True, metadata={"description": "Its number; 17h is 17 by headcount"})
    about = ma.fields.String(required=True, metadata={"description": "What it counts, in words"})
    value = ma.fields.String(required=True, metadata={"description": "As on the page, or a marker in its place"})
    numerator = ma.fields.String(required=True, metadata={"description": "Empty where it is not told"})
    denominator = ma.fields.String(required=True, metadata={"description": "Empty where it is not told"})
    markers = ma.fields.List(ma.fields.String(), required=True)


class BoardRowSchema(Schema):
    """A row of the board: a department, a group or all departments together."""

    row = ma.fields.String(
        required=True,
        validate=validate.OneOf(["organisation", "group", "all"]),
        metadata={"description": "What the row is of: one department, a group, or all together"},
    )
    organisation = ma.fields.String(required=True, metadata={"description": "Empty for a group and for all"})
    name = ma.fields.String(required=True)
    group = ma.fields.String(required=True, metadata={"description": "The group of a department; else empty"})
    returned = ma.fields.String(
        required=True, metadata={"description": "Of several departments how many have a return, such as 7 of 8"}
    )
    indicators = ma.fields.List(
        ma.fields.Nested(IndicatorSchema), required=True, metadata={"description": "By number; the medians last"}
    )


class BoardSchema(Schema):
    """A month's board: exact for the statistics role, what is released for everybody else."""

    month = ma.fields.String(required=True)
    known = ma.fields.Date(required=True, allow_none=True, metadata={"description": "Null: as it stands"})
    exact = ma.fields.Boolean(required=True, metadata={"description": "False: what is released"})
    rows = ma.fields.List(
        ma.fields.Nested(BoardRowSchema),
        required=True,
        metadata={"description": "Departments by name, then groups by name, then all departments together"},
    )
