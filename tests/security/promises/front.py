"""The front, what is open to everybody, and what only another service may ask."""

from __future__ import annotations

from typing import Final

from shared.runtime.service import installed
from tests.security.crowd import CALLED
from tests.security.promises.ask import EVERYBODY, NOBODY, SERVICE, Ask, reads, submits

OPEN: Final = EVERYBODY | {NOBODY}

PUBLIC: Final[tuple[Ask, ...]] = (
    reads("front.home", OPEN, told={NOBODY: CALLED}),
    reads("front.accessibility", OPEN),
    reads("health.live", OPEN),
    reads("health.ready", OPEN),
    reads("health.fresh", OPEN, ruled_out=True),
    reads("openapi.document", OPEN),
    reads("static", OPEN, of={"filename": "carers.css"}),
)
"""What says nothing about anybody, or only about whoever asks. No worker runs here, so nothing is fresh.

The demonstration's start page offers whom to be by name.
"""

ASKS: Final[tuple[Ask, ...]] = (
    *PUBLIC,
    reads("front.trail", EVERYBODY),
    reads("front.clock", EVERYBODY),
    submits("front.next_day", EVERYBODY),
    submits("front.mark_news", EVERYBODY, {"seen": "leave:1"}),
    reads("front.tour", EVERYBODY),
    reads("front.tour_of", EVERYBODY, of={"name": "carer"}),
    submits("front.tick_step", EVERYBODY, {"step": "1", "done": "yes"}, of={"name": "carer"}),
    *(reads(f"{name}-desk.trail", frozenset({SERVICE})) for name in installed()),
    *(reads(f"{name}-desk.upcoming", frozenset({SERVICE})) for name in installed()),
    reads("workforce-desk.people", frozenset({SERVICE})),
    reads("feed.feed", frozenset({SERVICE}), of={"service": "leave"}),
)
"""``front.sign_in``, ``front.become`` and ``front.sign_out`` are asked apart.

Who signs in or out, or changes, is somebody else afterwards.
"""
