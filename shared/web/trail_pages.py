"""The trail's page: stories, every step, how far each service is, and what happens right now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from shared.kernel.clock import OffsetClock
from shared.process.clock_moves import MOVING, last_move
from shared.web.desk import LONGEST_TRAIL
from shared.web.front_blueprint import FOLLOW, admit, blueprint
from shared.web.health import Health
from shared.web.peers import peers
from shared.web.state import state
from shared.web.stories import Day, stories
from shared.web.trail import TrailLine, TrailRow, trail_lines, whole
from shared.web.words import slug_words

FOLLOW_SECONDS: Final = 3
STORY_ROWS: Final = 1000
"""How many rows each service is asked for where they are told as stories."""

TRAIL_LINES: Final = 40
TRAIL_ROWS: Final = (200, LONGEST_TRAIL)
"""The same where each step is listed; the second where the first ended inside a long run."""

STORIES, EVERY_STEP = "stories", "steps"


@blueprint.get("/trail")
def trail() -> ResponseReturnValue:
    """What happened in every service: positions and kinds, never names, figures or text."""
    admit(FOLLOW)
    wanted = {name: request.args.get(name, "") for name in ("service", "organisation")}
    view = EVERY_STEP if request.args.get("view") == EVERY_STEP else STORIES
    names, (healths, _) = peers().organisation_names(), peers().healths()
    lines: list[TrailLine] = []
    days: list[Day] = []
    if view == EVERY_STEP:
        lines, rows, silent = _steps(wanted["service"], wanted["organisation"])
    else:
        rows, silent = peers().trails(STORY_ROWS)
        days = stories(rows, STORY_ROWS, service=wanted["service"], organisation=wanted["organisation"])
    known = {row.organisation for row in rows} | ({wanted["organisation"]} - {""})
    whose = {slug: names.get(slug) or slug_words(slug) for slug in known}
    return render_template(
        "front/trail.html",
        view=view,
        days=days,
        lines=lines,
        whose=dict(sorted(whose.items(), key=lambda each: each[1])),
        services=state().settings.services,
        wanted=wanted,
        chosen={name: value for name, value in wanted.items() if value},
        now_words=_now_words(healths, rows),
        healths=healths,
        silent=silent,
        follow=request.args.get("follow") == "yes",
        seconds=FOLLOW_SECONDS,
    )


def _steps(service: str, organisation: str) -> tuple[list[TrailLine], list[TrailRow], list[str]]:
    """The newest lines; a long run that reaches beyond the first rows, or what is rare, is looked for further."""
    rows: list[TrailRow] = []
    silent: list[str] = []
    lines: list[TrailLine] = []
    narrow = bool(service or organisation)
    for limit in TRAIL_ROWS:
        rows, silent = peers().trails(limit)
        chosen = whole(rows, limit, service=service, organisation=organisation)[0] if narrow else rows
        lines = trail_lines(chosen, limit)
        if len(lines) >= TRAIL_LINES or not (narrow or (lines and lines[-1].cut)):
            break
    return lines[:TRAIL_LINES], rows, silent


def _now_words(healths: Mapping[str, Health], rows: list[TrailRow]) -> str:
    """What is happening at this moment, in a sentence."""
    clock = state().clock
    move = last_move(clock) if isinstance(clock, OffsetClock) else None
    if move is not None and move.state == MOVING:
        return f"The date is being moved: {move.moved} of {move.days} days are over."
    behind = [
        f"{slug_words(name)} is taking in {source.behind:,} steps of {slug_words(source.source)}"
        for name, health in healths.items()
        for source in health.sources
        if source.behind
    ]
    if behind:
        return f"{'; '.join(behind)}."
    newest = f" The newest step is of {slug_words(rows[0].service)}." if rows else ""
    return f"Every service is up to date.{newest}"
