"""What the probe can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenTally:
    """Begin to count for a person."""

    person: str
    organisation: str
    by: str


@dataclass(frozen=True)
class Count:
    """Add an amount; negative ones are refused, 0 changes nothing."""

    person: str
    amount: int
    by: str
    note: str | None = None


@dataclass(frozen=True)
class NameTally:
    """Give a tally a label."""

    person: str
    label: str
    by: str


@dataclass(frozen=True)
class Muddle:
    """Count, and only then find a reason to refuse: what a careless handler does."""

    person: str
    amount: int
    by: str


@dataclass(frozen=True)
class Hear:
    """Keep the place of a published count."""

    person: str
    organisation: str
    place: str
