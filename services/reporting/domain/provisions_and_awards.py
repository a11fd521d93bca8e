"""What an organisation has in place for carers (17, 24) and the awards that cover it (18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from services.reporting.domain.facts import AwardFact, AwardSaid, Facts, ProvisionFact
from services.reporting.domain.figures import Figures, Measure
from services.reporting.domain.indicator import NO, YES, Indicator, Kind, Rate, whole
from services.reporting.domain.months import month_end
from shared.kernel.events import Payload

POLICY: Final = "carers-policy"
CHAMPION: Final = "carers-champion"


LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "carer-confident": ("active", "accomplished", "ambassador"),
    "carer-positive": ("engaged", "established", "exemplary"),
}
"""The levels of the schemes that are known here, lowest first: Employers for Carers, and its sister in Scotland."""


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
        award = said.get(AwardSaid.AWARDED)
        if award and award.starts and award.starts <= day and all(day < fact.out_on for fact in said.values()):
            best = held.get(award.scheme)
            held[award.scheme] = award.level if best is None else _higher(award.scheme, best, award.level)
    return tuple(sorted(held.items()))


def _higher(scheme: str, *found: str) -> str:
    order = LEVELS.get(scheme, ())
    return max(found, key=lambda level: (order.index(level) if level in order else -1, level))


Awards = tuple[tuple[str, str], ...]
"""(scheme, level), the highest unexpired level per scheme."""


def _places_over(kind: str) -> Callable[[Facts, Sequence[str]], list[bool]]:
    return lambda facts, months: [in_place(facts.provisions, kind, month_end(month)) for month in months]


def _levels_over(facts: Facts, months: Sequence[str]) -> list[Awards]:
    return [levels(facts.awards, month_end(month)) for month in months]


def _place_json(found: bool) -> dict[str, Any]:
    return {"in_place": found}


def _parse_place(plain: Payload) -> bool:
    return bool(plain["in_place"])


def _awards_json(awards: Awards) -> dict[str, Any]:
    return {"awards": [{"scheme": scheme, "level": level} for scheme, level in awards]}


def _parse_awards(plain: Payload) -> Awards:
    return tuple((award["scheme"], award["level"]) for award in plain["awards"])


def _release_place(found: bool, _month: str) -> Sequence[str | None]:
    """What an organisation has is no secret of anybody's: exact at once."""
    return (YES if found else NO,)


def awards_text(awards: Awards) -> str:
    """As it is released: ``scheme level`` with commas between, or no."""
    return ", ".join(f"{scheme} {level}" for scheme, level in awards) or NO


def parse_awards_text(text: str) -> Awards:
    """The awards from that text."""
    pairs = () if text == NO else (award.split() for award in text.split(", "))
    return tuple((scheme, level) for scheme, level in pairs)


def _covered(figures: Figures) -> Rate | None:
    has = POLICIES.of(figures)
    headcount = figures.month.headcount
    return None if has is None else Rate(headcount if has else Fraction(0), headcount)


POLICIES: Final = Measure("17", over=_places_over(POLICY), plain=_place_json, parse=_parse_place)

AWARDS_HELD: Final = Measure("18", over=_levels_over, plain=_awards_json, parse=_parse_awards)

CHAMPIONS: Final = Measure("24", over=_places_over(CHAMPION), plain=_place_json, parse=_parse_place)

CARERS_POLICY: Final = Indicator(
    "17",
    "Carers policy",
    "Organisations with a carers policy in force",
    of=POLICIES.of,
    part=lambda found: whole(found, 1),
    kind=Kind.PRESENT,
    cells=("policy",),
    release=_release_place,
    tells="Whether staff can read what support they can expect.",
    silent="It does not say what the policy offers, or whether people know of it.",
    counted="Organisations with a carers policy in force.",
    out_of="Organisations whose return for the month says whether they have one.",
    dated="The last day of the month.",
)

COVERAGE: Final = Indicator(
    "17h",
    "Staff under a policy",
    "Staff of the organisations with a carers policy in force, as a share of all staff",
    of=_covered,
    part=lambda covered: covered,
    tells="How many staff a carers policy covers: a large organisation without one weighs more than many small ones.",
    silent="It does not say what the policies offer, or whether people know of them.",
    counted="Headcount of the organisations with a carers policy in force.",
    out_of="Headcount of all organisations whose return for the month says whether they have one.",
    dated="The last day of the month.",
    seen="Everybody sees it at once, as a whole percentage of headcounts rounded to the nearest 5.",
    public=True,
)
"""Indicator 17 once more, weighed by people: the strategy's list asks for both.

Of one organisation it says nothing new, so it stands with groups and with all organisations alone."""

AWARDS: Final = Indicator(
    "18",
    "Award",
    "Organisations that hold a Carer Confident or Carer Positive award, at their highest level",
    of=AWARDS_HELD.of,
    part=lambda held: whole(bool(held), 1),
    kind=Kind.LEVELS,
    cells=("awards",),
    release=lambda held, _month: (awards_text(held),),
    tells="Which organisations had their support for carers assessed from outside, and how far it goes.",
    silent="An award covers what the organisation applied with. The two schemes do not compare with each other.",
    counted="Organisations covered by an award that has not ended, once in each scheme, at their highest level.",
    out_of="Organisations whose return for the month says whether they hold one.",
    dated="The last day of the month.",
)

CARERS_CHAMPION: Final = Indicator(
    "24",
    "Carers’ Champion",
    "Organisations with a Carers’ Champion in place",
    of=CHAMPIONS.of,
    part=lambda found: whole(found, 1),
    kind=Kind.PRESENT,
    cells=("champion",),
    release=_release_place,
    tells="Whether somebody senior speaks for carers.",
    silent="It does not say what the champion does.",
    counted="Organisations with a named champion, or whose post has been vacant for 90 days at most.",
    out_of="Organisations whose return for the month says whether they have one.",
    dated="The last day of the month.",
)
