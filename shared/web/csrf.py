"""Protection against requests that another site makes a browser send.

The token is an HMAC of the session token, which a page of another site can neither read nor guess; so no secret has
to be shared by the services. Bearer tokens are exempt: a browser never adds them by itself.
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import g, request

from shared.kernel.errors import ForbiddenError

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForgedError(ForbiddenError):
    """The request did not come from one of our pages, or the page was older than the session."""

    code = "csrf"


def csrf_token() -> str:
    """The token for forms of the present session; empty where nobody is signed in by cookie."""
    session: str | None = g.get("session_token")
    return csrf_token_of(session) if session else ""


def csrf_token_of(session: str) -> str:
    """The form token of a session token."""
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


def check_origin() -> None:
    """Refuse a state-changing request that a browser says came from another site."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or site not in ("same-origin", "none"):
        raise ForgedError("This request came from another site. Open the page here and try again.")


def check_csrf() -> None:
    """Refuse a state-changing request of a cookie session without the session's token."""
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not hmac.compare_digest(sent.encode(), csrf_token().encode()) or not sent:
        raise ForgedError(
            "The page was open too long, or came from elsewhere. Go back, load it again and send it again."
        )
