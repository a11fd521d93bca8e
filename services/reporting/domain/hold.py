"""An organisation's returns on hold: its HR stops them for a time and lets them go on again [our decision]."""

from __future__ import annotations

from typing import ClassVar, Final, Self
from uuid import UUID

from shared.kernel.aggregates import Aggregate, First
from shared.kernel.clock import LONDON
from shared.kernel.errors import InvalidError, RefusedError
from shared.kernel.ids import derived_id
from shared.kernel.provenance import Provenance

REASONS: Final = {
    "records-moving": "Our records are being moved",
    "figures-checked": "Our figures are being checked",
    "other": "Another reason",
}
"""Why returns can be put on hold: a closed list, so that nothing about a person can be written there."""


class Hold(Aggregate):
    """Whether the returns of one organisation are on hold. ``reason``: of ``REASONS``, empty where they are not."""

    TOPIC = "reporting.hold"

    class Event(Aggregate.Event):
        """Something about the organisation's returns as a whole; no person is concerned."""

    class Opened(Event, First):
        """The organisation puts its returns on hold for the first time."""

        TOPIC: ClassVar[str] = "reporting.hold.opened"

    class Held(Event):
        """No return is made from now on. ``since``: the day in London (ISO)."""

        TOPIC: ClassVar[str] = "reporting.returns.held"
        since: str
        reason: str

        def apply(self, aggregate: Hold) -> None:
            """Keep the reason."""
            aggregate.reason = self.reason

    class Resumed(Event):
        """Returns are made again from now on."""

        TOPIC: ClassVar[str] = "reporting.returns.resumed"

        def apply(self, aggregate: Hold) -> None:
            """Forget the reason."""
            aggregate.reason = ""

    def __init__(self, *, organisation: str) -> None:
        self.organisation = organisation
        self.reason = ""

    @staticmethod
    def id_of(organisation: str) -> UUID:
        """The identifier of an organisation's hold."""
        return derived_id("hold", organisation)

    @classmethod
    def open(cls, act: Provenance) -> Self:
        """The organisation's hold, with its returns still going on."""
        id, organisation = cls.id_of(act.organisation), act.organisation
        return cls.begin(cls.Opened, id=id, at=act.at, person="", organisation=organisation, by=act.by)

    def hold(self, reason: str, act: Provenance) -> None:
        """Stop the returns. Raises InvalidError for an unlisted reason, RefusedError where they are on hold."""
        if reason not in REASONS:
            raise InvalidError(f"Choose one of: {', '.join(REASONS)}.", code="unknown-reason", field="reason")
        if self.reason:
            raise RefusedError(
                "Your returns are on hold already. Let them go on before you put them on hold for another reason.",
                code="on-hold-already",
            )
        since = act.at.astimezone(LONDON).date().isoformat()
        fields = {"person": "", "organisation": self.organisation, "by": act.by}
        self.record(self.Held, at=act.at, **fields, since=since, reason=reason)

    def resume(self, act: Provenance) -> None:
        """Let the returns go on. Raises RefusedError where they are not on hold."""
        if not self.reason:
            raise not_on_hold()
        self.record(self.Resumed, at=act.at, person="", organisation=self.organisation, by=act.by)


def not_on_hold() -> RefusedError:
    """Returns that go on cannot be let go on."""
    return RefusedError("Your returns are not on hold, so there is nothing to do.", code="not-on-hold")
