"""The trail as stories: what happened on a day in an organisation, one step leading to the next, in plain words.

Made of the same rows as the list of every step, so of kinds, times and organisations alone: no person, figure or text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from shared.kernel.clock import LONDON
from shared.web.trail import TrailRow, oldest_of_full

LISTED_APART: Final = 4
"""So many organisations with a story of one kind on one day have one each; more are told together."""

MOST: Final = 25
"""A day that makes so many stories of it, with those before, is the last on a page."""

STAFF, LEAVE, PAYROLL, PASSPORT, TRAINING, CARE, RETURNS, OTHER = (
    "Staff records",
    "Carer’s leave",
    "Payroll",
    "Carer’s Passports",
    "Training",
    "Policy and awards",
    "Returns for the centre",
    "Other steps",
)

STEPS: Final[Mapping[str, tuple[str, str, str]]] = {
    "workforce.organisation.recorded": (STAFF, "an organisation was recorded", "{n} organisations were recorded"),
    "workforce.employment.recorded": (STAFF, "an employment was recorded", "{n} employments were recorded"),
    "workforce.employment.changed": (STAFF, "an employment changed", "{n} employments changed"),
    "workforce.employment.ended": (STAFF, "an employment ended", "{n} employments ended"),
    "workforce.person.forgotten": (STAFF, "a person was erased", "{n} people were erased"),
    "leave.notice.requested": (LEAVE, "a carer asked for leave", "carers asked for leave {n} times"),
    "leave.notice.not-waived": (LEAVE, "a late request was not accepted", "{n} late requests were not accepted"),
    "leave.notice.postponed": (LEAVE, "a manager postponed leave", "managers postponed leave {n} times"),
    "leave.notice.confirmed": (LEAVE, "a request was confirmed", "{n} requests were confirmed"),
    "leave.notice.withdrawn": (LEAVE, "a carer cancelled days", "carers cancelled days {n} times"),
    "leave.day.taken": (LEAVE, "a day was taken, and payroll has its line", "{n} days were taken, each a pay line"),
    "leave.day.corrected": (LEAVE, "HR corrected a day", "HR corrected {n} days"),
    "payroll.pay-group.batch-sealed": (PAYROLL, "payroll sealed a batch", "payroll sealed {n} batches"),
    "passport.passport.agreed": (PASSPORT, "a passport was agreed", "{n} passports were agreed"),
    "passport.passport.reviewed": (PASSPORT, "a passport was reviewed", "{n} passports were reviewed"),
    "passport.passport.transferred": (PASSPORT, "a passport left with its carer", "{n} passports left with carers"),
    "passport.passport.received": (PASSPORT, "a passport came with its carer", "{n} passports came with carers"),
    "passport.passport.ended": (PASSPORT, "a passport ended", "{n} passports ended"),
    "accreditation.training.assigned": (TRAINING, "a course became required", "courses became required {n} times"),
    "accreditation.training.completed": (TRAINING, "a course was completed", "courses were completed {n} times"),
    "accreditation.training.corrected": (TRAINING, "a completion was corrected", "{n} completions were corrected"),
    "accreditation.training.expired": (TRAINING, "a completion expired", "{n} completions expired"),
    "accreditation.training.exempted": (TRAINING, "an exemption was recorded", "{n} exemptions were recorded"),
    "accreditation.training.released": (TRAINING, "a course is no longer required", "{n} courses no longer required"),
    "accreditation.provision.recorded": (CARE, "a provision was put in place", "{n} provisions were put in place"),
    "accreditation.provision.vacated": (CARE, "a champion’s place became vacant", "{n} places became vacant"),
    "accreditation.provision.withdrawn": (CARE, "a provision ended", "{n} provisions ended"),
    "accreditation.assessment.area-assessed": (CARE, "an area was assessed", "{n} areas were assessed"),
    "accreditation.award.awarded": (CARE, "an award was recorded", "{n} awards were recorded"),
    "accreditation.award.lapsed": (CARE, "an award ended", "{n} awards ended"),
    "reporting.return.reported": (RETURNS, "a return was made", "{n} returns were made"),
    "reporting.return.revised": (RETURNS, "a return was revised", "{n} returns were revised"),
}
"""By the published event's stored name: its story, and what happened, once and many times; in the order of a story."""

_PLACES: Final = {what: place for place, what in enumerate(STEPS)}


@dataclass(frozen=True)
class Story:
    """What happened to one kind of thing on one day, in one organisation or in several, told together.

    ``steps``: clauses in the order in which one leads to the next; ``first`` and ``last``: when, ISO 8601 in UTC.
    """

    title: str
    organisations: frozenset[str]
    steps: tuple[str, ...]
    first: str
    last: str


@dataclass(frozen=True)
class Day:
    """The stories of a day, the newest first. ``ends``: the services of which no older step was looked at."""

    day: date
    stories: tuple[Story, ...]
    ends: tuple[str, ...] = ()


def stories(rows: Sequence[TrailRow], limit: int, *, service: str = "", organisation: str = "") -> list[Day]:
    """The rows, newest first, as stories by day, newest first; not more than fit on a page.

    ``limit``: how many rows each service was asked for. ``service``, ``organisation``: only of these, where given.
    """
    ends = {row.service: _day_of(row.time) for row in oldest_of_full(rows, limit) if service in ("", row.service)}
    told = [row for row in rows if service in ("", row.service) and organisation in ("", row.organisation)]
    days: list[Day] = []
    for day, of_day in groupby(told, key=lambda row: _day_of(row.time)):
        ending = tuple(name for name, ended in sorted(ends.items()) if ended == day)
        days.append(Day(day, tuple(_stories_of(list(of_day))), ending))
        if sum(len(each.stories) for each in days) >= MOST:
            break
    return days


def _stories_of(rows: Sequence[TrailRow]) -> list[Story]:
    apart = _by_title(rows)
    found = []
    for title in dict.fromkeys(title for title, _ in apart):
        mine = {organisation: its for (named, organisation), its in apart.items() if named == title}
        if len(mine) > LISTED_APART:
            found.append(_story(title, [row for its in mine.values() for row in its]))
        else:
            found += [_story(title, its) for its in mine.values()]
    return sorted(found, key=lambda story: story.last, reverse=True)


def _by_title(rows: Sequence[TrailRow]) -> dict[tuple[str, str], list[TrailRow]]:
    """The rows by story and organisation; returns are the end of the one other story that an organisation has."""
    apart: dict[tuple[str, str], list[TrailRow]] = {}
    for row in rows:
        apart.setdefault((_title(row), row.organisation), []).append(row)
    for title, organisation in [key for key in apart if key[0] == RETURNS]:
        before = [key for key in apart if key[1] == organisation and key[0] != RETURNS]
        if len(before) == 1:
            apart[before[0]] += apart.pop((title, organisation))
    return apart


def _story(title: str, rows: Sequence[TrailRow]) -> Story:
    times = [row.time for row in rows]
    organisations = frozenset(row.organisation for row in rows)
    return Story(title, organisations, tuple(_steps(rows)), min(times), max(times))


def _steps(rows: Iterable[TrailRow]) -> list[str]:
    by_what: dict[str, list[TrailRow]] = {}
    for row in rows:
        by_what.setdefault(row.what, []).append(row)
    ordered = sorted(by_what, key=lambda what: (_PLACES.get(what, len(_PLACES)), by_what[what][-1].time))
    return [_clause(by_what[what]) for what in ordered]


def _clause(rows: Sequence[TrailRow]) -> str:
    step = STEPS.get(rows[0].what)
    if step is None:
        times = Counter(row.words for row in rows)
        return ", ".join(words if number == 1 else f"{words}, {number:,} times" for words, number in times.items())
    _, one, many = step
    if len(rows) > 1:
        return many.format(n=f"{len(rows):,}")
    return one if rows[0].revision is None else f"{one} (revision {rows[0].revision})"


def _title(row: TrailRow) -> str:
    step = STEPS.get(row.what)
    return step[0] if step else OTHER


def _day_of(time: str) -> date:
    return datetime.fromisoformat(time).astimezone(LONDON).date()
