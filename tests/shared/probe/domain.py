"""Tallies and echoes. A tally counts for one person; an echo keeps the place of every count that it heard of."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.kernel.aggregates import Aggregate, First
from shared.kernel.errors import RefusedError
from shared.kernel.ids import derived_id


class Tally(Aggregate):
    """A person's sum of amounts. Negative amounts are refused."""

    TOPIC: ClassVar[str] = "probe.tally"

    class Event(Aggregate.Event):
        """Something happened to a tally."""

        TOPIC: ClassVar[str] = "probe.tally.event"

    class Opened(Event, First):
        """Counting began."""

        TOPIC: ClassVar[str] = "probe.tally.opened"

    class Counted(Event):
        """An amount was added, perhaps with a private note."""

        TOPIC: ClassVar[str] = "probe.tally.counted"
        SEALED: ClassVar[tuple[str, ...]] = ("note",)

        amount: int
        note: str | None

        def apply(self, aggregate: Tally) -> None:
            """Add it."""
            aggregate.total += self.amount
            aggregate.notes.append(self.note)

    class Labelled(Event):
        """It got a label; nobody else is told."""

        TOPIC: ClassVar[str] = "probe.tally.labelled"

        label: str

        def apply(self, aggregate: Tally) -> None:
            """Keep the label."""
            aggregate.label = self.label

    def __init__(self, *, person: str, organisation: str, by: str) -> None:
        self.person = person
        self.organisation = organisation
        self.opened_by = by
        self.total = 0
        self.label = ""
        self.notes: list[str | None] = []

    @staticmethod
    def id_for(person: str) -> UUID:
        """The identifier of a person's tally."""
        return derived_id("tally", person)

    def count(self, amount: int, note: str | None, *, at: datetime, by: str) -> None:
        """Add an amount; 0 changes nothing."""
        if amount < 0:
            raise RefusedError("Nothing can be taken away from a tally.")
        if amount:
            self.record(self.Counted, at=at, amount=amount, note=note, **self._about(by))

    def name(self, label: str, *, at: datetime, by: str) -> None:
        """Give it a label."""
        self.record(self.Labelled, at=at, label=label, **self._about(by))

    def _about(self, by: str) -> dict[str, str]:
        return {"person": self.person, "organisation": self.organisation, "by": by}


class Echo(Aggregate):
    """The places of the counts that were heard of, in the order of hearing."""

    TOPIC: ClassVar[str] = "probe.echo"

    class Event(Aggregate.Event):
        """Something happened to an echo."""

        TOPIC: ClassVar[str] = "probe.echo.event"

    class Began(Event, First):
        """The first was heard."""

        TOPIC: ClassVar[str] = "probe.echo.began"

    class Heard(Event):
        """A count was heard of, by its place in its source."""

        TOPIC: ClassVar[str] = "probe.echo.heard"

        place: str

        def apply(self, aggregate: Echo) -> None:
            """Keep the place."""
            aggregate.places.append(self.place)

    def __init__(self, *, person: str, organisation: str, by: str) -> None:
        self.person = person
        self.organisation = organisation
        self.begun_by = by
        self.places: list[str] = []

    @staticmethod
    def id_for(person: str) -> UUID:
        """The identifier of a person's echo."""
        return derived_id("echo", person)

    def hear(self, place: str, *, at: datetime) -> None:
        """Keep one more place."""
        about = {"person": self.person, "organisation": self.organisation, "by": "system"}
        self.record(self.Heard, at=at, place=place, **about)
