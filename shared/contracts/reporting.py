"""What reporting publishes: a department's progress for a month, in whole-organisation totals alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import marshmallow as ma
from marshmallow import validate

from shared.contracts.fields import Contract, Flag, Instant, Month, Patterned, Ratio, Slug, Whole
from shared.contracts.types import PROGRESS_REPORTED


class Place(ma.fields.Tuple):
    """How far a source's log was read: its epoch and a position in it."""

    def __init__(self) -> None:
        super().__init__((ma.fields.String(validate=validate.Length(1, 36)), Whole()))

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, object] | None, **kwargs: object) -> Any:
        return list(super()._deserialize(value, attr, data, **kwargs))


class ServiceName(Patterned):
    """A service of the same instance."""

    pattern = "[a-z]+"
    meaning = "a service's name"


class Days(Patterned):
    """A number of days as a name."""

    pattern = "([0-9]|[1-5][0-9]|6[01])"
    meaning = "whole days from 0 to 61, the last standing for 61 and more"


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


class Share(Contract):
    """A part of some notices and the distinct people behind it; one person can be behind both parts."""

    numerator = Whole(required=True)
    denominator = Whole(required=True)
    people = Whole(required=True, metadata={"description": "distinct people behind the numerator"})
    others = Whole(required=True, metadata={"description": "distinct people behind the rest of the denominator"})
    largest = Whole(required=True, metadata={"description": "the most of one person in the numerator"})
    largest_other = Whole(required=True, metadata={"description": "the most of one person in the rest"})


class ShareSpans(Contract):
    """Indicators 13 and 15, over the month and over the rolling twelve months that end with it, by date of notice."""

    month = ma.fields.Nested(Share, required=True)
    year = ma.fields.Nested(Share, required=True)


class PassportsInDate(Contract):
    """Indicator 6 at the month's end, in people employed in the organisation that day."""

    in_date = Whole(required=True, metadata={"description": "last agreed or reviewed in the twelve months before"})
    agreed = Whole(required=True, metadata={"description": "agreed and not ended"})


class PeopleTrained(Contract):
    """Indicators 22 and 23 at the month's end: people trained among those past grace and not exempt."""

    trained = Whole(required=True)
    counted = Whole(required=True)
    in_grace = Whole(required=True, metadata={"description": "outside both, also where trained"})


class InPlace(Contract):
    """Indicators 17 and 24 at the month's end: whether the organisation has the provision in place."""

    in_place = Flag(required=True)


class Durations(Contract):
    """How long things took: how many by whole calendar days, "61" standing for 61 and more."""

    days = ma.fields.Dict(
        keys=Days(),
        values=Whole(),
        required=True,
        metadata={"description": "by days, how many took so long; days that none took are left out"},
    )
    people = Whole(required=True, metadata={"description": "distinct people behind them"})
    largest = Whole(required=True, metadata={"description": "the most of one person"})


class DurationSpans(Contract):
    """Indicator 7, over the month and over the rolling twelve months that end with it, by day of agreement."""

    month = ma.fields.Nested(Durations, required=True)
    year = ma.fields.Nested(Durations, required=True)


class Answers(Durations):
    """Indicator 16 over a span: days from a notice to its confirmation by the manager, or by HR in their place."""

    by_clock = Whole(required=True, metadata={"description": "notices confirmed by silence, which are not among them"})


class AnswerSpans(Contract):
    """Indicator 16, over the month and over the rolling twelve months that end with it, by day of confirmation."""

    month = ma.fields.Nested(Answers, required=True)
    year = ma.fields.Nested(Answers, required=True)


class AwardHeld(Contract):
    """A scheme with the highest unexpired level that covers the organisation."""

    scheme = Slug(required=True)
    level = Slug(required=True)


class AwardsHeld(Contract):
    """Indicator 18 at the month's end."""

    awards = ma.fields.List(ma.fields.Nested(AwardHeld), required=True)


Figures = Contract.from_dict(
    {
        "10": ma.fields.Nested(UptakeSpans, required=True),
        "11": ma.fields.Nested(VolumeSpans, required=True),
        "12": ma.fields.Nested(PaidShareSpans, required=True),
        "6": ma.fields.Nested(PassportsInDate),
        "7": ma.fields.Nested(DurationSpans),
        "13": ma.fields.Nested(ShareSpans),
        "15": ma.fields.Nested(ShareSpans),
        "16": ma.fields.Nested(AnswerSpans),
        "17": ma.fields.Nested(InPlace),
        "18": ma.fields.Nested(AwardsHeld),
        "22": ma.fields.Nested(PeopleTrained),
        "23": ma.fields.Nested(PeopleTrained),
        "24": ma.fields.Nested(InPlace),
    },
    name="Figures",
)
"""The numbers that the indicators are made of, by the indicator's number. Definitions of version 1 had 10, 11
and 12 alone; those of version 2 lacked 7 and 16."""


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
