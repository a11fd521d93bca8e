"""Bringing a training file into accreditation.

The file is read once, a little at a time: each page of rows is checked, its staff numbers get the persons that the
people view knows, and the completions of up to fifty people are saved in one transaction. What is known already writes
nothing, so that a file can be imported again, also after an interruption.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final

import msgspec

from services.accreditation.application import NEW, UNCHANGED, Accreditation
from services.accreditation.domain.commands import CompletionRow, ImportCompletions
from services.accreditation.training_file.columns import COLUMNS
from services.accreditation.training_file.people import people_with
from shared.files.importing import Imported, checked_rows
from shared.files.progress import Watcher
from shared.files.rows import Problem
from shared.kernel.ids import new_id
from shared.people.questions import Organisation, organisation_named
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey

BATCH: Final = 50
"""Rows, and so at most as many people, in one transaction."""

BY: Final = "system"

Row = tuple[int, dict[str, Any]]
"""The line and the cells' values."""


class TrainingImport:
    """One run of an import; ``dry`` stores nothing."""

    def __init__(self, wiring: Wiring, watcher: Watcher, *, dry: bool) -> None:
        assert isinstance(wiring.application, Accreditation)
        self._application = wiring.application
        self._wiring = wiring
        self._watcher = watcher
        self._dry = dry
        self._run = str(new_id())
        self._result = Imported()

    def run(self, file: BinaryIO) -> Imported:
        """Import the file. Raises UnusableFileError, before anything was stored, where it cannot be read."""
        good = self._good_rows(file)
        while page := list(islice(good, BATCH)):
            self._bring_in(page)
        return self._result

    def _good_rows(self, file: BinaryIO) -> Iterator[Row]:
        for line, values in checked_rows(file, COLUMNS, self._watcher, dry=self._dry):
            self._result.rows += 1
            if isinstance(values, list):
                self._refuse(values)
            else:
                yield line, values

    def _bring_in(self, page: Sequence[Row]) -> None:
        """Save a page; a row of somebody unknown is left out and told."""
        wanted = {(values["organisation"], values["staff_number"]) for _, values in page}
        with self._wiring.reading() as connection:
            people = people_with(connection, wanted)
            named = {
                slug: organisation_named(connection, slug) for slug in {organisation for organisation, _ in wanted}
            }
        rows = []
        for line, values in page:
            person = people.get((values["organisation"], values["staff_number"]))
            if person is None:
                self._refuse([_unknown(line, values["staff_number"], named[values["organisation"]])])
            else:
                rows.append(_row(line, person, values))
        if rows:
            self._count(self._answer(ImportCompletions(tuple(rows), BY)))

    def _answer(self, command: ImportCompletions) -> dict[str, Any]:
        """What came of the rows. The key is the run's own, so that a correction in between is not taken for done."""
        if self._dry:
            return self._application.preview(command)
        digest = hashlib.sha256(msgspec.json.encode(command)).hexdigest()
        key = CommandKey(f"import/{BY}/ImportCompletions", f"{self._run}:{digest}")
        return self._application.execute(command, key).data

    def _count(self, answer: dict[str, Any]) -> None:
        self._result.new += answer[NEW]
        self._result.unchanged += answer[UNCHANGED]
        for refused in answer["refused"]:
            column = _COLUMN_OF.get(refused["field"], refused["field"])
            self._refuse([Problem(refused["line"], column, refused["message"])])

    def _refuse(self, problems: list[Problem]) -> None:
        self._result.bad += 1
        for problem in problems:
            self._watcher.problem(problem)


_COLUMN_OF: Final = {"code": "course"}
"""Where a rule's field has another name in the file."""


def _row(line: int, person: str, values: dict[str, Any]) -> CompletionRow:
    return CompletionRow(
        line=line,
        organisation=values["organisation"],
        code=values["course"],
        person=person,
        version=values["version"],
        completed_on=values["completed_on"],
        source=values["source"],
    )


def _unknown(line: int, number: str, organisation: Organisation | None) -> Problem:
    """Which of the two that mean a person is not known."""
    if organisation is None:
        why = "There is no organisation of this name. Check it, or import the staff file first."
        return Problem(line, "organisation", why)
    why = f"Nobody at {organisation.name} has the staff number {number}. Check it, or import the staff file first."
    return Problem(line, "staff_number", why)
