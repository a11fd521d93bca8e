"""The port to the service that keeps names: what colleagues are called, and who one can be in the demonstration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.runtime.identity import Actor


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

    def personas(self, organisation: str, named: Mapping[str, Sequence[str]]) -> Sequence[Persona]:
        """The people offered for one organisation; empty where it is unknown.

        ``named``: by the word of a role, the persons to offer for it (UUID as text), as far as they work there today.
        """
        ...

    def names_for(self, actor: Actor, persons: Iterable[str]) -> Mapping[str, str]:
        """Names by person (UUID as text); people whose name this reader may not know are left out."""
        ...
