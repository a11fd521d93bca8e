"""The port through which the demonstration's sign-in page finds real people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class DirectoryOrganisation:
    """An organisation one can pick. ``kind`` is ``department`` or ``centre``."""

    slug: str
    name: str
    kind: str


@dataclass(frozen=True)
class Persona:
    """A person one can be in the demonstration.

    ``role`` is the word on the page ("Line manager"), ``roles`` what the token holds.
    """

    person: str
    name: str
    staff_number: str
    post: str
    organisation: str
    organisation_name: str
    role: str
    roles: tuple[str, ...]


class Directory(Protocol):
    """Who there is, from the service that keeps the names."""

    def organisations(self) -> Sequence[DirectoryOrganisation]:
        """Every organisation that has people, by name."""
        ...

    def personas(self, organisation: str) -> Sequence[Persona]:
        """The people offered for one organisation; empty where it is unknown."""
        ...
