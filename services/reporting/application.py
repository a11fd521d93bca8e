"""Reporting's commands: load, decide, save."""

from __future__ import annotations

from services.reporting.domain.commands import HoldReturns, ReportProgress, ResumeReturns
from services.reporting.domain.history import HISTORY
from services.reporting.domain.hold import Hold, not_on_hold
from services.reporting.domain.returns import Basis, Content, Return, check_open
from shared.kernel.provenance import Provenance
from shared.store.application import CommandApplication, handles
from shared.store.commands import Decision


class Reporting(CommandApplication):
    """Computed figures become returns, unless an organisation puts them on hold."""

    name = "reporting"
    history = HISTORY

    @handles(ReportProgress)
    def report_progress(self, command: ReportProgress) -> Decision:
        """Make the month's return, or revise it where what it says has changed."""
        check_open(command.month, self.today())
        content = Content(command.definition, command.complete, command.figures)
        basis = Basis(command.positions, command.mark, command.after)
        held = self.load(Return, Return.id_of(command.organisation, command.month))
        if held is None:
            held = Return.report(command.organisation, command.month, content, basis, by=command.by, now=self.now())
        elif not held.revise(content, basis, by=command.by, now=self.now()):
            return Decision((), {"return": str(held.id), "revision": held.revision})
        return Decision((held,), {"return": str(held.id), "revision": held.revision})

    @handles(HoldReturns)
    def hold_returns(self, command: HoldReturns) -> Decision:
        """Make no returns of an organisation for a time."""
        act = Provenance(command.by, self.now(), command.organisation)
        hold = self.load(Hold, Hold.id_of(command.organisation)) or Hold.open(act)
        hold.hold(command.reason, act)
        return Decision((hold,), {"on_hold": True})

    @handles(ResumeReturns)
    def resume_returns(self, command: ResumeReturns) -> Decision:
        """Let an organisation's returns go on."""
        hold = self.load(Hold, Hold.id_of(command.organisation))
        if hold is None:
            raise not_on_hold()
        hold.resume(Provenance(command.by, self.now(), command.organisation))
        return Decision((hold,), {"on_hold": False})
