"""One setting of a process, of the program's own table or of a service's record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Setting:
    """A variable without its prefix, its default as text, its meaning, and how it is read.

    ``kind``: ``str``, ``int``, ``bool``, ``list``, or ``file`` for one that has to be there. A service's variable
    begins with the service's name: ``PAYROLL_MAPPING``.
    """

    variable: str
    default: str
    meaning: str
    kind: str = "str"
    checks: tuple[Any, ...] = ()
