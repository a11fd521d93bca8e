"""``/openapi.json``: one document for every service of the process."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from shared.web.api import ProblemApi


def openapi_blueprint(api: ProblemApi) -> Blueprint:
    """The route that gives the document; open, because it says nothing about anybody."""
    blueprint = Blueprint("openapi", __name__)

    @blueprint.get("/openapi.json")
    def document() -> ResponseReturnValue:
        found: dict[str, object] = api.spec.to_dict()
        return found

    return blueprint
