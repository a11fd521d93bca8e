"""The home page of whoever is signed in: tasks by kind, news until it is marked as seen, how one's things stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from flask import g, render_template, request, url_for

from shared.kernel.clock import today
from shared.kernel.errors import InvalidError
from shared.web.actor import Actor
from shared.web.app_context import app_context
from shared.web.home import HomeItem, HomeKind, HomePart, HomeStanding, in_order, soonest_first
from shared.web.menu import work_order
from shared.web.news import HomeNews
from shared.web.service_clients import service_clients
from shared.web.words import short_day, slug_words

AT_FIRST: Final = 5
"""So much of each kind is shown at once; the rest opens on request."""

_MARK = re.compile(r"([a-z]{1,40}):([1-9][0-9]{0,17})")


@dataclass(frozen=True)
class NewsLine:
    """News with the service in whose log it is. ``mark``: what its form sends to mark it as seen."""

    news: HomeNews
    mark: str


def home_page(actor: Actor) -> str:
    """The page of this person."""
    parts, silent = service_clients().homes_for(actor, g.session_token or "")
    ordered = dict(sorted(parts.items(), key=lambda part: (work_order(actor, part[0]), part[1].title)))
    return render_template(
        "front/home.html",
        parts=ordered,
        kinds=_kinds(parts.values(), _standing_still(actor)),
        news=_news(parts),
        all_seen=[f"{name}:{part.news.items[0].position}" for name, part in parts.items() if part.news.items],
        more_news=sum(part.news.more for part in parts.values()),
        by_words=partial(by_words, day=today(app_context().clock)),
        at_first=AT_FIRST,
        silent=silent,
        running=_running() if "operator" in actor.roles else None,
    )


def mark_as_seen(actor: Actor) -> None:
    """Mark the news that the form names: ``seen`` one by one, ``through`` all of a service up to a position.

    Raises ``InvalidError`` where the form names none of this deployment, ``UnavailableError`` where its service does
    not answer.
    """
    marks = [(mark, False) for mark in request.form.getlist("seen")]
    marks += [(mark, True) for mark in request.form.getlist("through")]
    for service, position, through in [_read(mark, through) for mark, through in marks]:
        service_clients().mark_seen(service, actor, g.session_token or "", position, through=through)


def by_words(by: date | None, day: date) -> str:
    """The day by which something is to be done, on a day: what is overdue or for today says so in words."""
    if by is None:
        return ""
    if by < day:
        return f"Overdue: was due by {short_day(by)}"
    return f"Today, {short_day(by)}" if by == day else f"By {short_day(by)}"


def _running() -> HomeStanding:
    """How the services do, for whoever keeps them running."""
    found, silent = service_clients().healths()
    sources = [source for health in found.values() for source in health.sources]
    fresh = sum(health.ready and health.fresh for health in found.values())
    facts = (
        ("Up to date", f"{fresh} of {len(found) + len(silent)}"),
        ("Messages set aside", f"{sum(source.parked for source in sources):,}"),
        ("Messages held back", f"{sum(source.held for source in sources):,}"),
        ("Exceptions after a restore", f"{sum(source.exceptions for source in sources):,}"),
    )
    return HomeStanding(facts, "How far each service is", url_for("front.trail", view="services"))


def _read(mark: str, through: bool) -> tuple[str, int, bool]:
    found = _MARK.fullmatch(mark)
    if found is None or found[1] not in app_context().settings.services:
        raise InvalidError("This cannot be marked as seen. Go back to your tasks and try again.")
    return found[1], int(found[2]), through


def _kinds(parts: Iterable[HomePart], own: HomeKind | None) -> list[HomeKind]:
    """Those of all services, of the same heading together."""
    found: dict[str, HomeKind] = {}
    for kind in [*(kind for part in parts for kind in part.kinds), *([own] if own else [])]:
        known = found.get(kind.heading)
        found[kind.heading] = _together(known, kind) if known else kind
    return in_order(found.values())


def _together(one: HomeKind, other: HomeKind) -> HomeKind:
    items = tuple(soonest_first((*one.items, *other.items)))
    return replace(one, items=items, more=one.more + other.more, legal=one.legal or other.legal)


def _news(parts: Mapping[str, HomePart]) -> list[NewsLine]:
    """Of all services, the newest day first."""
    lines = [NewsLine(each, f"{name}:{each.position}") for name, part in parts.items() for each in part.news.items]
    return sorted(lines, key=lambda line: (line.news.on, line.news.position), reverse=True)


def _standing_still(actor: Actor) -> HomeKind | None:
    """For operators, the messages that each service could not take in. The trail tells of which service they are."""
    if "operator" not in actor.roles:
        return None
    healths, _ = service_clients().healths()
    parked = {name: sum(source.parked for source in health.sources) for name, health in healths.items()}
    left = "They stay parked, and later messages about the same person are held back."
    href = url_for("front.trail", view="services")
    items = [
        HomeItem(f"{slug_words(name)} could not take in {number:,} message{'' if number == 1 else 's'}", href, left)
        for name, number in parked.items()
        if number
    ]
    return HomeKind("Parked messages", items, href) if items else None
