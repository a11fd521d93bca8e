"""What goes into an application and comes out: a command's key, what was decided, what its caller is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shared.kernel.aggregates import Aggregate


@dataclass(frozen=True)
class CommandKey:
    """What makes a command happen once. ``scope`` is ``organisation/actor/command``; keys never expire."""

    scope: str
    key: str


@dataclass(frozen=True)
class Decision:
    """What a handler decided: the aggregates to save and the plain JSON that the caller is told."""

    aggregates: tuple[Aggregate, ...] = ()
    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What the caller is told. ``position``: the last log position written with it, 0 where nothing was."""

    data: dict[str, Any]
    position: int
    repeated: bool = False
