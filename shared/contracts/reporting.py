"""What reporting publishes: a department's progress for a month, in whole-organisation totals alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import marshmallow as ma
from marshmallow import validate

from shared.contracts.fields import Contract, Flag, Instant, Month, Patterned, Ratio, Whole
from shared.contracts.types import PROGRESS_REPORTED


class Place(ma.fields.Tuple):
    """How far a source's log was read: its epoch and a position in it."""

    def __init__(self) -> None:
        super().__init__((ma.fields.String(validate=validate.Length(1, 36)), Whole()))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return list(super()._deserialize(value, attr, data, **kwargs))


class ServiceName(Patterned):
    """A service of the same instance."""

    pattern = "[a-z]+"
    meaning = "a service's name"


class Uptake(Contract):
    """Indicator 10 over a span: who took leave."""

    people = Whole(required=True, metadata={"description": "distinct people with a day taken"})
    headcount = Ratio(required=True, metadata={"description": "mean of the span's month-end headcounts"})


class Volume(Uptake):
    """Indicator 11 over a span: how much leave, in days of one fifth of the full-time week."""

    days = Ratio(required=True)
    paid_days = Ratio(required=True)
    unpaid_days = Ratio(required=True)
    fte = Ratio(required=True, metadata={"description": "mean of the span's month-end full-time equivalents"})
    largest = Ratio(required=True, metadata={"description": "the most days of one person"})


class PaidShare(Contract):
    """Indicator 12 over a span: how much of the leave is paid."""

    paid_days = Ratio(required=True)
    days = Ratio(required=True)
    paid_people = Whole(required=True, metadata={"description": "distinct people with a paid day"})
    unpaid_people = Whole(required=True, metadata={"description": "distinct people with an unpaid day"})
    largest_paid = Ratio(required=True, metadata={"description": "the most paid days of one person"})
    largest_unpaid = Ratio(required=True, metadata={"description": "the most unpaid days of one person"})


class UptakeSpans(Contract):
    """Indicator 10, over the month and over the rolling twelve months that end with it."""

    month = ma.fields.Nested(Uptake, required=True)
    year = ma.fields.Nested(Uptake, required=True)


class VolumeSpans(Contract):
    """Indicator 11, over the month and over the rolling twelve months that end with it."""

    month = ma.fields.Nested(Volume, required=True)
    year = ma.fields.Nested(Volume, required=True)


class PaidShareSpans(Contract):
    """Indicator 12, over the month and over the rolling twelve months that end with it."""

    month = ma.fields.Nested(PaidShare, required=True)
    year = ma.fields.Nested(PaidShare, required=True)


Figures = Contract.from_dict(
    {
        "10": ma.fields.Nested(UptakeSpans, required=True),
        "11": ma.fields.Nested(VolumeSpans, required=True),
        "12": ma.fields.Nested(PaidShareSpans, required=True),
    },
    name="Figures",
)
"""The numbers that the indicators are made of, by the indicator's number."""


class ProgressReported(Contract):
    """A revision of a department's return for a month; within an epoch the highest revision counts."""

    month = Month(required=True)
    definition = Whole(1, required=True, metadata={"description": "version of the indicators' definitions"})
    revision = Whole(1, required=True)
    as_known = Instant(required=True, metadata={"description": "what was recorded up to then is in the figures"})
    complete = Flag(required=True, metadata={"description": "nothing that belongs in the figures was held back"})
    figures = ma.fields.Nested(Figures, required=True)
    positions = ma.fields.Dict(
        keys=ServiceName(),
        values=Place(),
        required=True,
        metadata={"description": "by service, the epoch and the position up to which its log was read"},
    )


CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType({PROGRESS_REPORTED: ProgressReported})
