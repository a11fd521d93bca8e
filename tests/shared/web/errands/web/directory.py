"""Who there is, as the wiring of the tests says."""

from typing import Any


def directory(wiring: Any) -> Any:
    """The directory that the wiring has, if any."""
    return wiring.directory
