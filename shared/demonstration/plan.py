"""How large a world is, how long it has lived, and from which seed it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from shared.kernel.clock import LONDON, start_of_day
from shared.kernel.periods import add_months

LIVED: Final = 12
YEARS: Final = 5
SEED: Final = 2024


@dataclass(frozen=True)
class Plan:
    """What a world is made from. The same plan gives the same world, but for identifiers and what is sealed.

    ``organisations``: how many have staff whose days are told, the largest first; all others have headcounts,
    provisions and awards alone. ``scale``: their staff as a share of the full world's. ``years``: calendar years that
    the world has lived, the present one among them. ``ends``: the instant at which the newcomer arrives (aware, UTC).
    """

    ends: datetime
    organisations: int = LIVED
    scale: float = 1.0
    years: int = YEARS
    seed: int = SEED

    @property
    def begins(self) -> date:
        """The first of January on which the world begins."""
        return date(self.today.year - self.years + 1, 1, 1)

    @property
    def today(self) -> date:
        """The day in London on which the newcomer arrives."""
        return self.ends.astimezone(LONDON).date()

    def chance(self, *names: object) -> Random:
        """A source of chance of its own for each name: what one part draws changes nothing for another."""
        return Random("/".join(map(str, (self.seed, *names))))  # noqa: S311 - a story, not a secret

    def months(self) -> list[date]:
        """The first day of every month that has begun."""
        count = (self.today.year - self.begins.year) * 12 + self.today.month
        return [add_months(self.begins, number) for number in range(count)]


def in_hours(day: date, chance: Random) -> datetime:
    """An instant in the working hours of a day in London, aware, in UTC."""
    return start_of_day(day) + timedelta(seconds=chance.randrange(8 * 3600, 17 * 3600))
