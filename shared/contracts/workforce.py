"""What workforce publishes: organisations, and who is employed where, on what terms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import marshmallow as ma
from marshmallow import validate

from shared.contracts.fields import Choice, Contract, Day, Flag, Identifier, PlainText, Quantity, Ratio, Slug, Whole
from shared.contracts.types import (
    EMPLOYMENT_CHANGED,
    EMPLOYMENT_ENDED,
    EMPLOYMENT_RECORDED,
    ORGANISATION_RECORDED,
    PERSON_FORGOTTEN,
)


class OrganisationRecorded(Contract):
    """An organisation is known; the envelope's organisation is its slug."""

    name = PlainText(200, required=True)
    group = PlainText(200, required=True, allow_none=True, metadata={"description": "the group it belongs to, by name"})
    kind = Choice("department", "centre", required=True)


class Pattern(Contract):
    """A working pattern: a cycle of days that repeats from ``starts``."""

    starts = Day(required=True)
    days = ma.fields.List(
        ma.fields.List(Quantity(), validate=validate.Length(equal=2)),
        required=True,
        validate=validate.Length(1, 728),
        metadata={"description": "minutes in the morning and in the afternoon, for each day of the cycle"},
    )
    works_bank_holidays = Flag(required=True)
    varies = Flag(required=True, metadata={"description": "the hours differ from week to week"})


class EmploymentRecorded(Contract):
    """The full state of an employment from ``effective_from``. The subject is the person employed."""

    employment = Identifier(required=True)
    staff_number = PlainText(40, required=True)
    post = PlainText(required=True)
    employer = Slug(required=True, metadata={"description": "the legal employer"})
    manager = Identifier(required=True, allow_none=True, metadata={"description": "the line manager, a person"})
    nation = Choice("england", "wales", "scotland", "northern-ireland", "overseas", required=True)
    status = Choice("employee", "worker", "agency", "office-holder", "volunteer", required=True)
    fte = Ratio(required=True, metadata={"description": "share of full time, n/d"})
    full_time_minutes = Whole(1, required=True, metadata={"description": "minutes of the full-time week"})
    pattern = ma.fields.Nested(Pattern, required=True)
    starts = Day(required=True, metadata={"description": "first day of employment"})
    ends = Day(required=True, allow_none=True, metadata={"description": "last day of employment, if known"})
    effective_from = Day(required=True, metadata={"description": "first day on which this state holds"})


class EmploymentEnded(Contract):
    """An employment ends. The subject is the person employed."""

    employment = Identifier(required=True)
    ends = Day(required=True, metadata={"description": "the last day"})


class PersonForgotten(Contract):
    """The subject is to be forgotten: their personal text is erased and their key destroyed."""


CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType(
    {
        ORGANISATION_RECORDED: OrganisationRecorded,
        EMPLOYMENT_RECORDED: EmploymentRecorded,
        EMPLOYMENT_CHANGED: EmploymentRecorded,
        EMPLOYMENT_ENDED: EmploymentEnded,
        PERSON_FORGOTTEN: PersonForgotten,
    }
)
