"""The organisations and legal employers that a staff file names: the same everywhere, and recorded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from services.workforce.application import WorkforceApplication
from services.workforce.domain.commands import RecordLegalEmployer, RecordOrganisation
from services.workforce.domain.organisation import LegalEmployer, Organisation
from services.workforce.staff_file.rows import ReadRow
from shared.files.rows import Problem
from shared.kernel.ids import slug

DEFAULT_KIND: Final = "department"


@dataclass(frozen=True)
class _Known:
    """An organisation as recorded, or as the file first has it. ``line``: where, 0 for recorded."""

    name: str
    group: str
    kind: str
    line: int


class Bodies:
    """What the organisations and legal employers of one file are, compared with those recorded."""

    def __init__(self, application: WorkforceApplication, by: str) -> None:
        self._application = application
        self._by = by
        self._organisations: dict[str, _Known] = {}
        self._recorded: set[str] = set()

    def check(self, row: ReadRow) -> Problem | None:
        """What is wrong with the row's organisation: another group or kind than recorded, or than on an earlier row.

        An empty cell says nothing and agrees with everything.
        """
        organisation = row.particulars.organisation
        known = self._organisations.get(organisation)
        if known is None:
            known = self._organisations[organisation] = self._recorded_as(organisation) or _Known(
                row.organisation, row.group, row.kind or DEFAULT_KIND, row.line
            )
        where = f"on line {known.line}" if known.line else "in the records"
        if row.group and row.group != known.group and slug(row.group) != slug(known.group):
            has = f"the group ‘{known.group}’" if known.group else "no group"
            return Problem(row.line, "group", f"{known.name} has {has} {where}. Write the same.")
        if row.kind and row.kind != known.kind:
            return Problem(row.line, "organisation_kind", f"{known.name} is a {known.kind} {where}. Write the same.")
        return None

    def to_record(self, rows: Iterable[ReadRow]) -> Iterator[RecordOrganisation | RecordLegalEmployer]:
        """The commands that make the bodies of these rows known, each given once."""
        for row in rows:
            organisation, employer = row.particulars.organisation, row.particulars.employer
            known = self._organisations[organisation]
            if known.line and self._first(f"organisation/{organisation}"):
                yield RecordOrganisation(known.name, known.group, known.kind, self._by)
            if self._first(f"employer/{employer}") and not self._has_employer(employer):
                yield RecordLegalEmployer(row.employer, organisation, self._by)

    def _first(self, name: str) -> bool:
        first = name not in self._recorded
        self._recorded.add(name)
        return first

    def _recorded_as(self, organisation: str) -> _Known | None:
        found = self._application.load(Organisation, Organisation.id_of(organisation))
        return _Known(found.name, found.group or "", found.kind, 0) if found else None

    def _has_employer(self, employer: str) -> bool:
        return self._application.load(LegalEmployer, LegalEmployer.id_of(employer)) is not None
