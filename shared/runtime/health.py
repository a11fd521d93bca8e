"""The figures of a service's health. Known to the worker too, so Flask is not needed here."""

from __future__ import annotations

from dataclasses import dataclass

STALE_SECONDS = 60.0


@dataclass(frozen=True)
class SourceHealth:
    """How far a service is with one source.

    ``behind``: events not yet applied. ``age``: seconds since the oldest of them was recorded, 0 when caught up.
    ``parked`` and ``held``: events set aside. ``exceptions``: events acted on that the source, restored, has no more.
    """

    source: str
    behind: int
    age: float
    parked: int = 0
    held: int = 0
    exceptions: int = 0


@dataclass(frozen=True)
class Health:
    """A service's figures. ``ready``: it can take commands; ``why``: a sentence where it cannot.

    ``known``: whether the figures could be had; what is not known is neither fresh nor caught up.
    """

    ready: bool
    why: str = ""
    sources: tuple[SourceHealth, ...] = ()
    known: bool = True

    @property
    def fresh(self) -> bool:
        """Whether no source has waited a minute."""
        return self.known and all(source.age < STALE_SECONDS for source in self.sources)

    @property
    def caught_up(self) -> bool:
        """Whether nothing at all is waiting."""
        return self.known and all(source.behind == 0 for source in self.sources)
