"""The shapes in which events and other plain JSON go from module to module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Event: TypeAlias = dict[str, Any]
"""An event as plain JSON with its place: one of a service's own by the fields of its class, or one that another service
published by its contract, whose content is under ``data``.
"""

Payload: TypeAlias = Mapping[str, Any]
"""Plain JSON by name that a schema, a contract or the code that made it vouches for: it is read unchecked."""
