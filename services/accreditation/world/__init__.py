"""What accreditation tells of a world: courses and who took them, provisions, awards won and lost."""

from __future__ import annotations

from services.accreditation.world import awards, provisions, training
from shared.demonstration.world import World


def begin(world: World) -> None:
    """Put courses, provisions and awards on the agenda."""
    training.begin(world)
    provisions.begin(world)
    awards.begin(world)
