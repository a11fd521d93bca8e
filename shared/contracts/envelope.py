"""The envelope of a published event: CloudEvents 1.0 with our extensions.

A message on the bus is a batch, a JSON array of events of one source in order of position; so is a page of a feed.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import marshmallow as ma
from marshmallow import validate

from shared.contracts.fields import Choice, Contract, Identifier, Instant, Patterned, Slug, Whole
from shared.contracts.types import DATA_MEDIA_TYPE, SPEC_VERSION
from shared.kernel.events import Payload

_PLACE: Final = re.compile(r"([0-9a-z-]{1,36}):([1-9][0-9]{0,17})")


class Identity(NamedTuple):
    """What makes a published event one fact: its source, the incarnation of the source's log, and the place in it."""

    source: str
    epoch: str
    position: int


class EventId(Patterned):
    """An event's place in its source's log."""

    pattern = "([0-9a-z-]{1,36}):([1-9][0-9]{0,9})"
    meaning = "<epoch>:<position>"


class Source(Patterned):
    """Who speaks: a service of an instance."""

    pattern = "/[a-z][a-z0-9-]{0,39}/[a-z]+"
    meaning = "/<instance>/<service>"


class EventType(Patterned):
    """What happened, and the version of how it is told."""

    pattern = r"carers\.[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*"
    meaning = "carers.<publisher>.<what-happened>.v<N>"


class SchemaUri(Patterned):
    """The name of the schema of the data."""

    pattern = "urn:carers:[a-z]+:[a-z]+(-[a-z]+)*:v[1-9][0-9]*"
    meaning = "the type as a URN"


class TraceParent(Patterned):
    """The trace in which the event was published, by the W3C's Trace Context."""

    pattern = "[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"
    meaning = "a W3C traceparent"


class Envelope(Contract):
    """What every published event carries beside its data."""

    specversion = Choice(SPEC_VERSION, required=True)
    id = EventId(required=True)
    source = Source(required=True)
    type = EventType(required=True)
    subject = Identifier(metadata={"description": "the person concerned; absent where the event concerns none"})
    time = Instant(required=True, metadata={"description": "when it was recorded, in UTC"})
    dataschema = SchemaUri(required=True)
    datacontenttype = Choice(DATA_MEDIA_TYPE, required=True)
    organisation = Slug(required=True, metadata={"description": "the organisation as it was that day"})
    previous = Whole(
        required=True, metadata={"description": "the source's last published position before this one; 0: none"}
    )
    traceparent = TraceParent()
    signature = ma.fields.String(
        validate=validate.Length(1, 200), metadata={"description": "reserved for what leaves an instance"}
    )
    data = ma.fields.Dict(keys=ma.fields.String(), required=True)


def place_of(event_id: str) -> tuple[str, int]:
    """The epoch and the position in an event's id; raises ValueError where it is not ``<epoch>:<position>``."""
    match = _PLACE.fullmatch(event_id)
    if match is None:
        raise ValueError("an id that is not written <epoch>:<position>")
    return match[1], int(match[2])


def identity_of(event: Payload) -> Identity:
    """The identity that an event states; raises ValueError as ``place_of`` does."""
    return Identity(event["source"], *place_of(event["id"]))
