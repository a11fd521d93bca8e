"""What a service tells the front over HTTP, where the two do not share a process.

Its trail; in the demonstration what happens there next, and its directory.
"""

from __future__ import annotations

from dataclasses import asdict

from flask import request
from flask.typing import ResponseReturnValue

from shared.kernel.errors import ForbiddenError, InvalidError
from shared.runtime.directory import Directory
from shared.runtime.wiring import Wiring
from shared.web.bearer import service_caller
from shared.web.demonstration import personas_of
from shared.web.service_blueprint import ServiceBlueprint
from shared.web.trail import trail_of

SUBSCRIPTION = "front"
LONGEST_TRAIL = 2000
HIGHEST = 10**18 - 1
"""The highest position that the trail can be asked for."""


def internal_api_blueprint(wiring: Wiring, directory: Directory | None, *, demonstration: bool) -> ServiceBlueprint:
    """``GET /<service>/trail``; in the demonstration ``GET /<service>/upcoming`` too.

    And of a service that keeps names ``GET /<service>/directory``.
    """
    service = wiring.service.name
    blueprint = ServiceBlueprint(f"{service}-desk", __name__, url_prefix=f"/{service}")

    @blueprint.get("/trail")
    def trail() -> ResponseReturnValue:
        _only_the_front(service)
        return {
            "rows": [
                asdict(row)
                for row in trail_of(wiring, _asked("limit", 1, LONGEST_TRAIL, 50), _asked("below", 0, HIGHEST, 0))
            ]
        }

    if demonstration:

        @blueprint.get("/upcoming")
        def upcoming() -> ResponseReturnValue:
            _only_the_front(service)
            coming = [{"on": item.on, "what": item.what} for item in wiring.upcoming()]
            return {"upcoming": coming, "due": wiring.is_due()}

    if demonstration and directory is not None:

        @blueprint.get("/directory")
        def people() -> ResponseReturnValue:
            _only_the_front(service)
            organisation = request.args.get("organisation", "")
            if organisation:
                return {"personas": [asdict(persona) for persona in personas_of(directory, organisation)]}
            return {"organisations": [asdict(found) for found in directory.organisations()]}

    return blueprint


def _only_the_front(service: str) -> None:
    if service_caller(service).subscription != SUBSCRIPTION:
        raise ForbiddenError("This token is for another subscription.")


def _asked(name: str, least: int, most: int, otherwise: int) -> int:
    text = request.args.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise InvalidError(f"‘{name}’ must be a number from {least} to {most}.")
    return int(text)
