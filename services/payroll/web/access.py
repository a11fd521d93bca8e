"""Who may what in payroll: the payroll role of the same organisation, and everybody their own lines."""

from __future__ import annotations

from typing import Final

from services.payroll.domain.batch import Batch
from shared.web.access import Access, allow, relations_to
from shared.web.actor import Actor

READ: Final = "read"
SEAL: Final = "seal"

ACCESS: Access = {
    ("carer", READ, "own"): ("*",),
    ("payroll", READ, "organisation"): ("*",),
    ("payroll", SEAL, "organisation"): ("*",),
}


def admit_to_own(actor: Actor) -> None:
    """Let the actor at their own lines; raises ForbiddenError for whoever can have none."""
    allow(ACCESS, actor, READ, {"own"})


def admit(actor: Actor, action: str, organisation: str) -> None:
    """Let the actor at an organisation's lines; raises NotFoundError or ForbiddenError. Empty: what is not there."""
    allow(ACCESS, actor, action, relations_to(actor, organisation=organisation))


def admit_to_batch(actor: Actor, batch: Batch | None) -> Batch:
    """Let the actor at a sealed batch; whether it is not theirs or not there makes no difference."""
    admit(actor, READ, batch.organisation if batch else "")
    assert batch is not None
    return batch
