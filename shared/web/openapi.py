"""``/openapi.json``: one document for every service of the process, with a sentence for whatever has a name."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from flask import Blueprint
from flask.typing import ResponseReturnValue

from shared.web.api import ProblemApi
from shared.web.glossary import Glossaries, meaning
from shared.web.problems import TITLES

ABOUT: Final = """\
Every service of Working Carers, each under its own `/api/<service>`.

**Who asks.** Send `Authorization: Bearer <token>`. In the demonstration
`carers token --organisation cabinet-office --role hr` prints one, and with `--person` one of whoever that is. What
somebody may see or do follows from the token's person, organisation and roles; what is not theirs answers like what is
not there, 404. Fields that one may not see are left out of the answer.

**Commands.** Each POST takes an `Idempotency-Key` of one's own choice. The same key with the same body gets the stored
answer with `repeated: true`, and nothing happens twice; another body under the same key is refused with 422. Lists
show a change a moment after its answer.

**Refusals** are problem details (RFC 9457): `detail` is a sentence for a person, `code` is for programs, `errors`
names each field by a JSON pointer. 409 means that a rule says no: another request is needed, not another attempt. 503
means that the same request can be sent again in a moment.

**Values.** Days are `YYYY-MM-DD` in London, instants have their offset from UTC. Time is minutes: a whole number, or
text such as `555/2` where half of a day is no whole number. Identifiers are UUIDs. Lists come a page at a time, from
`page` 1; a page that is not full is the last one.
"""

REFUSALS: Final[dict[str, str]] = {
    "400": "The request cannot be read, or a command came without its `Idempotency-Key`.",
    "401": "There is no token, or it is no longer valid.",
    "403": "None of the roles of the person who asks allows this.",
    "404": "There is nothing here, or nothing that the person who asks can see.",
    "409": "A rule does not allow this. `code` names the rule, and `data` has the facts.",
    "410": "The person was erased.",
    "413": "The body is larger than 64 KiB.",
    "415": "The body is not `application/json`.",
    "422": "Something that was sent is not accepted; `errors` says what and where.",
    "503": "The service cannot answer at the moment. Send the same request again shortly.",
}
"""What a refusal of each status means."""

READING: Final = ("401", "403", "404", "409", "422", "503")
COMMANDING: Final = tuple(REFUSALS)


def openapi_blueprint(api: ProblemApi, glossaries: Glossaries) -> Blueprint:
    """The route that gives the document; open, because it says nothing about anybody."""
    blueprint = Blueprint("openapi", __name__)

    @cache
    def whole() -> dict[str, object]:
        return completed(api.spec.to_dict(), glossaries)

    @blueprint.get("/openapi.json")
    def document() -> ResponseReturnValue:
        return whole()

    return blueprint


def completed(document: dict[str, Any], glossaries: Glossaries) -> dict[str, object]:
    """The document with what the routes do not say themselves: refusals by status, and the meaning of each name."""
    done = copy.deepcopy(document)
    done["info"]["description"] = ABOUT
    responses = done["components"].setdefault("responses", {})
    responses |= {f"Refused{status}": _refusal(status) for status in REFUSALS}
    for name, schema in done["components"].get("schemas", {}).items():
        service = next((each for each in glossaries if name.startswith(each.capitalize())), "")
        for field, described in schema.get("properties", {}).items():
            _describe(described, meaning(glossaries, service, name.removeprefix(service.capitalize()), field))
    for path, method, operation, shared in _operations(done):
        service = path.removeprefix("/api/").partition("/")[0]
        for parameter in (*shared, *operation.get("parameters", ())):
            _describe(parameter, meaning(glossaries, service, "", parameter.get("name", "")))
            _forget_empty_default(parameter.get("schema", {}))
        wanted = READING if method == "get" else COMMANDING
        operation["responses"] |= {status: {"$ref": f"#/components/responses/Refused{status}"} for status in wanted}
    return done


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], list[dict[str, Any]]]]:
    """Each operation with its address, its method and the parameters of its address."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                yield path, method, operation, operations.get("parameters", [])


def _refusal(status: str) -> dict[str, object]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": f"{TITLES[int(status)]}. {REFUSALS[status]}", "content": content}


def _describe(described: dict[str, object], words: str) -> None:
    """Say what a name means where its schema does not."""
    if "description" not in described and words:
        described["description"] = words
    _forget_empty_default(described)


def _forget_empty_default(described: dict[str, object]) -> None:
    """What is left out is left out: an empty text or null in its place would not pass its own schema."""
    if described.get("default", ...) in ("", None):
        del described["default"]
