"""Who is called so? Names are sealed, so no database can look for them: they are opened once and kept in memory.

Nothing of it is written anywhere. What is kept is renewed as soon as the lists have moved, so an erased person is gone
with the erasure; of an organisation that nobody asks for it is dropped after ten minutes.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from services.workforce.read.names import names_of, sealed_names
from shared.people.tables import employments
from shared.store.keys import PersonalKeys
from shared.store.received import bookmark

KEPT_SECONDS: Final = 600.0
MOST_ORGANISATIONS: Final = 8


@dataclass(frozen=True)
class _Known:
    """An organisation's people: the sealed name of each, and the words of the opened one, without accents."""

    place: tuple[str, int]
    used: float
    sealed: dict[str, str]
    words: dict[str, tuple[str, ...]]


class NameBook:
    """The names of a process's organisations, for one who may know them all."""

    def __init__(self, keys: PersonalKeys) -> None:
        self._keys = keys
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._turn = threading.Lock()

    def called(self, connection: Connection, organisation: str, text: str) -> list[str]:
        """The persons of an organisation in whose name a word begins with each word of the text, by their names.

        ``connection``: on the read side. Also people who have left.
        """
        wanted = words_of(text)
        if not wanted:
            return []
        with self._turn:
            known = self._renewed(connection, organisation)
        found = [(words, person) for person, words in known.words.items() if _fits(words, wanted)]
        return [person for _, person in sorted(found)]

    def _renewed(self, connection: Connection, organisation: str) -> _Known:
        now, place = time.monotonic(), bookmark(connection, "workforce.own", "workforce")
        self._drop_unused(now)
        known = self._known.pop(organisation, None)
        if known is None or known.place != place:
            known = self._read(connection, organisation, place, known)
        self._known[organisation] = _Known(known.place, now, known.sealed, known.words)
        while len(self._known) > MOST_ORGANISATIONS:
            self._known.popitem(last=False)
        return known

    def _read(self, connection: Connection, organisation: str, place: tuple[str, int], before: _Known | None) -> _Known:
        """Only names that are new or have changed are opened."""
        here = select(employments.c.person).where(employments.c.organisation == organisation).distinct()
        sealed = dict(sealed_names(connection, list(connection.execute(here).scalars())))
        old, read = (before.sealed, before.words) if before else ({}, {})
        changed = [person for person, text in sealed.items() if text and old.get(person) != text]
        opened = names_of(connection, self._keys, changed)
        words = {
            person: words_of(opened[person]) if person in opened else read[person]
            for person, text in sealed.items()
            if text and (person in opened or person in read)
        }
        return _Known(place, 0.0, sealed, words)

    def _drop_unused(self, now: float) -> None:
        for organisation in [each for each, known in self._known.items() if now - known.used > KEPT_SECONDS]:
            del self._known[organisation]


def words_of(name: str) -> tuple[str, ...]:
    """A name's words in small letters without accents: O’Brien-Łuć is obrien, łuc."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if sign not in "'’‘`." and not unicodedata.combining(sign))
    return tuple("".join(sign if sign.isalnum() else " " for sign in kept).split())


def _fits(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)
