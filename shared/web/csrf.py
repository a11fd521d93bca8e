"""Protection against requests that another site makes a browser send.

The token is an HMAC of the session token, which a page of another site can neither read nor guess; so no secret has
to be shared by the services. Bearer tokens are exempt: a browser never adds them by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from urllib.parse import urlsplit

from flask import g, request

from shared.kernel.errors import ForbiddenError
from shared.web.actor import current_actor

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_TOKEN = re.compile(r"[0-9a-f]{64}")


class ForgedError(ForbiddenError):
    """The request did not come from one of our pages."""

    code = "csrf"


class OtherSessionError(ForbiddenError):
    """The page was opened in another session of the same browser: before somebody signed in again."""

    code = "other-session"


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
    """Refuse a state-changing request of a cookie session without the session's token.

    Raises ``ForgedError`` where it has none, ``OtherSessionError`` where it has that of another session.
    """
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if hmac.compare_digest(sent.encode(), csrf_token().encode()):
        return
    if not _TOKEN.fullmatch(sent):
        raise ForgedError("This did not come from one of our pages. Open the page here and send it again.")
    actor = current_actor()
    who = f" as {actor.label}" if actor.label else ""
    raise OtherSessionError(
        f"You are now signed in{who} in this browser. The page that you sent was opened before that, perhaps in "
        "another window, so nothing was changed."
    )
