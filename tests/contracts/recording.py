"""Events that remember what was read of them, held against what their contract promises."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from typing import Any

import marshmallow as ma

from shared.contracts.catalogue import contract_of
from shared.contracts.envelope import Envelope

Path = tuple[str, ...]

INBOX_ADDS = frozenset({"subject", "epoch", "position", "raw"})
"""What the inbox puts on every event beside its envelope."""


class Recording(dict[str, Any]):
    """A mapping that notes the path of each field asked for; mappings inside it, also in lists, note theirs."""

    def __init__(self, content: Mapping[str, Any], reads: set[Path] | None = None, path: Path = ()) -> None:
        self.reads: set[Path] = set() if reads is None else reads
        self._path = path
        super().__init__({key: self._wrapped(value, (*path, key)) for key, value in content.items()})

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The field or the default, noted either way."""
        self._note(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        for key in super().__iter__():
            self._note(key)
            yield key

    def items(self) -> ItemsView[str, Any]:
        """Every field, each noted."""
        for key in super().__iter__():
            self._note(key)
        return super().items()

    def _note(self, key: str) -> None:
        self.reads.add((*self._path, key))

    def _wrapped(self, value: Any, path: Path) -> Any:
        if isinstance(value, Mapping):
            return Recording(value, self.reads, path)
        if isinstance(value, list):
            return [self._wrapped(item, path) for item in value]
        return value


def reads_outside_contract(event_type: str, reads: set[Path]) -> set[Path]:
    """Those of the reads for which neither the envelope nor the type's contract has a field."""
    return {path for path in reads if not _promised(event_type, path)}


def with_more(event_type: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """The event as a later publisher may send it: with a field more wherever its contract may grow."""
    return {**event, "more": "?", "data": _grown(contract_of(event_type), event["data"])}


def _grown(schema: ma.Schema, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"more": "?"} | {key: _grown_value(schema.fields[key], value) for key, value in data.items()}


def _grown_value(field: ma.fields.Field[Any], value: Any) -> Any:
    match field:
        case ma.fields.Nested():
            return _grown(field.schema, value)
        case ma.fields.List():
            return [_grown_value(field.inner, item) for item in value]
        case _:
            return value


def _promised(event_type: str, path: Path) -> bool:
    if path[0] == "data":
        return _has(contract_of(event_type), path[1:])
    return len(path) == 1 and (path[0] in INBOX_ADDS or path[0] in Envelope().fields)


def _has(schema: ma.Schema, path: Path) -> bool:
    if not path:
        return True
    return path[0] in schema.fields and _holds(schema.fields[path[0]], path[1:])


def _holds(field: ma.fields.Field[Any], path: Path) -> bool:
    if not path:
        return True
    match field:
        case ma.fields.Nested():
            return _has(field.schema, path)
        case ma.fields.List():
            return _holds(field.inner, path)
        case ma.fields.Dict():
            return field.value_field is None or _holds(field.value_field, path[1:])
        case _:
            return False
