"""The rows of the trail: what was recorded, where, at which position. No person, no figure, no text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TrailRow:
    """One recorded event as the log's catalogue has it.

    ``time``: when recorded, ISO 8601 in UTC. ``what``: the event's stored name (``leave.notice.requested``).
    ``revision``: of a return, where the event is one.
    """

    service: str
    epoch: str
    position: int
    time: str
    what: str
    organisation: str
    revision: int | None = None

    @property
    def words(self) -> str:
        """What happened in plain words: ``leave.notice.requested`` is "Notice requested"."""
        _, _, rest = self.what.partition(".")
        return (rest or self.what).replace(".", " ").replace("-", " ").capitalize()
