"""While the demonstration's world is being made there is one page: how far it is. Nothing can be asked or done yet."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from shared.runtime.world_record import MAKING, WorldRecord
from shared.web.app_context import app_context
from shared.web.problems import answer, for_program

SECONDS = 2
"""After so many the page loads itself again."""

_OPEN = ("/static/", "/health/")


def register_making(app: Flask) -> None:
    """Answer every request with the page until the world is ready; probes and the stylesheet go on."""

    @app.before_request
    def wait_for_world() -> ResponseReturnValue | None:
        web = app_context()
        if not web.settings.demonstration or request.path.startswith(_OPEN):
            return None
        record = WorldRecord.read(web.settings.var)
        return _still_making(record) if record and record.state == MAKING else None


def _still_making(record: WorldRecord) -> Response:
    if for_program():
        words = f"The demonstration's world is being made: {record.share:.0%} is done. Try again in a minute."
        response = answer(503, "world-being-made", words)
    else:
        page = render_template("front/making.html", record=record, seconds=SECONDS)
        response = make_response(page, 503)
    response.headers["Retry-After"] = str(SECONDS)
    return response
