"""What are legal employers called?"""

from __future__ import annotations

from sqlalchemy import Connection

from shared.people.questions import all_organisations


def employer_names(connection: Connection, employers: set[str]) -> dict[str, str]:
    """By the organisation of the same short name, else that name in words."""
    known = {found.organisation: found.name for found in all_organisations(connection)}
    return {employer: known.get(employer) or employer.replace("-", " ").capitalize() for employer in employers}
