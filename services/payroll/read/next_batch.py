"""What would the next batch of a pay group send? A preview, never an export."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection

from services.payroll.domain.lines import Proposal, propose
from services.payroll.read.open_lines import open_lines
from services.payroll.read.tables import FROM_LEAVE
from shared.store.received import bookmark, source_figures


@dataclass(frozen=True)
class Preview:
    """The proposal, and how far leave had been applied when it was read.

    ``waiting``: leave's events that failed or stand behind one that did, and so are in no line yet.
    """

    proposal: Proposal
    leave_epoch: str
    leave_position: int
    waiting: int


def next_batch(connection: Connection, instance: str, organisation: str, employer: str, pay_group: str) -> Preview:
    """The next batch as it would be sealed now. ``instance`` is the deployment's name in leave's source."""
    epoch, position = bookmark(connection, FROM_LEAVE, f"/{instance}/leave")
    figures = source_figures(connection, (FROM_LEAVE,), now=time.time())
    waiting = sum(figure.parked + figure.held + figure.unknown for figure in figures)
    return Preview(propose(open_lines(connection, organisation, employer, pay_group)), epoch, position, waiting)
