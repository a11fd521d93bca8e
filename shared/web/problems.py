"""Every error in one shape: problem details (RFC 9457) for programs, a page in plain words for people."""

from __future__ import annotations

import traceback
from typing import Any

from eventsourcing.persistence import OperationalError
from flask import Flask, Response, g, json, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException

from shared.kernel.errors import CarersError, UnauthenticatedError
from shared.web.state import state

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
    503: "This is not available just now",
}

_DETAILS = {
    400: "The request could not be understood. Check how it was made and send it again.",
    403: "You cannot use this page. Ask your HR team if you think you should.",
    404: "There is nothing at this address. Check it, or go back to the start page.",
    405: "This address takes no requests of this kind. Go back, and use the button or link that leads here.",
    413: "What was sent is larger than this address takes. Send it in smaller parts.",
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
    """Whether this request is a program's: to the API or a machine route, with a token, or asking for JSON."""
    if request.path.startswith("/api/") or g.get("machine_route", False) or "Authorization" in request.headers:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best is not None and best != "text/html"


def _carers_error(error: CarersError) -> ResponseReturnValue:
    status = type(error).status
    if status == 500:
        return _unexpected(error)
    if isinstance(error, UnauthenticatedError) and request.method == "GET" and not for_program():
        g.sent_to_sign_in = True
        return redirect("/", 303)
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
    state().log.warning("database-unreachable", error=type(error).__name__, request=g.request_id)
    detail = "The records cannot be reached just now. Try again in a minute: the same request is never done twice."
    return answer(503, _CODES[503], detail)


def _unexpected(error: Exception) -> Response:
    """Log where it broke – never the message, which may hold what people typed – and say only that it did."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    state().log.error("unexpected-error", error=type(error).__name__, where=frames[-12:], request=g.request_id)
    return answer(500, _CODES[500], _DETAILS[500])


def answer(
    status: int,
    code: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    data: dict[str, Any] | None = None,
) -> Response:
    """The response that tells of an error, for a program or a person."""
    title = TITLES.get(status, TITLES[500])
    program = for_program()
    response = _problem(status, code, title, detail, errors, data) if program else _page(status, title, detail)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: list[dict[str, str]] | None,
    data: dict[str, Any] | None,
) -> Response:
    body: dict[str, Any] = {
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


def _page(status: int, title: str, detail: str) -> Response:
    page = render_template("web/problem.html", title=title, detail=detail, status=status, reference=g.request_id)
    return Response(page, status, content_type="text/html; charset=utf-8")
