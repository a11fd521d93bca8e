"""Who acts: a person with an organisation and roles. Known to the worker too, so Flask is not needed here."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = frozenset({"carer", "hr", "payroll", "statistics", "operator"})
"""Every role a token may hold. "Line manager" is none: it is a relation, by date."""


@dataclass(frozen=True)
class Actor:
    """A person with the organisation and the roles they act in. ``label`` says who that is, without a name."""

    person: str
    organisation: str
    roles: frozenset[str]
    label: str = ""
