"""Published events as they travel: batches of bytes, and events as plain dicts with their place in their log."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from shared.contracts.envelope import place_of
from shared.kernel.events import Event

_LONGEST: Final = {"source": 120, "type": 120, "time": 40, "organisation": 80, "subject": 80}
"""What the inbox's own columns can hold: an event that they cannot is no event of ours."""

_decode_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_event = msgspec.json.Decoder(dict[str, Any]).decode


def encode_batch(bodies: list[bytes]) -> bytes:
    """A CloudEvents batch of encoded events: the body of a message and of a feed's page."""
    return b"[" + b",".join(bodies) + b"]"


def decode_batch(body: bytes) -> list[Event]:
    """The events of a batch as plain dicts, each with its ``epoch``, ``position`` and own bytes in ``raw``.

    Raises ``ValueError`` where the body is not a batch of events with the attributes that the inbox needs.
    """
    try:
        return [decode_event(bytes(raw)) for raw in _decode_list(body)]
    except (msgspec.DecodeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a batch of events: {type(error).__name__}") from error


def decode_event(raw: bytes) -> Event:
    """One event from its own bytes, as ``decode_batch`` gives it."""
    event = _decode_event(raw)
    event["epoch"], event["position"] = place_of(event["id"])
    event["raw"] = raw
    event.setdefault("subject", "")
    if type(event["previous"]) is not int or not 0 <= event["previous"] < event["position"]:
        raise ValueError("no place of the one before")
    if not isinstance(event["data"], dict):
        raise ValueError("no data")
    for name, longest in _LONGEST.items():
        text = event[name]
        if not (isinstance(text, str) and len(text) <= longest and text.isprintable()):
            raise ValueError(f"a {name} that cannot be kept")
    return event


def kept_event(body: bytes, epoch: str, position: int) -> Event:
    """One event that was received and kept: what was checked then is not checked again, and ``raw`` is left out."""
    event = _decode_event(body)
    event["epoch"], event["position"] = epoch, position
    event.setdefault("subject", "")
    return event


def stream_of(event: Event) -> str:
    """What an event's order matters within: its person's events, else its organisation's."""
    return event["subject"] or f"organisation:{event['organisation']}"
