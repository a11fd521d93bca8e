"""One's own change at once: the page after a command waits up to a second until lists show it.

Where they are further behind, it shows what its service's own log has, and says that lists are catching up.

What the next page needs travels in a short-lived cookie, signed with the session, so no server keeps it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass
from typing import Any, cast

from flask import Flask, Response, g, request
from werkzeug import Response as BaseResponse

from shared.kernel.errors import UnavailableError
from shared.store.catching_up import PATIENCE_SECONDS
from shared.web.app_context import app_context

COOKIE = "carers_after"
_KEPT_SECONDS = 60


@dataclass(frozen=True)
class After:
    """What happened just before: the position written in a service's log, and the sentence to show."""

    service: str
    position: int
    message: str


def register_read_your_writes(app: Flask) -> None:
    """Wait before a page that follows a command, and forget the cookie once such a page was shown."""

    @app.before_request
    def wait() -> None:
        after = _read() if request.method == "GET" and request.endpoint not in (None, "static") else None
        if after is None:
            return
        g.after = after
        wiring = app_context().wirings.get(after.service)
        if wiring is not None and not wiring.catch_up(after.position, PATIENCE_SECONDS):
            g.behind = after.service

    @app.after_request
    def forget(response: Response) -> Response:
        if g.get("after") and response.status_code == 200 and response.mimetype == "text/html":
            response.delete_cookie(
                COOKIE, httponly=True, samesite="Lax", secure=not app_context().settings.demonstration
            )
        return response


def catching_up() -> UnavailableError:
    """What may be there cannot be told yet: nobody is told that it is not."""
    return UnavailableError("The lists are catching up with what was just recorded. Try again in a moment.")


def set_after(response: BaseResponse, after: After) -> None:
    """Tell the next page; without a cookie session there is none, and nothing is set."""
    session = g.get("session_token")
    if session is None:
        return
    body = base64.urlsafe_b64encode(json.dumps(astuple(after)).encode()).decode()
    response.set_cookie(
        COOKIE,
        f"{body}.{_signature(session, body)}",
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=not app_context().settings.demonstration,
    )


def _read() -> After | None:
    session, cookie = g.get("session_token"), request.cookies.get(COOKIE)
    if session is None or not cookie:
        return None
    body, _, signature = cookie.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(session, body).encode()):
        return None
    return After(*cast("list[Any]", json.loads(base64.urlsafe_b64decode(body))))


def _signature(session: str, body: str) -> str:
    return hmac.new(session.encode(), b"after:" + body.encode(), hashlib.sha256).hexdigest()
