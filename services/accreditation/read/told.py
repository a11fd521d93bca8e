"""Which of training's own events are news to who takes it, where somebody else acted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.accreditation.domain.training import TrainingRecord
from shared.kernel.events import Event
from shared.store.news import Tell, named


def _expired(event: Event) -> Mapping[str, object] | None:
    """Of a completion that was renewed in time nobody needs to know that it ended."""
    return None if event["renewed"] else {"course": event["course"]}


TOLD: Final[Mapping[str, Tell]] = {
    TrainingRecord.Assigned.TOPIC: named("course", "due_on"),
    TrainingRecord.Released.TOPIC: named("course"),
    TrainingRecord.Completed.TOPIC: named("course", "completed_on"),
    TrainingRecord.Corrected.TOPIC: named("course"),
    TrainingRecord.Expired.TOPIC: _expired,
    TrainingRecord.Exempted.TOPIC: named("course", "starts", "until"),
}
