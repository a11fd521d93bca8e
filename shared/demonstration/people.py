"""The people of a world, as every service that tells of them needs to know them. None of them is real."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple


class Worked(NamedTuple):
    """A working pattern as a staff file writes it, its full-time equivalent of 37 hours, its days (Monday is 0)."""

    text: str
    fte: str
    days: tuple[int, ...]


_A_WHILE: Final = timedelta(days=90)

FULL_WEEK: Final = Worked("mon-fri 7:24", "1", (0, 1, 2, 3, 4))
THREE_DAYS: Final = Worked("mon-wed 7:24", "3/5", (0, 1, 2))


@dataclass(eq=False)
class Member:
    """Somebody's time in one place of an organisation.

    ``place``: which place, 0 is the head's; ``joined``: the first day of the employment; ``left``: the last, None while
    it goes on. ``works``: the pattern; ``part_time_from``: the day from which it is three days a week, None for nobody
    else. ``before``: the same person's time in another organisation of the world. ``person`` and ``employment`` are
    empty until they are recorded.
    """

    body: Body
    place: int
    number: str
    name: str
    joined: date
    left: date | None
    nation: str
    works: Worked
    cares: bool
    agency: bool = False
    part_time_from: date | None = None
    before: Member | None = None
    person: str = ""
    employment: str = ""

    def works_on(self, day: date) -> Worked:
        """The pattern that holds on a day."""
        return THREE_DAYS if self.part_time_from is not None and self.part_time_from <= day else self.works

    def is_there(self, day: date) -> bool:
        """Whether the employment is current on a day."""
        return self.joined <= day and (self.left is None or day <= self.left)

    def manager(self, day: date) -> Member | None:
        """Who manages the place on a day; None for the head, and while the manager's place is empty."""
        above = self.body.above(self.place)
        return None if above is None else self.body.holder(above, day)


@dataclass(eq=False)
class Body:
    """An organisation of the world. ``lives``: its staff have a history; ``each``: people for whom one member stands.

    ``places``: for every place, its holders one after the other.
    """

    slug: str
    name: str
    group: str
    employer: str
    employer_name: str
    kind: str
    lives: bool
    each: int
    places: list[list[Member]] = field(default_factory=list)

    SPAN = 8
    """People that one manager looks after, the manager among them."""

    @classmethod
    def above(cls, place: int) -> int | None:
        """The place that manages a place: the first of its eight; of a manager, one up the tree."""
        team, seat = divmod(place, cls.SPAN)
        if seat:
            return team * cls.SPAN
        return (team - 1) // cls.SPAN * cls.SPAN if team else None

    @classmethod
    def manages(cls, place: int) -> bool:
        """Whether others report to the place."""
        return place % cls.SPAN == 0

    def holder(self, place: int, day: date) -> Member | None:
        """Who holds a place on a day."""
        return next((member for member in self.places[place] if member.is_there(day)), None)

    def hr(self, day: date) -> Member | None:
        """Who looks after the records of the staff: the holder of the place under the head."""
        return self.holder(min(1, len(self.places) - 1), day)

    def caring_teams(self, day: date) -> list[list[Member]]:
        """Those who care and have been there for a while, by their manager; the largest teams first."""
        teams: dict[int, list[Member]] = {}
        for member in self.there_on(day):
            manager = member.manager(day)
            if member.cares and manager is not None and member.joined < day - _A_WHILE:
                teams.setdefault(manager.place, []).append(member)
        return sorted(teams.values(), key=len, reverse=True)

    def members(self) -> Iterator[Member]:
        """Everybody who was ever there."""
        for holders in self.places:
            yield from holders

    def there_on(self, day: date) -> Iterator[Member]:
        """Everybody who is there on a day."""
        return (member for member in self.members() if member.is_there(day))


@dataclass(frozen=True)
class Cast:
    """All organisations of a world, those that live first."""

    bodies: Sequence[Body]

    @property
    def living(self) -> list[Body]:
        """The organisations whose staff have a history."""
        return [body for body in self.bodies if body.lives]

    @property
    def carers(self) -> list[Member]:
        """Everybody of them who cares for somebody."""
        return [member for body in self.living for member in body.members() if member.cares]
