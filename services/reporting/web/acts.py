"""What people can do in reporting."""

from __future__ import annotations

from services.reporting.domain.commands import HoldReturns, ResumeReturns
from services.reporting.web.access import HOLD, admit_to_own
from services.reporting.web.held import require_returns
from services.reporting.web.schemas import HoldChangedSchema, HoldSchema
from shared.web.actor import Actor
from shared.web.acts import Act, in_organisation
from shared.web.schemas import EmptySchema


def _own_organisation(actor: Actor) -> None:
    admit_to_own(actor, HOLD)


def _with_returns(actor: Actor) -> None:
    _own_organisation(actor)
    require_returns(actor.organisation)


HOLD_RETURNS = Act(
    name="hold_returns",
    about="Put the returns of one's organisation on hold: none is made until they are let go on. For HR.",
    schema=HoldSchema,
    answer=HoldChangedSchema,
    admit=_with_returns,
    make=in_organisation(HoldReturns),
)

RESUME_RETURNS = Act(
    name="resume_returns",
    about="Let the returns of one's organisation go on; those that are open are made soon. For HR.",
    schema=EmptySchema,
    answer=HoldChangedSchema,
    admit=_own_organisation,
    make=in_organisation(ResumeReturns),
)
