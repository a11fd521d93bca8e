"""What a request may carry: how much, and which characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from shared.web.text_rules import check_encoded, check_text

BODY_BYTES = 64 * 1024
BULK_BYTES = 256 * 1024

V = TypeVar("V", bound=Callable[..., object])


def bulk(view: V) -> V:
    """Let this view take a body of 256 KiB where others take 64 KiB. Goes directly under the route."""
    view.bulk = True  # type: ignore[attr-defined]
    return view


def register_limits(app: Flask) -> None:
    """Refuse, before any view, a body that is too large and a query or form that is not clean text.

    JSON bodies are held to the same rules by ``shared.web.json_body``.
    """

    @app.before_request
    def check_input() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        request.max_content_length = BULK_BYTES if getattr(view, "bulk", False) else BODY_BYTES
        check_encoded(request.query_string)
        _check_pairs(request.args.lists())
        if request.mimetype == "application/x-www-form-urlencoded":
            check_encoded(request.get_data())
            _check_pairs(request.form.lists())


def _check_pairs(pairs: Any) -> None:
    for name, values in pairs:
        check_text((name, *values))
