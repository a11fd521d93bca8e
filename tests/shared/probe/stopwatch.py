"""The machine's time as a module sees it, turned by hand."""

from __future__ import annotations


class Stopwatch:
    """Stands in a module for ``time``: it does not go on unless told to."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def time(self) -> float:
        """Seconds since 1970, as far as the module knows."""
        return self.seconds

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Turn it."""
        self.seconds += seconds
