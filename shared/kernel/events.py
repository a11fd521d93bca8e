"""The shape in which events go from module to module."""

from __future__ import annotations

from typing import Any, TypeAlias

Event: TypeAlias = dict[str, Any]
"""An event as plain JSON with its place: one of a service's own by the fields of its class, or one that another service
published by its contract, whose content is under ``data``.
"""
