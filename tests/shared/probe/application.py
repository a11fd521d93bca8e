"""The probe's commands."""

from __future__ import annotations

from typing import ClassVar

from shared.kernel.errors import RefusedError
from shared.store.application import CommandApplication, handles
from shared.store.commands import Decision
from shared.store.mapper import History
from tests.shared.probe.commands import Count, Hear, Muddle, NameTally, OpenTally
from tests.shared.probe.domain import Echo, Tally
from tests.shared.probe.history import HISTORY


class ProbeApplication(CommandApplication):
    """Load, one domain call, save."""

    name = "probe"
    history: ClassVar[History] = HISTORY

    @handles(OpenTally)
    def open_tally(self, command: OpenTally) -> Decision:
        """Begin to count for a person, once."""
        tally = self.load(Tally, Tally.id_for(command.person))
        if tally is None:
            self.keys.create(command.person)
            about = {"person": command.person, "organisation": command.organisation, "by": command.by}
            tally = Tally.begin(Tally.Opened, id=Tally.id_for(command.person), at=self.now(), **about)
        return Decision((tally,), {"tally": str(tally.id)})

    @handles(Count)
    def count(self, command: Count) -> Decision:
        """Add an amount."""
        tally = self._tally(command.person)
        tally.count(command.amount, command.note, at=self.now(), by=command.by)
        return Decision((tally,), {"total": tally.total})

    @handles(NameTally)
    def name_tally(self, command: NameTally) -> Decision:
        """Give a tally a label."""
        tally = self._tally(command.person)
        tally.name(command.label, at=self.now(), by=command.by)
        return Decision((tally,), {"label": tally.label})

    @handles(Muddle)
    def muddle(self, command: Muddle) -> Decision:
        """Record first and refuse then."""
        tally = self._tally(command.person)
        tally.count(command.amount, None, at=self.now(), by=command.by)
        raise RefusedError("Found out too late.")

    @handles(Hear)
    def hear(self, command: Hear) -> Decision:
        """Keep a place."""
        echo = self.load(Echo, Echo.id_for(command.person))
        if echo is None:
            about = {"person": command.person, "organisation": command.organisation, "by": "system"}
            echo = Echo.begin(Echo.Began, id=Echo.id_for(command.person), at=self.now(), **about)
        echo.hear(command.place, at=self.now())
        return Decision((echo,), {"heard": len(echo.places)})

    def _tally(self, person: str) -> Tally:
        tally = self.load(Tally, Tally.id_for(person))
        if tally is None:
            raise RefusedError("There is no tally for this person. Open one first.")
        return tally
