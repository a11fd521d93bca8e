"""A command key as stored."""

from __future__ import annotations

from typing import NamedTuple


class KeyRecord(NamedTuple):
    """What was asked (``digest``), what was answered (JSON text) and the last position written with it."""

    scope: str
    key: str
    digest: str
    answer: str
    position: int = 0
