"""Bringing a staff file into workforce.

The file is read twice, a little at a time. The first reading checks every row and notes whose staff numbers the file
has, so that a manager may come after their staff. Then each number is given its person, and the second reading
records, changes or ends employments, some hundred events in a transaction. What is known already writes nothing, so
that a file can be imported again, also after an interruption.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Final

import msgspec

from services.workforce.application import WorkforceApplication
from services.workforce.domain.commands import (
    ClaimStaffNumbers,
    ImportStaff,
    NumberClaim,
    StaffRow,
)
from services.workforce.domain.staff_row import OUTCOMES
from services.workforce.staff_file.bodies import Bodies
from services.workforce.staff_file.columns import COLUMNS
from services.workforce.staff_file.rows import ReadRow, StaffRowReader
from services.workforce.staff_file.scratch import Numbered, Scratch
from shared.files.progress import Watcher
from shared.files.reading import check_encoding, rows_of
from shared.files.rows import Problem
from shared.kernel.ids import new_id, slug
from shared.store.commands import CommandKey

BATCH: Final = 200
"""Rows in one transaction: about 400 events."""

BY: Final = "system"


@dataclass
class Imported:
    """What an import came to, in rows."""

    rows: int = 0
    bad: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


class StaffImport:
    """One run of an import; ``dry`` stores nothing. Changed terms hold from ``as_of`` on."""

    def __init__(self, application: WorkforceApplication, watcher: Watcher, *, as_of: date, dry: bool) -> None:
        self._application = application
        self._watcher = watcher
        self._as_of = as_of
        self._dry = dry
        self._bodies = Bodies(application, BY)
        self._result = Imported()

    def run(self, file: BinaryIO) -> Imported:
        """Import the file. Raises UnusableFileError, before anything was stored, where it cannot be read."""
        check_encoding(file)
        with Scratch() as scratch:
            self._check(file, scratch)
            self._find_managers(scratch)
            self._give_people(scratch)
            self._bring_in(file, scratch)
        return self._result

    def _check(self, file: BinaryIO, scratch: Scratch) -> None:
        self._watcher.stage("Checking", 0)
        for row, cells in self._rows(file):
            self._result.rows += 1
            if isinstance(row, ReadRow):
                self._note(row, scratch)
            else:
                self._refuse_unreadable(row, cells, scratch)
            self._watcher.advance(1)

    def _note(self, row: ReadRow, scratch: Scratch) -> None:
        terms = row.particulars
        if (problem := self._bodies.check(row)) is not None:
            self._refuse([problem])
            scratch.add_bad(row.line, terms.employer, terms.staff_number)
        elif first := scratch.add(
            row.line, terms.employer, terms.staff_number, terms.organisation, terms.manager_staff_number
        ):
            again = f"Line {first} has this staff number already. Keep the row that is right, and leave the other out."
            self._refuse([Problem(row.line, "staff_number", again)])

    def _refuse_unreadable(self, problems: list[Problem], cells: dict[str, str], scratch: Scratch) -> None:
        self._refuse(problems)
        employer, number = slug(cells.get("employer", "")), cells.get("staff_number", "").strip()
        if employer and number and problems:
            scratch.add_bad(problems[0].line, employer, number)

    def _find_managers(self, scratch: Scratch) -> None:
        for page in scratch.managers_elsewhere():
            scratch.add_elsewhere(self._application.people_of(page).items())
        while orphans := scratch.drop_orphans():
            for line, manager, bad in orphans:
                self._refuse([Problem(line, "manager_staff_number", _orphan(manager, bad))])

    def _give_people(self, scratch: Scratch) -> None:
        self._watcher.stage("Matching", scratch.count())
        for page in scratch.pages():
            known = self._application.people_of([(row.employer, row.number) for row in page])
            fresh = [row for row in page if (row.employer, row.number) not in known]
            minted = dict(zip(((row.employer, row.number) for row in fresh), self._mint(fresh), strict=True))
            people = minted | known
            scratch.set_people(
                [(row.line, people[row.employer, row.number], (row.employer, row.number) in known) for row in page]
            )
            self._watcher.advance(len(page))

    def _mint(self, fresh: list[Numbered]) -> list[str]:
        if self._dry or not fresh:
            return [str(new_id()) for _ in fresh]
        answer = self._execute(
            ClaimStaffNumbers(tuple(NumberClaim(row.employer, row.number, row.organisation) for row in fresh), BY)
        )
        persons: list[str] = answer["persons"]
        return persons

    def _bring_in(self, file: BinaryIO, scratch: Scratch) -> None:
        self._watcher.stage("Importing", scratch.count())
        good = (row for row, _ in self._rows(file) if isinstance(row, ReadRow))
        placed = (
            (row, found)
            for row in good
            if (found := scratch.person_on(row.line, row.particulars.staff_number)) is not None
        )
        while batch := list(islice(placed, BATCH)):
            rows = tuple(row.for_import(person, self._manager(row, scratch)) for row, (person, _) in batch)
            known = {row.line for row, (_, was_known) in batch if was_known}
            if self._dry:
                self._count(self._application.preview(ImportStaff(rows, self._as_of, BY)).answer())
            else:
                for command in self._bodies.to_record(row for row, _ in batch):
                    self._execute(command)
                self._write(rows, known)
            self._watcher.advance(len(batch))

    def _write(self, rows: tuple[StaffRow, ...], known: set[int]) -> None:
        """Look at rows of known people first: only those that would write become a command."""
        looked = ImportStaff(tuple(row for row in rows if row.line in known), self._as_of, BY)
        preview = self._application.preview(looked)
        settled = {line for line, outcome in preview.outcomes.items() if outcome == "unchanged"}
        settled |= {refused["line"] for refused in preview.refused}
        self._count(preview.answer() | {"new": 0, "changed": 0})
        writing = tuple(row for row in rows if row.line not in settled)
        if writing:
            command = ImportStaff(writing, self._as_of, BY)
            self._count(self._execute(command, seen=sorted(preview.versions.items())))

    def _execute(self, command: object, seen: object = ()) -> dict[str, Any]:
        """Execute under a key of the command's content and of the versions that were seen of what it changes."""
        digest = hashlib.sha256(msgspec.json.encode((command, seen))).hexdigest()
        return self._application.execute(command, CommandKey(f"import/{BY}/{type(command).__name__}", digest)).data

    def _count(self, answer: dict[str, Any]) -> None:
        self._result.outcomes.update({name: answer[name] for name in OUTCOMES})
        for refused in answer["refused"]:
            self._refuse([Problem(refused["line"], refused["field"], refused["message"])])

    def _refuse(self, problems: list[Problem]) -> None:
        self._result.bad += 1
        for problem in problems:
            self._watcher.problem(problem)

    def _manager(self, row: ReadRow, scratch: Scratch) -> str:
        number = row.particulars.manager_staff_number
        return scratch.person_of(row.particulars.employer, number) if number else ""

    def _rows(self, file: BinaryIO) -> Iterator[tuple[ReadRow | list[Problem], dict[str, str]]]:
        header, rows = rows_of(file, COLUMNS)
        reader = StaffRowReader(header)
        for line, cells in rows:
            read = reader.read(line, cells)
            yield read, ({} if isinstance(read, ReadRow) else dict(zip(header, cells, strict=False)))


def _orphan(manager: str, bad: int) -> str:
    if bad:
        return f"The manager {manager} is on line {bad}, which has a mistake itself. Correct that line first."
    return (
        f"Nobody has the staff number {manager} with this employer, in the file or known before. "
        "Add the manager's row, correct the number, or leave it empty."
    )
