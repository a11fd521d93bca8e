"""What is shown of notices and balances, for the API and the pages alike: by the fields that one may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from services.leave.domain.answers import span_json
from services.leave.domain.balance import Balance
from services.leave.domain.commands import Day
from services.leave.domain.posts import Post
from services.leave.domain.wording import time_text
from services.leave.read.balance import balance_of
from services.leave.read.notices import DayShown, NoticeShown
from services.leave.web.states import day_tag
from services.leave.web.words import day_words
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.errors import RefusedError
from shared.kernel.working_time import minutes_json, parse_minutes
from shared.people.labels import labels_of
from shared.people.questions import organisation_named
from shared.store.keys import PersonalKeys
from shared.web.access import visible
from shared.web.app_context import wired
from shared.web.colleagues import with_names
from shared.web.words import slug_words


def notice_view(found: NoticeShown, fields: frozenset[str]) -> dict[str, object]:
    """A notice by these fields; reasons are opened where they are shown."""
    times = "days" in visible({"days": True}, fields)
    said = {day.date: day_tag(found, day, times=times).words for day in found.days}
    dates = [{"date": day.date, "part": day.part, "state": day.state, "shown": said[day.date]} for day in found.days]
    shown = visible({**asdict(found), "dates": dates}, fields)
    keys: PersonalKeys = wired(LeaveWiring).keys
    if "reason" in shown:
        shown["reason"] = _reason(keys, found.person, found.reason)
    if "days" in shown:
        shown["days"] = [
            {
                **asdict(day),
                "shown": said[day.date],
                "surplus": _surplus(day),
                "reason": _reason(keys, found.person, day.reason),
            }
            for day in found.days
        ]
    return shown


def who_gave(notices: Sequence[NoticeShown]) -> dict[str, str]:
    """Who gave each of these notices, by notice, for pages: name where the reader may know it, staff number, post."""
    leave = wired(LeaveWiring)
    with leave.reading() as connection:
        labels = labels_of(connection, [each.employment for each in notices], today(leave.clock))
    posts = {each.notice: labels.get(each.employment, "") for each in notices}
    return with_names(posts, {each.notice: each.person for each in notices})


def balances_view(person: str, day: date, *, full_week: bool = True) -> list[dict[str, Any]]:
    """A person's balance on a day with each legal employer, or why there is none; ``full_week`` as ``balance_on``."""
    leave = wired(LeaveWiring)
    posts = sorted(leave.application.posts(person), key=lambda post: post.employer)
    return [
        _balance(person, list(group), day, full_week) for _, group in groupby(posts, key=lambda post: post.employer)
    ]


def place_choices(days: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The days to choose from, each under its date and part: 2026-03-16/am."""
    return {f"{day['date']}/{day['part']}": day_words(day["date"], day["part"]) for day in days}


def places_of(chosen: Sequence[str]) -> tuple[Day, ...]:
    """The days under which they were to choose."""
    named = [value.partition("/") for value in chosen]
    return tuple(Day(date.fromisoformat(on), part) for on, _, part in named)


def corrections_offered(day: DayShown) -> dict[str, str]:
    """What a day that was taken can be corrected to: none, half or all of it, but for what it is now."""
    scheduled = parse_minutes(day.scheduled_minutes)
    offered = {
        Fraction(0): "None of it: they worked that day",
        scheduled / 2: f"Half of the day ({time_text(scheduled / 2)})",
        scheduled: f"The whole day ({time_text(scheduled)})",
    }
    now = parse_minutes(day.minutes)
    return {str(minutes_json(minutes)): words for minutes, words in offered.items() if minutes != now}


def _balance(person: str, posts: Sequence[Post], day: date, full_week: bool) -> dict[str, object]:
    employer = posts[0].employer
    try:
        with wired(LeaveWiring).reading() as connection:
            balance = balance_of(connection, person, posts, day, full_week=full_week)
    except RefusedError as refusal:
        name = _employer_name(employer)
        return {"employer": employer, "employer_name": name, "refused": refusal.code_, "sentence": refusal.message}
    length = day_length(posts)
    return {
        "employer": employer,
        "employer_name": _employer_name(employer),
        "day_minutes": minutes_json(length) if length else None,
        **_balance_json(balance),
    }


def _employer_name(employer: str) -> str:
    """What a legal employer is called: as the organisation of the same short name."""
    with wired(LeaveWiring).reading() as connection:
        found = organisation_named(connection, employer)
    return found.name if found else slug_words(employer)


def day_length(posts: Sequence[Post]) -> Fraction | None:
    """The minutes of a working day where a person has one post whose days all have the same; else None."""
    lengths = {day.total for post in posts for day in post.pattern.days if day.total}
    return lengths.pop() if len(posts) == len(lengths) == 1 else None


def _balance_json(balance: Balance) -> dict[str, object]:
    return {
        "day": balance.day.isoformat(),
        "law": balance.law,
        "week_minutes": minutes_json(balance.week),
        "window": span_json(balance.window),
        "used_minutes": minutes_json(balance.used),
        "booked_minutes": minutes_json(balance.booked),
        "left_minutes": minutes_json(balance.left),
        "back": [{"date": on.isoformat(), "minutes": minutes_json(minutes)} for on, minutes in balance.back],
        "all_back_on": balance.all_back_on.isoformat() if balance.all_back_on else None,
        "full_week_from": balance.full_week_from.isoformat() if balance.full_week_from else None,
    }


def _surplus(day: DayShown) -> bool:
    """Whether less of the week was left than the day has, and the rest of it did not count."""
    return not day.corrected and parse_minutes(day.counted_minutes) < parse_minutes(day.minutes)


def _reason(keys: PersonalKeys, person: str, sealed: str) -> str:
    return (keys.open(person, sealed, "reason") or "") if sealed else ""
