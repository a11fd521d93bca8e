"""Making the organisations of a file known, with their groups.

A centre that runs alone has no staff of other departments: by this file its board knows what they are called and which
belong together. What is known already writes nothing, so that a file can be imported again, also after an interruption.
"""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO, Final

import msgspec

from services.workforce.application import WorkforceApplication
from services.workforce.domain.commands import RecordOrganisation
from services.workforce.domain.organisation import Organisation
from services.workforce.organisation_file.columns import COLUMNS
from shared.files.importing import Imported, checked_rows
from shared.files.progress import Watcher
from shared.files.rows import Problem
from shared.kernel.errors import RefusedError
from shared.store.commands import CommandKey

BY: Final = "system"
DEFAULT_KIND: Final = "department"


class OrganisationImport:
    """One run of an import; ``dry`` stores nothing."""

    def __init__(self, application: WorkforceApplication, watcher: Watcher, *, dry: bool) -> None:
        self._application = application
        self._watcher = watcher
        self._dry = dry
        self._lines: dict[str, int] = {}
        self._result = Imported()

    def run(self, file: BinaryIO) -> Imported:
        """Import the file. Raises UnusableFileError, before anything was stored, where it cannot be read."""
        for line, values in checked_rows(file, COLUMNS, self._watcher, dry=self._dry):
            self._result.rows += 1
            problems = values if isinstance(values, list) else self._bring_in(line, values)
            self._result.bad += bool(problems)
            for problem in problems:
                self._watcher.problem(problem)
        return self._result

    def _bring_in(self, line: int, values: dict[str, Any]) -> list[Problem]:
        """Make one organisation known; answers what is wrong with its row. An empty cell agrees with what is known."""
        name, organisation = values["organisation"]
        first = self._lines.setdefault(organisation, line)
        if first != line:
            again = f"Line {first} has {name} already. Keep the row that is right, and leave the other out."
            return [Problem(line, "organisation", again)]
        known = self._application.load(Organisation, Organisation.id_of(organisation))
        if known is None:
            self._record(RecordOrganisation(name, values.get("group", ""), _kind(values), BY))
            return []
        try:
            known.check_same(values.get("group") or known.group, values.get("organisation_kind") or known.kind)
        except RefusedError as refused:
            return [Problem(line, str(refused.data.get("field", "")), refused.message)]
        self._result.unchanged += 1
        return []

    def _record(self, command: RecordOrganisation) -> None:
        self._result.new += 1
        if not self._dry:
            digest = hashlib.sha256(msgspec.json.encode(command)).hexdigest()
            self._application.execute(command, CommandKey(f"import/{BY}/RecordOrganisation", digest))


def _kind(values: dict[str, Any]) -> str:
    return str(values.get("organisation_kind") or DEFAULT_KIND)
