"""What others may know of payroll: that a batch was sealed, by its totals."""

from __future__ import annotations

from collections.abc import Mapping

from services.payroll.domain.batch import PayGroup
from shared.contracts import types
from shared.kernel.events import Event
from shared.store.outbox import Published


def batch_sealed(event: Event) -> dict[str, object]:
    """The batch by number, hash and control totals; its lines stay here."""
    named = ("batch", "employer", "pay_group", "number", "period", "lines", "sha256", "quantities")
    return {name: event[name] for name in named}


PUBLISHED: Mapping[str, Published] = {
    PayGroup.BatchSealed.TOPIC: Published(types.BATCH_SEALED, batch_sealed),
}
