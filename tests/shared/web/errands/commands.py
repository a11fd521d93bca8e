"""The command of the errands service."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Write:
    """Write down an errand."""

    day: date
    part: str
    by: str
