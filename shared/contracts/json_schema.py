"""JSON Schema from marshmallow schemas."""

from __future__ import annotations

from typing import Any, Final

import marshmallow as ma
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from shared.contracts.catalogue import CONTRACTS, contract_of
from shared.contracts.envelope import Envelope
from shared.contracts.fields import Quantity
from shared.contracts.types import dataschema_of

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def decimal_as_text(_converter: object, field: ma.fields.Field[object], **_: object) -> dict[str, object]:
    """An attribute function for apispec, which exports ``Decimal(as_string=True)`` as a JSON number."""
    if isinstance(field, ma.fields.Decimal) and field.as_string:
        return {"type": ["string", "null"] if field.allow_none else "string"}
    return {}


def mapping_keys(converter: Any, field: ma.fields.Field[Any], **_: object) -> dict[str, object]:
    """An attribute function for apispec, which leaves out what the keys of a mapping look like."""
    if isinstance(field, ma.fields.Dict) and field.key_field is not None:
        return {"propertyNames": converter.field2property(field.key_field)}
    return {}


def exact_number(_converter: object, field: ma.fields.Field[object], **_: object) -> dict[str, object]:
    """An attribute function for apispec: a Quantity is an integer or a fraction's text."""
    return field.json_schema if isinstance(field, Quantity) else {}


def pair(converter: Any, field: ma.fields.Field[object], **_: object) -> dict[str, object]:
    """An attribute function for apispec, which does not know tuples."""
    if not isinstance(field, ma.fields.Tuple):
        return {}
    return {
        "type": "array",
        "prefixItems": [converter.field2property(inner) for inner in field.tuple_fields],
        "minItems": len(field.tuple_fields),
        "maxItems": len(field.tuple_fields),
    }


def portable_pattern(_converter: object, _field: ma.fields.Field[object], *, ret: dict[str, Any]) -> dict[str, object]:
    r"""An attribute function for apispec: Python's ``\Z`` is JavaScript's ``$``."""
    return {"pattern": ret["pattern"].replace(r"\Z", "$")} if "pattern" in ret else {}


def data_schema(event_type: str) -> dict[str, object]:
    """The JSON Schema of a type's data: what it promises, and readers ignore whatever else comes."""
    return {
        "$schema": DIALECT,
        "$id": dataschema_of(event_type),
        "title": event_type,
        "description": _sentence(CONTRACTS[event_type]),
        **_converted(contract_of(event_type)),
    }


def envelope_schema() -> dict[str, object]:
    """The JSON Schema of what every published event carries."""
    return {
        "$schema": DIALECT,
        "$id": "urn:carers:envelope:v1",
        "title": "carers envelope",
        "description": _sentence(Envelope),
        **_converted(Envelope()),
    }


def _converted(schema: ma.Schema) -> dict[str, object]:
    plugin = MarshmallowPlugin(schema_name_resolver=lambda _: "")
    spec = APISpec("contracts", "1", "3.1.0", plugins=[plugin])
    converter: Any = plugin.converter
    for function in (decimal_as_text, mapping_keys, exact_number, pair, portable_pattern):
        converter.add_attribute_function(function)
    spec.components.schema("Data", schema=schema)
    found: dict[str, Any] = spec.to_dict()["components"]["schemas"]["Data"]
    return found


def _sentence(schema: type[ma.Schema]) -> str:
    return " ".join((schema.__doc__ or "").split())
