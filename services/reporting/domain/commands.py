"""What reporting can be told to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ReportProgress:
    """Report an organisation's figures for a month as computed from the positions.

    ``figures``: as ``figures_json`` gives them. ``positions``: source → (epoch, position). ``mark``: the identity of
    the facts in the month's span. ``after``: the last revision shown when they were read, 0 where there was none.
    """

    organisation: str
    month: str
    definition: int
    complete: bool
    figures: Mapping[str, object]
    positions: Mapping[str, tuple[str, int]]
    mark: int
    after: int
    by: str = "clock"


@dataclass(frozen=True)
class HoldReturns:
    """Make no returns of an organisation until they are let go on. ``reason``: of ``hold.REASONS``."""

    organisation: str
    reason: str
    by: str


@dataclass(frozen=True)
class ResumeReturns:
    """Let an organisation's returns go on."""

    organisation: str
    by: str
