"""A command key as stored."""

from __future__ import annotations

from typing import NamedTuple


class KeyRecord(NamedTuple):
    """What was asked (``digest``), what was answered (JSON text) and the last position written with it.

    Of a key that is about to be stored, ``position`` is how many events stored with it come after its own.
    """

    scope: str
    key: str
    digest: str
    answer: str
    position: int = 0
