"""Returns beside the oracle: every revision that reporting published, against the events it was made from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from tests.world.events import Read, months_ahead
from tests.world.holds import NONE, Holds, is_held
from tests.world.oracle import DEFINITION, Figures, Oracle
from tests.world.release import LONDON, Revision, before, cells, closing, held_revision, settled

_TYPE: Final = "carers.reporting.progress-reported.v1"

Progress = Callable[[int, int], None]
"""Told how many of how many were compared."""


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Return:
    """One revision of an organisation's return for a month, as it was published.

    ``text``: its figures as JSON, because a world has so many returns. ``read``: how far it had read each source.
    """

    organisation: str
    month: str
    revision: int
    as_known: datetime
    complete: bool
    definition: int
    text: str
    read: Read

    @property
    def figures(self) -> Figures:
        """What it says."""
        found: Figures = json.loads(self.text)
        return found

    def __str__(self) -> str:
        return f"{self.organisation} {self.month} revision {self.revision}, as known {self.as_known.isoformat()}"


def parse_returns(published: Iterable[Mapping[str, Any]]) -> list[Return]:
    """The returns among published events, by organisation in the order in which they were made."""
    found = {}
    for event in published:
        if event["type"] == _TYPE:
            data = event["data"]
            known = datetime.fromisoformat(data["as_known"])
            read = {source: position for source, (_, position) in data["positions"].items()}
            said = {name: data[name] for name in ("revision", "complete", "definition")}
            text = json.dumps(data["figures"])
            found[event["id"]] = Return(
                event["organisation"], data["month"], as_known=known, read=read, text=text, **said
            )
    return sorted(found.values(), key=lambda each: (each.organisation, each.as_known, each.month, each.revision))


def differences(returns_events: Iterable[Mapping[str, Any]], oracle: Oracle) -> list[str]:
    """What every revision of every return says otherwise than the events that were recorded up to its instant.

    Also where it was read further than it could have been or not as far as it should, is complete too early, or leaves
    a revision out. Empty where all is well; one line for each difference.
    """
    returns = parse_returns(returns_events)
    return [*different(returns, oracle), *overlooked(returns, oracle)]


def different(returns: Sequence[Return], oracle: Oracle, progress: Progress = _silent) -> Iterator[str]:
    """Where a return is not what the events that it had read say, or cannot be. ``returns``: of ``parse_returns``."""
    revisions: dict[tuple[str, str], int] = defaultdict(int)
    for number, each in enumerate(returns, 1):
        revisions[each.organisation, each.month] += 1
        if each.revision != revisions[each.organisation, each.month]:
            yield f"{each}: comes as revision {revisions[each.organisation, each.month]}"
        yield from (f"{each}: {line}" for line in _wrong_with(each, oracle))
        progress(number, len(returns))


def overlooked(returns: Iterable[Return], oracle: Oracle) -> Iterator[str]:
    """Where a return is otherwise than all that had been recorded before it says, because it had not read that.

    While a worker runs beside those who record, that is so for moments, until the next revision.
    """
    for each in returns:
        before_it = oracle.read_before(each.as_known)
        behind = [source for source, last in before_it.items() if each.read.get(source, 0) < last]
        if behind:
            could = {source: max(last, each.read.get(source, 0)) for source, last in before_it.items()}
            for line in unlike(each.figures, oracle.figures(each.organisation, each.month, could)):
                yield f"{each}: {line}, of which it had not read {' and '.join(behind)} to the end"


def _wrong_with(each: Return, oracle: Oracle) -> Iterator[str]:
    if each.definition != DEFINITION:
        yield f"is by version {each.definition} of the definitions, not {DEFINITION}"
        return
    if each.complete and not settled(each.month, each.as_known):
        yield "is complete before the month has settled"
    for source, last in oracle.read_until(each.as_known).items():
        if each.read.get(source, 0) > last:
            yield f"was read up to {source} {each.read[source]}, where {last} was the last then"
    yield from unlike(each.figures, oracle.figures(each.organisation, each.month, each.read))


def outdated(
    returns: Iterable[Return],
    oracle: Oracle,
    until: datetime,
    chosen: Collection[str] | None = None,
    holds: Holds = NONE,
) -> Iterator[str]:
    """Months whose last return up to an instant is not what the events up to then, or until it closed, say.

    Also months that an organisation left out between its first and the one of the instant. ``chosen``: these alone.
    ``holds``: nothing is expected of a month whose last word would have been said while its organisation was on hold.
    """
    newest: dict[str, dict[str, Return]] = defaultdict(dict)
    for each in returns:
        if each.as_known <= until:
            newest[each.organisation][each.month] = each
    month_now = until.astimezone(LONDON).date().isoformat()[:7]
    for organisation, by_month in sorted(newest.items()):
        month = min(by_month)
        while month <= month_now:
            if chosen is None or month in chosen:
                known = min(until, before(closing(month)))
                if not is_held(holds, organisation, known):
                    yield from _last_word(oracle, organisation, month, by_month.get(month), until)
            month = months_ahead(month, 1)


def _last_word(oracle: Oracle, organisation: str, month: str, held: Return | None, until: datetime) -> Iterator[str]:
    if held is None:
        yield f"{organisation} {month}: there is no return up to {until.isoformat()}"
        return
    if settled(month, until) and not held.complete:
        yield f"{held}, still so at {until.isoformat()}: has settled and is not complete"
    known = min(until, before(closing(month)))
    said = unlike(held.figures, oracle.figures(organisation, month, known))
    yield from (f"{held}, still so at {known.isoformat()}: {line}" for line in said)


def never_returned(returns: Iterable[Return], oracle: Oracle, holds: Holds = NONE) -> list[str]:
    """Departments of which workforce tells and that never made a return nor put theirs on hold."""
    return sorted(oracle.departments - {each.organisation for each in returns} - holds.keys())


def unlike(said: Any, told: Any, at: str = "") -> Iterator[str]:
    """Where two values of JSON differ, each as a line. ``said``: the return's; ``told``: what the events tell."""
    if isinstance(said, dict) and isinstance(told, dict):
        for name in sorted(said.keys() | told.keys()):
            yield from unlike(said.get(name), told.get(name), f"{at} {name}".strip())
    elif said != told:
        yield f"{at}: the return says {said}, the events {told}"


def seen(returns: Sequence[Return], oracle: Oracle, today: date) -> dict[str, str]:
    """What everybody may see today of one organisation's month, each cell with its markers.

    ``returns``: all revisions of it. The figures are the oracle's: by what had been recorded before the release that
    holds the month, or by what is recorded today where none does.
    """
    organisation, month = returns[0].organisation, returns[0].month
    held = held_revision([Revision(each.revision, each.as_known, each.complete) for each in returns], month, today)
    known = before(held[1] if held else min(today + timedelta(days=1), closing(month)))
    texts = cells(oracle.figures(organisation, month, known), month, final=held is not None)
    later = held is not None and max(each.revision for each in returns) > held[0].revision
    markers = (["[r]"] if later else []) + ([] if held else ["[p]"])
    return {name: " ".join([text, *markers]) for name, text in texts.items()}


def exact_markers(returns: Iterable[Return]) -> tuple[str, ...]:
    """What every exact figure of a return carries. ``returns``: the revisions of it that are known, one at least.

    It is revised where the last was made on a later day, in London, than the first complete one.
    """
    known = sorted(returns, key=lambda each: each.revision)
    days = [each.as_known.astimezone(LONDON).date() for each in known if each.complete]
    revised = bool(days) and known[-1].as_known.astimezone(LONDON).date() > days[0]
    return (("[r]",) if revised else ()) + (() if known[-1].complete else ("[p]",))


Rates = dict[str, tuple[Fraction, Fraction]]


def rates(figures: Figures) -> Rates:
    """By the number of an indicator of the board what is divided by what, over the month or at its end."""
    month = {each: figures[each]["month"] for each in ("10", "11", "12", "13", "15")}
    policy, headcount = int(figures["17"]["in_place"]), Fraction(month["10"]["headcount"])
    found: dict[str, tuple[Any, Any]] = {
        "6": (figures["6"]["in_date"], figures["6"]["agreed"]),
        "10": (month["10"]["people"], headcount),
        "11": (month["11"]["days"], month["11"]["fte"]),
        "12": (month["12"]["paid_days"], month["12"]["days"]),
        "13": (month["13"]["numerator"], month["13"]["denominator"]),
        "15": (month["15"]["numerator"], month["15"]["denominator"]),
        "17": (policy, 1),
        "17h": (policy * headcount, headcount),
        "18": (bool(figures["18"]["awards"]), 1),
        "23": (figures["23"]["trained"], figures["23"]["counted"]),
        "24": (int(figures["24"]["in_place"]), 1),
    }
    return {number: (Fraction(above), Fraction(below)) for number, (above, below) in found.items()}


def rates_together(each: Iterable[Rates]) -> Rates:
    """The rates of several organisations: numerators and denominators added, never a mean of rates."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for found in each:
        for number, (above, below) in found.items():
            before = sums.get(number, (Fraction(0), Fraction(0)))
            sums[number] = before[0] + above, before[1] + below
    return sums
