"""Who is asking, as a verified token says."""

from __future__ import annotations

from typing import cast

from flask import g

from shared.kernel.errors import UnauthenticatedError
from shared.runtime.identity import ROLES, Actor

__all__ = ["ROLES", "Actor", "actor_or_none", "current_actor"]


def actor_or_none() -> Actor | None:
    """Whoever sent this request, or None where nobody is signed in."""
    return cast("Actor | None", g.get("actor"))


def current_actor() -> Actor:
    """Whoever sent this request; raises ``UnauthenticatedError`` where nobody is signed in."""
    actor = actor_or_none()
    if actor is None:
        raise UnauthenticatedError("Sign in first, or send a valid token as 'Authorization: Bearer …'.")
    return actor
