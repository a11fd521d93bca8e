"""The trail's page: stories, every step, how far each service is, and what happens right now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from shared.kernel.clock import OffsetClock
from shared.kernel.errors import NotFoundError
from shared.runtime.clock_moves import MOVING, last_move
from shared.runtime.health import Health
from shared.web.app_context import app_context
from shared.web.front_blueprint import FOLLOW, admit, blueprint
from shared.web.internal_api import LONGEST_TRAIL
from shared.web.service_clients import service_clients
from shared.web.stories import Day, stories, told_in
from shared.web.trail import TrailLine, TrailRow, older_than, trail_lines, whole
from shared.web.words import slug_words

FOLLOW_SECONDS: Final = 3
STORY_ROWS: Final = 1000
"""How many rows each service is asked for where they are told as stories."""

TRAIL_LINES: Final = 40
TRAIL_ROWS: Final = (200, LONGEST_TRAIL)
"""The same where each step is listed; the second where the first ended inside a long run."""

SLUG_LENGTH: Final = 80
LONGEST_OLDER: Final = 600

STORIES, EVERY_STEP, SERVICES = "stories", "steps", "services"
VIEWS: Final = {STORIES: "Stories", EVERY_STEP: "Every step", SERVICES: "How far each service is"}


_BELOW: Final = re.compile(r"([a-z][a-z-]{0,39})\.([1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Wanted:
    """What of the trail is asked for: a view, and the service and the organisation where it is narrowed down.

    ``below``: by service the position where the page before this one ended; empty for the newest steps.
    """

    view: str
    service: str
    organisation: str
    below: Mapping[str, int]


@dataclass(frozen=True)
class Found:
    """What a view shows. ``silent``: services that did not answer; ``rows``: all that was looked at, newest first.

    ``older``: where the next page begins, as ``Wanted.below``; None where there is nothing older.
    """

    rows: list[TrailRow]
    silent: list[str]
    days: list[Day] = field(default_factory=list)
    lines: list[TrailLine] = field(default_factory=list)
    older: Mapping[str, int] | None = None


@blueprint.get("/trail")
def trail() -> ResponseReturnValue:
    """What happened in every service: positions and kinds, never names, figures or text."""
    admit(FOLLOW)
    wanted = _wanted()
    found = {STORIES: _stories, EVERY_STEP: _steps, SERVICES: _newest}[wanted.view](wanted)
    healths, _ = service_clients().healths()
    return render_template(
        "front/trail.html",
        found=found,
        wanted=wanted,
        views=VIEWS,
        chosen={name: value for name in ("service", "organisation") if (value := getattr(wanted, name))},
        older=_address_of(found.older) if found.older else "",
        whose=_names(found.rows, wanted),
        services=app_context().settings.services,
        now_words=_now_words(healths, found),
        healths=healths,
        follow=request.args.get("follow") == "yes" and not wanted.below,
        seconds=FOLLOW_SECONDS,
    )


def _wanted() -> Wanted:
    """Raises ``NotFoundError`` for a view that there is not."""
    view, service, organisation = (
        request.args.get(name, "")[:SLUG_LENGTH] for name in ("view", "service", "organisation")
    )
    below = {name: int(position) for name, position in _BELOW.findall(request.args.get("older", "")[:LONGEST_OLDER])}
    if view and view not in VIEWS:
        raise NotFoundError("There is no such view. Open ‘What just happened’ from the top of the page and choose one.")
    return Wanted(view or STORIES, service, organisation, below)


def _address_of(below: Mapping[str, int]) -> str:
    """``Wanted.below`` as an address has it: ``leave.408.passport.206``."""
    return ".".join(f"{name}.{position}" for name, position in sorted(below.items()))


def _stories(wanted: Wanted) -> Found:
    rows, silent = service_clients().trails(STORY_ROWS, wanted.below)
    days = stories(rows, STORY_ROWS, service=wanted.service, organisation=wanted.organisation)
    mine = _of_service(rows, wanted)
    told = told_in(mine, days, organisation=wanted.organisation)
    return Found(rows, silent, days=days, older=older_than(mine, STORY_ROWS, told, wanted.below))


def _of_service(rows: Sequence[TrailRow], wanted: Wanted) -> list[TrailRow]:
    return [row for row in rows if wanted.service in ("", row.service)]


def _steps(wanted: Wanted) -> Found:
    """The newest lines; a long run that reaches beyond the first rows, or what is rare, is looked for further."""
    narrow = bool(wanted.service or wanted.organisation)
    found = Found([], [])
    for limit in TRAIL_ROWS:
        rows, silent = service_clients().trails(limit, wanted.below)
        shown, horizon = rows, ""
        if narrow:
            shown, horizon = whole(rows, limit, service=wanted.service, organisation=wanted.organisation)
        lines = trail_lines(shown, limit)
        mine = _of_service(rows, wanted)
        if narrow and len(lines) <= TRAIL_LINES:
            told = sum(row.time >= horizon for row in mine)
        else:
            told = mine.index(lines[:TRAIL_LINES][-1].oldest) + 1 if lines else 0
        older = older_than(mine, limit, told, wanted.below)
        found = Found(rows, silent, lines=lines[:TRAIL_LINES], older=older)
        if len(lines) >= TRAIL_LINES or not (narrow or (lines and lines[-1].cut)):
            break
    return found


def _newest(_: Wanted) -> Found:
    return Found(*service_clients().trails(1))


def _names(rows: list[TrailRow], wanted: Wanted) -> dict[str, str]:
    """What the organisations that are shown or asked for are called, by short name, in the order of their names."""
    names = service_clients().organisation_names()
    known = {row.organisation for row in rows} | ({wanted.organisation} - {""})
    return dict(sorted(((slug, names.get(slug) or slug_words(slug)) for slug in known), key=lambda each: each[1]))


def _now_words(healths: Mapping[str, Health], found: Found) -> str:
    """What is happening at this moment, in a sentence."""
    clock = app_context().clock
    move = last_move(clock) if isinstance(clock, OffsetClock) else None
    if move is not None and move.state == MOVING:
        return f"The date is being moved: {move.moved} of {move.days} days are over."
    unknown = [*found.silent, *(name for name, health in healths.items() if not health.known)]
    if unknown:
        return f"Not everything is known: {', '.join(map(slug_words, dict.fromkeys(unknown)))} does not answer."
    behind = [
        f"{slug_words(name)} is taking in {source.behind:,} steps of {slug_words(source.source)}"
        for name, health in healths.items()
        for source in health.sources
        if source.behind
    ]
    if behind:
        return f"{'; '.join(behind)}."
    newest = f" The newest step was recorded by {slug_words(found.rows[0].service)}." if found.rows else ""
    return f"Every service is up to date.{newest}"
