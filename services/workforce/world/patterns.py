"""The working patterns of a world: full weeks, part weeks, long days, nine-day fortnights, shifts; and the grades."""

from __future__ import annotations

from random import Random
from typing import Final

from shared.demonstration.people import FULL_WEEK, THREE_DAYS, Body, Worked

FULL_TIME_HOURS: Final = "37:00"
FULL_TIME_MINUTES: Final = 37 * 60


_PATTERNS: Final = (
    (FULL_WEEK, 56),
    (THREE_DAYS, 10),
    (Worked("mon-thu 9:15", "1", (0, 1, 2, 3)), 9),
    (Worked("mon-thu 7:24", "4/5", (0, 1, 2, 3)), 8),
    (Worked("mon-fri 8:12 | mon-thu 8:15", "1", (0, 1, 2, 3)), 7),
    (Worked("mon-tue 7:24 wed 3:42/", "1/2", (0, 1)), 5),
    (Worked("mon-fri 4:30/", "45/74", FULL_WEEK.days), 4),
)
_SHIFTS: Final = (
    (Worked("wed-sun 7:24 +holidays", "1", (2, 3, 4, 5, 6)), 30),
    (Worked("mon-thu 9:15 +holidays", "1", (0, 1, 2, 3)), 15),
    (Worked("mon,tue,fri,sat,sun 7:24 +holidays", "1", (0, 1, 4, 5, 6)), 15),
    *_PATTERNS,
)
_ROUND_THE_CLOCK: Final = {"hm-prison-and-probation-service", "home-office", "ministry-of-defence"}

_GRADES: Final = ("Administrative Officer", "Executive Officer", "Higher Executive Officer", "Senior Executive Officer")


def pattern_for(body: Body, place: int, chance: Random) -> Worked:
    """What somebody works; managers work full weeks."""
    if Body.manages(place):
        return FULL_WEEK
    patterns = _SHIFTS if body.slug in _ROUND_THE_CLOCK else _PATTERNS
    return chance.choices([each for each, _ in patterns], [weight for _, weight in patterns])[0]


def grade(place: int) -> str:
    """The post: by how many places report to it, and how they lie in the tree."""
    if place == 0:
        return "Director"
    if Body.manages(place):
        return "Grade 6" if place % (Body.SPAN * Body.SPAN) == 0 else "Grade 7"
    return _GRADES[place % len(_GRADES)]
