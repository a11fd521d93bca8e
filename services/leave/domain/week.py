"""A week of leave: what the employee is normally expected to work in a week, at the time of the request.

Carer's Leave Regulations 2024, regulation 6. The week is per person and legal employer, over all posts. Bank
holidays, leave, sickness and overtime are neither added nor deducted. Minutes are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from services.leave.domain.posts import Post
from shared.kernel.errors import RefusedError

AVERAGED_DAYS: Final = 364
"""The 52 weeks before the day of notice over which varying hours are averaged."""


@dataclass(frozen=True)
class Week:
    """Minutes of the week, in all and of each post (employment → minutes)."""

    minutes: Fraction
    of_posts: dict[str, Fraction]


def week_of(posts: Sequence[Post], given_on: date) -> Week:
    """The week of a person with these posts on the day of notice.

    Raises RefusedError ``hours-vary`` where a post's week cannot be read from its working pattern.
    """
    for post in posts:
        if not has_fixed_week(post, given_on):
            raise RefusedError(
                f"Your week of leave cannot be worked out here, because the hours of {post.post} vary and it is an "
                "average of the past year. You have the same right to leave: ask HR to work it out with you.",
                code="hours-vary",
                employment=post.employment,
            )
    of_posts = {post.employment: post.pattern.weekly_minutes for post in posts}
    return Week(sum(of_posts.values(), Fraction(0)), of_posts)


def has_fixed_week(post: Post, given_on: date) -> bool:
    """Whether the cycle's average week is the week by law.

    It is where every week has the same minutes. It is also where weeks differ, and the law averages the 364 days
    before the day of notice, if those are whole cycles: the pattern has been in force that long, and the cycle
    divides them (a nine-day fortnight does, four days on and four off do not).
    """
    pattern = post.pattern
    if pattern.same_every_week:
        return True
    return (
        not pattern.varies
        and AVERAGED_DAYS % len(pattern.days) == 0
        and post.pattern_since <= given_on - timedelta(days=AVERAGED_DAYS)
    )
