"""What sealing must know of the lists: how far leave has been applied, whether they are up to date, what is open."""

from __future__ import annotations

from services.payroll.application import LeaveApplied
from services.payroll.domain.lines import OpenLines
from services.payroll.read.open_lines import open_lines
from services.payroll.read.tables import FROM_LEAVE
from shared.store.catching_up import PATIENCE_SECONDS, catch_up
from shared.store.database import Database
from shared.store.received import bookmark


class SealingLists:
    """The application's questions to the read side. ``instance`` is the deployment's name in leave's source."""

    def __init__(self, read: Database, instance: str) -> None:
        self._read = read
        self._leave = f"/{instance}/leave"

    def leave_applied(self) -> LeaveApplied:
        """Up to where leave's log has been applied."""
        with self._read.reading() as connection:
            return LeaveApplied(*bookmark(connection, FROM_LEAVE, self._leave))

    def caught_up(self, position: int) -> bool:
        """Whether the lists show payroll's own log up to this position, waiting up to a second for it."""
        return catch_up(self._read, "payroll", position, PATIENCE_SECONDS)

    def open_lines(self, organisation: str, employer: str, pay_group: str) -> OpenLines:
        """The pay group's open lines and the last batch that the lists show."""
        with self._read.reading() as connection:
            return open_lines(connection, organisation, employer, pay_group)
