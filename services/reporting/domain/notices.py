"""Notices of leave by their dates: how many were postponed (13), late ones waived (15), how soon answered (16)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

from services.reporting.domain.disclosure import nobody_dominates, safe_share
from services.reporting.domain.durations import (
    SpannedDurations,
    durations,
    parse_spans,
    released_median,
    spans_json,
)
from services.reporting.domain.facts import CLOCK, Facts, NoticeFact, NoticeSaid
from services.reporting.domain.figures import Measure
from services.reporting.domain.indicator import BOTH_SIDES, MEDIAN_SEEN, Indicator, Kind, Rate, per_cent, whole
from services.reporting.domain.months import rolling_year
from shared.kernel.events import Payload
from shared.kernel.periods import month_of


@dataclass(frozen=True)
class Notice:
    """A notice as all that was said of it has it.

    ``valid``: in time, or late and waived. ``decided_late``: late, and waived or not waived; one that lapsed while
    nobody decided is neither. ``answered_in``: calendar days from the notice to its confirmation by somebody, None
    without one; ``by_clock``: confirmed by silence; ``confirmed_in``: the month of either, empty without one.
    """

    person: str
    month: str
    valid: bool
    postponed: bool
    decided_late: bool
    waived: bool
    answered_in: int | None
    by_clock: bool
    confirmed_in: str


@dataclass(frozen=True)
class Share:
    """A part of some things and the distinct people behind it.

    ``people`` are behind the numerator, ``others`` behind the rest of the denominator; one person can be both.
    ``largest``, ``largest_other``: the most things that one person has there.
    """

    numerator: int = 0
    denominator: int = 0
    people: int = 0
    others: int = 0
    largest: int = 0
    largest_other: int = 0


@dataclass(frozen=True)
class Spanned:
    """A share over the month, and over the rolling twelve months that end with it."""

    month: Share
    year: Share


def notices(facts: Iterable[NoticeFact]) -> Iterator[Notice]:
    """The notices that the facts, in any order, amount to.

    Whether a notice is late and waived is what was said last of that. A notice counts by the day on which it was
    given; one that was withdrawn was a notice all the same.
    """
    ordered = sorted(facts, key=lambda fact: (fact.notice, fact.position))
    for _, said in groupby(ordered, key=lambda fact: fact.notice):
        yield _notice(list(said))


def _notice(said: Sequence[NoticeFact]) -> Notice:
    last = next((fact for fact in reversed(said) if fact.said != NoticeSaid.POSTPONED), said[-1])
    return Notice(
        person=last.person,
        month=month_of(last.given_on),
        valid=last.waived or not last.late,
        postponed=any(fact.said == NoticeSaid.POSTPONED for fact in said),
        decided_late=last.late and (last.waived or last.said == NoticeSaid.NOT_WAIVED),
        waived=last.late and last.waived,
        answered_in=_answered_in(last),
        by_clock=last.confirmed_by == CLOCK,
        confirmed_in=month_of(last.confirmed_on) if last.confirmed_on else "",
    )


def _answered_in(last: NoticeFact) -> int | None:
    if last.confirmed_on is None or last.confirmed_by == CLOCK:
        return None
    return max(0, (last.confirmed_on - last.given_on).days)


def postponements(found: Iterable[Notice]) -> Mapping[str, Tally]:
    """Indicator 13 by month of notice: valid notices with any day postponed among the valid ones."""
    return _tallies((notice, notice.postponed) for notice in found if notice.valid)


def waivers(found: Iterable[Notice]) -> Mapping[str, Tally]:
    """Indicator 15 by month of notice: late notices that were waived among those decided."""
    return _tallies((notice, notice.waived) for notice in found if notice.decided_late)


def answers(found: Iterable[Notice]) -> Mapping[str, Answered]:
    """Indicator 16 by month of confirmation: how soon somebody confirmed, and how many silence did.

    By the day of notice a month that is over would change whenever one of its notices is answered.
    """
    by_month: dict[str, Answered] = defaultdict(lambda: Answered([], 0))
    for notice in found:
        answered = by_month[notice.confirmed_in]
        if notice.answered_in is not None:
            answered.took.append((notice.person, notice.answered_in))
        answered.by_clock += notice.by_clock
    return by_month


@dataclass
class Answered:
    """(person, days) of each notice that somebody confirmed; the clock's, which are counted apart."""

    took: list[tuple[str, int]]
    by_clock: int


@dataclass(frozen=True)
class Answers:
    """Indicator 16: how soon a manager, or HR in their place, confirmed; and the number confirmed by silence."""

    took: SpannedDurations
    by_clock_month: int
    by_clock_year: int


def answered(by_month: Mapping[str, Answered], month: str, year: Iterable[str]) -> Answers:
    """Over a month and over the months of its rolling year."""
    nothing = Answered([], 0)
    own, all_year = by_month.get(month, nothing), [by_month[each] for each in year if each in by_month]
    took = SpannedDurations(durations(own.took), durations(pair for each in all_year for pair in each.took))
    return Answers(took, own.by_clock, sum(each.by_clock for each in all_year))


@dataclass(frozen=True)
class Tally:
    """By person, the things in the numerator and those in the rest."""

    inside: Counter[str]
    outside: Counter[str]


def share(tallies: Mapping[str, Tally], months: Iterable[str]) -> Share:
    """The share over all of the months."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for month in months:
        if month in tallies:
            inside.update(tallies[month].inside)
            outside.update(tallies[month].outside)
    return Share(
        numerator=inside.total(),
        denominator=inside.total() + outside.total(),
        people=len(inside),
        others=len(outside),
        largest=max(inside.values(), default=0),
        largest_other=max(outside.values(), default=0),
    )


def _tallies(found: Iterable[tuple[Notice, bool]]) -> Mapping[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(lambda: Tally(Counter(), Counter()))
    for notice, inside in found:
        tally = tallies[notice.month]
        (tally.inside if inside else tally.outside)[notice.person] += 1
    return tallies


def _given(facts: Facts) -> list[Notice]:
    return list(notices(facts.notices))


def _shares(
    tallied: Callable[[Iterable[Notice]], Mapping[str, Tally]],
) -> Callable[[Facts, Sequence[str]], list[Spanned]]:
    def over(facts: Facts, months: Sequence[str]) -> list[Spanned]:
        tallies = tallied(facts.once(_given))
        return [Spanned(share(tallies, [month]), share(tallies, rolling_year(month))) for month in months]

    return over


def _answers_over(facts: Facts, months: Sequence[str]) -> list[Answers]:
    confirmed = answers(facts.once(_given))
    return [answered(confirmed, month, rolling_year(month)) for month in months]


def _parse_shares(plain: Payload) -> Spanned:
    return Spanned(*(Share(**{name: plain[span][name] for name in _SHARE}) for span in ("month", "year")))


def _answers_json(found: Answers) -> dict[str, Any]:
    took = spans_json(found.took)
    return {
        "month": took["month"] | {"by_clock": found.by_clock_month},
        "year": took["year"] | {"by_clock": found.by_clock_year},
    }


def _parse_answers(plain: Payload) -> Answers:
    return Answers(parse_spans(plain), plain["month"]["by_clock"], plain["year"]["by_clock"])


def _part(found: Spanned) -> Rate:
    return whole(found.month.numerator, found.month.denominator)


def _release(spanned: Spanned, _month: str) -> Sequence[str | None]:
    found = spanned.month
    safe = (
        safe_share(found.people, found.others)
        and nobody_dominates(Fraction(found.largest), Fraction(found.numerator))
        and nobody_dominates(Fraction(found.largest_other), Fraction(found.denominator - found.numerator))
    )
    return (per_cent(found.numerator, found.denominator, found.denominator),) if safe else ()


_SHARE: Final = tuple(asdict(Share()))
_SEEN: Final = f"{BOTH_SIDES} Nobody may have given more than half of the notices on a side."

POSTPONEMENTS: Final = Measure("13", over=_shares(postponements), plain=asdict, parse=_parse_shares)

WAIVERS: Final = Measure("15", over=_shares(waivers), plain=asdict, parse=_parse_shares)

ANSWERS: Final = Measure("16", over=_answers_over, plain=_answers_json, parse=_parse_answers)

POSTPONED: Final = Indicator(
    "13",
    "Notices postponed",
    "Notices with any day postponed, as a share of all valid notices",
    of=POSTPONEMENTS.of,
    part=_part,
    cells=("postponed",),
    release=_release,
    tells="How often managers move carer’s leave because work would be unduly disrupted.",
    silent="It does not say whether a postponement was right. People who did not ask are not in it.",
    counted="Notices with at least one day postponed.",
    out_of="Valid notices: those in time, and late ones that were accepted.",
    dated="The day of notice.",
    seen=_SEEN,
)

WAIVED: Final = Indicator(
    "15",
    "Late notices accepted",
    "Late notices that were accepted, as a share of those decided",
    of=WAIVERS.of,
    part=_part,
    cells=("waived",),
    release=_release,
    tells="How flexible managers are when somebody has to ask at short notice.",
    silent="A late notice that nobody answered in time is not in it.",
    counted="Late notices that a manager or HR accepted.",
    out_of="Late notices that were decided: accepted, or not accepted.",
    dated="The day of notice.",
    seen=_SEEN,
)

TO_ANSWER: Final = Indicator(
    "16",
    "Days to answer a notice",
    "Calendar days from a notice until the manager, or HR in their place, confirmed it, the median",
    of=ANSWERS.of,
    part=lambda found: found.took.month,
    kind=Kind.MEDIAN,
    cells=("answers",),
    release=lambda found, _month: released_median(found.took.month),
    tells="How long people do not know whether a day is theirs. Half of the answers took longer, half less.",
    silent="Leave that was confirmed automatically, because nobody answered, is not in it.",
    counted="Notices confirmed in the month by a manager or by HR. Figures end at 61 days.",
    dated="The day of the confirmation.",
    seen=MEDIAN_SEEN,
)
