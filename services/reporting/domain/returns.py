"""An organisation's return for a month, and its revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from services.reporting.domain.months import is_open
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.errors import RefusedError
from shared.kernel.ids import derived_id


@dataclass(frozen=True)
class Content:
    """What a return says. A change of any of it makes a revision.

    ``figures``: as ``figures_json`` gives them. ``complete``: the month has settled and nothing is held or parked.
    """

    definition: int
    complete: bool
    figures: Mapping[str, object]


@dataclass(frozen=True)
class Basis:
    """What a return was computed from. A change of this alone makes no revision.

    ``positions``: source → (epoch, last position applied). ``mark``: the identity of the facts in its span.
    ``after``: the last revision that was shown when the facts were read, 0 where there was none.
    """

    positions: Mapping[str, tuple[str, int]]
    mark: int
    after: int

    def positions_json(self) -> dict[str, list[object]]:
        """The positions as plain JSON."""
        return {source: [epoch, position] for source, (epoch, position) in sorted(self.positions.items())}


class Return(Aggregate):
    """The return of one organisation for one month; its revisions count from 1."""

    TOPIC = "reporting.return"

    class Event(Aggregate.Event):
        """A revision: what is reported for the month, as known at ``as_known`` (ISO, UTC)."""

        month: str
        definition: int
        revision: int
        as_known: str
        complete: bool
        figures: dict[str, object]
        positions: dict[str, list[object]]
        mark: int

    class Reported(Event, First):
        """The month's first return."""

        TOPIC = "reporting.return.reported"

    class Revised(Event):
        """A figure, a definition or completeness is another than the last revision said."""

        TOPIC = "reporting.return.revised"

        def apply(self, aggregate: Return) -> None:
            """Take the revision as the return's content."""
            aggregate.take(self.revision, Content(self.definition, self.complete, self.figures))

    def __init__(
        self,
        organisation: str,
        month: str,
        revision: int,
        definition: int,
        complete: bool,
        figures: Mapping[str, object],
    ) -> None:
        self.organisation = organisation
        self.month = month
        self.take(revision, Content(definition, complete, figures))

    def take(self, revision: int, content: Content) -> None:
        """Hold this revision as the current one."""
        self.revision = revision
        self.content = content

    @staticmethod
    def id_of(organisation: str, month: str) -> UUID:
        """The identifier of an organisation's return for a month."""
        return derived_id("return", organisation, month)

    @classmethod
    def report(cls, organisation: str, month: str, content: Content, basis: Basis, *, by: str, now: datetime) -> Self:
        """Make the month's first return; zeros are a return too."""
        return cls.begin(
            cls.Reported,
            id=cls.id_of(organisation, month),
            at=now,
            **_fields(organisation, month, 1, content, basis, by, now),
        )

    def revise(self, content: Content, basis: Basis, *, by: str, now: datetime) -> bool:
        """Record a revision where the content changed; says whether it did.

        Nothing is recorded for a computation that another revision has overtaken since its facts were read.
        """
        if content == self.content or basis.after < self.revision:
            return False
        fields = _fields(self.organisation, self.month, self.revision + 1, content, basis, by, now)
        self.record(self.Revised, at=now, **fields)
        return True


def check_open(month: str, today: date) -> None:
    """Raises RefusedError where the month has not begun, or its return is closed for revision."""
    if not is_open(month, today):
        raise RefusedError(
            f"The return for {month} is not open: a month's return is made from its first day and stays open for "
            "13 months after it. Report the change in the months that are open.",
            code="return-closed",
        )


def _fields(
    organisation: str, month: str, revision: int, content: Content, basis: Basis, by: str, now: datetime
) -> dict[str, object]:
    return {
        "person": "",
        "organisation": organisation,
        "by": by,
        "month": month,
        "definition": content.definition,
        "revision": revision,
        "as_known": now.isoformat(),
        "complete": content.complete,
        "figures": dict(content.figures),
        "positions": basis.positions_json(),
        "mark": basis.mark,
    }
