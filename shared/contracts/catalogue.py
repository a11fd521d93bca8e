"""Every published type's contract, and the two checks: what a producer may send, what a batch must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import marshmallow as ma

from shared.contracts import accreditation, leave, passport, payroll, reporting, workforce
from shared.contracts.envelope import Envelope, identity_of
from shared.contracts.fields import Contract
from shared.contracts.types import ABOUT_NO_PERSON, dataschema_of, publisher_of
from shared.kernel.errors import InvalidError
from shared.kernel.events import Payload

CONTRACTS: Final[Mapping[str, type[Contract]]] = MappingProxyType(
    {
        **workforce.CONTRACTS,
        **leave.CONTRACTS,
        **passport.CONTRACTS,
        **accreditation.CONTRACTS,
        **payroll.CONTRACTS,
        **reporting.CONTRACTS,
    }
)


class ContractError(InvalidError):
    """A published event or batch is not what its contract says. ``data["faults"]`` holds them by field."""

    code = "contract"


def contract_of(event_type: str) -> Contract:
    """The schema of the type's data, as a consumer reads it: unknown fields ignored.

    Raises ContractError where nobody publishes the type.
    """
    return _known(event_type)()


def validate_producer(event: Payload) -> None:
    """Check an event as its publisher sends it: every field known and right, the attributes in step with the type.

    Raises ContractError, which names every fault.
    """
    faults = _strict(Envelope).validate(event)
    if not faults:
        contract = _known(event["type"])
        faults = _attribute_faults(event) or _strict(contract).validate(event["data"])
    if faults:
        raise ContractError(f"The event {event.get('id')!r} breaks its contract: {faults}", faults=faults)


def validate_batch(events: Sequence[Payload]) -> None:
    """Check a batch: events of one source and one epoch in order, each naming the one before it as ``previous``.

    Raises ContractError.
    """
    if not events:
        raise ContractError("A batch has at least one event.", faults={})
    for event in events:
        validate_producer(event)
    for before, after in pairwise(events):
        first, second = identity_of(before), identity_of(after)
        if (first.source, first.epoch) != (second.source, second.epoch):
            raise ContractError(f"The batch mixes {first} and {second}.", faults={"source": ["mixed"]})
        if not first.position == after["previous"] < second.position:
            raise ContractError(
                f"The batch skips between {first} and {second}.", faults={"previous": ["not the one before"]}
            )


def _known(event_type: str) -> type[Contract]:
    if event_type not in CONTRACTS:
        raise ContractError(f"Nobody publishes the type {event_type!r}.", faults={"type": ["unknown"]})
    return CONTRACTS[event_type]


def _attribute_faults(event: Payload) -> dict[str, list[str]]:
    event_type, faults = event["type"], {}
    if not event["source"].endswith("/" + publisher_of(event_type)):
        faults["source"] = ["not the publisher of the type"]
    if event["dataschema"] != dataschema_of(event_type):
        faults["dataschema"] = ["not the schema of the type"]
    if ("subject" in event) == (event_type in ABOUT_NO_PERSON):
        faults["subject"] = ["is a person exactly where the type is about one"]
    if not event["previous"] < identity_of(event).position:
        faults["previous"] = ["not before the event's own position"]
    return faults


@cache
def _strict(contract: type[Contract]) -> Contract:
    schema = contract(unknown=ma.RAISE)
    for nested in _nested(schema):
        nested.unknown = ma.RAISE
    return schema


def _nested(schema: ma.Schema) -> Iterator[ma.Schema]:
    waiting: list[Any] = list(schema.fields.values())
    while waiting:
        match waiting.pop():
            case ma.fields.Nested(schema=inner):
                yield inner
                waiting.extend(inner.fields.values())
            case ma.fields.List(inner=inner):
                waiting.append(inner)
            case ma.fields.Dict(value_field=inner) if inner is not None:
                waiting.append(inner)
            case _:
                pass
