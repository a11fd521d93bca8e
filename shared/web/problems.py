"""Every error in one shape: problem details (RFC 9457) for programs, a page in plain words for people."""

from __future__ import annotations

import traceback
from typing import Any

from eventsourcing.persistence import OperationalError
from flask import Flask, Response, g, json, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException

from shared.kernel.errors import CarersError, UnauthenticatedError
from shared.web.actor import actor_or_none
from shared.web.app_context import app_context
from shared.web.come_back import remember_page
from shared.web.csrf import SAFE_METHODS
from shared.web.paging import address_of

TITLES = {
    400: "The request cannot be read",
    401: "Not signed in",
    403: "You cannot do this",
    404: "Page not found",
    405: "This cannot be done here",
    409: "This is not possible",
    410: "This has been erased",
    413: "This is too large",
    415: "This kind of content is not accepted",
    422: "Something needs to be put right",
    500: "Sorry, something went wrong",
    503: "This is not available at the moment",
}

PAGE_TITLES = {
    "not-signed-in": "Sign in to see this page",
    "signed-out": "You have been signed out",
    "other-session": "You have signed in again",
    "no-such-page": "There is no such page in this list",
    "not-a-page": "There is no such page in this list",
}
"""What a page is called that says more than its status."""

_DETAILS = {
    400: "The request could not be understood. Check how it was made and send it again.",
    403: "You cannot use this page. Ask your HR team if you think you should.",
    404: "There is nothing at this address. If you typed or pasted it, check that it is complete.",
    405: "This address takes no requests of this kind. Go back, and use the button or link that leads here.",
    413: "What you sent is too large. Shorten the text, or send it in smaller parts.",
    415: "Send the body as JSON with 'Content-Type: application/json', or a form from its page.",
    500: "Nothing more was changed. Try again in a minute, and give the reference if you ask for help.",
    503: "Try again in a minute. Nothing was changed.",
}

_CODES = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    500: "internal-error",
    503: "unavailable",
}


def register_problems(app: Flask) -> None:
    """Let every error of the app leave in one of the two shapes."""
    app.register_error_handler(CarersError, _carers_error)
    app.register_error_handler(HTTPException, _http_error)
    for passing in (exc.OperationalError, exc.TimeoutError, OperationalError):
        app.register_error_handler(passing, _unreachable)
    app.register_error_handler(Exception, _unexpected)


def for_program() -> bool:
    """Whether this request is a program's: to a machine route, with a token, asking for JSON, or to the API.

    A browser that follows a link to a file of the API names HTML among what it takes, which programs do not.
    """
    if g.get("machine_route", False) or "Authorization" in request.headers:
        return True
    if request.path.startswith("/api/"):
        return "text/html" not in request.accept_mimetypes.values()
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best is not None and best != "text/html"


def _carers_error(error: CarersError) -> ResponseReturnValue:
    status = type(error).status
    if status == 500:
        return _unexpected(error)
    if isinstance(error, UnauthenticatedError) and not for_program():
        return _signed_out()
    data = dict(error.data)
    errors = data.pop("errors", None)
    return answer(status, error.code_, error.message, errors=errors, data=data)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status not in TITLES:
        status = 500 if status >= 500 else 400
    response = answer(status, _CODES[status], _DETAILS[status])
    if allow := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allow))
    return response


def _unreachable(error: Exception) -> Response:
    """A database that is full, restarting or away: nobody's mistake, and the same request may be sent again."""
    app_context().log.warning("database-unreachable", error=type(error).__name__, request=g.request_id)
    detail = "The records cannot be reached at the moment. Try again in a minute: the same request is never done twice."
    return answer(503, _CODES[503], detail)


def _unexpected(error: Exception) -> Response:
    """Log where it broke – never the message, which may hold what people typed – and say only that it did."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    app_context().log.error("unexpected-error", error=type(error).__name__, where=frames[-12:], request=g.request_id)
    return answer(500, _CODES[500], _DETAILS[500])


def answer(
    status: int,
    code: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    data: dict[str, object] | None = None,
) -> Response:
    """The response that tells of an error, for a program or a person."""
    title = TITLES.get(status, TITLES[500])
    if for_program():
        response = _problem(status, code, title, detail, errors, data)
    else:
        response = _page(status, PAGE_TITLES.get(code, title), detail, _onward(status, code, data or {}))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _signed_out() -> Response:
    """For people who are not signed in, or no longer: how to go on where they were."""
    lost = "" if request.method in SAFE_METHODS else " What you sent was not saved."
    detail = f"Sign in to go on.{lost} You then come back to this page."
    response = answer(401, "signed-out" if g.get("session_ended") else UnauthenticatedError.code, detail)
    remember_page(response)
    return response


def _onward(status: int, code: str, data: dict[str, Any]) -> tuple[str, str]:
    """Where to go from a page that tells of an error: the words of the link, and its address."""
    if "page" in data:
        return f"Go to page {data['page']}", address_of(data["page"])
    actor = actor_or_none()
    if code == "other-session" and actor:
        return f"Go on as {actor.label or 'this person'}", "/"
    if status == 401:
        return "Sign in", "/"
    if status == 503 and request.method in SAFE_METHODS:
        return "Load this page again", ""
    return ("Go to your tasks", "/") if actor else ("Go to the start page", "/")


def _problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: list[dict[str, str]] | None,
    data: dict[str, object] | None,
) -> Response:
    body: dict[str, object] = {
        "type": f"urn:working-carers:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "reference": g.request_id,
    }
    if errors:
        body["errors"] = errors
    if data:
        body["data"] = data
    return Response(json.dumps(body, default=str), status, content_type="application/problem+json")


def _page(status: int, title: str, detail: str, onward: tuple[str, str]) -> Response:
    page = render_template(
        "web/problem.html", title=title, detail=detail, status=status, onward=onward, reference=g.request_id
    )
    return Response(page, status, content_type="text/html; charset=utf-8")
