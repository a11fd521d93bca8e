"""What an organisation has in place for carers (17, 24) and the awards that cover it (18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

POLICY: Final = "carers-policy"
CHAMPION: Final = "carers-champion"

RECORDED: Final = "recorded"
WITHDRAWN: Final = "withdrawn"
AWARDED: Final = "awarded"
LAPSED: Final = "lapsed"

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "carer-confident": ("active", "accomplished", "ambassador"),
    "carer-positive": ("engaged", "established", "exemplary"),
}
"""The levels of the schemes that are known here, lowest first: Employers for Carers, and its sister in Scotland."""


@dataclass(frozen=True)
class ProvisionFact:
    """What accreditation said once of a provision's time that began on ``starts``.

    ``out_on``: the first day on which it counts no longer: a withdrawal's end, or the day after a champion's place
    has been vacant for too long; None while there is none.
    """

    kind: str
    said: str
    starts: date
    out_on: date | None
    position: int


@dataclass(frozen=True)
class AwardFact:
    """What accreditation said once of an award. ``out_on``: the first day without it, by its term or its lapse."""

    award: str
    said: str
    scheme: str
    level: str
    starts: date | None
    out_on: date
    position: int


def in_place(facts: Iterable[ProvisionFact], kind: str, day: date) -> bool:
    """Whether a provision counts as in place on a day. Of what is said alike of one time, the last word counts."""
    terms: dict[date, dict[str, ProvisionFact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.position):
        if fact.kind == kind:
            terms.setdefault(fact.starts, {})[fact.said] = fact
    return any(_has(term, starts, day) for starts, term in terms.items())


def _has(term: Mapping[str, ProvisionFact], starts: date, day: date) -> bool:
    return starts <= day and all(fact.out_on is None or day < fact.out_on for fact in term.values())


def levels(facts: Iterable[AwardFact], day: date) -> tuple[tuple[str, str], ...]:
    """(scheme, level) of the highest unexpired level per scheme on a day, by scheme; schemes are never merged."""
    awards: dict[str, dict[str, AwardFact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.position):
        awards.setdefault(fact.award, {})[fact.said] = fact
    held: dict[str, str] = {}
    for said in awards.values():
        award = said.get(AWARDED)
        if award and award.starts and award.starts <= day and all(day < fact.out_on for fact in said.values()):
            best = held.get(award.scheme)
            held[award.scheme] = award.level if best is None else _higher(award.scheme, best, award.level)
    return tuple(sorted(held.items()))


def _higher(scheme: str, *found: str) -> str:
    order = LEVELS.get(scheme, ())
    return max(found, key=lambda level: (order.index(level) if level in order else -1, level))
