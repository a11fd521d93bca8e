"""Who sends a request: the session cookie or a bearer token, verified here by every service for itself."""

from __future__ import annotations

from flask import Flask, Response, g, request

from shared.kernel.errors import UnauthenticatedError
from shared.web.access import checked
from shared.web.actor import current_actor
from shared.web.app_context import app_context
from shared.web.bearer import bearer_token
from shared.web.csrf import SAFE_METHODS, check_csrf, check_origin
from shared.web.problems import answer
from shared.web.service_blueprint import ServiceBlueprint
from shared.web.tokens import SESSION_SECONDS, verify_session

COOKIE = "carers_session"

PUBLIC = frozenset(
    {
        "static",
        "front.home",
        "front.sign_in",
        "front.become",
        "front.sign_out",
        "front.accessibility",
        "health.live",
        "health.ready",
        "health.fresh",
        "openapi.document",
    }
)
"""Every route that answers without anybody signed in and without an access check."""


def register_sign_in(app: Flask) -> None:
    """Identify the sender before each request, and let no route answer that checked nobody's access.

    Machine routes identify their caller themselves, by service token.
    """

    @app.before_request
    def identify() -> None:
        g.machine_route = isinstance(app.blueprints.get(request.blueprint or ""), ServiceBlueprint)
        if g.machine_route:
            return
        _identify()
        if request.endpoint is None:
            return
        if request.endpoint not in PUBLIC:
            current_actor()
        if request.method not in SAFE_METHODS and not g.by_bearer:
            check_origin()
            if g.session_token:
                check_csrf()

    @app.after_request
    def fail_closed(response: Response) -> Response:
        unmatched = request.endpoint is None  # the router's own answer: a redirect to the address with its slash
        if unmatched or response.status_code >= 400 or request.endpoint in PUBLIC or checked():
            return response
        app_context().log.error("unchecked-access", route=str(request.url_rule), request=g.request_id)
        return answer(500, "unchecked-access", "This page did not check who may see it, so it is not shown.")


def _identify() -> None:
    web = app_context()
    g.session_token, g.by_bearer = None, False
    if request.endpoint is not None and (bearer := bearer_token()) is not None:
        g.actor = verify_session(web.keys, bearer, instance=web.settings.instance)
        g.by_bearer = True
    elif cookie := request.cookies.get(COOKIE):
        try:
            g.actor = verify_session(web.keys, cookie, instance=web.settings.instance)
            g.session_token = cookie
        except UnauthenticatedError:
            g.session_ended = True


def set_session(response: Response, token: str) -> None:
    """Sign the browser in."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=not app_context().settings.demonstration,
    )


def end_session(response: Response) -> None:
    """Sign the browser out."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=not app_context().settings.demonstration)
