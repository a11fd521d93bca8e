"""What accreditation publishes: training by its dates, what is in place for carers, awards. No note, no reason.

``course`` is one organisation's course; its ``code`` is the name that people use.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import marshmallow as ma
from marshmallow import validate

from shared.contracts.fields import Choice, Contract, Day, Flag, Identifier, Slug, Whole
from shared.contracts.types import (
    AREA_ASSESSED,
    AWARD_LAPSED,
    AWARDED,
    PROVISION_RECORDED,
    PROVISION_WITHDRAWN,
    TRAINING_ASSIGNED,
    TRAINING_COMPLETED,
    TRAINING_CORRECTED,
    TRAINING_EXEMPTED,
    TRAINING_EXPIRED,
    TRAINING_RELEASED,
)

MOST_ORGANISATIONS: Final = 200


class OfCourse(Contract):
    """Something about one person and one course. The subject is the person."""

    course = Identifier(required=True)
    code = Slug(required=True, metadata={"description": "the course's name in files and addresses"})


class TrainingAssigned(OfCourse):
    """The person is asked to take the course; replaces what was said of it before."""

    audience = Choice("all-staff", "line-managers", "new-joiners", required=True)
    least_version = Whole(1, required=True, metadata={"description": "completions of earlier versions do not count"})
    since = Day(required=True, metadata={"description": "the first day on which they are asked"})
    due_on = Day(required=True, metadata={"description": "their first day after grace"})


class TrainingReleased(OfCourse):
    """The person left the course's audience."""

    left_on = Day(required=True, metadata={"description": "the first day on which they are asked no longer"})


class TrainingCompleted(OfCourse):
    """The person completed a version of the course."""

    completion = Identifier(required=True)
    version = Whole(1, required=True)
    completed_on = Day(required=True)
    expires_on = Day(
        required=True, allow_none=True, metadata={"description": "the first day on which it counts no longer"}
    )


class TrainingCorrected(OfCourse):
    """A completion was recorded by mistake and never counted."""

    completion = Identifier(required=True)


class TrainingExpired(OfCourse):
    """A completion's validity is over, as its completion said; told by the clock."""

    completion = Identifier(required=True)
    expired_on = Day(required=True)
    renewed = Flag(required=True, metadata={"description": "another completion counted on that day"})


class TrainingExempted(OfCourse):
    """The person is outside the course's figures for a time; ``starts`` names it, and the last word on it counts."""

    starts = Day(required=True)
    counted_from = Day(required=True, metadata={"description": "the first day on which they are outside"})
    until = Day(
        required=True, allow_none=True, metadata={"description": "the last day; one before starts: none at all"}
    )


class OfProvision(Contract):
    """Something about a provision of the envelope's organisation."""

    kind = Slug(required=True)
    starts = Day(required=True, metadata={"description": "its first day; names this time of it"})


class ProvisionRecorded(OfProvision):
    """The organisation has put something in place for carers; ``starts`` names it, and the last word on it counts."""

    vacant_since = Day(required=True, allow_none=True, metadata={"description": "a champion's first vacant day"})
    counts_until = Day(
        required=True, allow_none=True, metadata={"description": "the last day on which it counts in spite of that"}
    )


class ProvisionWithdrawn(OfProvision):
    """It is in place no longer."""

    ends = Day(required=True, metadata={"description": "the first day on which it is not in place"})


class AreaAssessed(Contract):
    """The envelope's organisation assessed itself in an area of a scheme; replaces what was said of it before."""

    scheme = Slug(required=True)
    area = Slug(required=True)
    areas = Whole(1, required=True, metadata={"description": "how many areas the scheme has"})
    evidence_on = Day(required=True, metadata={"description": "the day that the evidence is from"})


class OfAward(Contract):
    """Something about an award that the envelope's organisation holds."""

    award = Identifier(required=True)
    scheme = Slug(required=True)
    level = Slug(required=True)


class Awarded(OfAward):
    """An award is held and covers these organisations."""

    starts = Day(required=True)
    until = Day(required=True, metadata={"description": "the last day"})
    organisations = ma.fields.List(Slug(), required=True, validate=validate.Length(1, MOST_ORGANISATIONS))


class AwardLapsed(OfAward):
    """An award is over, by the clock or before its time."""

    lapsed_on = Day(required=True, metadata={"description": "the first day without it"})


CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType(
    {
        TRAINING_ASSIGNED: TrainingAssigned,
        TRAINING_RELEASED: TrainingReleased,
        TRAINING_COMPLETED: TrainingCompleted,
        TRAINING_CORRECTED: TrainingCorrected,
        TRAINING_EXPIRED: TrainingExpired,
        TRAINING_EXEMPTED: TrainingExempted,
        PROVISION_RECORDED: ProvisionRecorded,
        PROVISION_WITHDRAWN: ProvisionWithdrawn,
        AREA_ASSESSED: AreaAssessed,
        AWARDED: Awarded,
        AWARD_LAPSED: AwardLapsed,
    }
)
