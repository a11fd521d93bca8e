"""How are lines shown? Without the staff number where the person was erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from services.payroll.domain.lines import PayLine
from services.payroll.read.erased_persons import erased_among


def shown_lines(connection: Connection, lines: Sequence[PayLine]) -> list[dict[str, object]]:
    """The lines by field name, without the person; ``staff_number`` is empty for an erased one."""
    erased = erased_among(connection, (line.person for line in lines))
    return [_shown(line, line.person in erased) for line in lines]


def _shown(line: PayLine, erased: bool) -> dict[str, object]:
    fields = line.as_json()
    del fields["person"]
    return fields | ({"staff_number": ""} if erased else {})
