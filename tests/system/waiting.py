"""Waiting with a deadline, for what other processes do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_PAUSE_SECONDS = 0.05


def wait_for(what: str, ask: Callable[[], T | None], seconds: float = 30.0) -> T:
    """The first answer that is not empty; fails with the words in ``what`` once the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} s, last answer {found!r}")
        time.sleep(_PAUSE_SECONDS)
