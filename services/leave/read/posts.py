"""Which posts a person holds, with what leave needs to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, select

from services.leave.domain.posts import Post
from shared.kernel.working_time import WorkingPattern
from shared.people.questions import Employment, employment, employments_on
from shared.people.tables import employments
from shared.store.database import Database


class PostsView:
    """The people view as leave's commands ask it."""

    def __init__(self, read: Database) -> None:
        self._read = read

    def posts_on(self, person: str, day: date) -> Sequence[Post]:
        """A person's posts on a day, with every legal employer, earliest start first."""
        with self._read.reading() as connection:
            return [_post(connection, held, day) for held in employments_on(connection, person, day)]

    def post_on_days(self, employment_id: str, days: Iterable[date]) -> Mapping[date, Post | None]:
        """One post on each of these days; None where the employment is not current."""
        with self._read.reading() as connection:
            held = {day: employment(connection, employment_id, day) for day in days}
            return {day: _post(connection, found, day) if found else None for day, found in held.items()}

    def employers_of(self, person: str) -> Sequence[str]:
        """Every legal employer the person has been known with."""
        statement = select(employments.c.employer).where(employments.c.person == person).distinct()
        with self._read.reading() as connection:
            return sorted(connection.execute(statement).scalars())


def _post(connection: Connection, held: Employment, day: date) -> Post:
    pattern = _pattern(msgspec.json.encode(held.pattern))
    return Post(
        employment=held.employment,
        staff_number=held.staff_number,
        post=held.post,
        organisation=held.organisation,
        employer=held.employer,
        nation=held.nation,
        status=held.status,
        full_time_minutes=held.full_time_minutes,
        pattern=pattern,
        pattern_since=held.starts if pattern.same_every_week else _since(connection, held, day),
        starts=held.starts,
        ends=held.ends,
    )


@lru_cache(maxsize=1024)
def _pattern(text: bytes) -> WorkingPattern:
    """The pattern; an organisation has few."""
    return WorkingPattern.from_json(msgspec.json.decode(text))


def _since(connection: Connection, held: Employment, day: date) -> date:
    """From when the employment has had this pattern without a change, as of a day."""
    statement = (
        select(employments.c.effective_from, employments.c.pattern)
        .where(employments.c.employment == held.employment, employments.c.effective_from <= day.isoformat())
        .order_by(employments.c.effective_from.desc())
    )
    since = day
    for row in connection.execute(statement):
        if msgspec.json.decode(row.pattern) != held.pattern:
            break
        since = date.fromisoformat(row.effective_from)
    return max(since, held.starts)
