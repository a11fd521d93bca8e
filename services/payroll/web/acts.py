"""What people can do in payroll."""

from __future__ import annotations

from services.payroll.domain.commands import SealBatch
from services.payroll.web.access import SEAL, admit
from services.payroll.web.schemas import BatchSealedSchema, SealBatchSchema
from shared.web.actor import Actor
from shared.web.acts import Act, in_organisation


def _may_seal(actor: Actor) -> None:
    admit(actor, SEAL, actor.organisation)


SEAL_BATCH = Act(
    name="seal_batch",
    about="Seal the changed lines of a pay group as its next batch, which never changes again.",
    schema=SealBatchSchema,
    answer=BatchSealedSchema,
    status=201,
    admit=_may_seal,
    make=in_organisation(SealBatch),
)
