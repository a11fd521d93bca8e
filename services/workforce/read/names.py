"""What are these people called?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from services.workforce.read.tables import people
from shared.store.keys import PersonalKeys

ERASED = "Erased"
_PAGE = 500


def names_of(connection: Connection, keys: PersonalKeys, persons: Iterable[str]) -> dict[str, str]:
    """Names by person (UUID as text), opened just now: "Erased" for a forgotten one; unknown persons are left out."""
    wanted, found = sorted(set(persons)), dict[str, str]()
    for start in range(0, len(wanted), _PAGE):
        sealed = sealed_names(connection, wanted[start : start + _PAGE])
        keys.preload(*(person for person, text in sealed.items() if text))
        found.update({person: _opened(keys, person, text) for person, text in sealed.items()})
    return found


def sealed_names(connection: Connection, persons: Sequence[str]) -> Mapping[str, str]:
    """The sealed names of these persons, empty for a forgotten one; unknown persons are left out."""
    found: dict[str, str] = {}
    for start in range(0, len(persons), _PAGE):
        asked = select(people.c.person, people.c.name).where(people.c.person.in_(persons[start : start + _PAGE]))
        found.update({row.person: row.name for row in connection.execute(asked)})
    return found


def _opened(keys: PersonalKeys, person: str, sealed: str) -> str:
    return (keys.open(person, sealed, "name") if sealed else None) or ERASED
