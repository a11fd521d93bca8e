"""Consents: who may read which sections, what for, from when until when. Only the carer gives and withdraws them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

MANAGER: Final = "manager"
NAMED: Final = "named"
CAPACITIES: Final = (MANAGER, NAMED)
"""In which capacity somebody may read: as the carer's manager, for as long as they are it; or as the person named."""

LONGEST_PURPOSE: Final = 200


@dataclass(frozen=True)
class Consent:
    """A person may read these sections from a day until a day, both included; without an end until it is withdrawn.

    ``purpose``: what they may use it for, in the carer's words; empty where the carer was erased.
    """

    id: str
    reader: str
    capacity: str
    sections: tuple[str, ...]
    purpose: str = field(repr=False)
    starts: date
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the day is one of those agreed."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def opens_to(self, reader: str, day: date, managers: Collection[str]) -> bool:
        """Whether this lets the reader in on the day, on which these people manage the carer."""
        stands = self.capacity == NAMED or reader in managers
        return reader == self.reader and stands and self.holds_on(day)


def readable(consents: Iterable[Consent], reader: str, day: date, managers: Collection[str]) -> frozenset[str]:
    """The sections that a reader may read on a day: of every consent that lets them in, together."""
    return frozenset(
        section for consent in consents if consent.opens_to(reader, day, managers) for section in consent.sections
    )
