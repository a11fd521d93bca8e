"""The JSON API: blueprints whose routes are documented, validated and refused in one way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast

import flask_smorest  # type: ignore[import-untyped]
import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask, Request
from webargs import core
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from shared.kernel.errors import InvalidError
from shared.kernel.events import Payload
from shared.store.commands import Answer
from shared.web import fields
from shared.web.acts import Act
from shared.web.csrf import SAFE_METHODS
from shared.web.json_body import parse_json
from shared.web.schemas import AnswerSchema, ProblemSchema, messages_of
from shared.web.typed_dates import FIRST_YEAR, LAST_YEAR

V = TypeVar("V", bound=Callable[..., object])

_MOST_ERRORS = 50
_LONGEST_POINTER = 200


def answered(answer: Answer) -> dict[str, object]:
    """A command's answer as the API gives it: its facts, its position, whether the key had been answered before."""
    return {**answer.data, "position": answer.position, "repeated": answer.repeated}


class StrictParser(FlaskParser):
    """Reads arguments strictly: JSON by RFC 8259, nothing unknown, no query parameter twice."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - declared so by webargs
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "querystring": ma.RAISE,
    }

    def _raw_load_json(self, req: Request) -> object:
        raw = req.get_data(cache=True)
        if not raw:
            return core.missing
        if req.mimetype != "application/json":
            raise UnsupportedMediaType
        return parse_json(raw)

    def load_querystring(self, req: Request, schema: ma.Schema) -> object:
        """The query's parameters; raises ``InvalidError`` where one that is no list comes twice."""
        for name, values in req.args.lists():
            if len(values) > 1 and not isinstance(schema.fields.get(name), ma.fields.List):
                raise _invalid([{"parameter": name[:_LONGEST_POINTER], "detail": "Give this once"}])
        return super().load_querystring(req, schema)

    def handle_error(self, error: ma.ValidationError, *_: object, **__: object) -> NoReturn:
        """Turn what marshmallow found into one list of what to put right."""
        raise _invalid(error_details(messages_of(error)))


def _invalid(details: list[dict[str, str]]) -> InvalidError:
    return InvalidError("Some of what was sent is not accepted; ‘errors’ says what and where.", errors=details)


def error_details(messages: dict[str, object]) -> list[dict[str, str]]:
    """Marshmallow's messages by location as a flat list: ``{"pointer": "#/days/0/date", "detail": "…"}``.

    What stands in the query is named as ``parameter``. At most 50 are told.
    """
    found: list[dict[str, str]] = []
    for location, inside in messages.items():
        for path, text in _walk(inside):
            if location in ("query", "querystring"):
                found.append({"parameter": "/".join(path)[:_LONGEST_POINTER], "detail": text})
            else:
                found.append({"pointer": ("#/" + "/".join(path))[:_LONGEST_POINTER], "detail": text})
    return found[:_MOST_ERRORS]


def _walk(messages: object, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    if isinstance(messages, dict):
        return [
            item
            for name, inside in messages.items()
            for item in _walk(inside, path if name == "_schema" else (*path, _escape(str(name))))
        ]
    return [(path, str(text)) for text in (messages if isinstance(messages, list) else [messages])]


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


class ApiBlueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """A service's routes under ``/api/<service>``, each with an ``operationId`` made of service and function name."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, service: str, import_name: str, *, description: str, part: str = "api") -> None:
        super().__init__(f"{service}-{part}", import_name, url_prefix=f"/api/{service}", description=description)
        self.service = service
        self._prepare_doc_cbks.append(_document_key)

    def get(self, rule: str, **options: object) -> Callable[[V], V]:
        """A route that reads."""
        return cast("Callable[[V], V]", super().get(rule, **options))

    def post(self, rule: str, **options: object) -> Callable[[V], V]:
        """A route that commands."""
        return cast("Callable[[V], V]", super().post(rule, **options))

    def act(self, rule: str, act: Act[Any, Any]) -> None:
        """The route of an act: lets whoever asks at its subject, gives the command, tells its answer."""

        def view(body: Payload | None = None, /, **address: object) -> dict[str, object]:
            given = {**(body or {}), **address}
            return answered(act.do(act.let_by(given), given))

        view.__name__, view.__doc__ = act.name, act.about
        answering = self.response(act.status, act.answer)(view)
        self.post(rule)(self.arguments(act.schema)(answering) if act.schema else answering)

    def arguments(self, schema: object, **options: object) -> Callable[[V], V]:
        """What a route takes: the body as JSON, or ``location="query"``; loaded as the view's first argument."""
        return cast("Callable[[V], V]", super().arguments(schema, **options))

    def response(self, status_code: int, schema: object = None, **options: object) -> Callable[[V], V]:
        """What a route answers; the view's result is dumped with the schema."""
        return cast("Callable[[V], V]", super().response(status_code, schema, **options))

    def _store_endpoint_docs(
        self, endpoint: str, obj: object, parameters: object, tags: object, **options: object
    ) -> None:
        super()._store_endpoint_docs(endpoint, obj, parameters, tags, **options)
        for doc in self._docs[endpoint].values():
            if isinstance(doc, dict):
                doc.setdefault("manual_doc", {}).setdefault("operationId", f"{self.service}_{endpoint}")


def _document_key(doc: dict[str, Any], _info: object, *, method: str, **_: object) -> dict[str, object]:
    if method.upper() not in SAFE_METHODS:
        doc.setdefault("parameters", []).append("IdempotencyKey")
    return doc


class ProblemApi(flask_smorest.Api):  # type: ignore[misc]
    """The one API of an app: problem details for every error, schema names prefixed with their service."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask, *, version: str) -> None:
        app.config.update(API_TITLE="Working Carers", API_VERSION=version, OPENAPI_VERSION="3.1.0")
        super().__init__(app, spec_kwargs={"marshmallow_plugin": DescribingPlugin(schema_name)})
        self.ma_plugin.converter.add_attribute_function(_describe)
        components = self.spec.components
        components.parameter("IdempotencyKey", "header", _KEY_HEADER)
        components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
        components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "carers_session"})
        self.spec.options["security"] = [{"bearer": []}, {"session": []}]

    def _register_error_handlers(self) -> None:
        """Errors leave through ``shared.web.problems``, for the API and pages alike."""

    def _register_etag_headers(self) -> None:
        """No route of ours uses flask-smorest's entity tags."""

    def _register_pagination_header(self) -> None:
        """No route of ours uses flask-smorest's pages."""

    def _register_responses(self) -> None:
        super()._register_responses()
        for response in self.spec.components.responses_lazy.values():
            content = response.get("content", {})
            if "application/json" in content:
                content["application/problem+json"] = content.pop("application/json")


DAYS = r"^(19[0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}$"
_NOT_TYPED = r"\u007f-\u009f\u202a-\u202e\u2066-\u2069"
_IN_LINES = rf"[^\u0000-\u0008\u000b\u000c\u000e-\u001f{_NOT_TYPED}]*"
_IN_A_LINE = rf"[^\u0000-\u001f{_NOT_TYPED}]*"
LINES = rf"^{_IN_LINES}\S{_IN_LINES}$"
"""Text as ``shared.web.text_rules`` lets it in, with something in it to read."""
LINE = rf"^{_IN_A_LINE}\S{_IN_A_LINE}$"
"""The same on one line."""

_KEY_HEADER = {
    "name": "Idempotency-Key",
    "required": True,
    "description": "Makes the command happen once: the same key with the same body gets the stored answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


def schema_name(schema: Any) -> str:
    """A schema's name in the document: its class without "Schema", after its service."""
    cls: Any = resolve_schema_cls(schema)
    name = str(cls.__name__).removesuffix("Schema")
    parts = str(cls.__module__).split(".")
    return name if parts[0] != "services" else parts[1].capitalize() + name


class DescribingConverter(OpenAPIConverter):
    """Schemas with the sentence that stands over their class; of a command's answer everything is always there."""

    def schema2jsonschema(self, schema: Any) -> dict[str, object]:
        """The JSON Schema of a payload."""
        found: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        cls: Any = resolve_schema_cls(schema)
        found.setdefault("description", " ".join((cls.__doc__ or "").split()))
        if issubclass(cls, AnswerSchema):
            found["required"] = sorted(found["properties"])
        return found


class DescribingPlugin(MarshmallowPlugin):
    """The plugin with our converter."""

    Converter = DescribingConverter


def _describe(_converter: Any, field: ma.fields.Field[object], **_: object) -> dict[str, object]:
    """What apispec cannot see: decimals travel as text, text has bounds, dates have a range, minutes have two forms."""
    if isinstance(field, ma.fields.Decimal) and field.as_string:
        return {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"}
    if isinstance(field, fields.Text):
        return {"minLength": 1, "maxLength": field.max, **_written(field)}
    if isinstance(field, fields.Choice):
        return {"enum": list(field.choices)}
    if isinstance(field, fields.Date):
        return {
            "description": f"A day from {FIRST_YEAR} to {LAST_YEAR}, YYYY-MM-DD.",
            "pattern": DAYS,
            "examples": ["2026-03-27"],
        }
    return dict(getattr(field, "documented", {}))


def _written(field: fields.Text) -> dict[str, str]:
    """Text has something to read in it and nothing that nobody types; a pattern of its own stands as it is."""
    if any(isinstance(check, ma.validate.Regexp) for check in field.validators):
        return {}
    return {"pattern": LINES if field.lines else LINE}
