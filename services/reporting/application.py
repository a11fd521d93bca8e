"""Reporting's commands: load, decide, save."""

from __future__ import annotations

from services.reporting.domain.commands import ReportProgress
from services.reporting.domain.history import HISTORY
from services.reporting.domain.returns import Basis, Content, Return, check_open
from shared.store.application import CommandApplication, Decided, handles


class Reporting(CommandApplication):
    """Computed figures become returns."""

    name = "reporting"
    history = HISTORY

    @handles(ReportProgress)
    def report_progress(self, command: ReportProgress) -> Decided:
        """Make the month's return, or revise it where what it says has changed."""
        check_open(command.month, self.today())
        content = Content(command.definition, command.complete, command.figures)
        basis = Basis(command.positions, command.mark, command.after)
        held = self.load(Return, Return.id_of(command.organisation, command.month))
        if held is None:
            held = Return.report(command.organisation, command.month, content, basis, by=command.by, now=self.now())
        elif not held.revise(content, basis, by=command.by, now=self.now()):
            return Decided((), {"return": str(held.id), "revision": held.revision})
        return Decided((held,), {"return": str(held.id), "revision": held.revision})
