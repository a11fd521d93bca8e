"""What is kept of a world beside its logs: how far it is made, the scale of each organisation, whom to begin as.

It stands in ``world.json`` in the folder of the deployment. A deployment that has none was not made by a loader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, Self

from shared.kernel.clock import LONDON
from shared.kernel.events import Payload

MAKING: Final = "making"
READY: Final = "ready"


@dataclass(frozen=True)
class Default:
    """Whom a newcomer may begin as: a role, an organisation's slug, a person's UUID, and why it is worth it."""

    role: str
    organisation: str
    person: str
    why: str


@dataclass(frozen=True)
class WorldRecord:
    """``state``: making or ready; ``told``: the month ("2024-03") up to which it is told; ``share`` of the whole story.

    ``each``: by organisation, for how many people of the published headcount one member stands; ``living``: those of
    them whose staff have a history, empty in a record of a release that did not note it. ``plan``: what it was made
    from, as plain JSON.
    """

    state: str
    told: str = ""
    share: float = 0.0
    plan: Payload = field(default_factory=dict)
    each: Mapping[str, int] = field(default_factory=dict)
    defaults: Sequence[Default] = ()
    living: Sequence[str] = ()

    @property
    def last_day(self) -> date | None:
        """The day in London up to which the world was told; None where the plan does not say."""
        ends = self.plan.get("ends")
        return datetime.fromisoformat(ends).astimezone(LONDON).date() if ends else None

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The record of a deployment's folder; None where there is none."""
        try:
            told = json.loads((folder / "world.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cls(**{**told, "defaults": tuple(Default(**each) for each in told["defaults"])})

    def write(self, folder: Path) -> None:
        """Keep it, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / "world.json.new"
        fresh.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        fresh.replace(folder / "world.json")
