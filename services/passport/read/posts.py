"""Which posts a person holds, where, and under whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.passport.domain.posts import Post
from shared.people.questions import employments_on
from shared.store.database import Database


class PostsView:
    """The people view as the passport's commands ask it."""

    def __init__(self, read: Database) -> None:
        self._read = read

    def posts_on(self, person: str, day: date) -> Sequence[Post]:
        """A person's posts on a day, earliest start first."""
        with self._read.reading() as connection:
            held = employments_on(connection, person, day)
        return [Post(each.employment, each.post, each.organisation, each.manager or "") for each in held]
