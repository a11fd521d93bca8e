"""What sealing must know of the lists: how far leave has been applied, whether they are up to date, what is open."""

from __future__ import annotations

import time

from services.payroll.application import LeaveApplied
from services.payroll.domain.lines import OpenLines
from services.payroll.read.open_lines import open_lines
from services.payroll.read.tables import FROM_LEAVE
from shared.store.database import Database
from shared.store.received import bookmark

WAIT_SECONDS = 1.0
_PAUSE_SECONDS = 0.02


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
        deadline = time.monotonic() + WAIT_SECONDS
        while self._shown() < position:
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE_SECONDS)
        return True

    def open_lines(self, organisation: str, employer: str, pay_group: str) -> OpenLines:
        """The pay group's open lines and the last batch that the lists show."""
        with self._read.reading() as connection:
            return open_lines(connection, organisation, employer, pay_group)

    def _shown(self) -> int:
        with self._read.reading() as connection:
            return bookmark(connection, "payroll.own", "payroll")[1]
