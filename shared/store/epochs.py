"""A log's incarnations: which of them an event was recorded in, and what of an earlier one still stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NO_END: Final = 2**62
"""Above every position: the current epoch has no last one."""


@dataclass(frozen=True)
class Epochs:
    """The epochs of a log, oldest first, each with the position after which it began; at least one.

    A restore from a backup begins an epoch: what the epoch before it had recorded after that position is gone. An
    epoch that a log does not know began after the backup that the log was restored from.
    """

    began: tuple[tuple[str, int], ...]

    @property
    def current(self) -> str:
        """The epoch that goes on."""
        return self.began[-1][0]

    @property
    def after_position(self) -> int:
        """The position after which the current epoch began."""
        return self.began[-1][1]

    def of(self, position: int) -> str:
        """The epoch in which a position was recorded."""
        return next((epoch for epoch, after in reversed(self.began) if after < position), self.began[0][0])

    def spans(self) -> list[tuple[str, int]]:
        """Each epoch with its last position that the log still has."""
        lasts = [*(after for _, after in self.began[1:]), NO_END]
        return [(epoch, last) for (epoch, _), last in zip(self.began, lasts, strict=True)]

    def last_of(self, epoch: str) -> int | None:
        """Up to which position a reader of that epoch read what the log still has; None where it is not known."""
        return dict(self.spans()).get(epoch)

    def holds(self, epoch: str, position: int) -> bool:
        """Whether the log still has what that epoch recorded at this position."""
        return position <= (self.last_of(epoch) or 0)

    def __str__(self) -> str:
        """As the feed's header has it: ``<epoch>=<after> <epoch>=<after>``."""
        return " ".join(f"{epoch}={after}" for epoch, after in self.began)

    @classmethod
    def parse(cls, text: str) -> Epochs:
        """From the header's text; raises ``ValueError``."""
        parts = [part.partition("=") for part in text.split()]
        if not parts:
            raise ValueError("no epoch")
        return cls(tuple((epoch, int(after)) for epoch, _, after in parts))
