"""What reporting does with others' events. The centre half knows ``reporting.centre`` and nothing else."""

from __future__ import annotations

from services.reporting.read.centre_effects import progress_reported
from services.reporting.read.fact_effects import day_said, employment_said
from services.reporting.read.measure_effects import (
    award_said,
    notice_said,
    passport_said,
    provision_said,
    training_said,
)
from shared.contracts import types
from shared.people.effects import organisation_recorded
from shared.store.subscriptions import Subscription, ToRows

_EMPLOYMENT = (ToRows(employment_said),)
_DAY = (ToRows(day_said),)
_NOTICE = (ToRows(notice_said),)
_PASSPORT = (ToRows(passport_said),)
_TRAINING = (ToRows(training_said),)
_PROVISION = (ToRows(provision_said),)
_AWARD = (ToRows(award_said),)

WORKFORCE = Subscription(
    name="reporting.workforce",
    source="workforce",
    effects={
        types.ORGANISATION_RECORDED: (ToRows(organisation_recorded),),
        types.EMPLOYMENT_RECORDED: _EMPLOYMENT,
        types.EMPLOYMENT_CHANGED: _EMPLOYMENT,
        types.EMPLOYMENT_ENDED: _EMPLOYMENT,
    },
)

LEAVE = Subscription(
    name="reporting.leave",
    source="leave",
    effects={
        types.LEAVE_REQUESTED: _NOTICE,
        types.LEAVE_CONFIRMED: _NOTICE,
        types.LEAVE_NOT_WAIVED: _NOTICE,
        types.LEAVE_POSTPONED: _NOTICE,
        types.LEAVE_TAKEN: _DAY,
        types.LEAVE_CORRECTED: _DAY,
    },
)

PASSPORT = Subscription(
    name="reporting.passport",
    source="passport",
    effects={
        types.PASSPORT_AGREED: _PASSPORT,
        types.PASSPORT_REVIEWED: _PASSPORT,
        types.PASSPORT_ENDED: _PASSPORT,
    },
)

ACCREDITATION = Subscription(
    name="reporting.accreditation",
    source="accreditation",
    effects={
        types.TRAINING_ASSIGNED: _TRAINING,
        types.TRAINING_RELEASED: _TRAINING,
        types.TRAINING_COMPLETED: _TRAINING,
        types.TRAINING_CORRECTED: _TRAINING,
        types.TRAINING_EXEMPTED: _TRAINING,
        types.PROVISION_RECORDED: _PROVISION,
        types.PROVISION_WITHDRAWN: _PROVISION,
        types.AWARDED: _AWARD,
        types.AWARD_LAPSED: _AWARD,
    },
)

CENTRE = Subscription(
    name="reporting.centre",
    source="reporting",
    effects={types.PROGRESS_REPORTED: (ToRows(progress_reported),)},
)

CONSUMED: tuple[Subscription, ...] = (WORKFORCE, LEAVE, PASSPORT, ACCREDITATION, CENTRE)
