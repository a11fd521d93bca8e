"""Workforce by bus and by clock: its table of contents."""

from __future__ import annotations

from typing import ClassVar

from shared.bus.service import BusService


class WorkforceService(BusService):
    """What reaches workforce: nothing from others."""

    name: ClassVar[str] = "workforce"
