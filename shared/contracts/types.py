"""The names of the published events and of the formats they travel in. No schema is imported here.

A type is ``carers.<publisher>.<what-happened>.v<N>``. It is stored data for ever: a version only gains optional
fields, anything else is a new version beside the old one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BATCH_MEDIA_TYPE: Final = "application/cloudevents-batch+json"
DATA_MEDIA_TYPE: Final = "application/json"
SPEC_VERSION: Final = "1.0"
EXCHANGE: Final = "carers"
"""The topic exchange on the bus; the routing key is ``<instance>.<service>``."""

ORGANISATION_RECORDED: Final = "carers.workforce.organisation-recorded.v1"
EMPLOYMENT_RECORDED: Final = "carers.workforce.employment-recorded.v1"
EMPLOYMENT_CHANGED: Final = "carers.workforce.employment-changed.v1"
EMPLOYMENT_ENDED: Final = "carers.workforce.employment-ended.v1"
PERSON_FORGOTTEN: Final = "carers.workforce.person-forgotten.v1"

LEAVE_REQUESTED: Final = "carers.leave.requested.v1"
LEAVE_CONFIRMED: Final = "carers.leave.confirmed.v1"
LEAVE_NOT_WAIVED: Final = "carers.leave.not-waived.v1"
LEAVE_POSTPONED: Final = "carers.leave.postponed.v1"
LEAVE_WITHDRAWN: Final = "carers.leave.withdrawn.v1"
LEAVE_TAKEN: Final = "carers.leave.taken.v1"
LEAVE_CORRECTED: Final = "carers.leave.corrected.v1"

TRAINING_ASSIGNED: Final = "carers.accreditation.training-assigned.v1"
TRAINING_RELEASED: Final = "carers.accreditation.training-released.v1"
TRAINING_COMPLETED: Final = "carers.accreditation.training-completed.v1"
TRAINING_CORRECTED: Final = "carers.accreditation.training-corrected.v1"
TRAINING_EXPIRED: Final = "carers.accreditation.training-expired.v1"
TRAINING_EXEMPTED: Final = "carers.accreditation.training-exempted.v1"
PROVISION_RECORDED: Final = "carers.accreditation.provision-recorded.v1"
PROVISION_WITHDRAWN: Final = "carers.accreditation.provision-withdrawn.v1"
AREA_ASSESSED: Final = "carers.accreditation.area-assessed.v1"
AWARDED: Final = "carers.accreditation.awarded.v1"
AWARD_LAPSED: Final = "carers.accreditation.lapsed.v1"

BATCH_SEALED: Final = "carers.payroll.batch-sealed.v1"

PASSPORT_AGREED: Final = "carers.passport.agreed.v1"
PASSPORT_REVIEWED: Final = "carers.passport.reviewed.v1"
PASSPORT_TRANSFERRED: Final = "carers.passport.transferred.v1"
PASSPORT_RECEIVED: Final = "carers.passport.received.v1"
PASSPORT_ENDED: Final = "carers.passport.ended.v1"

PROGRESS_REPORTED: Final = "carers.reporting.progress-reported.v1"

TYPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "workforce": (
            ORGANISATION_RECORDED,
            EMPLOYMENT_RECORDED,
            EMPLOYMENT_CHANGED,
            EMPLOYMENT_ENDED,
            PERSON_FORGOTTEN,
        ),
        "leave": (
            LEAVE_REQUESTED,
            LEAVE_CONFIRMED,
            LEAVE_NOT_WAIVED,
            LEAVE_POSTPONED,
            LEAVE_WITHDRAWN,
            LEAVE_TAKEN,
            LEAVE_CORRECTED,
        ),
        "passport": (PASSPORT_AGREED, PASSPORT_REVIEWED, PASSPORT_TRANSFERRED, PASSPORT_RECEIVED, PASSPORT_ENDED),
        "accreditation": (
            TRAINING_ASSIGNED,
            TRAINING_RELEASED,
            TRAINING_COMPLETED,
            TRAINING_CORRECTED,
            TRAINING_EXPIRED,
            TRAINING_EXEMPTED,
            PROVISION_RECORDED,
            PROVISION_WITHDRAWN,
            AREA_ASSESSED,
            AWARDED,
            AWARD_LAPSED,
        ),
        "payroll": (BATCH_SEALED,),
        "reporting": (PROGRESS_REPORTED,),
    }
)
"""Publisher to the types it publishes."""

ABOUT_NO_PERSON: Final = frozenset(
    {
        ORGANISATION_RECORDED,
        PROVISION_RECORDED,
        PROVISION_WITHDRAWN,
        AREA_ASSESSED,
        AWARDED,
        AWARD_LAPSED,
        BATCH_SEALED,
        PROGRESS_REPORTED,
    }
)
"""Types without a ``subject``; every other type's subject is a person."""

_TYPE: Final = re.compile(r"carers\.(?P<publisher>[a-z]+)\.(?P<what>[a-z]+(?:-[a-z]+)*)\.v(?P<version>[1-9][0-9]*)")


def publisher_of(event_type: str) -> str:
    """The service that publishes the type. Raises ValueError where it is no type of ours.

    >>> publisher_of("carers.leave.taken.v1")
    'leave'
    """
    return _parts(event_type)["publisher"]


def dataschema_of(event_type: str) -> str:
    """The URI that names the schema of the type's data, also that schema's ``$id``.

    >>> dataschema_of("carers.leave.taken.v1")
    'urn:carers:leave:taken:v1'
    """
    return "urn:" + event_type.replace(".", ":")


def _parts(event_type: str) -> re.Match[str]:
    match = _TYPE.fullmatch(event_type)
    if match is None:
        raise ValueError(f"'{event_type}' is not written carers.<publisher>.<what-happened>.v<N>")
    return match
