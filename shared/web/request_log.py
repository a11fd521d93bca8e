"""One structured line a request: its route's template, never its path, its query or whom it is about."""

from __future__ import annotations

import time
from http import HTTPStatus
from uuid import uuid4

from flask import Flask, Response, g, request

from shared.web.app_context import app_context


def register_request_log(app: Flask) -> None:
    """Give each request an identifier and log how it ended."""

    @app.before_request
    def begin() -> None:
        g.request_id = uuid4().hex[:16]
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if request.endpoint != "static":
            quiet = request.blueprint in _QUIET and response.status_code == HTTPStatus.OK
            (app_context().log.debug if quiet else app_context().log.info)(
                "request",
                method=request.method if request.method in _METHODS else "other",
                route=request.url_rule.rule if request.url_rule else "(none)",
                status=response.status_code,
                ms=round((time.perf_counter() - g.began) * 1000, 1),
                request=g.request_id,
            )
        return response


_QUIET = frozenset({"feed", "health"})
"""Asked every few seconds by programs; told only when something is wrong."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
