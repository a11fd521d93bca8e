"""What reporting does with others' events. The centre half knows ``reporting.centre`` and nothing else."""

from __future__ import annotations

from services.reporting.read.centre_effects import progress_reported
from services.reporting.read.fact_effects import day_said, employment_said
from shared.contracts import types
from shared.people.effects import organisation_recorded
from shared.store.subscriptions import Subscription, ToRows

_EMPLOYMENT = (ToRows(employment_said),)
_DAY = (ToRows(day_said),)

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
    effects={types.LEAVE_TAKEN: _DAY, types.LEAVE_CORRECTED: _DAY},
)

CENTRE = Subscription(
    name="reporting.centre",
    source="reporting",
    effects={types.PROGRESS_REPORTED: (ToRows(progress_reported),)},
)

CONSUMED: tuple[Subscription, ...] = (WORKFORCE, LEAVE, CENTRE)
