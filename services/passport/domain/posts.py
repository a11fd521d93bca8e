"""What the passport needs to know of a person's posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Post:
    """One post on a day. ``manager``: the manager's person, empty where there is none."""

    employment: str
    post: str
    organisation: str
    manager: str


def managers_in(posts: Sequence[Post], organisation: str, person: str) -> tuple[str, ...]:
    """Who manages the person in an organisation, each once, in the order of the posts; nobody is their own manager."""
    found = (post.manager for post in posts if post.organisation == organisation)
    return tuple(dict.fromkeys(manager for manager in found if manager and manager != person))


def default_reader(managers: Sequence[str]) -> str:
    """Which of a person's managers reads where the person names nobody; empty where nobody manages them."""
    return next(iter(managers), "")


def organisations_of(posts: Sequence[Post]) -> tuple[str, ...]:
    """The organisations in which the person works, earliest post first."""
    return tuple(dict.fromkeys(post.organisation for post in posts))
