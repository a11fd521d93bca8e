"""Named fakes of what goes wrong between an application and its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent

from shared.store.log import Log

Append = Callable[..., Sequence[int]]


class LosesAnswers:
    """A log that stores, and whose first answers to COMMIT are lost on the way."""

    def __init__(self, log: Log, answers: int = 1) -> None:
        self._append: Append = log.insert_events
        self.left = answers
        self.asked = 0

    def __call__(self, stored: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Store, and say that the connection was lost."""
        self.asked += 1
        positions = self._append(stored, **kwargs)
        if self.left:
            self.left -= 1
            raise OperationalError("server closed the connection unexpectedly")
        return positions


class Overtaken:
    """A log into which somebody else writes first, so many times."""

    def __init__(self, log: Log, somebody_else: Callable[[], object], times: int = 1) -> None:
        self._append: Append = log.insert_events
        self._somebody_else = somebody_else
        self.left = times

    def __call__(self, stored: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Let the other go first, then store."""
        if self.left:
            self.left -= 1
            self._somebody_else()
        return self._append(stored, **kwargs)


class AlwaysOvertaken:
    """A log that loses every race."""

    def __init__(self) -> None:
        self.tries = 0

    def __call__(self, _stored: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Lose."""
        self.tries += 1
        raise IntegrityError("version is taken")


class Away:
    """A log that cannot be reached."""

    def __init__(self) -> None:
        self.tries = 0

    def __call__(self, _stored: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Fail as a database does that is not there."""
        self.tries += 1
        raise OperationalError("connection refused")
