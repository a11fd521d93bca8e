"""What waits in workforce: nothing for anybody."""

from __future__ import annotations

from shared.web.actor import Actor
from shared.web.home import HomeFound


def home(_actor: Actor) -> HomeFound:
    """Nothing: whatever is recorded here is done when it is recorded."""
    return HomeFound()
