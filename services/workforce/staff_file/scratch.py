"""What one run of an import remembers of the file's good rows: on disk, so that memory does not grow with the file."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

PAGE: Final = 500


class Numbered(NamedTuple):
    """A good row by its staff number; ``employer`` and ``organisation`` are slugs."""

    line: int
    employer: str
    number: str
    organisation: str


class Scratch:
    """An index of the file in a folder of its own, gone at the end. It holds numbers, never names."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="carers-import-")
        self._db = sqlite3.connect(Path(self._folder.name) / "index.db", isolation_level=None)
        self._db.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            CREATE TABLE good (
                line INTEGER PRIMARY KEY, employer TEXT, number TEXT, organisation TEXT, manager TEXT,
                person TEXT NOT NULL DEFAULT '', known INTEGER NOT NULL DEFAULT 0, UNIQUE (employer, number)
            );
            CREATE TABLE bad (employer TEXT, number TEXT, line INTEGER, PRIMARY KEY (employer, number));
            CREATE TABLE elsewhere (employer TEXT, number TEXT, person TEXT, PRIMARY KEY (employer, number));
            BEGIN;
            """
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, line: int, employer: str, number: str, organisation: str, manager: str) -> int:
        """Remember a good row; answers 0, or the line that has its number already."""
        added = self._db.execute(
            "INSERT INTO good (line, employer, number, organisation, manager) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (line, employer, number, organisation, manager),
        )
        if added.rowcount:
            return 0
        taken = self._db.execute("SELECT line FROM good WHERE employer = ? AND number = ?", (employer, number))
        return int(taken.fetchone()[0])

    def add_bad(self, line: int, employer: str, number: str) -> None:
        """Remember the number of a row with mistakes, so that those who name it as manager are told why."""
        self._db.execute("INSERT INTO bad VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (employer, number, line))

    def managers_elsewhere(self) -> Iterator[list[tuple[str, str]]]:
        """Pages of (employer, number) that rows name as manager and no good row has."""
        found = self._db.execute(
            "SELECT DISTINCT employer, manager FROM good AS row WHERE manager <> '' AND NOT EXISTS "
            "(SELECT 1 FROM good WHERE good.employer = row.employer AND good.number = row.manager)"
        )
        while page := found.fetchmany(PAGE):
            yield page

    def add_elsewhere(self, people: Iterable[tuple[tuple[str, str], str]]) -> None:
        """Remember whom numbers mean that the file does not have."""
        self._db.executemany("INSERT INTO elsewhere VALUES (?, ?, ?)", [(*number, person) for number, person in people])

    def drop_orphans(self) -> list[tuple[int, str, int]]:
        """Take out rows whose manager is nobody; answers (line, manager's number, the manager's bad line or 0)."""
        orphans = self._db.execute(
            """
            SELECT row.line, row.manager, coalesce(bad.line, 0), row.employer, row.number FROM good AS row
            LEFT JOIN bad ON bad.employer = row.employer AND bad.number = row.manager
            WHERE row.manager <> ''
              AND NOT EXISTS (SELECT 1 FROM good WHERE good.employer = row.employer AND good.number = row.manager)
              AND NOT EXISTS
                  (SELECT 1 FROM elsewhere AS known WHERE known.employer = row.employer AND known.number = row.manager)
            ORDER BY row.line LIMIT ?
            """,
            (PAGE,),
        ).fetchall()
        for line, _, _, employer, number in orphans:
            self.add_bad(line, employer, number)
            self._db.execute("DELETE FROM good WHERE line = ?", (line,))
        return [(line, manager, bad) for line, manager, bad, _, _ in orphans]

    def pages(self) -> Iterator[list[Numbered]]:
        """The good rows, a page at a time, in the order of the file."""
        last = 0
        while page := self._db.execute(
            "SELECT line, employer, number, organisation FROM good WHERE line > ? ORDER BY line LIMIT ?", (last, PAGE)
        ).fetchall():
            yield [Numbered(*row) for row in page]
            last = page[-1][0]

    def set_people(self, people: Sequence[tuple[int, str, bool]]) -> None:
        """Remember whose each line is: (line, person, whether the number was known before this run)."""
        self._db.executemany(
            "UPDATE good SET person = ?, known = ? WHERE line = ?",
            [(person, int(known), line) for line, person, known in people],
        )

    def person_on(self, line: int, number: str) -> tuple[str, bool] | None:
        """Whose a good line is, and whether the number was known before; None for a line that is not imported."""
        row = self._db.execute(
            "SELECT person, known FROM good WHERE line = ? AND number = ?", (line, number)
        ).fetchone()
        return (row[0], bool(row[1])) if row else None

    def person_of(self, employer: str, number: str) -> str:
        """Whom a number means, in the file or elsewhere."""
        row = self._db.execute(
            "SELECT person FROM good WHERE employer = ?1 AND number = ?2 "
            "UNION ALL SELECT person FROM elsewhere WHERE employer = ?1 AND number = ?2",
            (employer, number),
        ).fetchone()
        return str(row[0])

    def count(self) -> int:
        """How many good rows there are."""
        return int(self._db.execute("SELECT count(*) FROM good").fetchone()[0])
