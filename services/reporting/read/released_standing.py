"""What do organisations have in place, month by month, as it is released? Asked for everybody, of years of returns.

A month's release holds the highest revision known before the first release day at which that one was complete. For
nearly every return that is its first release day, so the database finds the revision; the others are looked at one by
one, as ``released_progress`` does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, date
from fractions import Fraction
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from services.reporting.domain.disclosure import rounded_count
from services.reporting.domain.leave_taken import UPTAKE
from services.reporting.domain.markers import PROVISIONAL, REVISED
from services.reporting.domain.months import cut_off, release_days
from services.reporting.domain.provisions_and_awards import AWARDS, CARERS_CHAMPION, CARERS_POLICY
from services.reporting.domain.standing_shown import Standing, standing_of
from services.reporting.read.released_progress import progress_of
from services.reporting.read.tables import centre_returns

_NEVER = ""
"""Before every instant: no release day has come."""


class HeldParts(msgspec.Struct):
    """Of what a return gives the board, what is read here. Rates are numerators and denominators, two numbers each."""

    rates: dict[str, tuple[int, int, int, int]]
    awards: list[tuple[str, str]]


decode_held = msgspec.json.Decoder(HeldParts).decode


def standing_series(
    connection: Connection, months: Collection[str], today: date, members: Collection[str] | None = None
) -> dict[str, list[Standing]]:
    """By month what is released of these organisations, or of every one where it is None, by organisation."""
    if not months:
        return {}
    days = {month: list(release_days(month, today)) for month in months}
    rows = connection.execute(_first_release(days, members)).all()
    said_twice = Counter((row.month, row.organisation) for row in rows)
    found: dict[str, dict[str, Standing]] = {month: {} for month in months}
    rest: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        held = row.before is not None and row.complete
        open_still = row.before is None and len(days[row.month]) < 2
        if said_twice[row.month, row.organisation] == 1 and (held or open_still):
            found[row.month][row.organisation] = _standing(row, held=held)
        else:
            rest[row.month].append(row.organisation)
    for month, organisations in rest.items():
        found[month] |= {
            shown.organisation: standing_of(shown)
            for shown in progress_of(connection, month, today, set(organisations))
        }
    return {month: [by_name[name] for name in sorted(by_name)] for month, by_name in found.items()}


def _first_release(days: Mapping[str, list[date]], members: Collection[str] | None) -> Select[object]:
    """Of each return the highest revision before its first release day, or the highest where there is none."""
    known = centre_returns.c
    ends = {month: cut_off(of[0]).astimezone(UTC).isoformat() if of else _NEVER for month, of in days.items()}
    in_time = known.as_known < case(ends, value=known.month, else_=_NEVER)
    chosen: list[ColumnElement[bool]] = [known.month.in_(sorted(days))]
    if members is not None:
        chosen.append(known.organisation.in_(sorted(members)))
    best = (
        select(
            known.month,
            known.organisation,
            func.max(case((in_time, known.revision))).label("before"),
            func.max(known.revision).label("newest"),
        )
        .where(*chosen)
        .group_by(known.month, known.organisation)
        .subquery()
    )
    same = and_(
        known.month == best.c.month,
        known.organisation == best.c.organisation,
        known.revision == func.coalesce(best.c.before, best.c.newest),
    )
    return select(known.month, known.organisation, known.complete, known.board, best.c.before, best.c.newest).join(
        best, same
    )


def _standing(row: Any, *, held: bool) -> Standing:
    parts = decode_held(row.board)
    _, _, people, over = parts.rates[UPTAKE.number]
    revised = held and row.newest > row.before
    return Standing(
        row.organisation,
        rounded_count(Fraction(people, over)),
        _has(parts, CARERS_POLICY.number),
        _has(parts, CARERS_CHAMPION.number),
        tuple(parts.awards) if AWARDS.number in parts.rates else None,
        ((REVISED,) if revised else ()) + (() if held else (PROVISIONAL,)),
    )


def _has(parts: HeldParts, number: str) -> bool | None:
    rate = parts.rates.get(number)
    return None if rate is None else bool(rate[0])
