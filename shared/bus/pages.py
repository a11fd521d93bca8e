"""What a source's feed answers, and whoever asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from shared.kernel.events import Event
from shared.store.epochs import Epochs


@dataclass(frozen=True)
class FeedPage:
    """A page of a source's feed. ``after_position``: where its epoch began; ``head``: its last published position.

    ``earlier``: the epochs before it, oldest first, each with the position after which it began.
    """

    epoch: str
    after_position: int
    head: int
    events: list[Event]
    earlier: tuple[tuple[str, int], ...] = ()

    @property
    def epochs(self) -> Epochs:
        """The source's epochs."""
        return Epochs((*self.earlier, (self.epoch, self.after_position)))


class Feed(Protocol):
    """Asks a source for what lies after a position. Raises ``UnavailableError`` where it does not answer."""

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """Published events after a position, in order."""
        ...
