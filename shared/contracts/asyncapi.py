"""The AsyncAPI 3.1 document: which service sends which events, and how they look on the bus."""

from __future__ import annotations

from typing import Final

from shared.contracts.golden import samples
from shared.contracts.json_schema import data_schema, envelope_schema
from shared.contracts.types import BATCH_MEDIA_TYPE, EXCHANGE, TYPES, dataschema_of

_ABOUT: Final = """\
What each service publishes. A message is a batch: a JSON array of CloudEvents of one source, in order of position, \
UTF-8 without headers of ours, kept on disk by the broker.

**Listen.** Declare a queue of your own and bind it to the topic exchange `carers`, with the channel's address as \
routing key, such as `demonstration.leave`, or `demonstration.#` for every service of that instance. `carers up` keeps \
its bus inside one process; start `carers web` and `carers worker` with `CARERS_BUS=amqp://...` to listen.

**What can come.** The same event again: after a lost connection, or when another worker takes over. `source` and `id` \
name it for ever, so whoever keeps the last position of each source skips what is not higher. `id` is the log's epoch \
and the position in it; a restore from a backup begins another epoch. `previous` is the last published position before \
this one: where it is not the position that one has, something is missing. Read it from the source's feed, \
`GET /<service>/feed?after=<position>`, which answers with the same batches to the deployment's own services.

**What stays.** Within a version fields are only added: ignore those that you do not know. What changes otherwise is \
another type, `.v2`, beside the old one. Time is minutes, whole or as text n/d; no event has names or free text of \
a person.
"""
_EXCHANGE: Final = {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False}


def document() -> dict[str, object]:
    """The AsyncAPI document of everything published."""
    return {
        "asyncapi": "3.1.0",
        "info": {"title": "Working Carers: published events", "version": "1.0.0", "description": _ABOUT},
        "defaultContentType": BATCH_MEDIA_TYPE,
        "channels": {publisher: _channel(publisher) for publisher in TYPES},
        "operations": {f"publish-{publisher}": _operation(publisher) for publisher in TYPES},
        "components": {
            "messages": {publisher: _message(publisher) for publisher in TYPES},
            "schemas": {"envelope": _embedded(envelope_schema())} | _events(),
        },
    }


def _channel(publisher: str) -> dict[str, object]:
    return {
        "address": f"{{instance}}.{publisher}",
        "title": f"What {publisher} publishes",
        "parameters": {"instance": {"description": "the deployment's name for ever"}},
        "messages": {"batch": _reference("messages", publisher)},
        "bindings": {"amqp": {"is": "routingKey", "exchange": _EXCHANGE}},
    }


def _operation(publisher: str) -> dict[str, object]:
    return {
        "action": "send",
        "title": f"{publisher} publishes",
        "channel": {"$ref": f"#/channels/{publisher}"},
        "messages": [{"$ref": f"#/channels/{publisher}/messages/batch"}],
    }


def _message(publisher: str) -> dict[str, object]:
    kinds = [_reference("schemas", event_type) for event_type in TYPES[publisher]]
    return {
        "name": f"{publisher}-batch",
        "title": f"A batch from {publisher}",
        "contentType": BATCH_MEDIA_TYPE,
        "payload": {"type": "array", "minItems": 1, "items": {"anyOf": kinds}},
        "examples": [{"name": event_type, "payload": samples(event_type)} for event_type in TYPES[publisher]],
    }


def _events() -> dict[str, object]:
    return {event_type: _event(event_type) for types in TYPES.values() for event_type in types}


def _event(event_type: str) -> dict[str, object]:
    told = {
        "type": {"const": event_type},
        "dataschema": {"const": dataschema_of(event_type)},
        "data": _embedded(data_schema(event_type)),
    }
    return {"allOf": [_reference("schemas", "envelope"), {"type": "object", "properties": told}]}


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _embedded(schema: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in schema.items() if key not in {"$schema", "$id"}}
